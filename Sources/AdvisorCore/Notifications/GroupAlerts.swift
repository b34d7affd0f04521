/// Creates the alerts of a group: their content, and the id that is the same however often they are created.
struct GroupAlerts {
    let stack: Stack
    let topic: AlertGroup
    let thread: AlertGroupState
    /// The conditions it is about.
    let notified: [AlertGroupState.Member]

    private var ordered: [AlertGroupState.Member] { notified.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) } }
    private var target: String { topic.resource ?? stack.name ?? "advisor" }
    private var facts: [String: AlertGroup.Fact] {
        Dictionary(topic.standing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// An active alert; `repeatedAt` is the time of a repetition, nil if it is new.
    func standing(severity: Severity, at time: Timestamp, repeatedAt: Timestamp?) -> Alert {
        let news = notified.filter { !$0.isNotified }
        let facts = facts
        let at = news.map(\.since).max() ?? thread.over.compactMap(\.endedAt).max() ?? time
        var alert = made(
            severity: severity, at: at,
            parts: [
                "standing", notified.map(\.id).sorted().joined(separator: " "), repeatedAt.map { "\($0.milliseconds)" } ?? "",
            ] + thread.over.map { "\($0.id) \($0.since.milliseconds)" })
        let first = ordered.first
        func current(_ member: AlertGroupState.Member) -> AlertReason {
            facts[member.id]?.reason ?? .active(reason: member.reason, since: member.since)
        }
        if let first {
            alert.content = .firing(
                target: target, reason: current(first), others: notified.count - 1,
                repeatedSince: repeatedAt == nil ? nil : alert.startsAt)
        }
        alert.reasons = ordered.map { reason($0, current($0), facts[$0.id]?.cite) }
        alert.reasons += thread.over.map { over($0, at: time) }
        alert.rule = notified.count == 1 ? first.flatMap(rule) : nil
        if let first, facts[first.id] != nil {
            (alert.value, alert.threshold, alert.trigger) = (topic.value, topic.threshold, topic.trigger)
        }
        (alert.monthlyBefore, alert.monthlyAfter) = (topic.monthlyBefore, topic.monthlyAfter)
        alert.advice = topic.advice
        return alert
    }

    /// A resolved alert.
    func over(severity: Severity, at time: Timestamp) -> Alert {
        var alert = made(severity: severity, at: time, parts: ["over"])
        alert.endsAt = time
        alert.kind = .resolved
        let first = ordered.first
        let isReset =
            !notified.isEmpty && notified.allSatisfy { topic.monthly.contains($0.id) } && MonthlyCounterReset.ends(at: time)
        alert.content = ended(first?.reason, isReset ? .monthReset : .condition, from: alert.startsAt, to: time)
        alert.reasons = ordered.map { over($0, at: time) }
        alert.rule = notified.count == 1 ? first.flatMap(rule) : nil
        return alert
    }

    private enum Ending { case condition, monthReset }

    private func ended(_ reason: AlertReason?, _ ending: Ending, from began: Timestamp, to ended: Timestamp) -> AlertContent {
        let others = max(0, notified.count - 1)
        return switch ending {
        case .condition: .resolved(target: target, reason: reason, others: others, began: began, ended: ended)
        case .monthReset: .newMonth(target: target, reason: reason, others: others, began: began, ended: ended)
        }
    }

    private func over(_ member: AlertGroupState.Member, at time: Timestamp) -> Alert.Reason {
        reason(member, .ended(reason: member.reason, at: member.endedAt ?? time), nil)
    }

    private func reason(_ member: AlertGroupState.Member, _ content: AlertReason, _ cite: String?) -> Alert.Reason {
        var reason = Alert.Reason(rule: rule(member), content: content, cite: cite)
        (reason.severity, reason.startsAt, reason.endsAt) = (member.severity, member.since, member.endedAt)
        return reason
    }

    private func rule(_ member: AlertGroupState.Member) -> String? { topic.kind == .alarm ? member.id : nil }

    private func made(severity: Severity, at time: Timestamp, parts: [String]) -> Alert {
        let starts = thread.startsAt ?? time
        let place = [topic.kind.rawValue, topic.key, "\(thread.interval)", "\(starts.milliseconds)", "\(time.milliseconds)"]
        let id = Fingerprint.of(place + parts)
        var alert = Alert(
            id: id, kind: topic.kind, severity: severity, key: topic.key,
            content: ended(ordered.first?.reason, .condition, from: starts, to: time), at: time, startsAt: starts)
        (alert.resource, alert.resourceKind) = (topic.resource, topic.resourceKind)
        (alert.project, alert.stage) = (stack.name, stack.stage)
        return alert
    }
}

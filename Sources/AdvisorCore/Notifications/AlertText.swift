/// Creates the alerts of a group: their content, and the id that is the same however often they are created.
struct AlertText {
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
            ])
        let first = ordered.first
        let isOne = notified.count == 1
        switch topic.kind {
        case .alarm:
            alert.title = isOne ? "\(target): \(first?.title ?? "")" : "\(target): \(notified.count) rules in ALARM"
        case .anomaly, .stale, .budget, .runFailed, .resolved, .recommendation, .endpointDisabled, .test:
            alert.title = "\(target): \(first?.title ?? "")"
        }
        let sentence = first.map { facts[$0.id]?.text ?? $0.title } ?? ""
        let more = isOne ? "" : " (and \(notified.count - 1) more)"
        let since = repeatedAt == nil ? "" : "; in ALARM since \(alert.startsAt)"
        alert.summary = sentence + more + since
        alert.reasons = ordered.map { member in
            reason(member, facts[member.id]?.text ?? "\(member.title), since \(member.since)", facts[member.id]?.cite)
        }
        alert.reasons += thread.over.map { over($0, at: time) }
        alert.rule = isOne ? first.flatMap(rule) : nil
        if let first, facts[first.id] != nil {
            (alert.value, alert.threshold, alert.trigger) = (topic.value, topic.threshold, topic.trigger)
        }
        (alert.monthlyBefore, alert.monthlyAfter) = (topic.monthlyBefore, topic.monthlyAfter)
        return alert
    }

    /// A resolved alert.
    func over(severity: Severity, at time: Timestamp) -> Alert {
        var alert = made(severity: severity, at: time, parts: ["over"])
        alert.endsAt = time
        alert.kind = .resolved
        let first = ordered.first
        let what = notified.count > 1 ? "\(notified.count) rules" : first?.title ?? ""
        switch topic.kind {
        case .stale: alert.title = "\(target): data arrives again"
        case .runFailed: alert.title = "\(target): runs succeed again"
        case .anomaly: alert.title = "\(target): costs are back to normal"
        case .alarm, .budget, .resolved, .recommendation, .endpointDisabled, .test:
            alert.title = "\(target): back to normal: \(what)"
        }
        alert.summary = "\(first?.title ?? what): ended at \(time), began at \(alert.startsAt)"
        if !notified.isEmpty, notified.allSatisfy({ topic.monthly.contains($0.id) }), MonthlyCounterReset.ends(at: time) {
            alert.title = "\(target): a new month has begun: \(what)"
            alert.summary = "\(MonthlyCounterReset.words). The alarm lasted from \(alert.startsAt) to \(time)"
        }
        alert.reasons = ordered.map { over($0, at: time) }
        alert.rule = notified.count == 1 ? first.flatMap(rule) : nil
        return alert
    }

    private func over(_ member: AlertGroupState.Member, at time: Timestamp) -> Alert.Reason {
        reason(member, "ended at \(member.endedAt ?? time): \(member.title)", nil)
    }

    private func reason(_ member: AlertGroupState.Member, _ text: String, _ cite: String?) -> Alert.Reason {
        var reason = Alert.Reason(rule: rule(member), text: text, cite: cite)
        (reason.severity, reason.startsAt, reason.endsAt) = (member.severity, member.since, member.endedAt)
        return reason
    }

    private func rule(_ member: AlertGroupState.Member) -> String? { topic.kind == .alarm ? member.id : nil }

    private func made(severity: Severity, at time: Timestamp, parts: [String]) -> Alert {
        let starts = thread.startsAt ?? time
        let place = [topic.kind.rawValue, topic.key, "\(thread.interval)", "\(starts.milliseconds)", "\(time.milliseconds)"]
        let id = Fingerprint.of(place + parts)
        var alert = Alert(
            id: id, kind: topic.kind, severity: severity, key: topic.key, title: "", summary: "", at: time, startsAt: starts)
        (alert.resource, alert.resourceKind) = (topic.resource, topic.resourceKind)
        (alert.project, alert.stage) = (stack.name, stack.stage)
        return alert
    }
}

/// Makes the alerts of a thread: what they say, and the id that stays the same however often it is made.
struct AlertText {
    let stack: Stack
    let topic: AlertGroup
    let thread: AlertGroupState
    /// Of what it tells.
    let notified: [AlertGroupState.Member]

    private var ordered: [AlertGroupState.Member] { notified.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) } }
    private var target: String { topic.resource ?? stack.name ?? "advisor" }
    private var facts: [String: AlertGroup.Fact] {
        Dictionary(topic.standing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// That it stands; `repeatedAt` is when it is told again, nil when it is news.
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
        let since = repeatedAt == nil ? "" : "; stands since \(alert.startsAt)"
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

    /// That it is over.
    func over(severity: Severity, at time: Timestamp) -> Alert {
        var alert = made(severity: severity, at: time, parts: ["over"])
        alert.endsAt = time
        alert.kind = .resolved
        let first = ordered.first
        let what = notified.count > 1 ? "\(notified.count) rules" : first?.title ?? ""
        switch topic.kind {
        case .stale: alert.title = "\(target): data arrives again"
        case .runFailed: alert.title = "\(target): runs succeed again"
        case .anomaly: alert.title = "\(target): costs what it usually does"
        case .alarm, .budget, .resolved, .recommendation, .endpointDisabled, .test:
            alert.title = "\(target): back to normal: \(what)"
        }
        alert.summary = "\(first?.title ?? what): over at \(time), having stood since \(alert.startsAt)"
        if !notified.isEmpty, notified.allSatisfy({ topic.monthly.contains($0.id) }), MonthlyCounterReset.ends(at: time) {
            alert.title = "\(target): a new month has begun: \(what)"
            alert.summary = "\(MonthlyCounterReset.words). It stood from \(alert.startsAt) to \(time)"
        }
        alert.reasons = ordered.map { over($0, at: time) }
        alert.rule = notified.count == 1 ? first.flatMap(rule) : nil
        return alert
    }

    private func over(_ member: AlertGroupState.Member, at time: Timestamp) -> Alert.Reason {
        reason(member, "over since \(member.endedAt ?? time): \(member.title)", nil)
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

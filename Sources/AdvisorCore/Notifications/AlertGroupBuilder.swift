/// Builds alert groups from the results of an evaluation.
public struct AlertGroupBuilder: Sendable {
    /// The newest data of a resource.
    public struct Freshness: Hashable, Sendable {
        /// The id of the resource.
        public var resource: String
        /// The kind of the resource.
        public var kind: ResourceKind
        /// The start of the newest sample of all series that its rules read.
        public var newest: Timestamp
        /// The period of the most frequent series.
        public var period: Duration
        /// How far its source is complete; nil if it is not pulled.
        public var progress: SourceProgress?

        /// Creates a freshness.
        public init(
            resource: String, kind: ResourceKind, newest: Timestamp, period: Duration, progress: SourceProgress? = nil
        ) {
            (self.resource, self.kind, self.newest, self.period) = (resource, kind, newest, period)
            self.progress = progress
        }

        /// Up to when its data were seen.
        var seen: Timestamp { progress.map { min($0.completeUpTo, newest + period) } ?? newest + period }
    }

    /// The changes of alarms that an evaluation found.
    public struct Changes: Sendable {
        /// Those after the previous evaluation.
        public var new: [Transition]
        /// Those up to the previous evaluation that late samples reveal.
        public var late: [Transition]
        /// All that is known, to find out which alarm inhibited which.
        public var known: [Transition]

        /// Creates changes.
        public init(new: [Transition], late: [Transition], known: [Transition]) {
            (self.new, self.late, self.known) = (new, late, known)
        }
    }

    private let reviews: [ResourceReview]
    private let mutes: [MuteTimeInterval]
    private let now: Timestamp
    private let rules: [String: Rule]

    /// Creates a builder of the groups of what was decided about resources.
    /// - Parameters:
    ///   - reviews: What was decided.
    ///   - rules: The rules evaluated.
    ///   - mutes: The times at which nothing is notified.
    ///   - now: When it was evaluated.
    public init(reviews: [ResourceReview], rules: [Rule], mutes: [MuteTimeInterval], now: Timestamp) {
        (self.reviews, self.mutes, self.now) = (reviews, mutes, now)
        self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// One group per resource: its rules in ALARM.
    public func alarms(_ changes: Changes, _ freshness: [Freshness]) -> [AlertGroup] {
        let (new, late, known) = (byGroup(changes.new), byGroup(changes.late), byGroup(changes.known))
        let seen = Dictionary(
            freshness.map { (Self.key($0.kind, $0.resource), $0.seen) }, uniquingKeysWith: { first, _ in first })
        return reviews.filter { !$0.findings.isEmpty }.map { entry in
            let (kind, id) = (entry.resource.kind, entry.resource.id)
            var topic = AlertGroup(key: Self.key(kind, id), kind: .alarm, resource: id, resourceKind: kind)
            let standing = entry.findings.filter { $0.state == .alarm }
            topic.standing = standing.map { fact($0, entry.life) }
            topic.unknown = Set(entry.findings.filter { $0.state == .insufficientData }.map(\.rule.id))
            let active = Set(standing.map(\.rule.id))
            for (transitions, arrival) in [(new[topic.key], AlertGroup.Event.Arrival.onTime), (late[topic.key], .late)] {
                topic.events += (transitions ?? []).compactMap {
                    event($0, arrival, among: known[topic.key] ?? [], standing: active)
                }
            }
            topic.monthly = Set(entry.findings.map(\.rule).filter(MonthlyCounterReset.governs).map(\.id))
            topic.seen = seen[topic.key]
            if let first = standing.first {
                topic.trigger = Alert.Trigger(first)
                (topic.value, topic.threshold) = first.alertValues
            }
            if let summary = RecommendationSummary(entry) {
                (topic.monthlyBefore, topic.monthlyAfter) = (summary.costBefore, summary.costAfter)
                topic.advice = Alert.Advice(summary)
            }
            return topic
        }
    }

    private func byGroup(_ transitions: [Transition]) -> [String: [Transition]] {
        Dictionary(grouping: transitions) { Self.key(rules[$0.rule]?.appliesTo ?? .account, $0.resource) }
    }

    private func fact(_ finding: Finding, _ life: RecommendationRecord?) -> AlertGroup.Fact {
        let snooze = life.flatMap { life -> Suppression? in
            guard life.state == .snoozed, life.summary.rules.contains(finding.rule.id) else { return nil }
            return .snoozed(until: life.until)
        }
        return AlertGroup.Fact(
            id: finding.rule.id, severity: finding.rule.severity, since: finding.since ?? now, reason: AlertReason(finding),
            cite: finding.rule.cite, held: finding.held ?? snooze)
    }

    /// Changes to ALARM or OK are notified; missing data is neither.
    private func event(
        _ transition: Transition, _ arrival: AlertGroup.Event.Arrival, among changes: [Transition], standing: Set<String>
    ) -> AlertGroup.Event? {
        guard let rule = rules[transition.rule], transition.to != .insufficientData else { return nil }
        let mute = mutes.standing(rule: rule, resource: transition.resource, at: transition.at)
        let above = rule.unlessAlarm.flatMap { other in
            Self.stood(other, at: transition.at, among: changes, now: standing) ? other : nil
        }
        return AlertGroup.Event(
            id: rule.id, at: transition.at, arrival: arrival, isBeginning: transition.to == .alarm, severity: rule.severity,
            reason: .ruleInAlarm(rule: rule.name, summary: rule.summary, measured: nil),
            held: above.map { .inhibited(by: $0) } ?? mute.map { .muted(until: $0.end, reason: $0.mute.reason) })
    }

    /// Whether a rule was in ALARM at a time, from its later changes, or else its current state.
    private static func stood(_ rule: String, at time: Timestamp, among changes: [Transition], now standing: Set<String>)
        -> Bool
    {
        let own = changes.filter { $0.rule == rule }
        if let last = own.filter({ $0.at <= time }).max(by: { $0.at < $1.at }) { return last.to == .alarm }
        if let next = own.min(by: { $0.at < $1.at }) { return next.from == .alarm }
        return standing.contains(rule)
    }

    /// One group per billed service with its cost anomaly; nil if no charges are known.
    public func anomalies(in spend: SpendReport?) -> [AlertGroup]? {
        guard let spend, let until = spend.dataUntil else { return nil }
        return spend.services.filter { $0.id != SpendReport.taxID }.map { service in
            var topic = AlertGroup(
                key: "anomaly/" + Self.key(.service, service.id), kind: .anomaly, resource: service.id, resourceKind: .service)
            if now - until >= Self.gone {
                // Old bills are not urgent.
                topic.unknown = [Self.anomaly]
            } else if let anomaly = spend.anomalies.first(where: { $0.service == service.id }) {
                topic.standing = [
                    AlertGroup.Fact(
                        id: Self.anomaly, severity: .warning, since: Timestamp(anomaly.since),
                        reason: .costsMore(service: service.title, anomaly: anomaly))
                ]
                topic.value = .amount(money: anomaly.spent)
            }
            return topic
        }
    }

    /// One group per resource, and one for the whole stack if no data arrives at all.
    ///
    /// `freshness` is of all resources with data; `limit` is the maximum age of the newest sample.
    public func stale(_ freshness: [Freshness], after limit: Duration) -> [AlertGroup] {
        func isStale(_ one: Freshness) -> Bool { Self.isStale(one, at: now, after: limit) }
        // If the data ended long ago, the resource is gone, not late.
        let expected = Set(freshness.filter { now - $0.newest < Self.gone })
        var whole = AlertGroup(key: "stale", kind: .stale)
        let isAllStale = !expected.isEmpty && expected.allSatisfy(isStale)
        if isAllStale, let newest = expected.map(\.newest).max() { whole.standing = [Self.fact(newest, nil, now)] }
        if expected.isEmpty { whole.unknown = [Self.stale] }
        return [whole]
            + freshness.map { one in
                let key = "stale/" + Self.key(one.kind, one.resource)
                var topic = AlertGroup(key: key, kind: .stale, resource: one.resource, resourceKind: one.kind)
                if isAllStale || !expected.contains(one) {
                    topic.unknown = [Self.stale]
                } else if isStale(one) {
                    topic.standing = [Self.fact(one.newest, one.resource, now)]
                }
                return topic
            }
    }

    /// Whether the newest sample is older than the limit, or than two periods of its series; of a pulled source, whether it was
    /// when the source was asked, or the next pull is overdue.
    public static func isStale(_ one: Freshness, at now: Timestamp, after limit: Duration) -> Bool {
        if let progress = one.progress, progress.isStale(at: now) { return true }
        let asked = one.progress.map { min($0.completeUpTo, now) } ?? now
        return asked - (one.newest + one.period) >= max(limit, one.period * 2)
    }

    private static let stale = "stale"
    private static let anomaly = "anomaly"
    private static let gone = Duration.seconds(14 * 86_400)

    private static func fact(_ newest: Timestamp, _ resource: String?, _ now: Timestamp) -> AlertGroup.Fact {
        AlertGroup.Fact(
            id: stale, severity: .warning, since: newest,
            reason: .noData(since: newest, age: Quantity(now - newest), resource: resource))
    }

    /// The key of a resource's group.
    public static func key(_ kind: ResourceKind, _ resource: String) -> String { "\(kind.rawValue)/\(resource)" }

    /// The group of a state that is no longer evaluated: the resource or rule is gone.
    public static func gone(_ key: String, _ thread: AlertGroupState) -> AlertGroup {
        AlertGroup(key: key, kind: thread.kind, resource: thread.resource)
    }
}

extension Finding {
    /// The value and the threshold of its alert.
    fileprivate var alertValues: (AlertValue?, AlertValue?) {
        let measured = RuleMeasurement(self)
        return (measured.value.map { .measured(quantity: $0) }, measured.threshold.map { .measured(quantity: $0) })
    }
}

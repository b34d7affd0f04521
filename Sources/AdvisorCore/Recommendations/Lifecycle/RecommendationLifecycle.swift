/// Decides how a recommendation changes over time.
///
/// Evaluations change it automatically, users by commands. Missing data changes nothing: it neither clears nor confirms a
/// recommendation.
public enum RecommendationLifecycle {
    /// How long after it was cleared the same record is reopened, so that a flapping metric makes one record.
    public static let returnsWithin: Duration = .seconds(14 * 86_400)
    /// How long after `done` the outcome is determined.
    public static let grace: Duration = .seconds(3 * 86_400)
    /// How long after `done` to wait for data.
    public static let patience: Duration = .seconds(14 * 86_400)

    /// The findings of an evaluation about one resource.
    public struct Observation: Sendable {
        /// The recommendation; nil if there is none.
        public var summary: RecommendationSummary?
        /// The states of the rules on the resource, by id.
        public var states: [String: AlarmState]
        /// For a completed recommendation: the states of its rules on the resource as it is now, by id (see
        /// `PostChangeVerification`).
        public var watched: [String: AlarmState]
        /// The monthly cost as configured now; nil if unknown.
        public var monthlyCost: Money?
        /// For a completed recommendation: the charges of its service before and after; nil without bills.
        public var measured: MeasuredCostChange? = nil

        /// Creates an observation.
        public init(
            summary: RecommendationSummary?, states: [String: AlarmState] = [:], watched: [String: AlarmState] = [:],
            monthlyCost: Money? = nil
        ) {
            (self.summary, self.states, self.watched, self.monthlyCost) = (summary, states, watched, monthlyCost)
        }

        /// Whether nothing is recommended, and none of these rules has insufficient data.
        func isQuiet(_ rules: [String]) -> Bool { summary == nil && rules.allSatisfy { states[$0] != .insufficientData } }
    }

    /// The record and its changes.
    public struct Step: Hashable, Sendable {
        /// The record afterwards; nil if there is none.
        public var life: RecommendationRecord?
        /// The changes in order.
        public var changes: [RecommendationChange]
    }

    /// The record after an evaluation; repeating it for the same time changes nothing.
    /// - Parameters:
    ///   - life: The resource's last record, active or ended; nil if there is none.
    ///   - kind: The kind of the resource.
    ///   - resource: The id of the resource.
    ///   - observation: The findings about the resource.
    ///   - now: The time of the evaluation.
    /// - Returns: The record that continues or begins, and the changes.
    public static func step(
        _ life: RecommendationRecord?, kind: ResourceKind, resource: String, observation: Observation, now: Timestamp
    ) -> Step {
        guard var life else { return begin(kind, resource, observation, now) }
        if let ended = life.endedAt {
            guard let summary = observation.summary else { return Step(life: life, changes: []) }
            guard life.ending == .cleared, now - ended <= returnsWithin else { return begin(kind, resource, observation, now) }
            (life.endedAt, life.ending, life.returns) = (nil, nil, life.returns + 1)
            return open(life, summary, .returned, .firedAgain(after: Quantity(now - ended)), now)
        }
        return switch life.state {
        case .open: openStep(life, observation, now)
        case .claimed: claimedStep(life, observation, now)
        case .dismissed: dismissedStep(life, observation, now)
        case .snoozed: snoozedStep(life, observation, now)
        case .done: doneStep(life, observation, now)
        }
    }

    /// The record of a resource that is gone.
    public static func lose(_ life: RecommendationRecord, now: Timestamp) -> Step {
        guard life.isCurrent else { return Step(life: life, changes: []) }
        return end(life, .gone, .gone, .resourceGone, now)
    }

    private static func begin(
        _ kind: ResourceKind, _ resource: String, _ observation: Observation, _ now: Timestamp
    ) -> Step {
        guard let summary = observation.summary else { return Step(life: nil, changes: []) }
        let life = RecommendationRecord(kind: kind, resource: resource, summary: summary, at: now)
        let change = RecommendationChange(
            .opened, at: now, from: nil, life: life, reason: .recommended(rules: summary.rules))
        return Step(life: life, changes: [change])
    }

    private static func openStep(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard let summary = observation.summary else { return quiet(life, observation, now) }
        var life = life
        let before = life.summary
        life.summary = summary
        life.knownRules.formUnion(summary.rules)
        life.knownSeverity = max(life.knownSeverity, summary.severity)
        if !before.asksTheSame(as: summary) {
            let reason = RecommendationChangeReason.stepsChanged(before: before.steps)
            return Step(life: life, changes: [RecommendationChange(.changed, at: now, from: .open, life: life, reason: reason)])
        }
        guard summary.severity > before.severity else { return Step(life: life, changes: []) }
        let reason = RecommendationChangeReason.severityRaised(from: before.severity, to: summary.severity)
        return Step(life: life, changes: [RecommendationChange(.changed, at: now, from: .open, life: life, reason: reason)])
    }

    private static func claimedStep(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard let summary = observation.summary else { return Step(life: life, changes: []) }
        let instead = life.summary.isAsked(by: summary) ? nil : summary.steps
        guard let news = news(life, summary, instead: instead) else { return Step(life: life, changes: []) }
        var life = life
        life.knownRules.formUnion(summary.rules)
        life.knownSeverity = max(life.knownSeverity, summary.severity)
        return Step(life: life, changes: [RecommendationChange(.escalated, at: now, from: .claimed, life: life, reason: news)])
    }

    private static func dismissedStep(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard let summary = observation.summary, let news = news(life, summary) else { return Step(life: life, changes: []) }
        return open(life, summary, .reopened, news, now)
    }

    private static func snoozedStep(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard let until = life.until, now < until else {
            if observation.isQuiet(life.summary.rules) { return quiet(life, observation, now) }
            return open(life, observation.summary ?? life.summary, .reopened, .snoozeEnded, now)
        }
        return Step(life: life, changes: [])
    }

    private static func doneStep(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard now - life.changedAt >= grace else { return Step(life: life, changes: []) }
        let outcome = outcome(of: life, observation)
        if outcome.rules == .unknown, outcome.verdict == .unknown, now - life.changedAt < patience {
            return Step(life: life, changes: [])
        }
        var life = life
        life.outcome = outcome
        switch outcome.verdict {
        case .hit: return end(life, .checked, .hit, .checked(outcome: outcome), now)
        case .unknown: return end(life, .checked, .unprojectable, .checked(outcome: outcome), now)
        case .miss:
            var over = end(life, .checked, .miss, .checked(outcome: outcome), now)
            guard outcome.rules == .standing, let summary = observation.summary, let ended = over.life else { return over }
            var again = ended
            (again.endedAt, again.ending) = (nil, nil)
            let reopened = open(again, summary, .reopened, .didNotHelp(outcome: outcome), now)
            over.life = reopened.life
            over.changes += reopened.changes
            return over
        }
    }

    /// Determines the outcome from rules and cost.
    static func outcome(of life: RecommendationRecord, _ observation: Observation) -> RecommendationOutcome {
        let standing = life.summary.rules.filter { observation.watched[$0] == .alarm }
        let unknown = life.summary.rules.filter { observation.watched[$0].map { $0 == .insufficientData } ?? true }
        let rules: RecommendationOutcome.Rules = standing.isEmpty ? unknown.isEmpty ? .cleared : .unknown : .standing
        var bill = RecommendationOutcome.Bill.unknown
        if let actual = observation.monthlyCost, let expected = life.summary.after {
            let most = life.summary.afterMaximum ?? expected
            let isBetween = expected.amount <= actual.amount && actual.amount <= most.amount
            bill = actual.cents == expected.cents || isBetween ? .asSaid : .different
            // advisor.yaml still declares the previous state, so nothing can be said about the change.
            if bill == .different, actual.cents == life.summary.before?.cents { bill = .unknown }
        }
        var outcome = RecommendationOutcome(
            rules: rules, open: standing.isEmpty ? unknown : standing, bill: bill, expected: life.summary.after,
            actual: observation.monthlyCost)
        outcome.measured = observation.measured
        return outcome
    }

    /// What is new since the recommendation entered its state; nil when nothing is.
    private static func news(
        _ life: RecommendationRecord, _ summary: RecommendationSummary, instead: [RecommendationSummary.Step]? = nil
    ) -> RecommendationChangeReason? {
        let rules = summary.rules.filter { !life.knownRules.contains($0) }
        if !rules.isEmpty { return .moreRules(rules: rules, instead: instead) }
        guard summary.severity > life.knownSeverity else { return nil }
        return .moreSevere(from: life.knownSeverity, to: summary.severity, instead: instead)
    }

    private static func quiet(_ life: RecommendationRecord, _ observation: Observation, _ now: Timestamp) -> Step {
        guard observation.isQuiet(life.summary.rules) else { return Step(life: life, changes: []) }
        return end(life, .cleared, .cleared, .rulesOk, now)
    }

    private static func end(
        _ life: RecommendationRecord, _ ending: RecommendationRecord.Ending, _ kind: RecommendationChange.Kind,
        _ reason: RecommendationChangeReason,
        _ now: Timestamp
    ) -> Step {
        var ended = life
        (ended.endedAt, ended.ending, ended.until) = (now, ending, nil)
        let change = RecommendationChange(kind, at: now, from: life.state, life: ended, reason: reason)
        return Step(life: ended, changes: [change])
    }

    private static func open(
        _ life: RecommendationRecord, _ summary: RecommendationSummary, _ kind: RecommendationChange.Kind,
        _ reason: RecommendationChangeReason,
        _ now: Timestamp
    ) -> Step {
        var opened = life
        (opened.state, opened.changedAt, opened.until, opened.note, opened.summary) = (.open, now, nil, nil, summary)
        opened.knownRules = Set(summary.rules)
        opened.knownSeverity = summary.severity
        let change = RecommendationChange(kind, at: now, from: life.state, life: opened, reason: reason)
        return Step(life: opened, changes: [change])
    }

}

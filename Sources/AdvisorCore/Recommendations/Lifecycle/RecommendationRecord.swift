/// A recommendation over time: one row of the store, at most one active per resource.
public struct RecommendationRecord: Hashable, Sendable {
    /// The state.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// Not claimed yet.
        case open
        /// Claimed; its evidence is stored.
        case claimed
        /// Marked as done; the outcome is being verified.
        case done
        /// Dismissed by a user.
        case dismissed
        /// Snoozed until a time.
        case snoozed
    }

    /// Why it ended.
    public enum Ending: String, CaseIterable, Sendable, Codable {
        /// Cleared: its rules are quiet, and it was not marked as done.
        case cleared
        /// It was done, and the outcome is known.
        case checked
        /// The resource is gone.
        case gone
    }

    /// The number; nil before it is stored.
    public var id: Int64?
    /// The kind of the resource.
    public var kind: ResourceKind
    /// The id of the resource.
    public var resource: String
    /// The state; after the end, the last state.
    public var state: State
    /// The recommended actions: as of claim or done, otherwise as of the last evaluation.
    public var summary: RecommendationSummary
    /// When it was opened.
    public var since: Timestamp
    /// When it entered its state.
    public var changedAt: Timestamp
    /// The end of the snooze; nil unless snoozed.
    public var until: Timestamp?
    /// The reason given with the last command, such as why it was dismissed.
    public var note: String?
    /// The rules behind it before it entered its state, or notified since.
    public var knownRules: Set<String>
    /// The highest severity notified in its state.
    public var knownSeverity: Severity
    /// How often it was reopened after it was cleared.
    public var returns: Int
    /// When it ended; nil while active.
    public var endedAt: Timestamp?
    /// Why it ended; nil while active.
    public var ending: Ending?
    /// The outcome; nil before it is known.
    public var outcome: RecommendationOutcome?

    /// Creates a new record.
    public init(kind: ResourceKind, resource: String, summary: RecommendationSummary, at now: Timestamp) {
        (self.kind, self.resource, self.summary, since, changedAt) = (kind, resource, summary, now, now)
        state = .open
        knownRules = Set(summary.rules)
        knownSeverity = summary.severity
        returns = 0
    }

    /// Whether it is active.
    public var isCurrent: Bool { endedAt == nil }

    /// Whether it needs attention: active, and not claimed, done, dismissed or snoozed.
    public var isOpen: Bool { isCurrent && state == .open }
}

/// The outcome of a completed recommendation.
public struct RecommendationOutcome: Hashable, Sendable, Codable {
    /// The states of its rules.
    public enum Rules: String, Sendable, Codable {
        case cleared, standing, unknown
    }

    /// The cost, as declared and priced now.
    public enum Bill: String, Sendable, Codable {
        case asSaid = "as_said"
        case different, unknown
    }

    /// One word.
    public enum Verdict: String, Sendable, Codable {
        case hit, miss, unknown
    }

    /// The states of its rules.
    public var rules: Rules
    /// The rules that are in ALARM or unknown.
    public var open: [String]
    /// The cost.
    public var bill: Bill
    /// The expected cost at minimum capacity; nil if unknown.
    public var expected: Money?
    /// The current cost; nil if unknown.
    public var actual: Money?
    /// The charges in bills; nil if none were imported.
    public var measured: MeasuredCostChange? = nil

    /// Creates an outcome.
    public init(rules: Rules, open: [String], bill: Bill, expected: Money?, actual: Money?) {
        (self.rules, self.open, self.bill, self.expected, self.actual) = (rules, open, bill, expected, actual)
    }

    /// Confirmed needs both, not confirmed needs one: what is unknown does not confirm.
    public var verdict: Verdict {
        if rules == .standing || bill == .different { return .miss }
        return rules == .cleared && bill == .asSaid ? .hit : .unknown
    }
}

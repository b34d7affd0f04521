/// A recommendation over time: one row of the store, one at most a resource at any time.
public struct RecommendationRecord: Hashable, Sendable {
    /// Where it stands.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// Nobody took it yet.
        case open
        /// Somebody is at it; its evidence is frozen.
        case claimed
        /// Somebody says that it was done; the advisor watches whether it helped.
        case done
        /// Somebody does not want it.
        case dismissed
        /// Not to be heard of before a time.
        case snoozed
    }

    /// Why it is over.
    public enum Ending: String, CaseIterable, Sendable, Codable {
        /// Its rules are quiet without anybody having said that it was done.
        case cleared
        /// It was done, and the outcome is known.
        case checked
        /// The resource is no longer there.
        case gone
    }

    /// Its number; nil before it was recorded.
    public var id: Int64?
    /// The resource's kind.
    public var kind: ResourceKind
    /// The resource's id.
    public var resource: String
    /// Where it stands; of one that is over, where it stood.
    public var state: State
    /// What it asks for; as it was when claimed or done, else as of the last evaluation.
    public var summary: RecommendationSummary
    /// When it was first said.
    public var since: Timestamp
    /// When it came into its state.
    public var changedAt: Timestamp
    /// Until when it sleeps; nil unless snoozed.
    public var until: Timestamp?
    /// Why it was dismissed, or what else was said with its last change by hand.
    public var note: String?
    /// Every rule that spoke before it came into its state, or was told of since.
    public var knownRules: Set<String>
    /// The highest severity told of in its state.
    public var knownSeverity: Severity
    /// How often it came back after its rules had been quiet.
    public var returns: Int
    /// When it ended; nil while it lasts.
    public var endedAt: Timestamp?
    /// Why it ended; nil while it lasts.
    public var ending: Ending?
    /// What came of doing it; nil before that is known.
    public var outcome: RecommendationOutcome?

    /// One that has just been said.
    public init(kind: ResourceKind, resource: String, summary: RecommendationSummary, at now: Timestamp) {
        (self.kind, self.resource, self.summary, since, changedAt) = (kind, resource, summary, now, now)
        state = .open
        knownRules = Set(summary.rules)
        knownSeverity = summary.severity
        returns = 0
    }

    /// Whether it lasts.
    public var isCurrent: Bool { endedAt == nil }

    /// Whether it asks for attention: current, and nobody has taken, done, dismissed or snoozed it.
    public var isOpen: Bool { isCurrent && state == .open }
}

/// What came of a recommendation that somebody said was done.
public struct RecommendationOutcome: Hashable, Sendable, Codable {
    /// What the rules that had asked say now.
    public enum Rules: String, Sendable, Codable {
        case cleared, standing, unknown
    }

    /// What the bill does, as the stack file and the catalog have it now.
    public enum Bill: String, Sendable, Codable {
        case asSaid = "as_said"
        case different, unknown
    }

    /// In one word.
    public enum Verdict: String, Sendable, Codable {
        case hit, miss, unknown
    }

    /// What the rules that had asked say now.
    public var rules: Rules
    /// Of these, the ones that stand or cannot be told.
    public var open: [String]
    /// What the bill does.
    public var bill: Bill
    /// What was promised, at its floor; nil when unknown.
    public var expected: Money?
    /// What is billed now; nil when unknown.
    public var actual: Money?
    /// What the bills of the days say; nil where none were imported.
    public var measured: MeasuredCostChange? = nil

    /// An outcome by its parts.
    public init(rules: Rules, open: [String], bill: Bill, expected: Money?, actual: Money?) {
        (self.rules, self.open, self.bill, self.expected, self.actual) = (rules, open, bill, expected, actual)
    }

    /// A hit needs both, a miss one: what cannot be told is no hit.
    public var verdict: Verdict {
        if rules == .standing || bill == .different { return .miss }
        return rules == .cleared && bill == .asSaid ? .hit : .unknown
    }

    /// One sentence without its full stop: `its rules are quiet, and at list prices it costs $25.66 a month as said`.
    public var words: String {
        let first =
            switch rules {
            case .cleared: "its rules are quiet"
            case .standing: "\(open.joined(separator: ", ")) still \(open.count == 1 ? "stands" : "stand")"
            case .unknown: "there is no telling whether \(open.joined(separator: ", ")) cleared"
            }
        let second =
            switch bill {
            case .asSaid: "at list prices it costs \(actual.map { "\($0)" } ?? "an unknown sum") a month as said"
            case .different:
                "at list prices it costs \(actual.map { "\($0)" } ?? "an unknown sum") a month, not the \(expected.map { "\($0)" } ?? "?") said"
            case .unknown: actual == nil ? "its cost cannot be told" : "advisor.yaml still says what was there before"
            }
        return "\(first), and \(second)\(measured.map { "; \($0.words)" } ?? "")"
    }
}

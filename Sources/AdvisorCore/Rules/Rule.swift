/// A checked rule; immutable and without state.
public struct Rule: Hashable, Sendable {
    /// The id in kebab-case, unique over all files.
    public var id: String
    /// The title for people.
    public var title: String
    /// The kind of resource it applies to.
    public var appliesTo: ResourceKind
    /// A condition on facts that limits it to some resources; nil for all.
    public var condition: Formula?
    /// The condition of the alarm.
    public var when: Formula
    /// How long the condition must hold.
    public var sustain: Sustain
    /// How missing datapoints are treated.
    public var missing: MissingData
    /// What `min` and `max` become where only averages are stored.
    public var fallback = StatisticFallback.average
    /// The condition that ends the alarm; nil if it ends when `when` fails.
    public var clear: Formula?
    /// How long the alarm continues after it would have ended.
    public var keepFiringFor: Duration?
    /// The severity.
    public var severity: Severity
    /// The recommended action; nil for a finding only.
    public var recommend: Action?
    /// What following the rule's advice saves; nil if it is not about savings.
    public var tip: RuleTip?
    /// The text with `{value}`, `{threshold}`, `{for}`, `{resource}`, `{since}`; nil for the title.
    public var summary: String?
    /// The texts in other languages, by the language's tag: `ko`.
    public var translations: [String: RuleText] = [:]
    /// The source of the rule.
    public var cite: String?
    /// Whether it does not apply to a resource without a sample of its metrics, instead of having insufficient data.
    public var isOptional = false
    /// The rule that inhibits this one while it is in ALARM on the same resource; nil if there is none.
    public var unlessAlarm: String?
    /// The file, as given by the user.
    public var file: String
    /// The line of its `id`, from 1.
    public var line: Int

    /// Creates a rule from its required parts, with defaults for the others.
    public init(id: String, title: String, appliesTo: ResourceKind, when: Formula, file: String = "", line: Int = 1) {
        (self.id, self.title, self.appliesTo, self.when, self.file, self.line) = (id, title, appliesTo, when, file, line)
        sustain = Sustain()
        missing = .missing
        severity = .warning
    }

    /// The variables in its expressions, without duplicates, by name.
    public var variables: [Variable] {
        let all = when.variables + (condition?.variables ?? []) + (clear?.variables ?? [])
        return Set(all).sorted { $0.name < $1.name }
    }
}

/// The texts of a rule in one language; nil for those of the rule itself.
public struct RuleText: Hashable, Sendable {
    /// The title.
    public var title: String?
    /// The text with placeholders.
    public var summary: String?
    /// What to do about a tip.
    public var how: String?

    /// Creates texts.
    public init(title: String? = nil, summary: String? = nil, how: String? = nil) {
        (self.title, self.summary, self.how) = (title, summary, how)
    }
}

/// How long a condition must hold: M of N datapoints, as in CloudWatch.
public struct Sustain: Hashable, Sendable {
    /// The requested period; five minutes by default.
    public var period: Duration
    /// `for:`; nil if the rule has `datapoints` or neither.
    public var duration: Duration?
    /// `datapoints: M of N`; nil if the rule has `for` or neither.
    public var datapoints: Datapoints?

    /// M breaching datapoints of the last N.
    public struct Datapoints: Hashable, Sendable {
        /// M, at least 1.
        public var toAlarm: Int
        /// N, at least M.
        public var evaluated: Int
        /// Creates M of N.
        public init(toAlarm: Int, evaluated: Int) { (self.toAlarm, self.evaluated) = (toAlarm, evaluated) }
    }

    /// Creates a duration; one datapoint of five minutes by default.
    public init(period: Duration = .seconds(300), duration: Duration? = nil, datapoints: Datapoints? = nil) {
        (self.period, self.duration, self.datapoints) = (period, duration, datapoints)
    }

    /// M and N for datapoints of an effective length.
    ///
    /// N is `for` divided by the effective period, rounded up; M and N of `datapoints` are reduced in proportion, to at least
    /// 1.
    public func datapoints(effective: Duration) -> Datapoints {
        let length = max(1, effective.milliseconds)
        if let duration {
            let count = Int(max(1, (duration.milliseconds + length - 1) / length))
            return Datapoints(toAlarm: count, evaluated: count)
        }
        guard let datapoints else { return Datapoints(toAlarm: 1, evaluated: 1) }
        let asked = period.milliseconds
        func shrunk(_ number: Int) -> Int { max(1, Int((Int64(number) * asked + length - 1) / length)) }
        let evaluated = shrunk(datapoints.evaluated)
        return Datapoints(toAlarm: min(evaluated, shrunk(datapoints.toAlarm)), evaluated: evaluated)
    }
}

/// How missing datapoints are treated, as in CloudWatch.
public enum MissingData: String, CaseIterable, Sendable {
    case missing, ignore, breaching
    case notBreaching = "not_breaching"
}

/// The severity of a finding.
public enum Severity: String, CaseIterable, Sendable, Comparable, Codable {
    case info, warning, critical

    /// info < warning < critical.
    public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

/// A recommended action.
public indirect enum Action: Hashable, Sendable {
    /// Move to the tier.
    case move(to: String)
    /// Move to the smallest tier of the same engine that ends the alarm, else to the next larger one.
    case moveUp
    /// Announce the tier as the next one, without an action yet.
    case plan(String)
    /// Increase the allocated storage by a number of bytes.
    case growStorage(bytes: Double)
    /// Add read replicas.
    case addReplica(Int)
    /// Multiply the maximum capacity.
    case raiseCapacity(factor: Double)
    /// Run a standby in a second Availability Zone.
    case enableMultiAZ
    /// Upgrade the engine to a major version in standard support.
    case upgradeEngine
    /// Convert the storage to a type.
    case convertStorage(type: String)
    /// One of these actions: the first, unless another one is already chosen.
    case anyOf([Action])
}

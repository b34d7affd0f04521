/// A rule as its author wrote it, checked: immutable, without memory.
public struct Rule: Hashable, Sendable {
    /// kebab-case, unique over all files.
    public var id: String
    /// For people.
    public var title: String
    /// What it evaluates.
    public var appliesTo: ResourceKind
    /// Facts that a resource must meet; nil for all.
    public var condition: Formula?
    /// What must hold for the rule to fire.
    public var when: Formula
    /// For how long it must hold.
    public var sustain: Sustain
    /// What a missing datapoint means.
    public var missing: MissingData
    /// What must hold before the alarm is left; nil when `when` failing is enough.
    public var clear: Formula?
    /// How long the alarm stands after it would have been left.
    public var keepFiringFor: Duration?
    /// How much it matters.
    public var severity: Severity
    /// What to do; nil for a finding only.
    public var recommend: Action?
    /// What following the rule's advice saves; nil when it says nothing of money.
    public var tip: RuleTip?
    /// With `{value}`, `{threshold}`, `{for}`, `{resource}`, `{since}`; nil: the title.
    public var summary: String?
    /// Where the rule comes from.
    public var cite: String?
    /// The rule that holds this one back while it is in ALARM on the same resource; nil for none.
    public var unlessAlarm: String?
    /// The file it stands in, as the user gave it.
    public var file: String
    /// The line its `id` stands in, from 1.
    public var line: Int

    /// A rule by the parts it cannot do without; the rest has the language's defaults.
    public init(id: String, title: String, appliesTo: ResourceKind, when: Formula, file: String = "", line: Int = 1) {
        (self.id, self.title, self.appliesTo, self.when, self.file, self.line) = (id, title, appliesTo, when, file, line)
        sustain = Sustain()
        missing = .missing
        severity = .warning
    }

    /// The variables that its expressions name, each once, by name.
    public var variables: [Variable] {
        let all = when.variables + (condition?.variables ?? []) + (clear?.variables ?? [])
        return Set(all).sorted { $0.name < $1.name }
    }
}

/// How long a condition must hold: CloudWatch's M of N.
public struct Sustain: Hashable, Sendable {
    /// The length of a datapoint that the rule asks for; default five minutes.
    public var period: Duration
    /// `for:`; nil when the rule gives `datapoints` or neither.
    public var duration: Duration?
    /// `datapoints: M of N`; nil when the rule gives `for` or neither.
    public var datapoints: Datapoints?

    /// M breaching datapoints of the last N.
    public struct Datapoints: Hashable, Sendable {
        /// M, at least 1.
        public var toAlarm: Int
        /// N, at least M.
        public var evaluated: Int
        /// M of N.
        public init(toAlarm: Int, evaluated: Int) { (self.toAlarm, self.evaluated) = (toAlarm, evaluated) }
    }

    /// One datapoint of five minutes unless said.
    public init(period: Duration = .seconds(300), duration: Duration? = nil, datapoints: Datapoints? = nil) {
        (self.period, self.duration, self.datapoints) = (period, duration, datapoints)
    }

    /// M and N when datapoints are `effective` long.
    ///
    /// N is `for` over the effective period, rounded up; both of `datapoints` shrink in proportion, at least 1.
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

/// What a missing datapoint means; CloudWatch's four treatments.
public enum MissingData: String, CaseIterable, Sendable {
    case missing, ignore, breaching
    case notBreaching = "not_breaching"
}

/// How much a finding matters.
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

/// What a rule recommends.
public indirect enum Action: Hashable, Sendable {
    /// Move to the tier.
    case move(to: String)
    /// Say that the tier comes next; asks for nothing yet.
    case plan(String)
    /// Allocate so many bytes more.
    case growStorage(bytes: Double)
    /// Add so many read replicas.
    case addReplica(Int)
    /// Multiply the maximum capacity.
    case raiseCapacity(factor: Double)
    /// Run a standby in a second zone.
    case enableMultiAZ
    /// Any of these; the first unless another is chosen already.
    case anyOf([Action])
}

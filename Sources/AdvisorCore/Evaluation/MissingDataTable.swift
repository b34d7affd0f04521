/// Evaluates M of N with missing data as CloudWatch does.
///
/// Source: the CloudWatch User Guide, "Using Amazon CloudWatch alarms", the tables on missing data, and the rule on premature
/// transitions. Its open cases are decided as follows: A (a breaching datapoint in the last N, but younger than M) keeps the
/// state; B (breaching datapoints only before the last N) keeps an alarm until no datapoint is left, is OK under `missing` in
/// any other state, and keeps the state under `ignore`.
public enum MissingDataTable {
    /// The decision on the datapoints.
    public enum Decision: Hashable, Sendable {
        case ok, alarm, insufficientData
        /// The previous state is kept.
        case retain
        /// ALARM is kept; any other state becomes OK.
        case okUnlessAlarm
    }

    /// Decides on an evaluation range.
    /// - Parameters:
    ///   - range: Oldest first: true breaches, false does not, nil is missing. At least N datapoints, or all there are.
    ///   - datapoints: M and N.
    ///   - missing: How missing datapoints are treated.
    /// - Returns: The new state, or that the previous state is kept.
    public static func decision(
        over range: some BidirectionalCollection<Bool?>, _ datapoints: Sustain.Datapoints, missing: MissingData
    ) -> Decision {
        reading(over: range, datapoints, missing: missing).decision
    }

    /// Decides on an evaluation range, with the row of the table that applies.
    public static func reading(
        over range: some BidirectionalCollection<Bool?>, _ datapoints: Sustain.Datapoints, missing: MissingData
    ) -> Lookup {
        let (toAlarm, evaluated) = (datapoints.toAlarm, datapoints.evaluated)
        var real = 0
        var breaching = 0
        var oldestBreaching: Int?
        var age = 0
        var looked = 0
        for datapoint in range.reversed() {
            age += 1
            guard let datapoint else { continue }
            // With N datapoints with data the newest N decide; older ones are not considered.
            if real == evaluated { break }
            real += 1
            looked = age
            guard datapoint else { continue }
            breaching += 1
            if age <= evaluated { oldestBreaching = age }
        }
        func reading(_ decision: Decision, _ row: Row, filled: Int = 0) -> Lookup {
            Lookup(
                decision: decision, row: row, real: real, breaching: breaching, filled: filled,
                lookedAt: real >= evaluated ? looked : age)
        }
        if real >= evaluated { return reading(breaching >= toAlarm ? .alarm : .ok, .enough) }
        switch missing {
        case .breaching:
            let filled = evaluated - real
            return reading(breaching + filled >= toAlarm ? .alarm : .ok, .filledBreaching, filled: filled)
        case .notBreaching:
            return reading(breaching >= toAlarm ? .alarm : .ok, .filledNotBreaching, filled: evaluated - real)
        case .missing, .ignore:
            if real == 0 { return reading(missing == .missing ? .insufficientData : .retain, .none) }
            if breaching >= toAlarm { return reading(.alarm, .breaching) }
            if breaching < real { return reading(.ok, .healthy) }
            guard let oldestBreaching else { return reading(missing == .missing ? .okUnlessAlarm : .retain, .tooOld) }
            guard oldestBreaching >= toAlarm else { return reading(.retain, .tooYoung) }
            return reading(missing == .missing ? .alarm : .retain, .premature)
        }
    }

    /// A decision with its counts.
    public struct Lookup: Hashable, Sendable {
        /// The new state, or that the previous state is kept.
        public var decision: Decision
        /// The row of the table that applies.
        public var row: Row
        /// The number of datapoints with data among those considered, at most N.
        public var real: Int
        /// The number of breaching datapoints among them.
        public var breaching: Int
        /// The number of filled datapoints: N minus those with data, only for `breaching` and `not_breaching`.
        public var filled: Int
        /// The number of newest datapoints considered, including missing ones.
        public var lookedAt: Int

        /// The nearest row of the table; `enough` occurs twice, once for each state.
        public var shownRow: String { row == .enough && decision == .ok ? "0 - X - X" : row.rawValue }
    }

    /// The rows of CloudWatch's table, and the cases it leaves open. In their notation `0` does not breach, `X` breaches, `-`
    /// is missing, the newest is last; N = M = 3.
    public enum Row: String, CaseIterable, Sendable {
        /// Enough datapoints with data: missing ones do not matter.
        case enough = "0 X X - X"
        /// Missing datapoints count as breaching.
        case filledBreaching = "- - X - - under breaching"
        /// Missing datapoints count as not breaching.
        case filledNotBreaching = "- - X - - under not_breaching"
        /// No datapoint has data.
        case none = "- - - - -"
        /// Fewer than N datapoints with data, M of which breach.
        case breaching = "- X X X - with M of N"
        /// A datapoint with data does not breach, and fewer than M breach.
        case healthy = "0 - - - -"
        /// All datapoints with data breach, and the oldest in the last N is at least M old.
        case premature = "- - X - -"
        /// All datapoints with data breach, and the oldest in the last N is younger than M: open case A.
        case tooYoung = "- - - - X"
        /// All datapoints with data breach, and none is in the last N: open case B.
        case tooOld = "X - - - -"
    }
}

/// CloudWatch's evaluation of M of N with missing data.
///
/// Source: the CloudWatch User Guide, "Using Amazon CloudWatch alarms", the tables on missing data, and the rule on
/// premature transitions. Its open cases are decided as rule-language.md has it: A (a breaching datapoint in the last N,
/// but younger than M) keeps the state; B (a breaching datapoint only before the last N) is OK under `missing` and keeps
/// the state under `ignore`.
public enum MissingDataTable {
    /// What the datapoints say.
    public enum Decision: Hashable, Sendable {
        case ok, alarm, insufficientData
        /// The state before stands.
        case retain
    }

    /// Decides over an evaluation range.
    /// - Parameters:
    ///   - range: Oldest first: true breaches, false does not, nil is missing. At least N long, or all there is.
    ///   - datapoints: M and N.
    ///   - missing: What to fill missing datapoints with.
    /// - Returns: The state to be in, or that the state before stands.
    public static func decision(
        over range: some BidirectionalCollection<Bool?>, _ datapoints: Sustain.Datapoints, missing: MissingData
    ) -> Decision {
        reading(over: range, datapoints, missing: missing).decision
    }

    /// Decides over an evaluation range, and says by which row of the table.
    public static func reading(
        over range: some BidirectionalCollection<Bool?>, _ datapoints: Sustain.Datapoints, missing: MissingData
    ) -> Reading {
        let (toAlarm, evaluated) = (datapoints.toAlarm, datapoints.evaluated)
        var real = 0
        var breaching = 0
        var oldestBreaching: Int?
        var age = 0
        var looked = 0
        for datapoint in range.reversed() {
            age += 1
            guard let datapoint else { continue }
            // With N real datapoints the newest N decide, and older ones are not looked at.
            if real == evaluated { break }
            real += 1
            looked = age
            guard datapoint else { continue }
            breaching += 1
            if age <= evaluated { oldestBreaching = age }
        }
        func reading(_ decision: Decision, _ row: Row, filled: Int = 0) -> Reading {
            Reading(
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
            guard let oldestBreaching else { return reading(missing == .missing ? .ok : .retain, .tooOld) }
            guard oldestBreaching >= toAlarm else { return reading(.retain, .tooYoung) }
            return reading(missing == .missing ? .alarm : .retain, .premature)
        }
    }

    /// A decision, with what was counted.
    public struct Reading: Hashable, Sendable {
        /// The state to be in, or that the state before stands.
        public var decision: Decision
        /// By which row of the table.
        public var row: Row
        /// Datapoints with data among those looked at, at most N.
        public var real: Int
        /// Those of them that breach.
        public var breaching: Int
        /// Missing datapoints that were filled: N less the real ones, under `breaching` and `not_breaching` alone.
        public var filled: Int
        /// How many of the newest datapoints were looked at, missing ones included.
        public var lookedAt: Int

        /// The table's own row that is nearest; `enough` stands in two, one for each state.
        public var shownRow: String { row == .enough && decision == .ok ? "0 - X - X" : row.rawValue }
    }

    /// The rows of CloudWatch's table, and the cases that it leaves open. In what they are shown as, `0` does not breach, `X`
    /// does, `-` is missing, the newest stands last; N = M = 3.
    public enum Row: String, CaseIterable, Sendable {
        /// As many real datapoints as are evaluated: missing ones do not matter.
        case enough = "0 X X - X"
        /// Missing ones count as breaching.
        case filledBreaching = "- - X - - under breaching"
        /// Missing ones count as not breaching.
        case filledNotBreaching = "- - X - - under not_breaching"
        /// No datapoint has data.
        case none = "- - - - -"
        /// Fewer than N real ones, of which M breach.
        case breaching = "- X X X - with M of N"
        /// A real one that does not breach, and fewer than M that do.
        case healthy = "0 - - - -"
        /// Real ones all breach, and the oldest in the last N is at least M old.
        case premature = "- - X - -"
        /// Real ones all breach, and the oldest in the last N is younger than M: open case A.
        case tooYoung = "- - - - X"
        /// Real ones all breach, and none is in the last N: open case B.
        case tooOld = "X - - - -"
    }
}

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
        let (toAlarm, evaluated) = (datapoints.toAlarm, datapoints.evaluated)
        var real = 0
        var breaching = 0
        var oldestBreaching: Int?
        var age = 0
        for datapoint in range.reversed() {
            age += 1
            guard let datapoint else { continue }
            // With N real datapoints the newest N decide, and older ones are not looked at.
            if real == evaluated { break }
            real += 1
            guard datapoint else { continue }
            breaching += 1
            if age <= evaluated { oldestBreaching = age }
        }
        if real >= evaluated { return breaching >= toAlarm ? .alarm : .ok }
        switch missing {
        case .breaching: return breaching + evaluated - real >= toAlarm ? .alarm : .ok
        case .notBreaching: return breaching >= toAlarm ? .alarm : .ok
        case .missing, .ignore:
            if real == 0 { return missing == .missing ? .insufficientData : .retain }
            if breaching >= toAlarm { return .alarm }
            if breaching < real { return .ok }
            guard let oldestBreaching else { return missing == .missing ? .ok : .retain }
            return oldestBreaching >= toAlarm && missing == .missing ? .alarm : .retain
        }
    }
}

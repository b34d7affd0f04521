/// Fixed titles and words of an explanation.
public enum ExplanationTitle: String, CaseIterable, Sendable {
    case notNotified, whyNothing, applies, condition, clears, threshold, period, sustained, evaluated, decision, clear, state

    // MARK: Columns and cells

    case start, conditionColumn, clearColumn
    case breaches, doesNotBreach, holds, doesNotHold, missing

    // MARK: Clauses

    case and, noData, assumedUnit, noSeries, notEvaluated
}

/// Sentences and clauses with values of an explanation.
public enum ExplanationPhrase: Sendable {
    /// What a condition is at the newest datapoint, or for facts only.
    case value(of: String, is: String, isOfNewest: Bool)
    /// What is unknown, and why.
    case unknown(why: String)
    /// What is unknown of the newest datapoint, and why.
    case unknownOfNewest(why: String)
    /// When it was read.
    case asOf(String, String)
    /// The periods with data of a window.
    case coverage(Int, of: Int, start: String, end: String)
    /// The samples of the newest datapoint.
    case newestSamples(Int, values: [String])
    /// Too many samples of the newest datapoint to list.
    case sampleCount(Int)
    /// When the rule was evaluated, over how many datapoints.
    case evaluated(at: String, datapoints: Int, hasOlder: Bool)
    /// The decision of a rule on facts.
    case factsDecide(String)
}

public import AdvisorCore

/// The words that explain a state.
public protocol ExplanationLanguage {
    /// A fixed title of an explanation.
    func title(_ title: ExplanationTitle) -> String
    /// A sentence or clause with values of an explanation.
    func text(_ phrase: ExplanationPhrase) -> String
    /// A fixed title of a backtest.
    func title(_ title: BacktestTitle) -> String
    /// A sentence or clause with values of a backtest.
    func text(_ phrase: BacktestPhrase) -> String
    /// `ALARM since 30 Mar 18:05`, or why there is no alert, as a clause.
    func verdict(_ explanation: Explanation) -> String
    /// The length of a datapoint and why, as a clause.
    func clause(_ choice: PeriodChoice) -> String
    /// How many datapoints must breach and why, as a clause; nil for a rule on facts.
    func sustain(_ explanation: Explanation) -> String?
    /// The row of the table of missing data that decided, as a sentence.
    func decision(_ side: Explanation.Side, _ datapoints: Sustain.Datapoints, isClear: Bool) -> String
    /// The source of a row of that table, as a clause.
    func source(_ row: MissingDataTable.Lookup) -> String
    /// The previous and the new state, as a clause; nil if there was no evaluation.
    func state(_ explanation: Explanation) -> String?
    /// The origin of the threshold and its position, as a clause; nil if the rule compares no metric.
    func threshold(_ explanation: Explanation) -> String?
    /// How the values of a selector are computed, as a clause.
    func clause(_ derivation: StatisticDerivation) -> String
    /// What late samples changed, as a clause.
    func clause(_ correction: BackfillCorrection) -> String
}

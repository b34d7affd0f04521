public import AdvisorCore

/// Fixed titles of a backtest.
public enum BacktestTitle: String, CaseIterable, Sendable {
    case inAlarm, times
    /// The characters of a timeline, as a sentence.
    case legend
    case cost, alerts, onlyThere, onlyHere, alertsThere, costThere
    /// The bill before or after is unknown; a clause.
    case costUnknown
    case stillInAlarm
    case gained, lost, before, after
}

/// Sentences and clauses with values of a backtest.
public enum BacktestPhrase: Sendable {
    /// The period, as sentences.
    case header(from: Timestamp, to: Timestamp, rules: Int, episodes: Int)
    /// Rules without an episode, as a sentence.
    case neverFired(Int)
    /// Rules without a resource, as a sentence.
    case didNotApply(Int)
    /// What would have been recommended, as a title.
    case advice(resource: String)
    /// How many changes are shown; a clause.
    case lastChanges(Int, of: Int)
    /// The cost of following the advice and of staying, over days; a clause.
    case cost(following: Money, staying: Money, days: Double)
    /// The cost of both rule sets; a clause.
    case costs(there: Money, here: Money)
    /// The alerts that would have been sent; a clause.
    case alerts(Backtest.Alerts, asOf: Timestamp)
    /// How many episodes are shown; a clause.
    case longest(Int, of: Int)
    /// The highest value of an episode.
    case peak(String)
    /// How the episodes of two rule sets differ, as a sentence.
    case compared([(kind: EpisodeChange.Kind, count: Int)])
    /// Rows that are left out; a clause.
    case more(Int)
}

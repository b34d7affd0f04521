public import AdvisorCore

/// Fixed titles, column titles and single words of the report, of the table of rules and of the history.
public enum ReportTitle: String, CaseIterable, Sendable {
    /// What stands for a missing number.
    case unknown
    /// A price that was not checked against a price list.
    case unverified
    /// The report of a stack without files and samples, as a sentence.
    case nothingToEvaluate
    /// A resource without rules, as a sentence.
    case noRules
    /// The table of rules without rows, as a sentence.
    case noRuleRows
    /// Rules that concern no resource.
    case withoutResource
    /// Account, services and project.
    case billAndProject
    /// What is in ALARM but not notified.
    case suppressed
    /// No action.
    case stay
    /// No action can be chosen.
    case undecided
    /// The history of recommendations.
    case history
    /// An empty history, as a sentence.
    case noRecommendations

    // MARK: Columns

    case of, resource, state, rule, value, limit, since, cite, source, when, change, why
}

/// Sentences and clauses with values of the same parts.
public enum ReportPhrase: Sendable {
    /// This month's spend and the budget; a clause.
    case spentOfBudget(spent: Money?, limit: Money)
    /// The threshold beside a value.
    case limit(String)
    /// The start beside a value.
    case since(String)
    /// The start of OK, where a rule has left ALARM.
    case okSince(String)
    /// The start of missing data, where a rule has left ALARM.
    case noDataSince(String)
    /// What is missing for several rules, with their titles; a clause.
    case rulesWithoutData(gap: String, titles: [String])
    /// How many resources are not evaluated because they are not declared and more than a limit, with what to do; a sentence.
    case ignoredResources(count: Int, limit: Int)
    /// Services without an alarm; a clause.
    case servicesAsExpected(Int)
    /// Services without data; a clause.
    case servicesUnknown([String])
    /// Rules of account and project that are OK; a sentence.
    case rulesSatisfied(Int)
    /// What came of recommendations; a clause.
    case score(hits: Int, misses: Int, unknown: Int)
    /// A state with why it is not notified; a clause.
    case notNotified(AlarmState, why: String)
    /// A state with its value, the comparison and the start; a clause.
    case state(AlarmState, value: String?, comparison: String?, since: String?)
}

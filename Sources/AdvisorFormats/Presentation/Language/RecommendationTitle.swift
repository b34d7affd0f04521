/// Fixed titles of recommendations, of their steps and of the candidate tiers.
public enum RecommendationTitle: String, CaseIterable, Sendable {
    /// An empty list, as a sentence with what to do.
    case noneListed
    case whatToDo, whatHappened, whyNow

    // MARK: Steps

    case when, downtime, restart, effort, rollback, irreversible
    /// Before a value that replaces another, between both, and before a deployment.
    case new, becomes, then
    case careful
    /// Before the file of the guide's code.
    case inCode
    /// What could be done besides.
    case options

    // MARK: Candidates

    case candidates, withLoad, present, cheapest, clears, whyNot, yes, no
}

/// Sentences and clauses with values of the same parts.
public enum RecommendationPhrase: Sendable {
    /// What a command did to a recommendation; a clause.
    case changed(resource: String, headline: String, state: String)
    /// What to write into advisor.yaml after an action; a sentence.
    case toDeclare(tier: String?)
    /// The time of the stored reasons; a title.
    case whyFrozen(at: String)
    /// The versions of prices and samples; a sentence.
    case versions(region: String, asOf: String?, prices: String, datapoints: Int, samples: String)
    /// A rule with its version and condition; a clause.
    case ruleVersion(id: String, version: String, when: String, condition: String?, variables: [String])
    /// A rule without a result on a tier; a clause.
    case notEvaluated(rule: String)
    /// A larger class never pays for itself; a sentence.
    case neverPays(present: String)
    /// The load from which a larger class is cheaper; a sentence.
    case paysAbove(load: String, tier: String, present: String)
    /// The costs of a tier; a clause.
    case costs(tier: String, cost: String, withLoad: String)
    /// What CPU credits cost is unknown, or known from a time on; a clause.
    case creditsUnknown(until: String?)
    /// What is changed together with a tier; a clause.
    case together([String])
    /// The least and the most that a tier costs.
    case range(String, String)
}

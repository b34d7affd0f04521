/// One entry of the recommendation history, as recorded.
public struct RecommendationEntry: Hashable, Sendable {
    /// The number of the recommendation.
    public var recommendation: Int64
    /// The kind of the resource.
    public var kind: ResourceKind
    /// The id of the resource.
    public var resource: String
    /// The time of the change.
    public var at: Timestamp
    /// The kind of change.
    public var what: RecommendationChange.Kind
    /// The previous state; nil if it was new.
    public var before: RecommendationRecord.State?
    /// The new state.
    public var after: RecommendationRecord.State
    /// Why.
    public var reason: RecommendationChangeReason
    /// What was recommended.
    public var steps: [RecommendationSummary.Step]

    /// Creates the entry of a change; nil if it was not recorded.
    public init?(_ change: RecommendationChange) {
        guard let id = change.life.id else { return nil }
        self.init(
            recommendation: id, kind: change.life.kind, resource: change.life.resource, at: change.at, what: change.kind,
            before: change.from, after: change.life.state, reason: change.reason, steps: change.life.summary.steps)
    }

    /// Creates an entry.
    public init(
        recommendation: Int64, kind: ResourceKind, resource: String, at: Timestamp, what: RecommendationChange.Kind,
        before: RecommendationRecord.State?, after: RecommendationRecord.State, reason: RecommendationChangeReason,
        steps: [RecommendationSummary.Step]
    ) {
        (self.recommendation, self.kind, self.resource, self.at) = (recommendation, kind, resource, at)
        (self.what, self.before, self.after, self.reason, self.steps) = (what, before, after, reason, steps)
    }
}

/// All recommendations and their outcomes.
public struct RecommendationHistory: Hashable, Sendable {
    /// The recommendations by number.
    public var lives: [RecommendationRecord]
    /// The entries, oldest first.
    public var entries: [RecommendationEntry]

    /// Creates a history.
    public init(lives: [RecommendationRecord], entries: [RecommendationEntry]) { (self.lives, self.entries) = (lives, entries) }

    /// The number of completed recommendations with an outcome.
    public func count(_ verdict: RecommendationOutcome.Verdict) -> Int { lives.count { $0.outcome?.verdict == verdict } }

    /// The entries of a recommendation, oldest first.
    public func entries(of id: Int64?) -> [RecommendationEntry] { entries.filter { $0.recommendation == id } }
}

/// One entry of the history of recommendations, as it was written.
public struct RecommendationEntry: Hashable, Sendable {
    /// The recommendation's number.
    public var recommendation: Int64
    /// The resource's kind.
    public var kind: ResourceKind
    /// The resource's id.
    public var resource: String
    /// When.
    public var at: Timestamp
    /// What happened.
    public var what: RecommendationChange.Kind
    /// Where it stood before; nil when it was new.
    public var before: RecommendationRecord.State?
    /// Where it stood afterwards.
    public var after: RecommendationRecord.State
    /// Why.
    public var words: String
    /// What it asked for.
    public var headline: String

    /// An entry for a change; nil for one that was not recorded.
    public init?(_ change: RecommendationChange) {
        guard let id = change.life.id else { return nil }
        self.init(
            recommendation: id, kind: change.life.kind, resource: change.life.resource, at: change.at, what: change.kind,
            before: change.from, after: change.life.state, words: change.words, headline: change.life.summary.headline)
    }

    /// An entry by its parts.
    public init(
        recommendation: Int64, kind: ResourceKind, resource: String, at: Timestamp, what: RecommendationChange.Kind,
        before: RecommendationRecord.State?, after: RecommendationRecord.State, words: String, headline: String
    ) {
        (self.recommendation, self.kind, self.resource, self.at) = (recommendation, kind, resource, at)
        (self.what, self.before, self.after, self.words, self.headline) = (what, before, after, words, headline)
    }
}

/// Every recommendation there was, and what came of it.
public struct RecommendationHistory: Hashable, Sendable {
    /// By number.
    public var lives: [RecommendationRecord]
    /// Oldest first.
    public var entries: [RecommendationEntry]

    /// A history by its parts.
    public init(lives: [RecommendationRecord], entries: [RecommendationEntry]) { (self.lives, self.entries) = (lives, entries) }

    /// How many of those that were done came out so.
    public func count(_ verdict: RecommendationOutcome.Verdict) -> Int { lives.count { $0.outcome?.verdict == verdict } }

    /// What happened to one of them, oldest first.
    public func entries(of id: Int64?) -> [RecommendationEntry] { entries.filter { $0.recommendation == id } }
}

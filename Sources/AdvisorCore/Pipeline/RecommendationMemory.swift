/// What is stored about recommendations: what a review goes on from.
public struct RecommendationMemory: Sendable {
    /// Which resources are evaluated.
    public enum Coverage: Hashable, Sendable {
        /// All of them: one that is not among them no longer exists.
        case all
        /// Some of them.
        case some
    }

    /// The newest recommendation of each resource.
    public var records: [ResourceKey: RecommendationRecord]
    /// The number of the next new one; nil while nothing is recorded.
    public var nextID: Int64?
    /// Which resources are evaluated.
    public var coverage: Coverage

    /// Creates a memory.
    public init(records: [ResourceKey: RecommendationRecord] = [:], nextID: Int64? = nil, coverage: Coverage) {
        (self.records, self.nextID, self.coverage) = (records, nextID, coverage)
    }
}

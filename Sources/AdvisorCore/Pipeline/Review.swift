/// Fourth stage: the life cycle of recommendations advances, by what is stored about them.
public struct Review: Sendable {
    /// What was decided.
    public var recommendations: Recommendations
    /// One review per resource that is shown.
    public private(set) var resources: [ResourceReview]
    /// What happened to recommendations, in the order of the resources.
    public private(set) var changes: [RecommendationChange] = []
    /// Recommendations that are new or changed.
    public private(set) var changedRecords: [RecommendationRecord] = []

    private var nextID: Int64?

    /// Reviews recommendations.
    /// - Parameters:
    ///   - recommendations: What was decided.
    ///   - memory: What is stored; nil for an evaluation in which recommendations have no life, as one of the past.
    ///   - context: Project and time.
    public init(of recommendations: Recommendations, memory: RecommendationMemory?, in context: EvaluationContext) {
        self.recommendations = recommendations
        resources = recommendations.reviews
        guard let memory else { return }
        nextID = memory.nextID
        let analyses = Dictionary(
            recommendations.analyses.map { (ResourceKey($0.resource), $0) }, uniquingKeysWith: { first, _ in first })
        for index in resources.indices {
            let key = ResourceKey(resources[index].resource)
            let record = memory.records[key]
            guard resources[index].recommendation != nil || record != nil else { continue }
            let observation = Self.observation(of: resources[index], analyses[key])
            let step = RecommendationLifecycle.step(
                record, kind: key.kind, resource: key.resource, observation: observation, now: context.now)
            let next = take(step, before: record)
            resources[index].life = next.flatMap { $0.isCurrent ? $0 : nil }
        }
        switch memory.coverage {
        case .all: endLost(memory.records, at: context.now)
        case .some: break
        }
    }

    private static func observation(of review: ResourceReview, _ analysis: ResourceAnalysis?)
        -> RecommendationLifecycle.Observation
    {
        let states = Dictionary(review.findings.map { ($0.rule.id, $0.state) }, uniquingKeysWith: { first, _ in first })
        var observation = RecommendationLifecycle.Observation(
            summary: RecommendationSummary(review), states: states, watched: analysis?.verification ?? [:],
            monthlyCost: review.cost?.total)
        observation.measured = analysis?.measured
        return observation
    }

    /// Ends the recommendations for resources that no longer exist.
    private mutating func endLost(_ records: [ResourceKey: RecommendationRecord], at now: Timestamp) {
        let present = Set(resources.map { ResourceKey($0.resource) })
        let lost = records.filter { !present.contains($0.key) && $0.value.isCurrent }.map(\.value)
        for record in lost.sorted(by: { ($0.id ?? 0) < ($1.id ?? 0) }) {
            _ = take(RecommendationLifecycle.lose(record, now: now), before: record)
        }
    }

    /// Numbers what is new, and keeps what changed.
    private mutating func take(_ step: RecommendationLifecycle.Step, before: RecommendationRecord?) -> RecommendationRecord? {
        guard var record = step.life else { return nil }
        if record.id == nil, let number = nextID {
            record.id = number
            nextID = number + 1
        }
        if record != before { changedRecords.append(record) }
        changes += step.changes.map { change in
            var numbered = change
            numbered.life.id = record.id
            return numbered
        }
        return record
    }
}

extension ResourceKey {
    /// The key of a resource.
    init(_ resource: Stack.Resource) { self.init(kind: resource.kind, resource: resource.id) }
}

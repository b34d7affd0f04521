internal import AdvisorCore
internal import AdvisorStore

/// The lives of recommendations during one evaluation: recalled, moved, written in its transaction.
struct LifecycleStage {
    /// What happened, in the order of the report.
    private(set) var changes: [RecommendationChange] = []
    private let lives: [ResourceKey: RecommendationRecord]
    private let now: Timestamp
    /// Whether lives are moved at all; a backtest moves none.
    private let isLive: Bool
    /// Whether resources that are not evaluated are gone.
    private let isWhole: Bool
    /// The number of the next new life; nil while nothing is recorded.
    private var next: Int64?
    private var watched: [ResourceKey: [String: AlarmState]] = [:]
    private var measured: [ResourceKey: MeasuredCostChange] = [:]
    private let store: Store?
    private(set) var moved: [RecommendationRecord] = []

    /// Recalls the newest life of every resource.
    /// - Parameters:
    ///   - store: nil for an evaluation that moves no life.
    ///   - now: The time evaluated.
    ///   - isRecording: Whether new lives get a number.
    ///   - isWhole: Whether every resource is evaluated.
    /// - Throws: `StoreFailure`.
    init(_ store: Store?, now: Timestamp, isRecording: Bool, isWhole: Bool) throws {
        (self.store, self.now, self.isWhole, isLive) = (store, now, isWhole, store != nil)
        lives = try store?.newestRecommendations() ?? [:]
        guard isRecording, let store else { return }
        next = try store.nextRecommendationID()
    }

    /// Of a recommendation that was done: what its rules say of the resource as it is now, and what its service was charged.
    mutating func watch(_ target: EvaluationTarget, _ findings: [Finding], _ project: Project) throws {
        let key = ResourceKey(kind: target.resource.kind, resource: target.resource.id)
        guard let life = lives[key], life.isCurrent, life.state == .done else { return }
        let states = Self.states(findings.filter { $0.resource == key.resource && $0.rule.appliesTo == key.kind })
        watched[key] = PostChangeVerification.states(
            of: life.summary.rules, target: target, rules: project.rules, states: states, vocabulary: project.vocabulary, now: now
        )
        guard now - life.changedAt >= RecommendationLifecycle.grace, let store, key.kind == .database else { return }
        let first = BillingMonth(life.changedAt - .seconds(10 * 86_400))
        let charges = try store.charges(in: first...max(first, BillingMonth(now)), services: project.services)
        measured[key] = MeasuredCostChange(service: "rds", daily: charges.daily(service: "rds"), done: life.changedAt, now: now)
    }

    private static func states(_ findings: [Finding]) -> [String: AlarmState] {
        Dictionary(findings.map { ($0.rule.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    }

    /// Moves every life by what was decided about its resource, and adds it to the review.
    mutating func finish(_ reviews: inout [ResourceReview]) {
        guard isLive else { return }
        var seen: Set<ResourceKey> = []
        for index in reviews.indices {
            let entry = reviews[index]
            let key = ResourceKey(kind: entry.resource.kind, resource: entry.resource.id)
            seen.insert(key)
            guard entry.recommendation != nil || lives[key] != nil else { continue }
            var observation = RecommendationLifecycle.Observation(
                summary: RecommendationSummary(entry), states: Self.states(entry.findings), watched: watched[key] ?? [:],
                monthlyCost: entry.cost?.total)
            observation.measured = measured[key]
            let step = RecommendationLifecycle.step(
                lives[key], kind: key.kind, resource: key.resource, observation: observation, now: now)
            let life = take(step, before: lives[key])
            reviews[index].life = life.flatMap { $0.isCurrent ? $0 : nil }
        }
        guard isWhole else { return }
        let lost = lives.filter { !seen.contains($0.key) && $0.value.isCurrent }.map(\.value)
        for life in lost.sorted(by: { ($0.id ?? 0) < ($1.id ?? 0) }) {
            _ = take(RecommendationLifecycle.lose(life, now: now), before: life)
        }
    }

    /// Numbers what is new, and keeps what is to be written.
    private mutating func take(_ step: RecommendationLifecycle.Step, before: RecommendationRecord?) -> RecommendationRecord? {
        guard var life = step.life else { return nil }
        if life.id == nil, let number = next {
            life.id = number
            next = number + 1
        }
        if life != before { moved.append(life) }
        changes += step.changes.map { change in
            var numbered = change
            numbered.life.id = life.id
            return numbered
        }
        return life
    }
}

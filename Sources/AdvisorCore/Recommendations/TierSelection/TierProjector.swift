import Foundation

/// Evaluates a resource's own history on every tier of the catalog.
public struct TierProjector: Sendable {
    let project: Project
    let now: Timestamp

    /// How far back rules are evaluated.
    static let window = Duration.seconds(7 * 86_400)
    /// How far back limits are evaluated.
    static let history = Duration.seconds(14 * 86_400)
    /// The headroom: 20 % of a tier, as in Compute Optimizer.
    static let headroom = 0.2

    /// Creates a projector for a time.
    public init(project: Project, now: Timestamp) { (self.project, self.now) = (project, now) }

    /// Projects the history of a database onto every tier.
    /// - Parameters:
    ///   - target: The database with its whole history.
    ///   - findings: The current findings.
    ///   - tierSince: When it moved to its current tier; nil if unknown. Earlier samples are not used.
    /// - Returns: nil if it is not a database, or its tier is unknown.
    public func outlook(_ target: EvaluationTarget, findings: [Finding], tierSince: Timestamp? = nil) -> TierAnalysis? {
        guard target.resource.kind == .database, let tier = project.catalog.tier(of: target.resource) else {
            return nil
        }
        let since = tierSince ?? Timestamp(milliseconds: .min)
        let loads = LoadHistory(target, vocabulary: project.vocabulary, from: max(since, now - CreditProjection.span), to: now)
        let begin = max(since, now - Self.history)
        let sizing = AuroraSizing(target, tier: tier, vocabulary: project.vocabulary, from: begin, to: now)
        var credits = loads.flatMap { CreditProjection(tier, loads: $0, now: now) }
        if let loads { credits?.measure(target, tier: tier, loads: loads, vocabulary: project.vocabulary, now: now) }
        var candidate = TierEvaluator(projector: self, target: target, tier: tier, findings: findings, begin: begin)
        let known = loads.map { loads in Double(loads.shares(from: begin).count) * loads.step.seconds / 86_400 }
        candidate.days = known
        return TierAnalysis(
            projections: project.catalog.tiers.map {
                candidate.projection(sized($0, sizing, present: tier), loads: loads, sizing: sizing, credits: credits)
            },
            credits: credits, breakEvens: breakEvens(of: tier, isMultiAZ: target.resource.multiAZ ?? false),
            aurora: sizing.needs.isEmpty ? nil : sizing, auroraCost: auroraCost(sizing, target.resource),
            auroraStackAtRest: project.catalog.auroraStack(atMaximum: false)?.total,
            auroraStackAtMost: project.catalog.auroraStack(atMaximum: true)?.total,
            crossings: CrossingDates(target: target, vocabulary: project.vocabulary, now: now, since: since).all(
                findings, tier: tier),
            stored: candidate.usage.storage, operations: candidate.usage.operations, changes: candidate.changes, days: known ?? 0,
            tierSince: tierSince,
            isBurst: isBurst(loads, credits: credits))
    }

    /// A tier whose capacity scales with the maximum that the load needs, where that is more than its own; the present tier stays
    /// as it is.
    private func sized(_ tier: Tier, _ sizing: AuroraSizing, present: Tier) -> Tier {
        guard tier.id != present.id, present.capacity == nil, sizing.knowsCPU, let own = tier.capacity?.maximum,
            let peak = sizing.peak, peak > own, let needed = sizing.maximum
        else { return tier }
        var sized = tier
        sized.capacity?.maximum = min(needed, AuroraSizing.largest)
        return sized
    }

    /// The cost of Aurora's capacity within the resource's own bounds, or else the guide's; nil if CPU or the price is
    /// unknown.
    private func auroraCost(_ sizing: AuroraSizing, _ resource: Stack.Resource) -> AuroraSizing.Cost? {
        guard sizing.knowsCPU, let tier = project.catalog.elasticTier, let capacity = tier.capacity
        else { return nil }
        let own = resource.tier == tier.id ? resource : nil
        return sizing.monthlyCost(
            minimum: own?.minimumCapacity ?? capacity.minimum, maximum: own?.maximumCapacity ?? capacity.maximum,
            instances: own.flatMap { TierConfiguration($0).instances } ?? capacity.instances, price: capacity.price)
    }

    /// The larger classes of the same engine, with the load from which each is cheaper; empty for a tier without credits.
    private func breakEvens(of tier: Tier, isMultiAZ: Bool) -> [ClassBreakEven] {
        guard tier.credits != nil else { return [] }
        return project.catalog.tiers.compactMap { other in
            guard other.rank > tier.rank, other.isSibling(of: tier) else { return nil }
            return tier.breakEven(with: other, isMultiAZ: isMultiAZ).map {
                ClassBreakEven(tier: other.id, isFixed: other.credits == nil, load: $0)
            }
        }
    }

    /// Projects a planned load onto one tier, including the declared one.
    func plan(_ load: EvaluationTarget, on candidate: Tier) -> Projection {
        let tier = project.catalog.tier(of: load.resource) ?? candidate
        let loads = LoadHistory(load, vocabulary: project.vocabulary, from: now - Self.history, to: now)
        let begin = now - Self.history
        let sizing = AuroraSizing(load, tier: tier, vocabulary: project.vocabulary, from: begin, to: now)
        return TierEvaluator(projector: self, target: load, tier: tier, findings: [], begin: begin, isPlan: true)
            .projection(candidate, loads: loads, sizing: sizing, credits: nil)
    }

    /// Whether credits cover the load: nothing charged in 30 days, the mean of the last day within the baseline, and never at
    /// the ceiling.
    private func isBurst(_ loads: LoadHistory?, credits: CreditProjection?) -> Bool {
        guard let loads, let credits, credits.suffices, let mean = loads.mean(from: now - .seconds(86_400)) else { return false }
        return mean <= credits.baseline && (loads.shares(from: now - Self.window).max() ?? 0) < 0.99
    }
}

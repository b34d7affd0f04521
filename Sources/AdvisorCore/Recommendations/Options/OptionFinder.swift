import Foundation

/// Finds what could be done about a database besides what the rules recommend.
struct OptionFinder {
    let resource: Stack.Resource
    let tier: Tier
    let recommendation: Recommendation
    let findings: [Finding]
    let context: RecommendationContext
    let catalog: Catalog

    private static let hours = Decimal(Catalog.hoursPerMonth)
    /// The hours a week that a database for development runs: ten on five days.
    static let workingHours = 50

    var outlook: TierAnalysis { context.outlook }
    private var isDevelopment: Bool { resource.environment == .development }
    var present: Money? { outlook.projection(tier.id)?.expected }

    /// The options, what saves most first; what costs or is unknown last.
    var all: [ResourceOption] {
        let found =
            [
                classWithoutCredits, newerGeneration, moreOperations, largerPlan, autoscaling, pool, stopAtNight, singleInstance,
                pause,
            ]
            .compactMap { $0 }
            + commitments
        return found.enumerated().sorted { left, right in
            let (first, second) = (amount(left.element), amount(right.element))
            return (first, left.offset) < (second, right.offset)
        }.map(\.element)
    }

    private func amount(_ option: ResourceOption) -> Decimal { option.monthlyChange?.amount ?? 0 }

    func isInAlarm(_ metrics: Set<MetricID>) -> Bool {
        findings.contains { finding in
            finding.state == .alarm && finding.rule.tip == nil
                && finding.rule.when.readings.contains { metrics.contains($0.metric) }
        }
    }

    /// The cheapest class with as many vCPUs that is not billed by credits, if it saves a dollar.
    private var classWithoutCredits: ResourceOption? {
        guard tier.credits != nil, let present, outlook.days >= ColdStart.week * 0.95 else { return nil }
        let others = recommendation.candidates.filter { candidate in
            guard let other = catalog.tier(candidate.tier), other.isSibling(of: tier), other.credits == nil,
                other.vcpu == tier.vcpu, let memory = other.memory, let now = tier.memory
            else { return false }
            return memory >= now && candidate.projection?.expected != nil
        }
        guard let best = others.min(by: { $0.expectedAmount < $1.expectedAmount }), let cost = best.projection?.expected,
            (present - cost).amount >= 1
        else { return nil }
        return ResourceOption(
            kind: .classWithoutCredits(tier: best.tier), monthlyChange: cost - present, effort: .minutes, risk: .low,
            source: "Amazon RDS User Guide, DB instance classes")
    }

    /// A class of a newer generation with as many vCPUs and as much memory, if it costs no more.
    private var newerGeneration: ResourceOption? {
        guard tier.credits == nil, let generation = InstanceClass(tier.id)?.generation, let present, let memory = tier.memory
        else { return nil }
        let newer = recommendation.candidates.filter { candidate in
            guard let other = catalog.tier(candidate.tier), other.isSibling(of: tier), other.credits == nil,
                other.vcpu == tier.vcpu, let size = other.memory, let own = InstanceClass(other.id)?.generation,
                let cost = candidate.projection?.expected
            else { return false }
            return own > generation && size >= memory * 0.9 && size <= memory * 1.1 && cost.amount <= present.amount
        }
        guard let best = newer.min(by: { $0.expectedAmount < $1.expectedAmount }), let cost = best.projection?.expected else {
            return nil
        }
        return ResourceOption(
            kind: .newerGeneration(tier: best.tier), monthlyChange: cost - present, effort: .minutes, risk: .low,
            source: "Amazon RDS User Guide, DB instance classes")
    }

    /// The next plan, where the data outgrow the present one and are to be migrated.
    private var largerPlan: ResourceOption? {
        guard tier.monthly != nil, isInAlarm([.databaseSize, .activeUsers]),
            let next = catalog.tiers.first(where: { $0.rank > tier.rank && $0.familyID == tier.familyID }),
            !recommendation.steps.contains(where: { $0.to?.tier == next.id }), let before = tier.monthly?.usd,
            let after = next.monthly?.usd
        else { return nil }
        return ResourceOption(
            kind: .largerPlan(tier: next.id), monthlyChange: Money(after - before), effort: .minutes, risk: .none,
            source: "Supabase, platform documentation: billing")
    }

    /// Storage that grows by itself, where storage grows.
    private var autoscaling: ResourceOption? {
        guard tier.hourly != nil, let size = resource.allocatedStorage,
            recommendation.steps.contains(where: { $0.kind == .growStorage })
        else { return nil }
        return ResourceOption(
            kind: .storageAutoscaling(resource: resource.id, gibibytes: max(size * 2, 100)), monthlyChange: Money(0),
            effort: .minutes, risk: .low,
            source: "Amazon RDS User Guide, Storage autoscaling")
    }

    private var pool: ResourceOption? {
        guard isInAlarm([.connections]) else { return nil }
        return ResourceOption(
            kind: .connectionPool, monthlyChange: Money(0), effort: .hours, risk: .medium,
            source: "PgBouncer documentation; Amazon RDS User Guide, RDS Proxy")
    }

    /// The hours of nights and weekends of a database for development.
    private var stopAtNight: ResourceOption? {
        guard isDevelopment, !resource.isStopped, tier.capacity == nil, resource.replicaOf == nil, resource.replicas ?? 0 == 0,
            let price = (resource.multiAZ == true ? tier.hourlyMultiAZ : tier.hourly)?.usd
        else { return nil }
        let share = Decimal(168 - Self.workingHours) / 168
        return ResourceOption(
            kind: .stopAtNight(hours: Self.workingHours), monthlyChange: Money((-price * Self.hours * share).rounded(scale: 6)),
            effort: .hours, risk: .low, source: "Amazon RDS User Guide, Stopping an Amazon RDS DB instance temporarily")
    }

    /// One instance in development, where a cluster has readers.
    private var singleInstance: ResourceOption? {
        guard isDevelopment, let capacity = tier.capacity, let sizing = outlook.aurora else { return nil }
        let instances = TierConfiguration(resource).instances ?? capacity.instances
        guard instances > 1 else { return nil }
        let own = (resource.minimumCapacity ?? capacity.minimum, resource.maximumCapacity ?? capacity.maximum)
        guard
            let one = sizing.measuredCost(instances: 1, price: capacity.price)
                ?? sizing.monthlyCost(minimum: own.0, maximum: own.1, instances: 1, price: capacity.price)?.expected
        else { return nil }
        return ResourceOption(
            kind: .singleInstance(instances: instances), monthlyChange: Money(-one.amount * Decimal(instances - 1)),
            effort: .minutes, risk: .medium, source: "Amazon Aurora User Guide, High availability for Aurora")
    }

    /// A minimum capacity of 0 where nothing is connected for a quarter of the time.
    private var pause: ResourceOption? {
        guard let capacity = tier.capacity, let price = capacity.price.usd, outlook.days >= ColdStart.week * 0.95,
            case .possible(let share)? = outlook.aurora?.scaleToZero, share >= 0.25
        else { return nil }
        let minimum = resource.minimumCapacity ?? capacity.minimum
        guard minimum > 0 else { return nil }
        let instances = TierConfiguration(resource).instances ?? capacity.instances
        let floor = Money.decimal(minimum * Double(instances)) * Self.hours * price
        return ResourceOption(
            kind: .pauseWhenIdle(share: .ratio(share)), monthlyChange: Money((-floor * Money.decimal(share)).rounded(scale: 6)),
            isAtMost: true, effort: .minutes, risk: .medium,
            source: "Amazon Aurora User Guide, Scaling to zero ACUs with automatic pause and resume")
    }
}

// Whether to commit to the use for a year or longer.
extension OptionFinder {
    /// The days on one tier without a change before a commitment is an option.
    static let stableDays: Int64 = 30

    /// Commitments, once nothing is to be changed and nothing has been for a month; none in development.
    private var commitments: [ResourceOption] {
        guard recommendation.kind == .stay, !isDevelopment, outlook.days >= RecommendationContext.daysBeforeDown * 0.95,
            outlook.tierSince.map({ context.now - $0 >= .seconds(Self.stableDays * 86_400) }) ?? true,
            !findings.contains(where: { $0.state == .alarm && ($0.rule.severity > .info || $0.rule.tip != nil) }), let hourly
        else { return [] }
        return catalog.commitments.filter { $0.covers(tier) }.map { commitment in
            ResourceOption(
                kind: .commitment(kind: commitment.kind, months: commitment.months, breakEven: commitment.breakEvenMonth),
                monthlyChange: Money((-hourly * Self.hours * Money.decimal(commitment.discount)).rounded(scale: 6)),
                isAtMost: true, effort: .minutes, risk: commitment.months > 12 ? .high : .medium,
                source: "\(commitment.source) (\(commitment.asOf))")
        }
    }

    /// What an hour costs at least: the instance, or the minimum capacity.
    private var hourly: Decimal? {
        guard let capacity = tier.capacity else {
            return (resource.multiAZ == true ? tier.hourlyMultiAZ : tier.hourly)?.usd
        }
        let minimum = resource.minimumCapacity ?? capacity.minimum
        let instances = TierConfiguration(resource).instances ?? capacity.instances
        guard minimum > 0, let price = capacity.price.usd else { return nil }
        return Money.decimal(minimum * Double(instances)) * price
    }
}

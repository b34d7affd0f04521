internal import AdvisorCore
internal import AdvisorStore
internal import Foundation

extension Store {
    /// Computes billing facts from bills and metrics.
    /// - Parameters:
    ///   - project: The stack, its allowances, and names of services.
    ///   - resources: All resources with their series.
    ///   - series: The series by index.
    ///   - now: The current time.
    /// - Returns: As far as known.
    /// - Throws: `StoreFailure`.
    func money(_ project: Project, _ resources: [MatchedResource], _ series: [StoredSeries], at now: Timestamp) throws
        -> BillingFacts
    {
        var billing = BillingFacts()
        billing.asOf = now
        let month = BillingMonth(now)
        let since = project.stack.account?.credits.compactMap(\.usedOn).map(BillingMonth.init).min()
        let first = min(month.previous.previous, since ?? month, month)
        let charges = try charges(in: first...month, services: project.services)
        billing.month = BilledMonth(charges, services: project.services, at: now)
        billing.credits = project.stack.account.flatMap { PromotionalCredits($0, charges: charges, at: now) }
        let bill = charges.bill(of: month)
        for allowance in project.freeTier.allowances where allowance.applies(to: project.stack, at: now) == true {
            let ends = allowance.end(for: project.stack)
            if let bill, let use = Self.use(of: allowance, bill, project.services, ends, now) {
                billing.allowances.append(use)
            } else if let use = try use(of: allowance, project, resources, series, ends, now) {
                billing.allowances.append(use)
            } else if case .plan = allowance.offer {
                billing.allowances.append(FreeTierUsage(allowance: allowance, used: nil, expected: nil, source: nil, ends: ends))
            }
        }
        return billing
    }

    /// From this month's bill; nil if it does not cover the usage, or is more than three days old.
    private static func use(
        of allowance: Allowance, _ bill: Bill, _ services: ServiceCatalog, _ ends: CivilDate?, _ now: Timestamp
    ) -> FreeTierUsage? {
        let usages = allowance.billed.compactMap(services.usage)
        guard let last = bill.lastDay, now.date.daysSinceEpoch - last.daysSinceEpoch <= 3 else { return nil }
        let own = bill.charges.filter { charge in charge.day <= now.date && usages.contains { $0.counts(charge) } }
        guard !own.isEmpty else { return nil }
        var used = Decimal(0)
        for charge in own {
            guard let usage = charge.usage else { return nil }
            used += usage
        }
        used *= allowance.measure == .time ? 3600 : allowance.measure == .bytes ? 1_000_000_000 : 1
        let until = min(now, Timestamp(CivilDate(daysSinceEpoch: last.daysSinceEpoch + 1)))
        // A bill sums a level over the month: a gigabyte stored all month is one at its end.
        if allowance.span == .level {
            let whole = Decimal((now.startOfNextMonth - now.startOfMonth).milliseconds)
            used = (used * whole / Decimal((until - now.startOfMonth).milliseconds)).rounded(scale: 6)
        }
        let source = UsageSource.bill(bill: BilledMonth(bill, services: services).source)
        return FreeTierUsage(allowance, used: used, until: until, source: source, ends: ends, at: now)
    }

    /// From a metric of this month, over all resources; nil without samples.
    private func use(
        of allowance: Allowance, _ project: Project, _ resources: [MatchedResource], _ series: [StoredSeries], _ ends: CivilDate?,
        _ now: Timestamp
    ) throws -> FreeTierUsage? {
        guard let reading = allowance.reading, let metric = project.vocabulary.metrics.metrics[reading.metric] else { return nil }
        var total: Decimal?
        var last: Timestamp?
        for resource in resources where metric.kinds.contains(resource.resource.kind) && isMeant(resource.resource, allowance) {
            let numbers = resource.series[metric.id] ?? []
            let ids = numbers.map { series[$0].id }
            guard let found = try extent(of: ids, metric, isSum: reading.isSum, from: now.startOfMonth, to: now) else { continue }
            total = (total ?? 0) + found.value
            last = max(last ?? found.last, found.last)
        }
        guard let total, let last else { return nil }
        let until = min(now, last + max(metric.nativePeriod, .seconds(60)))
        return FreeTierUsage(allowance, used: total, until: until, source: .metrics, ends: ends, at: now)
    }

    /// The allowance of a plan applies to the resources on it.
    private func isMeant(_ resource: Stack.Resource, _ allowance: Allowance) -> Bool {
        guard case .plan(let plan) = allowance.offer, resource.kind == .database else { return true }
        return resource.tier == plan
    }

    /// The sum of all samples, or the greatest, in the base of the metric's quantity, and the start of the last.
    private func extent(of ids: [Int64], _ metric: Metric, isSum: Bool, from begin: Timestamp, to end: Timestamp) throws -> (
        value: Decimal, last: Timestamp
    )? {
        guard let total = try isSum ? sum(of: ids, from: begin, to: end) : maximum(of: ids, from: begin, to: end) else {
            return nil
        }
        let base = (metric.unit == .none ? metric.display.unit : metric.unit).baseValue(of: total.value)
        return Money(sample: base).map { ($0.amount, total.last) }
    }
}

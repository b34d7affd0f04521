import Foundation

/// A database, month by month.
public struct WhatIfTimeline: Sendable {
    /// An event in a month.
    public struct Event: Hashable, Sendable {
        /// The rule, or the code of the limit.
        public var rule: String
        /// The reason.
        public var reason: WhatIfReason
        /// The target tier; nil if there is no move.
        public var to: String?
        /// Whether no bigger tier of the catalog holds the load.
        public var isUnresolved = false
        /// Whether the rule only plans for the tier; here a plan is carried out as soon as its rule is in ALARM.
        public var isPlanned = false
    }

    /// One month.
    public struct Month: Hashable, Sendable {
        /// The start: the current time, plus calendar months.
        public var start: Timestamp
        /// The active users; nil if unknown.
        public var users: Double?
        /// The tier at its end.
        public var tier: String
        /// The monthly cost without surplus credits, at minimum capacity if it scales; nil if unknown.
        public var fixed: Money?
        /// The monthly cost under the load; nil if the load is unknown.
        public var expected: Money?
        /// The CPU that 99.5 % of the datapoints do not exceed, as a share of the tier's own; nil if unknown.
        public var cpu: Double?
        /// The allocated storage in GiB; nil if unknown.
        public var storage: Double?
        /// The events in order.
        public var events: [Event]
    }

    /// The id of the resource; nil for a plan without one.
    public var resource: String?
    /// The assumptions.
    public var suppositions: WhatIf
    /// The months in order.
    public var months: [Month]
    /// Whether load was measured; without it only users and prices are known.
    public var knowsLoad: Bool

    /// The first event and its month; nil if there is none.
    public var first: (month: Month, event: Event)? {
        for month in months { if let event = month.events.first { return (month, event) } }
        return nil
    }
}

/// Why something happens in a month of a what-if.
public enum WhatIfReason: Reason {
    /// The rule would be in ALARM.
    case alarm(rule: RuleName)
    /// The tier's own limit is exceeded.
    case rejected(reason: TierRejection)
    /// Storage is grown because so much is stored.
    case storageGrows(stored: Quantity, gibibytes: Double)
}

/// Projects a plan month by month.
public struct WhatIfProjector: Sendable {
    private let project: Project
    private let now: Timestamp

    /// Creates a projector for a time.
    public init(project: Project, now: Timestamp) { (self.project, self.now) = (project, now) }

    /// Computes the months of a plan.
    ///
    /// CPU, connections and storage grow with the users; used memory is constant. When a rule or a limit of the tier is
    /// reached, the database moves in that month: to the rules' own target or, according to the policy, to the cheapest tier
    /// on which all rules are quiet.
    /// - Parameters:
    ///   - suppositions: Tier, users and growth.
    ///   - target: The resource with the load; nil for a plan without data.
    /// - Returns: The requested number of months; empty for an unknown tier.
    public func datapointSeries(_ suppositions: WhatIf, target: EvaluationTarget?) -> WhatIfTimeline {
        var datapointSeries = WhatIfTimeline(
            resource: target?.resource.id, suppositions: suppositions, months: [], knowsLoad: false)
        guard var tier = project.catalog.tier(suppositions.tier) else { return datapointSeries }
        var base = target.map { trimmed($0) } ?? paper(tier)
        if base.resource.tier == nil { base.resource.tier = tier.id }
        datapointSeries.knowsLoad = base.history.series[.cpu].map { !$0.samples.isEmpty } ?? false
        var storage = base.resource.allocatedStorage
        let measured = Datapoints(
            .activeUsers, .maximum, of: base, vocabulary: project.vocabulary, from: now - .seconds(14 * 86_400), to: now)?
            .known.last?.value
        let first = suppositions.users.flatMap { users in measured.flatMap { $0 > 0 ? users / $0 : nil } } ?? 1
        // A limit of every tier is reported once, not every month.
        var notified: Set<String> = []
        for number in 0..<suppositions.months {
            let growth = pow(1 + suppositions.growth, Double(number))
            let users = suppositions.users.map { ($0 * growth).rounded() }
            var events: [WhatIfTimeline.Event] = []
            let scaled = ScaledWorkload(target: base, factor: first * growth, users: users, project: project, now: now)
            if let event = scaled.grow(&storage, on: tier) { events.append(event) }
            let load = scaled.target(storage: storage)
            // A tier may be skipped; each is left at most once.
            for _ in project.catalog.tiers {
                guard case (var event, let next)? = leaving(tier, load) else { break }
                event.isUnresolved = next == nil
                if next != nil || notified.insert(event.rule).inserted { events.append(event) }
                guard let next else { break }
                tier = next
            }
            let there = projection(load, on: tier)
            var resource = load.resource
            if resource.tier != tier.id { (resource.minimumCapacity, resource.maximumCapacity) = (nil, nil) }
            var configuration = TierConfiguration(resource, in: project.catalog, at: now)
            if configuration.storage == nil, tier.minimumStorage > 0 { configuration.storage = tier.minimumStorage }
            datapointSeries.months.append(
                WhatIfTimeline.Month(
                    start: now.adding(months: number), users: users, tier: tier.id, fixed: tier.monthlyCost(configuration).total,
                    expected: datapointSeries.knowsLoad ? there.expected : nil, cpu: there.cpu, storage: storage, events: events))
        }
        return datapointSeries
    }

    /// The reasons why the tier is too small for a load, and the target; nil if it is sufficient.
    private func leaving(_ tier: Tier, _ load: EvaluationTarget) -> (WhatIfTimeline.Event, Tier?)? {
        let standing = projection(load, on: tier).outcomes.filter { $0.state == .stands }
        guard let reason = standing.first, let rejection = reason.rejection else { return nil }
        let rules = project.rules.filter { rule in standing.contains { $0.rule == rule.id } }
        let asked = rules.compactMap { rule in rule.recommend.flatMap { TierEvaluator.target($0, project.catalog) } }
            .filter { $0.rank > tier.rank }.max { $0.rank < $1.rank }
        if project.stack.moves == .guide, let asked {
            let asking = rules.first { $0.recommend.flatMap { TierEvaluator.target($0, project.catalog) }?.id == asked.id }
            var event = WhatIfTimeline.Event(
                rule: asking?.id ?? reason.rule, reason: asking.map { .alarm(rule: $0.name) } ?? .rejected(reason: rejection),
                to: asked.id)
            if case .plan? = asking?.recommend { event.isPlanned = true }
            return (event, asked)
        }
        let quiet = project.catalog.tiers.filter { $0.rank > tier.rank }.compactMap { candidate in
            let there = projection(load, on: candidate)
            return there.outcomes.contains { $0.state == .stands } ? nil : (tier: candidate, cost: there.expected)
        }
        let cheapest = quiet.filter { $0.cost != nil }.min { ($0.cost?.amount ?? 0) < ($1.cost?.amount ?? 0) }
        let next = cheapest?.tier ?? quiet.first?.tier
        let rule = rules.first { $0.id == reason.rule }
        let why = rule.map { WhatIfReason.alarm(rule: $0.name) } ?? .rejected(reason: rejection)
        return (WhatIfTimeline.Event(rule: reason.rule, reason: why, to: next?.id), next)
    }

    private func projection(_ load: EvaluationTarget, on tier: Tier) -> Projection {
        TierProjector(project: project, now: now).plan(load, on: tier)
    }

    /// Two weeks are sufficient for a plan.
    private func trimmed(_ target: EvaluationTarget) -> EvaluationTarget {
        var target = target
        for (name, series) in target.history.series {
            target.history.series[name] = series.suffix(from: now - TierProjector.history)
        }
        return target
    }

    /// A database of which only the tier is known.
    private func paper(_ tier: Tier) -> EvaluationTarget {
        var resource = Stack.Resource(id: "plan", kind: .database)
        (resource.tier, resource.multiAZ, resource.replicas) = (tier.id, false, 0)
        resource.allocatedStorage = tier.minimumStorage > 0 ? tier.minimumStorage : nil
        return project.target(resource, history: ResourceHistory(series: []))
    }
}

extension Timestamp {
    /// The same day and time a number of calendar months later, or the last day of that month.
    func adding(months: Int) -> Timestamp {
        let (day, ofDay) = (date, millisecondsOfDay)
        let index = day.year * 12 + day.month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        let last = CivilDate.daysInMonth(year: year, month: month)
        guard let then = CivilDate(year: year, month: month, day: min(day.day, last)) else { return self }
        return Timestamp(then) + .milliseconds(ofDay)
    }
}

import Foundation

/// What becomes of a database, month by month.
public struct WhatIfTimeline: Sendable {
    /// Something that happens in a month.
    public struct Event: Hashable, Sendable {
        /// The rule, or the limit's word.
        public var rule: String
        /// Why.
        public var reason: WhatIfReason
        /// The tier moved to; nil when nothing is moved.
        public var to: String?
        /// Whether no bigger tier of the catalog holds the load.
        public var isUnresolved = false
        /// Whether the rule only plans for the tier; here a plan is carried out as soon as its rule is in ALARM.
        public var isPlanned = false
    }

    /// One month.
    public struct Month: Hashable, Sendable {
        /// Its beginning: the time asked for, and a calendar month more each.
        public var start: Timestamp
        /// Active users; nil when nobody knows.
        public var users: Double?
        /// The tier at its end.
        public var tier: String
        /// The database's bill without surplus credits, at its floor where capacity follows the load; nil when unknown.
        public var fixed: Money?
        /// The bill as the load makes it; nil when the load is not known.
        public var expected: Money?
        /// CPU of 99.5 % of the datapoints at most, a share of the tier's own; nil when unknown.
        public var cpu: Double?
        /// GiB allocated; nil when nobody said.
        public var storage: Double?
        /// What happens in it, in order.
        public var events: [Event]
    }

    /// The resource's id; nil for a plan without one.
    public var resource: String?
    /// What was supposed.
    public var suppositions: WhatIf
    /// In order.
    public var months: [Month]
    /// Whether load was measured: without it only users and prices are known.
    public var knowsLoad: Bool

    /// The first thing that is met, and in which month; nil when nothing is.
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

/// Projects a plan month by month; pure.
public struct WhatIfProjector: Sendable {
    private let project: Project
    private let now: Timestamp

    /// A projector as of a time.
    public init(project: Project, now: Timestamp) { (self.project, self.now) = (project, now) }

    /// The months of a plan.
    ///
    /// CPU, connections and what is stored grow with the users, memory in use stays. Where a rule or a limit of the tier is met, the
    /// tier is left in that month: for the rules' own target, or as the policy has it for the cheapest tier where all is quiet.
    /// - Parameters:
    ///   - suppositions: Tier, users and growth.
    ///   - target: The resource whose load it is; nil for a plan on paper.
    /// - Returns: As many months as were asked for; none for an unknown tier.
    public func datapointSeries(_ suppositions: WhatIf, target: EvaluationTarget?) -> WhatIfTimeline {
        var datapointSeries = WhatIfTimeline(
            resource: target?.resource.id, suppositions: suppositions, months: [], knowsLoad: false)
        guard var tier = project.catalog.tier(suppositions.tier) else { return datapointSeries }
        var base = target.map { trimmed($0) } ?? paper(tier)
        if base.resource.tier == nil { base.resource.tier = tier.id }
        datapointSeries.knowsLoad = base.history.series["cpu"].map { !$0.samples.isEmpty } ?? false
        var storage = base.resource.allocatedStorage
        let measured = Datapoints(
            "active_users", .maximum, of: base, vocabulary: project.vocabulary, from: now - .seconds(14 * 86_400), to: now)?
            .known.last?.value
        let first = suppositions.users.flatMap { users in measured.flatMap { $0 > 0 ? users / $0 : nil } } ?? 1
        // What no tier holds is said once, not every month.
        var notified: Set<String> = []
        for number in 0..<suppositions.months {
            let growth = pow(1 + suppositions.growth, Double(number))
            let users = suppositions.users.map { ($0 * growth).rounded() }
            var events: [WhatIfTimeline.Event] = []
            let scaled = ScaledWorkload(target: base, factor: first * growth, users: users, project: project, now: now)
            if let event = scaled.grow(&storage, on: tier) { events.append(event) }
            let load = scaled.target(storage: storage)
            // A tier may be passed at once; each is left at most once.
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

    /// What makes the tier too small for a load, and where to go; nil when nothing does.
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

    /// Two weeks are enough to plan by.
    private func trimmed(_ target: EvaluationTarget) -> EvaluationTarget {
        var target = target
        for (name, series) in target.history.series {
            target.history.series[name]?.samples = Array(series.samples[series.index(at: now - TierProjector.history)...])
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
    /// The same day and time so many calendar months later; the month's last day where it has no such day.
    func adding(months: Int) -> Timestamp {
        let (day, ofDay) = (date, millisecondsOfDay)
        let index = day.year * 12 + day.month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        let last = CivilDate.daysInMonth(year: year, month: month)
        guard let then = CivilDate(year: year, month: month, day: min(day.day, last)) else { return self }
        return Timestamp(then) + .milliseconds(ofDay)
    }
}

internal import AdvisorCore
internal import AdvisorStore

/// What a store holds for one evaluation. Samples are read when a resource is loaded, and only then.
struct EvaluationSnapshot {
    /// The project, with what bills say, and the time evaluated.
    let context: EvaluationContext
    /// The resources to evaluate, in the order of the report.
    let resources: [MatchedResource]
    /// What is stored about recommendations; nil when nothing stored is gone on from.
    let recommendations: RecommendationMemory?
    /// What becomes of the evaluation in the store.
    let recording: EvaluationOutcome.Recording
    /// The start of the newest sample; nil without any.
    let newestSample: Timestamp?
    /// How many resources are not evaluated: they are not declared, and too many.
    let ignoredResources: Int

    private let store: Store
    private let loader: HistoryLoader
    private let alarms: [AlarmRecord.Key: AlarmRecord]
    private let tierChanges: TierChanges
    private let previous: Timestamp?
    private let evaluated: ClosedRange<Timestamp>?
    private let recall: EvaluationPipeline.Recall

    /// As far back as forecasts and anomalies of spend look.
    private static let spendHistory: Duration = .seconds(200 * 86_400)
    /// The days before a recommendation was done whose charges are compared with those after it.
    private static let comparedCharges: Duration = .seconds(10 * 86_400)

    /// Reads everything but the samples.
    /// - Throws: `StoreFailure`.
    init(
        store: Store, project: Project, now: Timestamp, scope: EvaluationPipeline.Scope, mode: EvaluationPipeline.Mode,
        recall: EvaluationPipeline.Recall
    ) throws {
        (self.store, self.recall) = (store, recall)
        let generation = try store.generation()
        previous = try store.lastEvaluation()
        let isPast = previous.map { $0 > now } ?? false
        evaluated = try store.evaluatedRange()
        loader = try HistoryLoader(store: store, project: project, now: now, resource: scope.resource)
        ignoredResources = loader.ignored
        context = EvaluationContext(project: loader.project, now: now)
        newestSample = loader.newestSample
        resources = loader.resources.filter { matched in
            (scope == .all || scope == .resource(matched.resource.id))
                && (matched.resource.isDeclared || project.rules.contains { $0.appliesTo == matched.resource.kind })
        }
        tierChanges = try store.tierChanges()
        recording = mode != .record ? .notRequested : isPast ? .past : .recorded(on: generation)
        // What was evaluated after `now` says nothing about `now`.
        guard mode != .replay, !isPast else {
            (alarms, recommendations) = ([:], nil)
            return
        }
        alarms = try store.alarms()
        recommendations = RecommendationMemory(
            records: try store.newestRecommendations(), nextID: mode == .record ? try store.nextRecommendationID() : nil,
            coverage: scope == .all ? .all : .some)
    }

    /// Reads the samples of one resource, and what is stored about its rules.
    /// - Throws: `StoreFailure`.
    func load(_ matched: MatchedResource) throws -> ResourceSnapshot {
        let (resource, project) = (matched.resource, context.project)
        var snapshot = ResourceSnapshot(target: loader.watchedTargetWithoutSamples(matched))
        let late = LateSamples(matched, of: loader.series, target: snapshot.target)
        for rule in project.rules where rule.appliesTo == resource.kind {
            let key = AlarmRecord.Key(rule: rule.id, kind: resource.kind, resource: resource.id)
            guard let stored = alarms[key], stored.definition == rule.definition else {
                if alarms[key] == nil, late.areAll(for: rule, project.vocabulary) { snapshot.arrivals.insert(rule.id) }
                continue
            }
            snapshot.alarms[rule.id] = stored.alarm
            guard let end = stored.alarm.evaluatedUpTo,
                let from = late.start(for: rule, evaluatedUpTo: end, project.vocabulary)
            else { continue }
            snapshot.backfills[rule.id] = ResourceSnapshot.Backfill(from: from, recorded: try store.transitions(of: key))
        }
        snapshot.evaluated = evaluated
        snapshot.tierSince = tierChanges.since(of: resource, upTo: context.now)
        snapshot.completed = try completed(resource)
        snapshot.target.history = try history(of: matched, snapshot)
        return snapshot
    }

    /// As much of the history as the evaluation needs.
    private func history(of matched: MatchedResource, _ snapshot: ResourceSnapshot) throws -> ResourceHistory {
        switch recall {
        case .whole: break
        case .bounded:
            let recall = SampleRecall(snapshot, stored: loader.storedMetrics(of: matched), in: context)
            let history = try loader.history(of: matched, from: recall.begin)
            if SampleRecall.suffices(history) { return history }
        }
        return try loader.history(of: matched) { _ in SampleRecall.all }
    }

    /// The resource's recommendation that was done and is not verified yet.
    private func completed(_ resource: Stack.Resource) throws -> CompletedRecommendation? {
        let key = ResourceKey(kind: resource.kind, resource: resource.id)
        guard let record = recommendations?.records[key], record.isCurrent, record.state == .done else { return nil }
        var completed = CompletedRecommendation(rules: record.summary.rules)
        let (now, done) = (context.now, record.changedAt)
        guard now - done >= RecommendationLifecycle.grace, resource.kind == .database else { return completed }
        let first = BillingMonth(done - Self.comparedCharges)
        let charges = try store.charges(in: first...max(first, BillingMonth(now)), services: context.project.services)
        let family = context.project.catalog.tier(of: resource)?.family ?? DatabaseFamilies.standard
        let service = family.billingService
        completed.measured = MeasuredCostChange(service: service, daily: charges.daily(service: service), done: done, now: now)
        return completed
    }

    /// Reads charges, bills and what was notified of budgets.
    /// - Throws: `StoreFailure`.
    func spend() throws -> SpendSnapshot {
        let begin = (context.now - Self.spendHistory).startOfMonth
        let charges = try loader.series.filter { ChargeLedger.holds($0.key) }.map { series in
            (key: series.key, samples: try store.samples(of: series.id, from: begin, to: context.now))
        }
        let months = BillingMonth(begin)...max(BillingMonth(begin), BillingMonth(context.now))
        return SpendSnapshot(
            charges: charges, bills: try store.charges(in: months, services: context.project.services),
            notified: try store.budgetNotificationStates())
    }

    /// Reads what was notified; nil for an evaluation that notifies no one, because it is not stored.
    /// - Throws: `StoreFailure`.
    func notifications() throws -> NotificationMemory? {
        guard case .recorded = recording, recommendations?.coverage == .all else { return nil }
        return NotificationMemory(
            groups: try store.alertGroups(), previous: previous, freshness: loader.freshness())
    }

    /// Reads what happened to recommendations.
    /// - Throws: `StoreFailure`.
    func history() throws -> RecommendationHistory {
        RecommendationHistory(lives: try store.recommendations(), entries: try store.recommendationHistory())
    }
}

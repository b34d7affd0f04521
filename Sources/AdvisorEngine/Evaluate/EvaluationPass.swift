public import AdvisorCore
public import AdvisorStore

/// Evaluates every rule on every resource of a store: recall, evaluate, decide, record.
public struct EvaluationPass {
    /// What came of it.
    public struct Result: Sendable {
        /// What to show.
        public var report: Report
        /// Changes since the last evaluation; all of them where a rule is evaluated of a resource for the first time.
        public var transitions: [Transition]
        /// What happened to recommendations, in the order of the report.
        public var recommendationChanges: [RecommendationChange] = []
        /// Stretches in ALARM.
        public var episodes: [Episode]
        /// What late samples changed of what an earlier evaluation had evaluated.
        public var revisions: [BackfillCorrection] = []
        /// Start of the resources' first sample; nil without any.
        public var firstSample: Timestamp?
        /// Steps of budgets passed, and forecasts over them, since the last evaluation.
        public var budgetChanges: [BudgetChange] = []
        /// What is to be told of it, in order; owed to the endpoints once it is recorded.
        public var notificationRequests: [AlertPolicy.NotificationRequest] = []
        /// Whether it was recorded; an evaluation as of an earlier time than the last one is not.
        public var isRecorded: Bool
    }

    let store: Store
    let project: Project
    let now: Timestamp
    /// The one resource to evaluate; nil for all.
    private let only: String?
    private static let attempts = 5

    /// A pass over a store as of `now`.
    public init(store: Store, project: Project, now: Timestamp, only: String? = nil) {
        (self.store, self.project, self.now, self.only) = (store, project, now, only)
    }

    /// Evaluates and records, in one transaction; begins again when an ingest came in between.
    public func evaluate() throws -> Result {
        for _ in 0..<Self.attempts {
            let generation = try store.generation()
            let previous = try store.lastEvaluation()
            let isPast = previous.map { $0 > now } ?? false
            var evaluated = try evaluate(resuming: !isPast, keepingAll: false, isRecording: true)
            if isPast { return evaluated.result }
            let alerts = only == nil ? try alerts(evaluated.result, previous: previous) : nil
            evaluated.result.notificationRequests = alerts?.notificationRequests ?? []
            var commit = EvaluationCommit(at: now, generation: generation)
            commit.alarms = evaluated.records
            commit.recommendations = evaluated.lives.moved
            commit.recommendationChanges = evaluated.lives.changes
            commit.budgets = evaluated.budgets
            commit.resources = evaluated.result.report.entries.map(\.resource)
            commit.notifications = alerts?.commit ?? NotificationCommit()
            switch try store.commit(commit) {
            case .committed:
                evaluated.result.isRecorded = true
                return evaluated.result
            case .storeChanged: continue
            }
        }
        throw StoreFailure.busy(path: store.path)
    }

    /// Evaluates in memory as `evaluate` would.
    public func report() throws -> Result {
        let isPast = try store.lastEvaluation().map { $0 > now } ?? false
        return try evaluate(resuming: !isPast, keepingAll: false).result
    }

    /// Evaluates all of history by the rules of today.
    public func backtest() throws -> Result { try evaluate(resuming: false, keepingAll: true).result }

    private struct Evaluated {
        var result: Result
        var records: [AlarmRecord]
        var budgets: [BudgetNotificationState] = []
        var lives: LifecycleStage
    }

    private func evaluate(resuming: Bool, keepingAll: Bool, isRecording: Bool = false) throws -> Evaluated {
        let loader = try HistoryLoader(store: store, project: project, now: now)
        let series = loader.series
        let alarms = resuming ? try store.alarms() : [:]
        var evaluated = Evaluated(
            result: Result(
                report: Report(asOf: now, stack: project.stack), transitions: [], episodes: [], firstSample: nil,
                isRecorded: false),
            records: [],
            lives: try LifecycleStage(resuming ? store : nil, now: now, isRecording: isRecording, isWhole: only == nil))
        var targets: [EvaluationTarget] = []
        var findings: [Finding] = []
        var outlooks: [String: TierAnalysis] = [:]
        let tierChanges = try store.tierChanges()
        var quietHours: [String: LowestLoadHour] = [:]
        for matched in loader.resources where only == nil || matched.resource.id == only {
            let rules = project.rules.filter { $0.appliesTo == matched.resource.kind }
            guard !rules.isEmpty || matched.resource.isDeclared else { continue }
            let target = try loader.target(matched)
            if let first = target.history.firstSample {
                evaluated.result.firstSample = min(evaluated.result.firstSample ?? first, first)
            }
            let late = LateSamples(matched, of: series, first: target.history.firstSample)
            for rule in rules {
                var record = AlarmRecord(
                    key: AlarmRecord.Key(rule: rule.id, kind: matched.resource.kind, resource: matched.resource.id),
                    definition: rule.definition)
                let stored = alarms[record.key].flatMap { $0.definition == rule.definition ? $0.alarm : nil }
                let evaluator = Evaluator(rule: rule, target: target, vocabulary: project.vocabulary)
                let evaluation: EvaluationResult
                var known = Timestamp(milliseconds: .min)
                if let stored, let end = stored.evaluatedUpTo,
                    let from = late.start(for: rule, evaluatedUpTo: end, project.vocabulary)
                {
                    let before = try store.transitions(of: record.key)
                    evaluation = evaluator.reevaluate(stored, recorded: before, lateFrom: from, upTo: now)
                    if let revision = BackfillCorrection(of: stored, from: from, before: before, after: evaluation.transitions) {
                        evaluated.result.revisions.append(revision)
                    }
                    record.isFromBeginning = true
                    known = end
                } else {
                    evaluation = evaluator.evaluate(from: stored, upTo: now)
                    record.isFromBeginning = stored == nil
                }
                record.alarm = evaluation.alarm
                record.transitions = evaluation.transitions
                if let finding = evaluation.finding { findings.append(finding) }
                if evaluation.finding != nil || stored != nil { evaluated.records.append(record) }
                evaluated.result.transitions += evaluation.transitions.filter { $0.at > known }
                evaluated.result.episodes += evaluation.episodes
            }
            try evaluated.lives.watch(target, findings, project)
            if target.resource.kind == .database, !keepingAll {
                let own = findings.filter { $0.resource == target.resource.id && $0.rule.appliesTo == .database }
                outlooks[target.resource.id] = TierProjector(project: project, now: now).outlook(
                    target, findings: own.applyingSuppressions(project.stack.language.mutes, at: now),
                    tierSince: tierChanges.since(of: target.resource, upTo: now))
                quietHours[target.resource.id] = LowestLoadHour(target.history, now: now)
            }
            // Of allowances only those that something is said of are shown among the resources.
            if matched.resource.kind == .allowance,
                !findings.contains(where: { $0.resource == matched.resource.id && $0.state == .alarm })
            {
                continue
            }
            var light = target
            light.history.series = target.history.series.filter { $0.key == "estimated_charges" }
            targets.append(light)
        }
        let known = loader.project
        var reviews = Recommender(catalog: project.catalog, now: now).reviews(
            of: targets, findings: findings, analyses: outlooks, stack: known.stack, at: now)
        evaluated.lives.finish(&reviews)
        evaluated.result.recommendationChanges = evaluated.lives.changes
        let tips = Tip.all(of: findings, project: known)
        evaluated.result.report = Report(
            asOf: now, newestSample: series.compactMap(\.last).max(), stack: known.stack, billing: known.billing,
            entries: reviews,
            bill: BillComparison(reviews: reviews, stack: known.stack, catalog: project.catalog, now: now),
            quietHours: quietHours, tips: tips,
            stalePrices: PriceBook(project.catalog).stalePrices(in: reviews, tips, at: now),
            freePlanEnd: known.freeTier.planEnd(for: known.stack))
        guard !keepingAll else { return evaluated }
        let money = try SpendStage(store: store, project: project, now: now).evaluate(series)
        evaluated.result.report.money = money.report
        (evaluated.result.budgetChanges, evaluated.budgets) = (money.changes, money.memory)
        return evaluated
    }
}

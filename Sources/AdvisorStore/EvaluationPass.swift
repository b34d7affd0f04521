public import AdvisorCore

/// Judges every rule on every resource of a store: recall, evaluate, decide, record.
public struct EvaluationPass {
    /// What came of it.
    public struct Result: Sendable {
        /// What to show.
        public var report: Report
        /// Changes since the last evaluation; all of them where a rule is judged of a resource for the first time.
        public var transitions: [Transition]
        /// What happened to recommendations, in the order of the report.
        public var recommendationChanges: [RecommendationChange] = []
        /// Stretches in ALARM.
        public var episodes: [Episode]
        /// What late samples changed of what an earlier evaluation had judged.
        public var revisions: [Revision] = []
        /// Start of the resources' first sample; nil without any.
        public var firstSample: Timestamp?
        /// Steps of budgets passed, and forecasts over them, since the last evaluation.
        public var budgetChanges: [BudgetChange] = []
        /// What is to be told of it, in order; owed to the endpoints once it is recorded.
        public var tellings: [AlertPolicy.Telling] = []
        /// Whether it was recorded; an evaluation as of an earlier instant than the last one is not.
        public var isRecorded: Bool
    }

    let store: Store
    let project: Project
    let now: Timestamp
    /// The one resource to judge; nil for all.
    private let only: String?
    private static let attempts = 5

    /// A pass over a store as of `now`.
    public init(store: Store, project: Project, now: Timestamp, only: String? = nil) {
        (self.store, self.project, self.now, self.only) = (store, project, now, only)
    }

    /// Judges and records, in one transaction; begins again when an ingest came in between.
    public func evaluate() throws -> Result {
        for _ in 0..<Self.attempts {
            let generation = try store.generation()
            let previous = try store.lastEvaluation()
            let isPast = previous.map { $0 > now } ?? false
            var judged = try judge(resuming: !isPast, keepingAll: false, isRecording: true)
            if isPast { return judged.result }
            let alerts = only == nil ? try alerts(judged.result, previous: previous) : nil
            judged.result.tellings = alerts?.tellings ?? []
            if try store.record(
                judged.records, of: judged.result.report, lives: judged.lives, budgets: judged.budgets, alerts: alerts,
                at: now, ifStill: generation, series: judged.series)
            {
                judged.result.isRecorded = true
                return judged.result
            }
        }
        throw StoreFailure.busy(path: store.path)
    }

    /// Judges in memory as `evaluate` would.
    public func report() throws -> Result {
        let isPast = try store.lastEvaluation().map { $0 > now } ?? false
        return try judge(resuming: !isPast, keepingAll: false).result
    }

    /// Judges all of history by the rules of today.
    public func backtest() throws -> Result { try judge(resuming: false, keepingAll: true).result }

    private struct Judged {
        var result: Result
        var records: [AlarmRecord]
        var budgets: [BudgetMemory] = []
        var series: [Int64]
        var lives: LifePass
    }

    private func judge(resuming: Bool, keepingAll: Bool, isRecording: Bool = false) throws -> Judged {
        let recall = try Recall(store: store, project: project, now: now)
        let series = recall.series
        let alarms = resuming ? try store.alarms() : [:]
        var judged = Judged(
            result: Result(
                report: Report(
                    asOf: now, newestSample: nil, stack: project.stack, subjects: [], findings: [], catalog: project.catalog,
                    services: project.services), transitions: [], episodes: [], firstSample: nil, isRecorded: false),
            records: [], series: series.map(\.id),
            lives: try LifePass(resuming ? store : nil, now: now, isRecording: isRecording, isWhole: only == nil))
        var subjects: [Subject] = []
        var findings: [Finding] = []
        var outlooks: [String: TierOutlook] = [:]
        let tierChanges = try store.tierChanges()
        var quietHours: [String: QuietHour] = [:]
        for bound in recall.resources where only == nil || bound.resource.id == only {
            let rules = project.rules.filter { $0.appliesTo == bound.resource.kind }
            guard !rules.isEmpty || bound.resource.isDeclared else { continue }
            let subject = try recall.subject(bound)
            if let first = subject.history.firstSample {
                judged.result.firstSample = min(judged.result.firstSample ?? first, first)
            }
            let late = LateSamples(bound, of: series, first: subject.history.firstSample)
            for rule in rules {
                var record = AlarmRecord(
                    key: AlarmRecord.Key(rule: rule.id, kind: bound.resource.kind, resource: bound.resource.id),
                    definition: rule.definition)
                let stored = alarms[record.key].flatMap { $0.definition == rule.definition ? $0.alarm : nil }
                let evaluator = Evaluator(rule: rule, subject: subject, vocabulary: project.vocabulary)
                let judgement: Judgement
                var known = Timestamp(milliseconds: .min)
                if let stored, let end = stored.judgedUpTo, let from = late.start(for: rule, judgedUpTo: end, project.vocabulary)
                {
                    let before = try store.transitions(of: record.key)
                    judgement = evaluator.judgeAgain(stored, recorded: before, lateFrom: from, upTo: now)
                    if let revision = Revision(of: stored, from: from, before: before, after: judgement.transitions) {
                        judged.result.revisions.append(revision)
                    }
                    record.isFromBeginning = true
                    known = end
                } else {
                    judgement = evaluator.judge(from: stored, upTo: now)
                    record.isFromBeginning = stored == nil
                }
                record.alarm = judgement.alarm
                record.transitions = judgement.transitions
                if let finding = judgement.finding { findings.append(finding) }
                if judgement.finding != nil || stored != nil { judged.records.append(record) }
                judged.result.transitions += judgement.transitions.filter { $0.at > known }
                judged.result.episodes += judgement.episodes
            }
            try judged.lives.watch(subject, findings, project)
            if subject.resource.kind == .database, !keepingAll {
                let own = findings.filter { $0.resource == subject.resource.id && $0.rule.appliesTo == .database }
                outlooks[subject.resource.id] = Projector(project: project, now: now).outlook(
                    subject, findings: own.holding(project.stack.language.mutes, at: now),
                    tierSince: tierChanges.since(of: subject.resource, upTo: now))
                quietHours[subject.resource.id] = QuietHour(subject.history, now: now)
            }
            // Of allowances only those that something is said of are shown among the resources.
            if bound.resource.kind == .allowance,
                !findings.contains(where: { $0.resource == bound.resource.id && $0.state == .alarm })
            {
                continue
            }
            var light = subject
            light.history.series = subject.history.series.filter { $0.key == "estimated_charges" }
            subjects.append(light)
        }
        judged.result.report = Report(
            asOf: now, newestSample: series.compactMap(\.last).max(), stack: recall.project.stack, subjects: subjects,
            findings: findings,
            catalog: project.catalog, services: project.services, outlooks: outlooks)
        judged.result.report.quietHours = quietHours
        judged.lives.finish(&judged.result.report)
        judged.result.recommendationChanges = judged.lives.changes
        judged.result.report.addMoney(of: recall.project, findings: findings)
        guard !keepingAll else { return judged }
        let money = try MoneyPass(store: store, project: project, now: now).judge(series)
        judged.result.report.money = money.report
        (judged.result.budgetChanges, judged.budgets) = (money.changes, money.memory)
        return judged
    }
}

/// First stage: the rules of one resource are evaluated.
public struct ResourceEvaluation: Sendable {
    /// What came of one rule.
    public struct Outcome: Sendable {
        /// What its transitions are to the stored ones.
        public enum History: Hashable, Sendable {
            /// They come after them.
            case continued
            /// They replace them.
            case replaced
        }

        /// The rule.
        public var rule: Rule
        /// The alarm with its transitions, its episodes and what to say now.
        public var result: EvaluationResult
        /// What the transitions are to the stored ones.
        public var history: History
        /// Transitions that no earlier evaluation has seen.
        public var newTransitions: [Transition]
        /// Changes to ALARM and to OK up to the last evaluation that late samples reveal, and that were never notified.
        public var lateTransitions: [Transition] = []
        /// What late samples changed; nil when they changed nothing.
        public var correction: BackfillCorrection?
        /// Whether there is an alarm to store: the rule applies, or did so before.
        public var isStored: Bool
        /// Whether the rule was evaluated on the resource before.
        public var wasEvaluated = true
    }

    /// What was evaluated.
    public var snapshot: ResourceSnapshot
    /// One outcome a rule of the resource's kind, in the order of the rules.
    public var outcomes: [Outcome]

    /// What is said about the resource, in the order of the rules.
    public var findings: [Finding] { outcomes.compactMap(\.result.finding) }

    /// Evaluates the rules of the resource's kind.
    public init(of snapshot: ResourceSnapshot, in context: EvaluationContext) {
        self.snapshot = snapshot
        outcomes = context.project.rules.filter { $0.appliesTo == snapshot.target.resource.kind }.map { rule in
            Self.outcome(of: rule, snapshot, context)
        }
    }

    /// Whether there is no sample of a metric that a rule reads.
    private static func isUnwatched(_ rule: Rule, _ snapshot: ResourceSnapshot, _ context: EvaluationContext) -> Bool {
        let stored = snapshot.target.history.series.filter { !$0.value.samples.isEmpty }.keys
        return rule.isUnwatched(snapshot.target.facts, Set(stored), context.project.vocabulary)
    }

    private static func outcome(of rule: Rule, _ snapshot: ResourceSnapshot, _ context: EvaluationContext) -> Outcome {
        let evaluator = Evaluator(rule: rule, target: snapshot.target, vocabulary: context.project.vocabulary)
        let stored = snapshot.alarms[rule.id]
        if stored == nil, rule.isOptional, isUnwatched(rule, snapshot, context) {
            let result = EvaluationResult(
                alarm: Alarm(rule: rule.id, resource: snapshot.target.resource.id), transitions: [], episodes: [])
            return Outcome(rule: rule, result: result, history: .replaced, newTransitions: [], isStored: false)
        }
        guard let stored, let end = stored.evaluatedUpTo, let backfill = snapshot.backfills[rule.id] else {
            return continued(evaluator.evaluate(from: stored, upTo: context.now), from: stored, rule, snapshot, context.now)
        }
        let recorded = backfill.recorded
        let result = evaluator.reevaluate(stored, recorded: recorded, lateFrom: backfill.from, upTo: context.now)
        var outcome = Outcome(
            rule: rule, result: result, history: .replaced, newTransitions: result.transitions.filter { $0.at > end },
            correction: BackfillCorrection(
                of: stored, from: backfill.from, before: recorded, after: result.transitions),
            isStored: true)
        outcome.plan(
            LateTransitions(stored, recorded: recorded, evaluatedUpTo: end, first: snapshot.evaluated?.lowerBound),
            at: context.now)
        return outcome
    }

    /// The outcome of a rule without late samples; those of a rule that had none are late up to the previous evaluation.
    private static func continued(
        _ result: EvaluationResult, from stored: Alarm?, _ rule: Rule, _ snapshot: ResourceSnapshot, _ now: Timestamp
    ) -> Outcome {
        var outcome = Outcome(
            rule: rule, result: result, history: stored == nil ? .replaced : .continued,
            newTransitions: result.transitions, isStored: result.finding != nil || stored != nil,
            wasEvaluated: stored?.evaluatedUpTo != nil)
        if stored == nil, snapshot.arrivals.contains(rule.id), let evaluated = snapshot.evaluated {
            let (first, last) = (evaluated.lowerBound, evaluated.upperBound)
            outcome.newTransitions.removeAll { $0.at <= last }
            outcome.plan(LateTransitions(result.alarm, recorded: [], evaluatedUpTo: last, first: first), at: now)
        } else if var planned = stored?.planned {
            planned.plan(late: [], new: result.transitions, result.alarm, at: now)
            planned.forget(before: now - LateTransitions.horizon)
            outcome.result.alarm.planned = planned
        }
        return outcome
    }
}

extension ResourceEvaluation.Outcome {
    /// Finds what late samples reveal, and keeps in the alarm what is planned with it.
    fileprivate mutating func plan(_ late: LateTransitions, at now: Timestamp) {
        lateTransitions = late.unplanned(in: result.transitions)
        result.alarm.planned = late.planned(
            after: result.transitions, late: lateTransitions, new: newTransitions, result.alarm, at: now)
    }
}

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
        var engine = "*"
        if case .text(let name)? = snapshot.target.facts["engine"] { engine = name }
        return context.project.vocabulary.seriesMetrics(of: rule.when, engine: engine).contains { metric in
            snapshot.target.history.series[metric]?.samples.isEmpty ?? true
        }
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
            let result = evaluator.evaluate(from: stored, upTo: context.now)
            return Outcome(
                rule: rule, result: result, history: stored == nil ? .replaced : .continued,
                newTransitions: result.transitions, isStored: result.finding != nil || stored != nil,
                wasEvaluated: stored?.evaluatedUpTo != nil)
        }
        let result = evaluator.reevaluate(stored, recorded: backfill.recorded, lateFrom: backfill.from, upTo: context.now)
        return Outcome(
            rule: rule, result: result, history: .replaced, newTransitions: result.transitions.filter { $0.at > end },
            lateTransitions: LateTransitions(stored, recorded: backfill.recorded, evaluatedUpTo: end)
                .unplanned(in: result.transitions),
            correction: BackfillCorrection(
                of: stored, from: backfill.from, before: backfill.recorded, after: result.transitions),
            isStored: true)
    }
}

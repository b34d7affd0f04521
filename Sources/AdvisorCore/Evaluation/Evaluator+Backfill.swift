extension Evaluator {
    /// Evaluates again what late samples may have changed, from the first period end that they affect.
    ///
    /// Recorded transitions before them are kept, since they may be based on finer samples than are stored now.
    /// - Parameters:
    ///   - stored: The alarm as evaluated without them.
    ///   - recorded: All its transitions, in order.
    ///   - late: The start of the first late sample.
    ///   - now: The time up to which to evaluate.
    /// - Returns: The result of evaluating in order; its transitions begin with the kept ones.
    public func reevaluate(_ stored: Alarm, recorded: [Transition], lateFrom late: Timestamp, upTo now: Timestamp)
        -> EvaluationResult
    {
        // Samples do not change what facts decided, and transitions from the time when the rule applied are kept.
        guard !rule.when.readings.isEmpty, rule.condition.map({ $0.holds(of: target.facts) == .known(true) }) ?? true else {
            var evaluation = evaluate(from: stored, upTo: now)
            evaluation.transitions = recorded + evaluation.transitions
            return evaluation
        }
        if let first = target.beginning, late <= first { return evaluate(upTo: now) }
        let kept = recorded.filter { $0.at <= late }
        let alarm =
            Self.standing(stored, recorded, before: late).map { extended($0, upTo: late) } ?? unrecorded(recorded, upTo: late)
        var evaluation = evaluate(from: alarm, upTo: now)
        evaluation.transitions = kept + evaluation.transitions
        return evaluation
    }

    /// The alarm before late samples, by its last transition before them; nil if that is not known.
    static func standing(_ stored: Alarm, _ recorded: [Transition], before late: Timestamp) -> Alarm? {
        let kept = recorded.filter { $0.at <= late }
        var alarm = Alarm(rule: stored.rule, resource: stored.resource)
        alarm.evaluatedUpTo = late
        guard let last = kept.last else {
            // It has never had data.
            guard recorded.isEmpty, stored.state == .insufficientData else { return nil }
            alarm.since = stored.since
            return alarm
        }
        (alarm.state, alarm.since) = (last.to, last.at)
        if last.to != .alarm { alarm.leftAlarm = kept.last { $0.from == .alarm }?.at }
        return alarm
    }

    /// So long before a time `keep_firing_for` may have begun to extend an alarm.
    static func extensionReach(_ rule: Rule) -> Duration { rule.keepFiringFor.map { $0 + .seconds(2 * 86_400) } ?? .zero }

    /// An alarm with the time since which `keep_firing_for` extends it.
    private func extended(_ alarm: Alarm, upTo late: Timestamp) -> Alarm {
        guard alarm.state == .alarm, rule.keepFiringFor != nil, let since = alarm.since else { return alarm }
        var earlier = alarm
        earlier.evaluatedUpTo = max(since, late - Self.extensionReach(rule))
        var evaluator = self
        evaluator.detail = .states
        let again = evaluator.evaluate(from: earlier, upTo: late)
        var result = alarm
        // What is stored now may say something else than what was evaluated.
        if again.transitions.isEmpty { result.leavingSince = again.alarm.leavingSince }
        return result
    }

    /// The alarm before late samples, where no transition before them is recorded.
    private func unrecorded(_ recorded: [Transition], upTo late: Timestamp) -> Alarm {
        let state = recorded.first?.from ?? .insufficientData
        var evaluator = self
        evaluator.detail = .states
        let again = evaluator.evaluate(upTo: late)
        guard !again.transitions.isEmpty || again.alarm.state != state else { return again.alarm }
        var alarm = Alarm(rule: rule.id, resource: target.resource.id)
        (alarm.state, alarm.evaluatedUpTo) = (state, late)
        return alarm
    }
}

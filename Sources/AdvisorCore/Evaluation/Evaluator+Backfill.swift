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
        if let first = [target.history.firstSample, target.watchedSince].compactMap({ $0 }).min(), late <= first {
            return evaluate(upTo: now)
        }
        let kept = recorded.filter { $0.at <= late }
        let stood = Self.standing(stored, kept)
        let state = stood?.state ?? recorded.first?.from ?? .insufficientData
        let again = evaluate(from: stood, upTo: late)
        var alarm = again.alarm
        if !again.transitions.isEmpty || alarm.state != state {
            alarm = stood ?? Alarm(rule: rule.id, resource: target.resource.id)
            (alarm.state, alarm.evaluatedUpTo) = (state, late)
        }
        var evaluation = evaluate(from: alarm, upTo: now)
        evaluation.transitions = kept + evaluation.transitions
        return evaluation
    }

    /// The alarm at its last transition before the late samples; nil if there was none.
    private static func standing(_ stored: Alarm, _ kept: [Transition]) -> Alarm? {
        guard let last = kept.last else { return nil }
        var alarm = Alarm(rule: stored.rule, resource: stored.resource)
        (alarm.state, alarm.since, alarm.evaluatedUpTo) = (last.to, last.at, last.at)
        if last.to != .alarm { alarm.leftAlarm = kept.last { $0.from == .alarm }?.at }
        return alarm
    }
}

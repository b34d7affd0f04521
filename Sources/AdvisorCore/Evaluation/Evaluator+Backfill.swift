extension Evaluator {
    /// Evaluates anew what late samples may have changed, from the first period end that they touch.
    ///
    /// What was recorded before them stands: it may have been evaluated of finer samples than are kept by now.
    /// - Parameters:
    ///   - stored: The alarm as it was evaluated without them.
    ///   - recorded: Every change of its state, in order.
    ///   - late: Start of the first late sample.
    ///   - now: Up to when to evaluate.
    /// - Returns: What evaluating in order gives; its transitions begin with those that stand.
    public func reevaluate(_ stored: Alarm, recorded: [Transition], lateFrom late: Timestamp, upTo now: Timestamp)
        -> EvaluationResult
    {
        // What facts decide, samples do not change; and what a rule said while it applied stays said.
        guard !rule.when.readings.isEmpty, rule.condition.map({ $0.holds(of: target.facts) == .known(true) }) ?? true else {
            var evaluation = evaluate(from: stored, upTo: now)
            evaluation.transitions = recorded + evaluation.transitions
            return evaluation
        }
        if let first = target.history.firstSample, late <= first { return evaluate(upTo: now) }
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

    /// The alarm as it was when its last change before the late samples was recorded; nil when it had none.
    private static func standing(_ stored: Alarm, _ kept: [Transition]) -> Alarm? {
        guard let last = kept.last else { return nil }
        var alarm = Alarm(rule: stored.rule, resource: stored.resource)
        (alarm.state, alarm.since, alarm.evaluatedUpTo) = (last.to, last.at, last.at)
        if last.to != .alarm { alarm.leftAlarm = kept.last { $0.from == .alarm }?.at }
        return alarm
    }
}

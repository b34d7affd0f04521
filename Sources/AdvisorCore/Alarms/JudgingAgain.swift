extension Evaluator {
    /// Judges anew what late samples may have changed, from the first period end that they touch.
    ///
    /// What was recorded before them stands: it may have been judged of finer samples than are kept by now.
    /// - Parameters:
    ///   - stored: The alarm as it was judged without them.
    ///   - recorded: Every change of its state, in order.
    ///   - late: Start of the first late sample.
    ///   - now: Up to when to judge.
    /// - Returns: What judging in order gives; its transitions begin with those that stand.
    public func judgeAgain(_ stored: Alarm, recorded: [Transition], lateFrom late: Timestamp, upTo now: Timestamp) -> Judgement {
        // What facts decide, samples do not change; and what a rule said while it applied stays said.
        guard !rule.when.readings.isEmpty, rule.condition.map({ $0.holds(of: subject.facts) == .known(true) }) ?? true else {
            var judgement = judge(from: stored, upTo: now)
            judgement.transitions = recorded + judgement.transitions
            return judgement
        }
        if let first = subject.history.firstSample, late <= first { return judge(upTo: now) }
        let kept = recorded.filter { $0.at <= late }
        let stood = Self.standing(stored, kept)
        let state = stood?.state ?? recorded.first?.from ?? .insufficientData
        let again = judge(from: stood, upTo: late)
        var alarm = again.alarm
        if !again.transitions.isEmpty || alarm.state != state {
            alarm = stood ?? Alarm(rule: rule.id, resource: subject.resource.id)
            (alarm.state, alarm.judgedUpTo) = (state, late)
        }
        var judgement = judge(from: alarm, upTo: now)
        judgement.transitions = kept + judgement.transitions
        return judgement
    }

    /// The alarm as it was when its last change before the late samples was recorded; nil when it had none.
    private static func standing(_ stored: Alarm, _ kept: [Transition]) -> Alarm? {
        guard let last = kept.last else { return nil }
        var alarm = Alarm(rule: stored.rule, resource: stored.resource)
        (alarm.state, alarm.since, alarm.judgedUpTo) = (last.to, last.at, last.at)
        if last.to != .alarm { alarm.leftAlarm = kept.last { $0.from == .alarm }?.at }
        return alarm
    }
}

/// One step of an alarm: what stands after a time, given what stood before and what the datapoints say.
struct AlarmMachine {
    var missing: MissingData
    var hasClear: Bool
    /// `keep_firing_for` in milliseconds; nil without.
    var keepFiring: Int64?

    /// Evaluates one time.
    /// - Parameters:
    ///   - alarm: What stood before; becomes what stands after.
    ///   - time: The end of a period.
    ///   - period: Its length in milliseconds.
    ///   - when: What the datapoints of `when` say.
    ///   - clear: What those of `clear` say; nil without one.
    /// - Returns: The change of state, if there was one.
    func step(
        _ alarm: inout Alarm, at time: Timestamp, period: Int64, when: MissingDataTable.Decision,
        clear: MissingDataTable.Decision?
    ) -> Transition? {
        let before = alarm.state
        let after = state(after: &alarm, at: time, period: period, when: when, clear: clear)
        if after != .alarm { alarm.leavingSince = nil }
        alarm.evaluatedUpTo = time
        if alarm.since == nil { alarm.since = time }
        guard after != before else { return nil }
        alarm.state = after
        alarm.since = time
        if after == .alarm { alarm.leftAlarm = nil } else if before == .alarm { alarm.leftAlarm = time }
        return Transition(rule: alarm.rule, resource: alarm.resource, at: time, from: before, to: after)
    }

    private func state(
        after alarm: inout Alarm, at time: Timestamp, period: Int64, when: MissingDataTable.Decision,
        clear: MissingDataTable.Decision?
    ) -> AlarmState {
        switch when {
        case .insufficientData: return .insufficientData
        case .alarm:
            alarm.leavingSince = nil
            return .alarm
        case .retain:
            guard alarm.state == .alarm, alarm.leavingSince != nil else { return alarm.state }
            return leaving(&alarm, at: time, period: period)
        case .ok:
            guard alarm.state == .alarm else { return .ok }
            if hasClear, alarm.leavingSince == nil, clear != .alarm { return .alarm }
            return leaving(&alarm, at: time, period: period)
        }
    }

    private func leaving(_ alarm: inout Alarm, at time: Timestamp, period: Int64) -> AlarmState {
        guard let keepFiring else { return .ok }
        let since = alarm.leavingSince ?? time
        alarm.leavingSince = since
        let held = (keepFiring + period - 1) / period * period
        return time.milliseconds - since.milliseconds >= held ? .ok : .alarm
    }
}

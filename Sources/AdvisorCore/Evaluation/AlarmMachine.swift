/// Advances an alarm by one period, from its state and the decision on the datapoints.
struct AlarmMachine {
    var missing: MissingData
    var hasClear: Bool
    /// `keep_firing_for` in milliseconds; nil if there is none.
    var keepFiring: Int64?

    /// Evaluates one period.
    /// - Parameters:
    ///   - alarm: The alarm; updated to the new state.
    ///   - time: The end of the period.
    ///   - period: The length of the interval in milliseconds.
    ///   - when: The decision for `when`.
    ///   - clear: The decision for `clear`; nil if there is none.
    /// - Returns: The transition; nil if the state did not change.
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
        case .okUnlessAlarm:
            guard alarm.state == .alarm else { return .ok }
            return alarm.leavingSince == nil ? .alarm : leaving(&alarm, at: time, period: period)
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

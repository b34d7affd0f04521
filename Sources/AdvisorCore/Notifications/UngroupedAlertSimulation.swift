internal import Algorithms

/// Simulates the notifications about one rule on one resource without grouping or waiting.
///
/// An alarm that is not suppressed is notified once until the rule is OK again; missing data does not end it. Only notified
/// alarms are notified as over.
public struct UngroupedAlertSimulation: Hashable, Sendable {
    /// An alert.
    public struct Change: Hashable, Sendable {
        /// The time of the notification.
        public var at: Timestamp
        /// Whether the rule is in ALARM; otherwise the alarm is over.
        public var isAlarm: Bool
    }

    /// The changes in time order.
    public private(set) var changes: [Change] = []
    /// The starts of the alarms that were not notified.
    public private(set) var held: [Timestamp] = []

    /// Simulates an alarm from the beginning of its history.
    /// - Parameters:
    ///   - transitions: Its transitions, in order.
    ///   - rule: Its rule.
    ///   - mutes: The mute time intervals.
    ///   - above: The episodes of the inhibiting rule on the same resource, in time order.
    ///   - now: The last evaluated time; nothing is notified after it.
    public init(_ transitions: [Transition], rule: Rule, mutes: [MuteTimeInterval], above: [Episode], upTo now: Timestamp) {
        var waiting: Timestamp?
        var isNotified = false
        for (number, transition) in transitions.enumerated() {
            switch transition.to {
            case .insufficientData: break
            case .alarm:
                guard !isNotified else { continue }
                let end = number + 1 < transitions.count ? transitions[number + 1].at : nil
                waiting = waiting ?? transition.at
                guard let at = Self.free(transition, until: end, rule, mutes, above), at <= now else { continue }
                changes.append(Change(at: at, isAlarm: true))
                (isNotified, waiting) = (true, nil)
            case .ok:
                if isNotified { changes.append(Change(at: transition.at, isAlarm: false)) }
                if let since = waiting { held.append(since) }
                (isNotified, waiting) = (false, nil)
            }
        }
        if let since = waiting { held.append(since) }
    }

    /// The first time from a change at which the alarm is not suppressed; nil if it is over by then.
    private static func free(
        _ change: Transition, until end: Timestamp?, _ rule: Rule, _ mutes: [MuteTimeInterval], _ above: [Episode]
    )
        -> Timestamp?
    {
        var time = change.at
        while end.map({ time < $0 }) ?? true {
            if let other = above.standing(at: time) {
                guard let end = other.end else { return nil }
                time = end
            } else if let mute = mutes.standing(rule: rule, resource: change.resource, at: time) {
                time = mute.end
            } else {
                return time
            }
        }
        return nil
    }
}

extension [Episode] {
    /// The episode at a time; episodes are in time order.
    fileprivate func standing(at time: Timestamp) -> Episode? {
        guard let last = prefix(upTo: partitioningIndex { $0.start > time }).last, last.end.map({ time < $0 }) ?? true
        else { return nil }
        return last
    }
}

internal import Algorithms

/// What is told of one rule on one resource, were each change told alone and at once; `AlertPolicy` tells together and waits.
///
/// What stands is told when nothing holds it back, once until the rule is OK again; a lack of data is no end. Who was not told
/// that it stands is not told that it is over.
public struct UngroupedAlertSimulation: Hashable, Sendable {
    /// An alert.
    public struct Change: Hashable, Sendable {
        /// When it is told.
        public var at: Timestamp
        /// Whether it says that the rule is in ALARM; else that this is over.
        public var isAlarm: Bool
    }

    /// In the order of time.
    public private(set) var changes: [Change] = []
    /// When each began that nobody was told of.
    public private(set) var held: [Timestamp] = []

    /// Follows an alarm from the beginning of its history.
    /// - Parameters:
    ///   - transitions: Its changes of state, in order.
    ///   - rule: Its rule.
    ///   - mutes: The mute windows.
    ///   - above: Episodes of the rule that it gives way to, on the same resource, in the order of time.
    ///   - now: The last time evaluated; nothing is told after it.
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

    /// The first time from a change on at which nothing holds it back; nil when it is over by then.
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
    /// The one that stands at a time; they are in the order of time.
    fileprivate func standing(at time: Timestamp) -> Episode? {
        guard let last = prefix(upTo: partitioningIndex { $0.start > time }).last, last.end.map({ time < $0 }) ?? true
        else { return nil }
        return last
    }
}

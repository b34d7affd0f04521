/// A time interval in which rules are evaluated and recorded, but not notified.
public struct MuteTimeInterval: Hashable, Sendable {
    /// The times at which it applies.
    public enum Window: Hashable, Sendable {
        /// Recurring: starts by the clock of a zone such as `Asia/Seoul`, each for a duration.
        case recurring(CronSchedule, length: Duration, zone: String)
        /// A single interval, excluding its end.
        case once(from: Timestamp, until: Timestamp)
    }

    /// The times at which it applies.
    public var window: Window
    /// The ids of the rules to mute; empty for all.
    public var rules: [String]
    /// The ids of the resources to mute; empty for all.
    public var resources: [String]
    /// The severities to mute; empty for all.
    public var severities: [Severity]
    /// The reason given by the author; nil if there is none.
    public var reason: String?

    /// Creates a mute of everything, to be narrowed by its properties.
    public init(_ window: Window) {
        self.window = window
        (rules, resources, severities) = ([], [], [])
    }

    /// The maximum length of an interval.
    public static let longest = Duration.seconds(31 * 86_400)

    /// Whether it mutes a rule on a resource at a time.
    public func isMuted(rule: Rule, resource: String, at time: Timestamp) -> Bool {
        end(rule: rule, resource: resource, at: time) != nil
    }

    /// The end of the interval that applies at a time; nil if none applies to the rule and resource.
    public func end(rule: Rule, resource: String, at time: Timestamp) -> Timestamp? {
        guard rules.isEmpty || rules.contains(rule.id), resources.isEmpty || resources.contains(resource),
            severities.isEmpty || severities.contains(rule.severity)
        else { return nil }
        return end(at: time)
    }

    /// The end of the interval that contains a time; nil if there is none.
    public func end(at time: Timestamp) -> Timestamp? {
        switch window {
        case .once(let from, let until): return from <= time && time < until ? until : nil
        case .recurring(let schedule, let length, let zone):
            guard let clock = LocalClock(zone: zone) else { return nil }
            var day = clock.date(at: time).daysSinceEpoch
            let first = clock.date(at: time - length).daysSinceEpoch - 1
            while day >= first {
                let date = CivilDate(daysSinceEpoch: day)
                if schedule.includes(date), let end = end(on: date, schedule, length, clock, at: time) { return end }
                day -= 1
            }
            return nil
        }
    }

    /// The end of the latest interval that starts on a day, not after the time, and contains it.
    private func end(on date: CivilDate, _ schedule: CronSchedule, _ length: Duration, _ clock: LocalClock, at time: Timestamp)
        -> Timestamp?
    {
        for hour in schedule.hours.reversed() {
            for minute in schedule.minutes.reversed() {
                let begin = clock.time(date, hour: hour, minute: minute)
                guard begin <= time else { continue }
                return time < begin + length ? begin + length : nil
            }
        }
        return nil
    }

    /// Whether a time zone exists.
    public static func isZone(_ name: String) -> Bool { LocalClock(zone: name) != nil }
}

extension [MuteTimeInterval] {
    /// Whether any of them mutes a rule on a resource at a time.
    public func isMuted(rule: Rule, resource: String, at time: Timestamp) -> Bool {
        contains { $0.isMuted(rule: rule, resource: resource, at: time) }
    }

    /// The interval that ends last, with its end; nil if none applies.
    public func standing(rule: Rule, resource: String, at time: Timestamp) -> (mute: MuteTimeInterval, end: Timestamp)? {
        compactMap { mute in mute.end(rule: rule, resource: resource, at: time).map { (mute, $0) } }.max { $0.1 < $1.1 }
    }
}

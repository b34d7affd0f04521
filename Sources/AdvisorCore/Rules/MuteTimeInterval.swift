/// A window of time in which rules are evaluated and recorded as ever, but nobody is told.
public struct MuteTimeInterval: Hashable, Sendable {
    /// When it holds.
    public enum Window: Hashable, Sendable {
        /// Again and again: from each beginning, for so long, by the clock of a zone such as `Asia/Seoul`.
        case recurring(CronSchedule, length: Duration, zone: String)
        /// Once; the end is not in it.
        case once(from: Timestamp, until: Timestamp)
    }

    /// When it holds.
    public var window: Window
    /// Ids of the rules it mutes; empty for all.
    public var rules: [String]
    /// Ids of the resources it mutes; empty for all.
    public var resources: [String]
    /// The severities it mutes; empty for all.
    public var severities: [Severity]
    /// Why, in the author's words; nil when it does not say.
    public var reason: String?

    /// A mute of everything; narrow it by its members.
    public init(_ window: Window) {
        self.window = window
        (rules, resources, severities) = ([], [], [])
    }

    /// Windows are at most so long.
    public static let longest = Duration.seconds(31 * 86_400)

    /// Whether what a rule says of a resource is held back at a time.
    public func isMuted(rule: Rule, resource: String, at time: Timestamp) -> Bool {
        end(rule: rule, resource: resource, at: time) != nil
    }

    /// When the window ends that holds at a time; nil when none does, or it is about something else.
    public func end(rule: Rule, resource: String, at time: Timestamp) -> Timestamp? {
        guard rules.isEmpty || rules.contains(rule.id), resources.isEmpty || resources.contains(resource),
            severities.isEmpty || severities.contains(rule.severity)
        else { return nil }
        return end(at: time)
    }

    /// When the window ends that holds at a time, whatever it is about; nil when none holds.
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

    /// The end of the latest window that begins on a day, at or before the time, and holds at it.
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

    /// Whether there is a zone of that name.
    public static func isZone(_ name: String) -> Bool { LocalClock(zone: name) != nil }
}

extension [MuteTimeInterval] {
    /// Whether any of them holds back what a rule says of a resource at a time.
    public func isMuted(rule: Rule, resource: String, at time: Timestamp) -> Bool {
        contains { $0.isMuted(rule: rule, resource: resource, at: time) }
    }

    /// The one that holds longest, with its end; nil when none holds.
    public func standing(rule: Rule, resource: String, at time: Timestamp) -> (mute: MuteTimeInterval, end: Timestamp)? {
        compactMap { mute in mute.end(rule: rule, resource: resource, at: time).map { (mute, $0) } }.max { $0.1 < $1.1 }
    }
}

/// Why nobody is told of a finding, though it stands.
public enum Suppression: Hashable, Sendable {
    /// A mute window of the stack file holds.
    case muted(until: Timestamp, reason: String?)
    /// The rule's `unless_alarm` is in ALARM on the same resource.
    case inhibited(by: String)
}

import Foundation

/// What rules would have said over an interval of history, evaluated at every end of their periods, by today's facts.
public struct Backtest: Sendable {
    /// One rule on one resource.
    public struct RuleTimeline: Sendable {
        /// The rule.
        public var rule: Rule
        /// What it evaluated.
        public var resource: Stack.Resource
        /// The states that stood, in order, from the first time looked at to the last.
        public var intervals: [Interval]
        /// Episodes that touch the interval looked at, by start; one may have begun before it.
        public var episodes: [Episode]
        /// Changes of state within the interval looked at.
        public var transitions: [Transition]
        /// What would have been told of it, over all of its history.
        public var alerts: UngroupedAlertSimulation

        /// Time in ALARM within the interval looked at.
        public var inAlarm: Duration { total(.alarm) }
        /// Time in INSUFFICIENT_DATA within it.
        public var unknown: Duration { total(.insufficientData) }
        /// How often it went into ALARM.
        public var alarms: Int { transitions.count { $0.to == .alarm } }
        /// How often it left ALARM.
        public var resolutions: Int { transitions.count { $0.from == .alarm } }

        private func total(_ state: AlarmState) -> Duration {
            .milliseconds(intervals.reduce(0) { $0 + ($1.state == state ? $1.end.milliseconds - $1.start.milliseconds : 0) })
        }
    }

    /// A state while it stood.
    public struct Interval: Hashable, Sendable {
        /// When it began, or the first time looked at.
        public var start: Timestamp
        /// When it ended, or the last time looked at.
        public var end: Timestamp
        /// The state.
        public var state: AlarmState
    }

    /// What would have been recommended from a time on.
    public struct Advice: Sendable {
        /// When the recommendation became this one.
        public var at: Timestamp
        /// The recommendation of the alarms that stood.
        public var recommendation: Recommendation
    }

    /// One resource's recommendations over time, and what they come to.
    public struct RecommendationTimeline: Sendable {
        /// The resource.
        public var resource: Stack.Resource
        /// In order; the first holds from the first time looked at.
        public var advice: [Advice]
        /// What it is after each step of whoever follows every recommendation when it comes and never goes back.
        public var followed: [Advice]
        /// What that would have cost over the interval; nil when a bill is unknown.
        public var following: Money?
        /// What staying as it is would have cost over the interval; nil when its bill is unknown.
        public var staying: Money?
    }

    /// The first time looked at.
    public var from: Timestamp
    /// The last time looked at.
    public var to: Timestamp
    /// Every rule evaluated.
    public var rules: [Rule]
    /// Windows in which nobody is told.
    public var mutes: [MuteTimeInterval]
    /// By resource in the report's order, then in the order of the rules; those that do not apply are left out.
    public var tracks: [RuleTimeline]
    /// One a database.
    public var paths: [RecommendationTimeline]

    /// A backtest of nothing yet.
    public init(from: Timestamp, to: Timestamp, rules: [Rule], mutes: [MuteTimeInterval] = []) {
        (self.from, self.to, self.rules, self.mutes) = (from, to, rules, mutes)
        (tracks, paths) = ([], [])
    }

    /// Every episode, by resource, then by start.
    public var episodes: [Episode] {
        tracks.flatMap(\.episodes).sorted { ($0.resource, $0.start, $0.rule) < ($1.resource, $1.start, $1.rule) }
    }

    /// Evaluates a resource and adds what comes of it.
    /// - Parameters:
    ///   - target: The resource with its whole history up to `to`.
    ///   - vocabulary: The metrics that rules name.
    ///   - catalog: Tiers and prices.
    public mutating func evaluate(_ target: EvaluationTarget, vocabulary: Vocabulary, catalog: Catalog) {
        let evaluations = rules.filter { $0.appliesTo == target.resource.kind }.map { rule in
            (rule, Evaluator(rule: rule, target: target, vocabulary: vocabulary).evaluate(upTo: to))
        }
        let episodes = Dictionary(evaluations.map { ($0.0.id, $0.1.episodes) }, uniquingKeysWith: { first, _ in first })
        var evaluated: [(track: RuleTimeline, finding: Finding)] = []
        for (rule, evaluation) in evaluations {
            guard let finding = evaluation.finding else { continue }
            let above = rule.unlessAlarm.flatMap { episodes[$0] } ?? []
            let track = RuleTimeline(
                rule: rule, resource: target.resource, intervals: intervals(evaluation.transitions),
                episodes: evaluation.episodes.filter { $0.start <= to && ($0.end ?? to) >= from },
                transitions: evaluation.transitions.filter { $0.at >= from && $0.at <= to },
                alerts: UngroupedAlertSimulation(evaluation.transitions, rule: rule, mutes: mutes, above: above, upTo: to))
            evaluated.append((track, finding))
        }
        tracks += evaluated.map(\.track)
        if target.resource.kind == .database {
            let path = RecommendationTimelineBuilder(
                resource: target.resource, recommender: Recommender(catalog: catalog, now: to), from: from, to: to)
            paths.append(path.path(evaluated))
        }
    }

    private func intervals(_ transitions: [Transition]) -> [Interval] {
        var result: [Interval] = []
        var state = AlarmState.insufficientData
        var start = from
        for transition in transitions where transition.at <= to {
            if transition.at > start {
                result.append(Interval(start: start, end: transition.at, state: state))
                start = transition.at
            }
            state = transition.to
        }
        if start < to { result.append(Interval(start: start, end: to, state: state)) }
        return result
    }
}

extension Backtest {
    /// How many alerts would have gone out if each change were told alone.
    public struct Alerts: Hashable, Sendable {
        /// Alarms told, by severity: when they begin, or when nothing holds them back any more.
        public var alarms: [Severity: Int] = [:]
        /// Alarms that ended, of those told.
        public var resolved = 0
        /// Alarms that nobody was told of: muted, or given way to another rule, for as long as they lasted.
        public var held = 0
        /// The most of both in one day (UTC), and the day's first time; nil without any.
        public var busiest: (day: Timestamp, count: Int)? {
            byDay.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
        }
        var byDay: [Timestamp: Int] = [:]

        /// All of them.
        public var total: Int { alarms.values.reduce(0, +) + resolved }
    }

    /// What people would have been told, change by change.
    public var alerts: Alerts {
        var result = Alerts()
        for track in tracks {
            for change in track.alerts.changes where (from...to).contains(change.at) {
                if change.isAlarm {
                    result.alarms[track.rule.severity, default: 0] += 1
                } else {
                    result.resolved += 1
                }
                result.byDay[change.at.floored(to: .seconds(86_400)), default: 0] += 1
            }
            result.held += track.alerts.held.count { (from...to).contains($0) }
        }
        return result
    }

    /// What following every recommendation would have cost, over all databases; nil when one is unknown.
    public var following: Money? { Self.sum(paths.map(\.following)) }
    /// What staying would have cost, over all databases; nil when one is unknown.
    public var staying: Money? { Self.sum(paths.map(\.staying)) }

    private static func sum(_ amounts: [Money?]) -> Money? {
        guard !amounts.isEmpty, amounts.allSatisfy({ $0 != nil }) else { return nil }
        return amounts.compactMap { $0 }.reduce(Money(0), +)
    }
}

import Foundation

/// The results of rules over an interval of history, evaluated at every end of their periods, with today's facts.
public struct Backtest: Sendable {
    /// One rule on one resource.
    public struct RuleTimeline: Sendable {
        /// The rule.
        public var rule: Rule
        /// The resource.
        public var resource: Stack.Resource
        /// The states, in order, over the interval.
        public var intervals: [Interval]
        /// The episodes that overlap the interval, by start; one may have begun before it.
        public var episodes: [Episode]
        /// The transitions within the interval.
        public var transitions: [Transition]
        /// The notifications over all of its history.
        public var alerts: UngroupedAlertSimulation

        /// The time in ALARM within the interval.
        public var inAlarm: Duration { total(.alarm) }
        /// The time in INSUFFICIENT_DATA within the interval.
        public var unknown: Duration { total(.insufficientData) }
        /// The number of transitions to ALARM.
        public var alarms: Int { transitions.count { $0.to == .alarm } }
        /// The number of transitions from ALARM.
        public var resolutions: Int { transitions.count { $0.from == .alarm } }

        private func total(_ state: AlarmState) -> Duration {
            .milliseconds(intervals.reduce(0) { $0 + ($1.state == state ? $1.end.milliseconds - $1.start.milliseconds : 0) })
        }
    }

    /// A state with its duration.
    public struct Interval: Hashable, Sendable {
        /// The start, or the start of the interval.
        public var start: Timestamp
        /// The end, or the end of the interval.
        public var end: Timestamp
        /// The state.
        public var state: AlarmState
    }

    /// The recommendation from a time on.
    public struct Advice: Sendable {
        /// The time at which the recommendation changed.
        public var at: Timestamp
        /// The recommendation for the alarms at that time.
        public var recommendation: Recommendation
    }

    /// The recommendations for one resource over time, and their costs.
    public struct RecommendationTimeline: Sendable {
        /// The resource.
        public var resource: Stack.Resource
        /// The recommendations in order; the first is that at the start of the interval.
        public var advice: [Advice]
        /// The tiers of a user who follows every recommendation at once and never goes back.
        public var followed: [Advice]
        /// The cost of doing so over the interval; nil if a cost is unknown.
        public var following: Money?
        /// The cost of changing nothing over the interval; nil if it is unknown.
        public var staying: Money?
    }

    /// The start of the interval.
    public var from: Timestamp
    /// The end of the interval.
    public var to: Timestamp
    /// All evaluated rules.
    public var rules: [Rule]
    /// The mute time intervals.
    public var mutes: [MuteTimeInterval]
    /// The timelines by resource in report order, then by rule; rules that do not apply are left out.
    public var tracks: [RuleTimeline]
    /// The recommendations of each database.
    public var paths: [RecommendationTimeline]

    /// Creates an empty backtest.
    public init(from: Timestamp, to: Timestamp, rules: [Rule], mutes: [MuteTimeInterval] = []) {
        (self.from, self.to, self.rules, self.mutes) = (from, to, rules, mutes)
        (tracks, paths) = ([], [])
    }

    /// All episodes, by resource, then by start.
    public var episodes: [Episode] {
        tracks.flatMap(\.episodes).sorted { ($0.resource, $0.start, $0.rule) < ($1.resource, $1.start, $1.rule) }
    }

    /// Evaluates a resource and adds the results.
    /// - Parameters:
    ///   - target: The resource with its whole history up to `to`.
    ///   - vocabulary: The metrics.
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
    /// The number of alerts without grouping.
    public struct Alerts: Hashable, Sendable {
        /// The alarms notified, by severity.
        public var alarms: [Severity: Int] = [:]
        /// The notified alarms that ended.
        public var resolved = 0
        /// The alarms that were not notified because they were muted or inhibited all the time.
        public var held = 0
        /// The largest number of both on one day (UTC), and the start of the day; nil if there is none.
        public var busiest: (day: Timestamp, count: Int)? {
            byDay.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
        }
        var byDay: [Timestamp: Int] = [:]

        /// The total number.
        public var total: Int { alarms.values.reduce(0, +) + resolved }
    }

    /// The notifications without grouping.
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

    /// The cost of following every recommendation, for all databases; nil if one is unknown.
    public var following: Money? { Self.sum(counted.map(\.following)) }
    /// The cost of changing nothing, for all databases; nil if one is unknown.
    public var staying: Money? { Self.sum(counted.map(\.staying)) }

    /// The declared databases; all if none is declared. What only samples name has no tier, and may be a typing error.
    private var counted: [RecommendationTimeline] {
        let declared = paths.filter(\.resource.isDeclared)
        return declared.isEmpty ? paths : declared
    }

    private static func sum(_ amounts: [Money?]) -> Money? {
        guard !amounts.isEmpty, amounts.allSatisfy({ $0 != nil }) else { return nil }
        return amounts.compactMap { $0 }.reduce(Money(0), +)
    }
}

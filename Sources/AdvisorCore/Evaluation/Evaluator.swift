/// A resource with all that is known about it.
public struct EvaluationTarget: Sendable {
    /// The resource.
    public var resource: Stack.Resource
    /// The current facts.
    public var facts: Facts
    /// The samples.
    public var history: ResourceHistory
    /// When it was evaluated first, if it had no samples then; nil otherwise.
    public var watchedSince: Timestamp?
    /// How far the metrics are complete that are pulled; a metric that is not among them is complete up to now.
    public var completeUpTo: [MetricID: Timestamp] = [:]

    /// Creates a target.
    public init(resource: Stack.Resource, facts: Facts, history: ResourceHistory) {
        (self.resource, self.facts, self.history) = (resource, facts, history)
    }
}

/// The result of evaluating one rule on one resource.
public struct EvaluationResult: Sendable {
    /// The alarm after the evaluation.
    public var alarm: Alarm
    /// The transitions, in order.
    public var transitions: [Transition]
    /// The episodes of these transitions; the last may be open.
    public var episodes: [Episode]
    /// The current finding; nil if the rule does not apply.
    public var finding: Finding?
}

/// Evaluates a rule on a resource at each end of its effective period, in order.
public struct Evaluator {
    /// What an evaluation gives.
    enum Detail {
        /// Everything.
        case whole
        /// The alarm, its transitions and episodes without a finding.
        case states
    }

    let rule: Rule
    let target: EvaluationTarget
    let vocabulary: Vocabulary
    var detail = Detail.whole
    let when: ResolvedExpression
    let clear: ResolvedExpression?
    private static let chunk: Int64 = 20_000
    /// Further back than any window or function reads.
    private static let longestWindow = Duration.seconds(520 * 86_400)

    /// Creates the evaluator of one rule on one resource.
    public init(rule: Rule, target: EvaluationTarget, vocabulary: Vocabulary) {
        (self.rule, self.target, self.vocabulary) = (rule, target, vocabulary)
        when = ResolvedExpression(rule.when, target: target, vocabulary: vocabulary, fallback: rule.fallback)
        clear = rule.clear.map {
            ResolvedExpression($0, target: target, vocabulary: vocabulary, fallback: rule.fallback)
        }
    }

    /// Evaluates all period ends after the last evaluated time up to `now`; the first evaluation starts at the resource's
    /// first sample.
    public func evaluate(from alarm: Alarm? = nil, upTo now: Timestamp) -> EvaluationResult {
        var evaluation = EvaluationResult(
            alarm: alarm ?? Alarm(rule: rule.id, resource: target.resource.id), transitions: [], episodes: [])
        if let condition = rule.condition {
            switch condition.holds(of: target.facts) {
            case .known(true): break
            case .known(false):
                settle(&evaluation, at: now, on: .ok)
                return evaluation
            case .unknown(let unknownReason):
                settle(&evaluation, at: now, on: .insufficientData)
                describe(&evaluation, period: nil, now: now)
                evaluation.finding?.evidence.gap = .noValue(reason: unknownReason)
                return evaluation
            }
        }
        if rule.when.readings.isEmpty {
            evaluateFacts(&evaluation, upTo: now)
        } else {
            evaluateSamples(&evaluation, upTo: completeTime(now))
        }
        return evaluation
    }

    /// Adds the finding.
    private func describe(_ evaluation: inout EvaluationResult, period: Int64?, now: Timestamp) {
        switch detail {
        case .whole: evaluation.finding = finding(evaluation, period: period, now: now)
        case .states: break
        }
    }

    /// Ends the alarm if the rule no longer applies.
    private func settle(_ evaluation: inout EvaluationResult, at now: Timestamp, on state: AlarmState) {
        guard evaluation.alarm.evaluatedUpTo.map({ $0 < now }) ?? true else { return }
        let before = evaluation.alarm.state
        evaluation.alarm.evaluatedUpTo = now
        evaluation.alarm.leavingSince = nil
        evaluation.alarm.leftAlarm = nil
        if before != state, evaluation.alarm.since != nil || state == .insufficientData {
            evaluation.alarm.state = state
            evaluation.alarm.since = now
            evaluation.transitions.append(
                Transition(rule: rule.id, resource: target.resource.id, at: now, from: before, to: state))
        } else if evaluation.alarm.since == nil {
            evaluation.alarm.state = state
            evaluation.alarm.since = now
        }
    }

    private func evaluateFacts(_ evaluation: inout EvaluationResult, upTo now: Timestamp) {
        let verdict = rule.when.holds(of: target.facts)
        let decision: MissingDataTable.Decision =
            switch verdict {
            case .known(true): .alarm
            case .known(false): .ok
            case .unknown: .insufficientData
            }
        let machine = AlarmMachine(missing: .missing, hasClear: false, keepFiring: nil)
        let first = target.history.firstSample.map { min($0, now) } ?? now
        let time = evaluation.alarm.evaluatedUpTo == nil ? first : now
        var recorder = EpisodeRecorder(alarm: evaluation.alarm, sign: nil)
        if evaluation.alarm.evaluatedUpTo.map({ $0 < time }) ?? true {
            if let transition = machine.step(&evaluation.alarm, at: time, period: 1, when: decision, clear: nil) {
                evaluation.transitions.append(transition)
                recorder.record(transition)
            }
            evaluation.alarm.evaluatedUpTo = now
        }
        evaluation.episodes = recorder.episodes
        describe(&evaluation, period: nil, now: now)
        if case .unknown(let unknownReason) = verdict { evaluation.finding?.evidence.gap = .noValue(reason: unknownReason) }
    }

    private func evaluateSamples(_ evaluation: inout EvaluationResult, upTo now: Timestamp) {
        let timeline = PeriodTimeline.coarsest(
            (when.sources + (clear?.sources ?? [])).flatMap(\.timelines), atLeast: rule.sustain.period)
        let machine = AlarmMachine(
            missing: rule.missing, hasClear: rule.clear != nil, keepFiring: rule.keepFiringFor?.milliseconds)
        var recorder = EpisodeRecorder(alarm: evaluation.alarm, sign: rule.when.shownComparison?.sign)
        let lastSample = target.history.lastSample
        if let begin = evaluation.alarm.evaluatedUpTo ?? firstTime(timeline) {
            for (number, change) in timeline.changes.enumerated() {
                // A datapoint has the period that is effective at its last millisecond: a sample stamped at its end belongs
                // to the next one.
                let end = number + 1 < timeline.changes.count ? timeline.changes[number + 1].from.milliseconds : Int64.max
                let length = change.milliseconds
                let after = max(begin.milliseconds, change.from.milliseconds)
                let quiet = lastSample.map { $0 + silence(length) }
                var first = after.floorDiv(length) + 1
                let last = min(end, now.milliseconds).floorDiv(length)
                while first <= last {
                    if let quiet, first * length > quiet.milliseconds {
                        evaluation.alarm.evaluatedUpTo = Timestamp(milliseconds: last * length)
                        break
                    }
                    let upTo = min(last, first + Self.chunk - 1)
                    evaluate(&evaluation, ends: first...upTo, length: length, machine: machine, recorder: &recorder)
                    first = upTo + 1
                }
            }
        }
        evaluation.episodes = recorder.episodes
        let length = timeline.milliseconds(endingAt: evaluation.alarm.evaluatedUpTo ?? now)
        describe(&evaluation, period: length, now: now)
    }

    /// The time up to which all metrics of the rule are complete, at most `now`.
    private func completeTime(_ now: Timestamp) -> Timestamp {
        guard !target.completeUpTo.isEmpty else { return now }
        let metrics = Set((when.sources + (clear?.sources ?? [])).flatMap(\.series).map(\.metric.id))
        return metrics.compactMap { target.completeUpTo[$0] }.min().map { min($0, now) } ?? now
    }

    /// The time after which the first period ends: the first sample, or where missing datapoints decide, a period before a
    /// resource without samples was first evaluated, whichever is earlier; nil if there is none.
    private func firstTime(_ timeline: PeriodTimeline) -> Timestamp? {
        let first = target.history.firstSample
        guard let watched = target.watchedSince, rule.missing == .breaching || rule.missing == .notBreaching else { return first }
        let begin = watched - .milliseconds(timeline.milliseconds(at: watched))
        return first.map { min($0, begin) } ?? begin
    }

    /// This long after the last sample nothing changes: no window or function reads data, and the evaluation range and all
    /// extensions have passed.
    private func silence(_ length: Int64) -> Duration {
        let range = Int64(rule.sustain.datapoints(effective: .milliseconds(length)).evaluated + 2) * length
        return Self.longestWindow + .milliseconds(range) + (rule.keepFiringFor ?? .zero)
    }

    /// Evaluates the period ends `ends`, numbered from the Unix epoch: end k closes datapoint k - 1.
    private func evaluate(
        _ evaluation: inout EvaluationResult, ends: ClosedRange<Int64>, length: Int64, machine: AlarmMachine,
        recorder: inout EpisodeRecorder
    ) {
        let datapoints = rule.sustain.datapoints(effective: .milliseconds(length))
        let range = datapoints.evaluated + 2
        let first = ends.lowerBound - Int64(range)
        let conditions = when.conditions(first, ends.upperBound - 1, period: length)
        let clearing = clear?.conditions(first, ends.upperBound - 1, period: length)
        for number in ends {
            let upper = Int(number - first)
            let lower = upper - range
            let decision = MissingDataTable.decision(over: conditions.holds[lower..<upper], datapoints, missing: rule.missing)
            var clears: MissingDataTable.Decision?
            if let clearing, evaluation.alarm.state == .alarm {
                clears = MissingDataTable.decision(
                    over: clearing.holds[lower..<upper], datapoints, missing: rule.missing.opposite)
            }
            let time = Timestamp(milliseconds: number * length)
            let transition = machine.step(&evaluation.alarm, at: time, period: length, when: decision, clear: clears)
            if let transition {
                evaluation.transitions.append(transition)
                recorder.record(transition)
                if transition.to == .alarm {
                    // Datapoints before those that decided may belong to the previous episode.
                    let looked = MissingDataTable.reading(
                        over: conditions.holds[lower..<upper], datapoints, missing: rule.missing
                    ).lookedAt
                    for index in max(lower, upper - looked)..<upper where conditions.holds[index] == true {
                        recorder.see(conditions.shown[index])
                    }
                }
            } else if evaluation.alarm.state == .alarm {
                recorder.see(conditions.shown[upper - 1])
            }
        }
    }
}

extension MissingData {
    /// For `clear` holding is good, so missing datapoints that count as breaching do not clear.
    var opposite: MissingData {
        switch self {
        case .missing, .ignore: self
        case .breaching: .notBreaching
        case .notBreaching: .breaching
        }
    }
}

/// Combines transitions into episodes with their peaks.
struct EpisodeRecorder {
    private(set) var episodes: [Episode] = []
    private let sign: Operator?

    init(alarm: Alarm, sign: Operator?) {
        self.sign = sign
        if alarm.state == .alarm, let since = alarm.since {
            episodes = [Episode(resource: alarm.resource, rule: alarm.rule, start: since, end: nil, peak: nil)]
        }
    }

    mutating func record(_ transition: Transition) {
        if transition.to == .alarm {
            episodes.append(
                Episode(resource: transition.resource, rule: transition.rule, start: transition.at, end: nil, peak: nil))
        } else if let last = episodes.indices.last, episodes[last].end == nil {
            episodes[last].end = transition.at
        }
    }

    mutating func see(_ value: Double?) {
        guard let value, let last = episodes.indices.last, episodes[last].end == nil else { return }
        guard let peak = episodes[last].peak else {
            episodes[last].peak = value
            return
        }
        episodes[last].peak = sign == .less || sign == .lessOrEqual ? min(peak, value) : max(peak, value)
    }
}

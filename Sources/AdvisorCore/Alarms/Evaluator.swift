/// Something that rules judge, with all that is known of it.
public struct Subject: Sendable {
    /// What it is.
    public var resource: Stack.Resource
    /// What is known of it now.
    public var facts: Facts
    /// What was measured.
    public var history: ResourceHistory

    /// A subject by its parts.
    public init(resource: Stack.Resource, facts: Facts, history: ResourceHistory) {
        (self.resource, self.facts, self.history) = (resource, facts, history)
    }
}

/// What came of judging one rule on one resource.
public struct Judgement: Sendable {
    /// The memory to go on from.
    public var alarm: Alarm
    /// Changes of state, in order.
    public var transitions: [Transition]
    /// Stretches in ALARM that these transitions make, the last one perhaps open.
    public var episodes: [Episode]
    /// What to say now; nil when the rule does not apply.
    public var finding: Finding?
}

/// Judges a rule on a resource at every end of its effective period, in order; pure.
public struct Evaluator {
    let rule: Rule
    let subject: Subject
    let vocabulary: Vocabulary
    let when: BoundFormula
    let clear: BoundFormula?
    private static let chunk: Int64 = 20_000
    /// As far back as any window or function looks, and more.
    private static let longestWindow = Duration.seconds(520 * 86_400)

    /// An evaluator of one rule on one resource.
    public init(rule: Rule, subject: Subject, vocabulary: Vocabulary) {
        (self.rule, self.subject, self.vocabulary) = (rule, subject, vocabulary)
        when = BoundFormula(rule.when, subject: subject, vocabulary: vocabulary)
        clear = rule.clear.map { BoundFormula($0, subject: subject, vocabulary: vocabulary) }
    }

    /// Judges every period end after the last one judged, up to `now`; the first time from the resource's first sample.
    public func judge(from alarm: Alarm? = nil, upTo now: Timestamp) -> Judgement {
        var judgement = Judgement(
            alarm: alarm ?? Alarm(rule: rule.id, resource: subject.resource.id), transitions: [], episodes: [])
        if let condition = rule.condition {
            switch condition.holds(of: subject.facts) {
            case .known(true): break
            case .known(false):
                settle(&judgement, at: now, on: .ok)
                return judgement
            case .unknown(let lack):
                settle(&judgement, at: now, on: .insufficientData)
                judgement.finding = finding(judgement, period: nil, now: now)
                judgement.finding?.evidence.gap = .lack(lack)
                return judgement
            }
        }
        if rule.when.readings.isEmpty {
            judgeFacts(&judgement, upTo: now)
        } else {
            judgeSamples(&judgement, upTo: now)
        }
        return judgement
    }

    /// Ends what stood, when facts take the rule away.
    private func settle(_ judgement: inout Judgement, at now: Timestamp, on state: AlarmState) {
        guard judgement.alarm.judgedUpTo.map({ $0 < now }) ?? true else { return }
        let before = judgement.alarm.state
        judgement.alarm.judgedUpTo = now
        judgement.alarm.leavingSince = nil
        judgement.alarm.leftAlarm = nil
        if before != state, judgement.alarm.since != nil || state == .insufficientData {
            judgement.alarm.state = state
            judgement.alarm.since = now
            judgement.transitions.append(
                Transition(rule: rule.id, resource: subject.resource.id, at: now, from: before, to: state))
        } else if judgement.alarm.since == nil {
            judgement.alarm.state = state
            judgement.alarm.since = now
        }
    }

    private func judgeFacts(_ judgement: inout Judgement, upTo now: Timestamp) {
        let verdict = rule.when.holds(of: subject.facts)
        let decision: MissingDataTable.Decision =
            switch verdict {
            case .known(true): .alarm
            case .known(false): .ok
            case .unknown: .insufficientData
            }
        let machine = AlarmMachine(missing: .missing, hasClear: false, keepFiring: nil)
        let first = subject.history.firstSample.map { min($0, now) } ?? now
        let instant = judgement.alarm.judgedUpTo == nil ? first : now
        var recorder = EpisodeRecorder(alarm: judgement.alarm, sign: nil)
        if judgement.alarm.judgedUpTo.map({ $0 < instant }) ?? true {
            if let transition = machine.step(&judgement.alarm, at: instant, period: 1, when: decision, clear: nil) {
                judgement.transitions.append(transition)
                recorder.record(transition)
            }
            judgement.alarm.judgedUpTo = now
        }
        judgement.episodes = recorder.episodes
        judgement.finding = finding(judgement, period: nil, now: now)
        if case .unknown(let lack) = verdict { judgement.finding?.evidence.gap = .lack(lack) }
    }

    private func judgeSamples(_ judgement: inout Judgement, upTo now: Timestamp) {
        let timeline = PeriodTimeline.coarsest(
            (when.sources + (clear?.sources ?? [])).flatMap(\.timelines), atLeast: rule.sustain.period)
        let machine = AlarmMachine(
            missing: rule.missing, hasClear: rule.clear != nil, keepFiring: rule.keepFiringFor?.milliseconds)
        var recorder = EpisodeRecorder(alarm: judgement.alarm, sign: rule.when.shownComparison?.sign)
        let lastSample = subject.history.lastSample
        if let begin = judgement.alarm.judgedUpTo ?? subject.history.firstSample {
            for (number, change) in timeline.changes.enumerated() {
                // A datapoint is as long as its own last instant says: a sample stamped at its end lies in the next one.
                let end = number + 1 < timeline.changes.count ? timeline.changes[number + 1].from.milliseconds : Int64.max
                let length = change.milliseconds
                let after = max(begin.milliseconds, change.from.milliseconds)
                let quiet = lastSample.map { $0 + silence(length) }
                var first = DatapointSource.bucket(after, length) + 1
                let last = DatapointSource.bucket(min(end, now.milliseconds), length)
                while first <= last {
                    if let quiet, first * length > quiet.milliseconds {
                        judgement.alarm.judgedUpTo = Timestamp(milliseconds: last * length)
                        break
                    }
                    let upTo = min(last, first + Self.chunk - 1)
                    judge(&judgement, ends: first...upTo, length: length, machine: machine, recorder: &recorder)
                    first = upTo + 1
                }
            }
        }
        judgement.episodes = recorder.episodes
        let length = timeline.milliseconds(endingAt: judgement.alarm.judgedUpTo ?? now)
        judgement.finding = finding(judgement, period: length, now: now)
    }

    /// So long after the last sample nothing changes any more: no window or function sees anything, the evaluation range has
    /// gone by, and nothing is held.
    private func silence(_ length: Int64) -> Duration {
        let range = Int64(rule.sustain.datapoints(effective: .milliseconds(length)).evaluated + 2) * length
        return Self.longestWindow + .milliseconds(range) + (rule.keepFiringFor ?? .zero)
    }

    /// Judges the ends of periods `ends`, numbered from the Unix epoch: end k closes datapoint k - 1.
    private func judge(
        _ judgement: inout Judgement, ends: ClosedRange<Int64>, length: Int64, machine: AlarmMachine,
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
            if let clearing, judgement.alarm.state == .alarm {
                clears = MissingDataTable.decision(
                    over: clearing.holds[lower..<upper], datapoints, missing: rule.missing.opposite)
            }
            let instant = Timestamp(milliseconds: number * length)
            let transition = machine.step(&judgement.alarm, at: instant, period: length, when: decision, clear: clears)
            if let transition {
                judgement.transitions.append(transition)
                recorder.record(transition)
                if transition.to == .alarm {
                    // Older datapoints than those that decided may be of the episode before.
                    let looked = MissingDataTable.reading(
                        over: conditions.holds[lower..<upper], datapoints, missing: rule.missing
                    ).lookedAt
                    for index in max(lower, upper - looked)..<upper where conditions.holds[index] == true {
                        recorder.see(conditions.shown[index])
                    }
                }
            } else if judgement.alarm.state == .alarm {
                recorder.see(conditions.shown[upper - 1])
            }
        }
    }
}

extension MissingData {
    /// For `clear`, where holding is good news: what is filled as bad must not clear.
    var opposite: MissingData {
        switch self {
        case .missing, .ignore: self
        case .breaching: .notBreaching
        case .notBreaching: .breaching
        }
    }
}

/// Turns transitions into episodes with their peaks.
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

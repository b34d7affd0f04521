/// From when on the samples of a resource are read, so that its evaluation comes out as it would with all of them.
///
/// Rules that go on from a stored alarm read as far back as their windows and functions reach; the projection, the credits, the
/// forecasts and the trend of a finding read the last thirty days. Where a rule is evaluated from the first sample on, all
/// samples of its metrics are read.
public struct SampleRecall: Sendable {
    /// As far back as anything but rules looks.
    private static let history = Duration.seconds(30 * 86_400)
    /// A longer sample stands for a time that begins before it is needed.
    private static let margin = Duration.seconds(2 * 86_400)
    /// The longest period of series for which the times hold: with a longer one all samples are to be read.
    public static let longestPeriod = Duration.seconds(86_400)
    /// So many samples at different times before that say what the period of a series is.
    public static let stamps = PeriodTimeline.stampsLookedAt + 1

    private let usual: Timestamp
    private var begins: [MetricID: Timestamp] = [:]

    /// Finds the times for a resource.
    /// - Parameters:
    ///   - snapshot: The resource, with what is stored about its rules; its samples are not looked at.
    ///   - stored: The metrics of which there are samples.
    ///   - context: The rules and the time.
    public init(_ snapshot: ResourceSnapshot, stored: Set<MetricID>, in context: EvaluationContext) {
        let vocabulary = context.project.vocabulary
        usual = snapshot.completed == nil ? context.now - Self.history - Self.margin : Self.all
        for rule in context.project.rules where rule.appliesTo == snapshot.target.resource.kind {
            guard let start = rule.recallStart(snapshot, stored: stored, vocabulary) else { continue }
            var metrics = vocabulary.seriesMetrics(of: rule.when)
            if let clear = rule.clear { metrics.formUnion(vocabulary.seriesMetrics(of: clear)) }
            for metric in metrics { begins[metric] = min(begins[metric] ?? usual, start) }
        }
    }

    /// The time from which the samples of a metric are read; the earliest there is for all of them.
    public func begin(of metric: MetricID) -> Timestamp { begins[metric] ?? usual }

    /// Before all samples.
    public static let all = Timestamp(milliseconds: .min)

    /// Whether a history that was read from such a time on is enough.
    public static func suffices(_ history: ResourceHistory) -> Bool {
        history.series.values.allSatisfy { $0.longestPeriod <= longestPeriod }
    }

    fileprivate static func start(_ time: Timestamp, _ rule: Rule, _ facts: Facts, _ vocabulary: Vocabulary) -> Timestamp {
        time - rule.lookback(longestPeriod: longestPeriod, facts: facts, vocabulary) - margin
    }
}

extension Rule {
    /// From when on its evaluation reads samples; nil if it reads none.
    fileprivate func recallStart(_ snapshot: ResourceSnapshot, stored: Set<MetricID>, _ vocabulary: Vocabulary) -> Timestamp? {
        let facts = snapshot.target.facts
        guard !when.readings.isEmpty, condition.map({ $0.holds(of: facts) == .known(true) }) ?? true else { return nil }
        guard let alarm = snapshot.alarms[id], let end = alarm.evaluatedUpTo else {
            return isOptional && isUnwatched(facts, stored, vocabulary) ? nil : SampleRecall.all
        }
        guard let backfill = snapshot.backfills[id] else { return SampleRecall.start(end, self, facts, vocabulary) }
        guard
            let start = reevaluationStart(
                alarm, recorded: backfill.recorded, lateFrom: backfill.from, first: snapshot.target.beginning)
        else { return SampleRecall.all }
        return SampleRecall.start(start, self, facts, vocabulary)
    }

    /// Whether there is no sample of a metric that it reads.
    func isUnwatched(_ facts: Facts, _ stored: Set<MetricID>, _ vocabulary: Vocabulary) -> Bool {
        var engine = "*"
        if case .text(let name)? = facts["engine"] { engine = name }
        return !vocabulary.seriesMetrics(of: when, engine: engine).isSubset(of: stored)
    }
}

extension Rule {
    /// How far before a period end its evaluation reads: the evaluation range, with the windows and functions of its datapoints.
    /// - Parameters:
    ///   - longest: The longest period that its series may have.
    ///   - facts: The facts of the resource.
    ///   - vocabulary: The metrics.
    /// - Returns: At least as far as it reads.
    func lookback(longestPeriod longest: Duration, facts: Facts, _ vocabulary: Vocabulary) -> Duration {
        let readings = when.readings + (clear?.readings ?? [])
        return [sustain.period, max(sustain.period, longest)].map { period in
            let range = period * (sustain.datapoints(effective: period).evaluated + 2)
            return range + (readings.map { $0.reach(period: period, facts: facts, vocabulary) }.max() ?? .zero)
        }.max() ?? .zero
    }

    /// From when on late samples make its evaluation begin again.
    /// - Parameters:
    ///   - stored: The alarm as evaluated without them.
    ///   - recorded: All its transitions, in order.
    ///   - late: The start of the first late sample.
    ///   - first: The beginning of the resource's history; nil without one.
    /// - Returns: nil if it begins with the first sample.
    func reevaluationStart(_ stored: Alarm, recorded: [Transition], lateFrom late: Timestamp, first: Timestamp?) -> Timestamp? {
        if let first, late <= first { return nil }
        guard Evaluator.standing(stored, recorded, before: late) != nil else { return nil }
        return late - Evaluator.extensionReach(self)
    }
}

extension Formula.MetricSelector {
    /// How far before the end of a datapoint it reads, those that a derived metric reads included.
    fileprivate func reach(period: Duration, facts: Facts, _ vocabulary: Vocabulary) -> Duration {
        let own = lookback(period: period, facts: facts) ?? period
        guard case .derived(let texts)? = vocabulary.metrics.metrics[metric]?.origin else { return own }
        let inner = texts.values.compactMap(vocabulary.derivedFormula).flatMap(\.readings)
        return own + (inner.map { $0.lookback(period: period, facts: facts) ?? period }.max() ?? .zero)
    }
}

extension EvaluationTarget {
    /// When its first sample is, or it was evaluated first; nil before both.
    var beginning: Timestamp? { [history.firstSample, watchedSince].compactMap { $0 }.min() }
}

extension DatapointSource {
    /// The value of a datapoint that has one, without rounding; nil for a range function whose value is a Double.
    func exactValue(at number: Int64, period: Int64) -> ExactNumber? {
        if let overTime = reading.overTime { return exactSeriesValue(overTime, at: number, period: period) }
        switch kind {
        case .absent: return nil
        case .series(let series, let aggregation):
            let end = (number + 1) * period
            let begin = end - max(reading.window?.milliseconds ?? 0, period)
            let range = series.index(at: Timestamp(milliseconds: begin))..<series.index(at: Timestamp(milliseconds: end))
            return aggregation.exactValue(of: series.samples[range])
        case .derived(let root, let sources):
            let parts = sources.compactMap { $0.exactValue(at: number, period: period) }
            guard parts.count == sources.count else { return nil }
            return Interpreter(facts: facts).exactNumber(root, parts)
        }
    }

    /// The magnitude of the numbers that may cancel out in a value, whose rounding error is a share of it; 0 where none do.
    var cancellingMagnitude: Double {
        if let overTime = reading.overTime, !overTime.isExact { return 0 }
        switch kind {
        case .absent: return 0
        case .series(let series, let aggregation):
            // A range function may subtract datapoints from each other.
            if reading.overTime != nil { return Self.largest(series, aggregation) }
            return (series.metric.limits.minimum ?? -1) < 0 ? Self.largest(series, aggregation) : 0
        case .derived(let root, let sources):
            let facts = root.factsUsed.reduce(0.0) { sum, fact in
                if case .number(let value)? = self.facts[fact] { sum + abs(value) } else { sum }
            }
            return sources.reduce(facts) { sum, source in
                guard case .series(let series, let aggregation) = source.kind else { return sum + source.cancellingMagnitude }
                return sum + Self.largest(series, aggregation)
            }
        }
    }

    private static func largest(_ series: SeriesHistory, _ aggregation: Aggregation) -> Double {
        series.largest.reduce(0) { max($0, aggregation.base($1.rawMaximum, $1) ?? 0) }
    }
}

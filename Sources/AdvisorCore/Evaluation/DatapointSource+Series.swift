extension DatapointSource {
    /// The same selector without its range function.
    private var datapoints: DatapointSource {
        var result = self
        result.reading.overTime = nil
        return result
    }

    /// Prepares a range function at datapoints `first` to `last`, with the series it needs.
    private func prepared(
        _ overTime: Formula.MetricSelector.RangeFunctionApplication, _ first: Int64, _ last: Int64, period: Int64,
        provenance: inout Provenance
    ) -> (function: any RangeFunction, datapointSeries: DatapointSeries)? {
        guard let function = overTime.function(period: .milliseconds(period), facts: facts) else { return nil }
        let begin = first - (function.lookback.milliseconds + period - 1) / period
        let values = datapoints.values(begin, last, period: period, provenance: &provenance)
        return (function, DatapointSeries(first: begin, period: period, values: values))
    }

    /// The values of a range function at datapoints `first` to `last`; nil where it has none.
    func alongSeries(
        _ overTime: Formula.MetricSelector.RangeFunctionApplication, _ first: Int64, _ last: Int64, period: Int64,
        provenance: inout Provenance
    ) -> [Double?] {
        guard first <= last else { return [] }
        guard let (prepared, datapointSeries) = prepared(overTime, first, last, period: period, provenance: &provenance) else {
            return [Double?](repeating: nil, count: Int(last - first + 1))
        }
        var function = prepared
        let reach = (function.lookback.milliseconds + period - 1) / period
        // Samples that contradict a declared fact make what is computed from it wrong, also in the datapoints before.
        let contradictions = contradictions(first - reach, last, period: period)
        var contradicted = contradictions.prefix(Int(reach)).lastIndex(of: true).map { first - reach + Int64($0) }
        return (first...last).map { number in
            if !contradictions.isEmpty, contradictions[Int(number - first + reach)] { contradicted = number }
            if let contradicted, contradicted >= number - reach { return nil }
            guard case .value(let value) = function.value(at: number, of: datapointSeries), !value.isNaN else { return nil }
            return value
        }
    }

    /// The value of a range function at a datapoint that has one, without rounding; nil for a function of Doubles.
    func exactSeriesValue(
        _ overTime: Formula.MetricSelector.RangeFunctionApplication, at number: Int64, period: Int64
    ) -> ExactNumber? {
        var provenance = Provenance.exact
        guard overTime.isExact,
            let (prepared, series) = prepared(overTime, number, number, period: period, provenance: &provenance),
            let function = prepared as? any ExactRangeFunction
        else { return nil }
        let source = datapoints
        return function.exactValue(
            at: number,
            of: ExactDatapoints(series: series) { source.exactValue(at: $0, period: period) })
    }

    /// Why a range function has no value at a datapoint; nil if it has one, or if there is no range function.
    func seriesGap(at number: Int64, period: Int64) -> Evidence.Gap? {
        var provenance = Provenance.exact
        guard let overTime = reading.overTime,
            let (prepared, datapointSeries) = prepared(overTime, number, number, period: period, provenance: &provenance)
        else { return nil }
        var function = prepared
        switch function.value(at: number, of: datapointSeries) {
        case .value: return nil
        case .noData: return datapointSeries.value(number) == nil ? nil : .tooFewDatapoints(metric: reading.metric)
        case .insufficientHistory(let has, let needs):
            return .insufficientHistory(metric: reading.metric, has: Quantity(has), needs: Quantity(needs))
        }
    }

    /// The forecast of a range function at a datapoint; nil if there is none.
    func outlook(at number: Int64, period: Int64) -> ForecastEvidence? {
        guard contradictedFact(at: number, period: period) == nil else { return nil }
        var provenance = Provenance.exact
        guard let overTime = reading.overTime,
            let (prepared, datapointSeries) = prepared(overTime, number, number, period: period, provenance: &provenance)
        else { return nil }
        var function = prepared
        return function.outlook(at: number, of: datapointSeries)
    }
}

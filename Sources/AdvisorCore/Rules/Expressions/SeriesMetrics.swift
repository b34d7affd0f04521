extension Vocabulary {
    /// The metrics whose series a formula reads, including those of derived metrics.
    /// - Parameters:
    ///   - formula: The formula.
    ///   - engine: The engine, by which a metric may be derived; nil for all engines.
    /// - Returns: The metrics.
    public func seriesMetrics(of formula: Formula, engine: String? = nil) -> Set<MetricID> {
        var result: Set<MetricID> = []
        for reading in formula.readings {
            guard let metric = metrics.metrics[reading.metric] else { continue }
            switch metric.origin {
            case .series: result.insert(metric.id)
            case .derived(let texts):
                let own = engine.flatMap { texts[$0] ?? texts["*"] }.map { [$0] }
                for text in own ?? Array(texts.values) {
                    if let inner = derivedFormula(text) {
                        result.formUnion(inner.readings.map(\.metric))
                    }
                }
            }
        }
        return result
    }
}

extension Rule {
    /// Everything that determines the rule's states, as one text: when it changes, the rule is evaluated again.
    public var definition: String {
        [
            when.text, condition?.text ?? "", clear?.text ?? "", "\(sustain.period.milliseconds)",
            sustain.duration.map { "\($0.milliseconds)" } ?? "", sustain.datapoints.map { "\($0.toAlarm)/\($0.evaluated)" } ?? "",
            missing.rawValue, keepFiringFor.map { "\($0.milliseconds)" } ?? "",
        ].joined(separator: " | ") + (fallback == .average ? "" : " | fallback \(fallback.rawValue)")
            + variables.map { " | \($0.definition)" }.joined()
    }
}

extension Alert {
    /// What a rule compared, in CloudWatch's own terms: for receivers that read CloudWatch's alarms.
    public struct Trigger: Hashable, Sendable, Codable {
        /// CloudWatch's namespace; the project's own name for what it derives.
        public var namespace: String
        /// CloudWatch's metric name.
        public var metric: String
        /// The dimension that names the resource; nil when the series names none.
        public var dimension: String?
        /// Length of a datapoint.
        public var period: Duration
        /// N datapoints are looked at.
        public var evaluated: Int
        /// M of them must breach.
        public var toAlarm: Int
        /// `>` or another comparison sign.
        public var sign: String
        /// The threshold, percent 0 to 100, bytes, seconds, a count or US dollars.
        public var threshold: Double
        /// The newest value, as the threshold; nil when missing.
        public var value: Double?
        /// CloudWatch's unit: `Percent`; nil for money, of which it has none.
        public var unit: String?
        /// When that value's datapoint began; nil when missing.
        public var at: Timestamp?

        /// What a finding compared; nil when its rule compares no metric.
        public init?(_ finding: Finding) {
            guard let metric = finding.metric, let sign = finding.sign, let threshold = finding.threshold,
                let measure = finding.measure, threshold.isFinite
            else { return nil }
            if case .series(let namespace, let name) = metric.origin {
                (self.namespace, self.metric) = (namespace, name)
            } else {
                (namespace, self.metric) = ("advisor", metric.id)
            }
            dimension = metric.dimension
            period = finding.evidence.period ?? finding.rule.sustain.period
            evaluated = finding.evidence.datapoints?.evaluated ?? 1
            toAlarm = finding.evidence.datapoints?.toAlarm ?? 1
            let scale = measure.base == .ratio ? 100.0 : 1
            (self.sign, self.threshold) = (sign, threshold * scale)
            value = finding.value.flatMap { $0.isFinite ? $0 * scale : nil }
            unit = Self.unit(measure)
            at = finding.evidence.range.last { $0.value != nil }?.start
        }

        private static func unit(_ measure: QuantityKind) -> String? {
            switch measure.base {
            case .ratio: "Percent"
            case .bytes: measure.isRate ? "Bytes/Second" : "Bytes"
            case .time: "Seconds"
            case .count: measure.isRate ? "Count/Second" : "Count"
            case .money, .text, .boolean, .list: nil
            }
        }
    }
}

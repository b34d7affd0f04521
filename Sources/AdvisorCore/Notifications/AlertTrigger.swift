extension Alert {
    /// What a rule compared, in CloudWatch's terms, for receivers of CloudWatch alarms.
    public struct Trigger: Hashable, Sendable, Codable {
        /// The CloudWatch namespace; the project's own for derived metrics.
        public var namespace: String
        /// The CloudWatch metric name.
        public var metric: String
        /// The dimension that identifies the resource; nil if the series has none.
        public var dimension: String?
        /// The length of a datapoint.
        public var period: Duration
        /// N, the number of evaluated datapoints.
        public var evaluated: Int
        /// M, the number of breaching datapoints.
        public var toAlarm: Int
        /// The comparison operator: `>` or another one.
        public var sign: String
        /// The threshold: percent 0 to 100, bytes, seconds, a count or US dollars.
        public var threshold: Double
        /// The newest value, in the unit of the threshold; nil if missing.
        public var value: Double?
        /// The CloudWatch unit: `Percent`; nil for money, which has none.
        public var unit: String?
        /// The start of that value's datapoint; nil if missing.
        public var at: Timestamp?

        /// Creates the trigger of a finding; nil if its rule compares no metric.
        public init?(_ finding: Finding) {
            guard let metric = finding.metric, let sign = finding.sign, let threshold = finding.threshold,
                let measure = finding.measure, threshold.isFinite
            else { return nil }
            if case .series(let namespace, let name) = metric.origin {
                (self.namespace, self.metric) = (namespace, name)
            } else {
                (namespace, self.metric) = ("advisor", metric.id.rawValue)
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

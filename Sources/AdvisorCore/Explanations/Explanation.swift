/// The state of a rule with every number needed to verify it by hand.
///
/// It depends on samples, facts and a time only, not on recorded states: the same store always gives the same explanation of
/// a time.
public struct Explanation: Sendable {
    /// The explained rule.
    public var rule: Rule
    /// The resource.
    public var resource: Stack.Resource
    /// The time of the evaluation.
    public var asOf: Timestamp
    /// The finding; nil if the rule does not apply.
    public var finding: Finding?
    /// Why there is no alert; nil if datapoints or facts decided.
    public var silence: NoAlertReason?
    /// The rule's `where`; nil if there is none.
    public var condition: Part?
    /// The rule's `when`; nil if `where` excludes the resource.
    public var when: Side?
    /// The rule's `clear`; nil if there is none, or if it is not evaluated.
    public var clear: Side?
    /// The length of a datapoint, and why; nil for a rule on facts.
    public var period: PeriodChoice?
    /// The last evaluation; nil if there was none.
    public var step: Step?
    /// The origin of the threshold; nil if the rule compares no metric.
    public var threshold: Threshold?
    /// The variables that advisor.yaml overrides.
    public var overrides: [RuleSettings.Override] = []

    /// A part of an expression with its value at each datapoint of the range.
    public struct Part: Hashable, Sendable {
        /// The kind of part.
        public enum Kind: String, Sendable { case literal, fact, reading, operation }

        /// The text in a rule file: `avg(cpu)`.
        public var text: String
        /// The kind of part.
        public var kind: Kind
        /// The operator that joins `parts`: `>`, `and`, `not`, `-`; nil unless it is an operation.
        public var sign: String?
        /// The kind of quantity of the values.
        public var measure: QuantityKind
        /// The values, oldest first, in the base unit; nil where missing or unknown. One value if only facts are used.
        public var values: [Fact.Value?]
        /// Why a value is unknown although no series lacks the datapoint; nil if there is none.
        public var unknownReason: UnknownReason?
        /// The index of the selector; nil unless it is one.
        public var reading: Int?
        /// The operands, from left to right.
        public var parts: [Part]
    }

    /// An expression over the datapoints of the range.
    public struct Side: Sendable {
        /// The whole expression.
        public var root: Part
        /// The selectors it reads; parts refer to them by index.
        public var readings: [Selector]
        /// The starts of the datapoints, oldest first; empty if only facts are used.
        public var starts: [Timestamp]
        /// Whether it holds at each datapoint; nil is missing.
        public var holds: [Bool?]
        /// How missing datapoints are treated; for `clear` the opposite of the rule's setting.
        public var missing: MissingData
        /// The counts and the row of the table that decided; nil if only facts are used.
        public var table: MissingDataTable.Lookup?

        /// The datapoints that were considered, as indices of `holds`.
        public var lookedAt: Range<Int> { holds.count - min(holds.count, table?.lookedAt ?? 0)..<holds.count }
    }

    /// The datapoints of one metric with one statistic.
    public struct Selector: Sendable {
        /// The text in a rule file: `avg(cpu, 24h)`.
        public var text: String
        /// The metric; nil if the catalog does not list it.
        public var metric: Metric?
        /// The kind of quantity of its values.
        public var measure: QuantityKind
        /// The statistic.
        public var statistic: Statistic
        /// The range function applied to the datapoints: `forecast`; nil if there is none.
        public var function: String?
        /// The window that ends with each datapoint; nil for the datapoint only.
        public var window: Duration?
        /// The values of the range, oldest first.
        public var datapoints: [Datapoint]
        /// The stored series that it reads, in order; empty for a derived metric.
        public var series: [SeriesKey]
        /// The expression of a derived metric; nil for a series.
        public var derived: Part?
        /// The selectors of `derived`.
        public var inner: [Selector]
        /// How values are computed; nil without data.
        public var derivation: StatisticDerivation?
        /// Whether the samples state no unit, so that the metric's unit is used.
        public var assumesUnit: Bool
    }

    /// A value and its samples.
    public struct Datapoint: Sendable {
        /// The start of the datapoint, or of the window that ends with it.
        public var start: Timestamp
        /// The end.
        public var end: Timestamp
        /// The value in the base unit of the metric; nil is missing.
        public var value: Double?
        /// The number of samples that count, without those that finer samples replace.
        public var sampleCount: Int
        /// The samples; empty if only those of the newest datapoint are shown.
        public var samples: [Contribution]
        /// The number of periods of the window with data; nil without a window.
        public var covered: Int?
        /// The number of periods of the window; nil without a window.
        public var periods: Int?
    }

    /// The contribution of one sample to a datapoint.
    public struct Contribution: Hashable, Sendable {
        /// The start of the sample.
        public var start: Timestamp
        /// The period in milliseconds.
        public var period: Int64
        /// The statistic of the sample in the base unit of the metric; nil if it is unknown.
        public var value: Double?
        /// The sum in the base unit; nil if unknown.
        public var sum: Double?
        /// The count; nil if unknown.
        public var count: Double?
    }

    /// The last evaluation: previous state, decision, new state.
    public struct Step: Sendable {
        /// The end of the last evaluated period; for facts, the time itself.
        public var at: Timestamp
        /// The previous state.
        public var before: Alarm
        /// When the current state began.
        public var after: Alarm
        /// M of N; nil for a rule on facts.
        public var datapoints: Sustain.Datapoints?
        /// The time of `keep_firing_for`, rounded up to whole periods, in milliseconds; nil if there is none.
        public var holding: Int64?
    }

    /// The origin of a threshold.
    public struct Threshold: Hashable, Sendable {
        /// The text in the rule: `80%`, `75% * allocated_storage`.
        public var text: String
        /// The value in the base unit of `measure`; nil if unknown or computed from samples.
        public var value: Double?
        /// The kind of quantity of its value.
        public var measure: QuantityKind
        /// The variables in it, by name.
        public var variables: [Variable]
        /// The facts in it, in order.
        public var facts: [String]
        /// Whether it depends on samples.
        public var readsSamples: Bool
    }
}

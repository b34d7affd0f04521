/// A verdict as a person would check it by hand: every number that it was made of.
///
/// It follows from samples, facts and a time alone, not from what was recorded: the same store gives the same
/// explanation tomorrow for the same time.
public struct Explanation: Sendable {
    /// The rule that is explained.
    public var rule: Rule
    /// What it is evaluated of.
    public var resource: Stack.Resource
    /// The time it is evaluated as of.
    public var asOf: Timestamp
    /// What is said; nil when the rule does not apply.
    public var finding: Finding?
    /// Why nothing is said; nil when datapoints or facts decided.
    public var silence: NoAlertReason?
    /// The rule's `where`; nil without one.
    public var condition: Part?
    /// The rule's `when`; nil when `where` keeps it from being looked at.
    public var when: Side?
    /// The rule's `clear`; nil without one, or when it is not looked at.
    public var clear: Side?
    /// How long a datapoint is, and why; nil for a verdict on facts.
    public var period: PeriodChoice?
    /// The last evaluation; nil when nothing was ever evaluated.
    public var step: Step?
    /// Where the threshold comes from; nil when the rule compares no metric.
    public var threshold: Threshold?
    /// Variables to which the stack file gives other values.
    public var overrides: [RuleSettings.Override] = []

    /// One part of an expression with its value at each datapoint of the range.
    public struct Part: Hashable, Sendable {
        /// What kind of part.
        public enum Kind: String, Sendable { case literal, fact, reading, operation }

        /// As a rule file would have it: `avg(cpu)`.
        public var text: String
        /// What kind of part.
        public var kind: Kind
        /// The word or sign that joins `parts`: `>`, `and`, `not`, `-`; nil unless an operation.
        public var sign: String?
        /// What the values measure.
        public var measure: QuantityKind
        /// Oldest first, in the base of `measure`; nil where missing or unknown. One value where only facts are read.
        public var values: [Fact.Value?]
        /// Why one of them is unknown though no series lacks the datapoint; nil when none is.
        public var unknownReason: UnknownReason?
        /// The number of the side's reading; nil unless a reading.
        public var reading: Int?
        /// What it is made of, from left to right.
        public var parts: [Part]
    }

    /// One expression over the datapoints of the range.
    public struct Side: Sendable {
        /// The whole expression.
        public var root: Part
        /// The datapoints it reads; parts refer to them by number.
        public var readings: [Reading]
        /// Starts of the datapoints, oldest first; empty where only facts are read.
        public var starts: [Timestamp]
        /// Whether it holds of each datapoint; nil is missing.
        public var holds: [Bool?]
        /// What a missing datapoint means here; for `clear` the opposite of the rule's.
        public var missing: MissingData
        /// What was counted, and by which row it is decided; nil where only facts are read.
        public var table: MissingDataTable.Reading?

        /// The datapoints that were looked at, as indices of `holds`.
        public var lookedAt: Range<Int> { holds.count - min(holds.count, table?.lookedAt ?? 0)..<holds.count }
    }

    /// The datapoints of one metric by one statistic.
    public struct Reading: Sendable {
        /// As a rule file would have it: `avg(cpu, 24h)`.
        public var text: String
        /// The metric; nil when the catalog does not know it.
        public var metric: Metric?
        /// What its values measure.
        public var measure: QuantityKind
        /// How a datapoint is summed up.
        public var statistic: Statistic
        /// The function over time that is asked of the datapoints' course: `forecast`; nil for each datapoint by itself.
        public var function: String?
        /// The window that ends with each datapoint; nil for the datapoint itself.
        public var window: Duration?
        /// One a datapoint of the range, oldest first.
        public var datapoints: [Datapoint]
        /// The stored series that it reads, in order; empty for a metric made of others.
        public var series: [SeriesKey]
        /// What a metric made of others is made of; nil for a series.
        public var derived: Part?
        /// The readings of `derived`.
        public var inner: [Reading]
        /// How values are come by: `p95 of 5-minute averages`; nil without data.
        public var statisticWords: String?
        /// Whether the samples state no unit, so that the metric's own is taken.
        public var assumesUnit: Bool
    }

    /// One value and the samples it was made of.
    public struct Datapoint: Sendable {
        /// Start of the datapoint, or of the window that ends with it.
        public var start: Timestamp
        /// Its end.
        public var end: Timestamp
        /// In the base of the metric's measure; nil is missing.
        public var value: Double?
        /// How many samples lie in it; longer ones over whose time there are finer ones are left out.
        public var sampleCount: Int
        /// The samples; empty where only the newest datapoint's are shown.
        public var samples: [Contribution]
        /// How many periods of the window hold data; nil without a window.
        public var covered: Int?
        /// How many periods the window has; nil without a window.
        public var periods: Int?
    }

    /// What one sample gives to a datapoint.
    public struct Contribution: Hashable, Sendable {
        /// Start of the sample.
        public var start: Timestamp
        /// Its period in milliseconds.
        public var period: Int64
        /// The statistic of this sample, in the base of the metric's measure; nil when it does not hold it.
        public var value: Double?
        /// Its sum, in the base of the measure; nil when unknown.
        public var sum: Double?
        /// Its count; nil when unknown.
        public var count: Double?
    }

    /// The last evaluation: what stood before, what the datapoints say, what stands now.
    public struct Step: Sendable {
        /// The end of the period that was evaluated last; for facts, the time itself.
        public var at: Timestamp
        /// What stood before.
        public var before: Alarm
        /// What stands since.
        public var after: Alarm
        /// M of N; nil for a verdict on facts.
        public var datapoints: Sustain.Datapoints?
        /// How long `keep_firing_for` holds, rounded up to whole periods, in milliseconds; nil without it.
        public var holding: Int64?
    }

    /// Where a threshold comes from.
    public struct Threshold: Hashable, Sendable {
        /// As the rule has it: `80%`, `75% * allocated_storage`.
        public var text: String
        /// Its value in the base of `measure`; nil when unknown or made of samples.
        public var value: Double?
        /// What it measures.
        public var measure: QuantityKind
        /// The variables in it, by name.
        public var variables: [Variable]
        /// The facts in it, in order.
        public var facts: [String]
        /// Whether samples decide it.
        public var readsSamples: Bool
    }
}

/// What a run does that nobody watches: what it reads, whom it tells when, what it keeps.
public struct RunConfiguration: Hashable, Sendable {
    /// One thing that a run ingests.
    public struct Input: Hashable, Sendable {
        /// Where samples come from.
        public enum Source: Hashable, Sendable {
            /// A file, a folder (all its files, those of its folders included), or a pattern such as `exports/*.jsonl.gz`.
            case files(String)
            /// What a program prints: its name and its arguments, without a shell. `{start}` and `{end}` stand for the interval
            /// of time that is asked for.
            case command([String])
        }

        /// Where samples come from.
        public var source: Source
        /// An id of `SampleFormat.all`; nil: detected.
        public var format: String?
        /// The file with the queries that `get-metric-data` was asked with; nil without.
        public var queries: String?
        /// The metric that a bare CSV holds; nil when the input says.
        public var metric: String?
        /// The resource that a bare CSV is of; nil when the input says.
        public var resource: String?
        /// The namespace of bare put-metric-data arrays; nil without.
        public var namespace: String?
        /// How long a command may take.
        public var timeout: Duration
        /// How far before the last run a command is asked to begin: data comes late.
        public var overlap: Duration

        /// An input with the defaults.
        public init(_ source: Source) {
            self.source = source
            (timeout, overlap) = (.seconds(60), .seconds(3 * 3600))
        }
    }

    /// In the order of the file.
    public var inputs: [Input]
    /// When whom is told.
    public var alerts: AlertSettings
    /// What is kept for how long.
    public var retention: Retention

    /// Nothing to read; defaults for the rest.
    public init() {
        inputs = []
        alerts = AlertSettings()
        retention = .cloudWatch
    }
}

/// When alerts are told.
public struct AlertSettings: Hashable, Sendable {
    /// How long a first alert of a resource waits for more of the same resource; zero: what one evaluation finds is told
    /// together, at once.
    public var groupWait: Duration
    /// How often what stands is told again; nil: once.
    public var repeatEvery: Duration?
    /// How old the newest sample may be before somebody is told; nil: never told.
    public var staleAfter: Duration?
    /// When only what is urgent is told; nil: never.
    public var quietHours: QuietHours?

    /// At once, again after a day, stale after two hours, no quiet hours.
    public init(
        groupWait: Duration = .zero, repeatEvery: Duration? = .seconds(86_400), staleAfter: Duration? = .seconds(7200),
        quietHours: QuietHours? = nil
    ) {
        (self.groupWait, self.repeatEvery, self.staleAfter) = (groupWait, repeatEvery, staleAfter)
        self.quietHours = quietHours
    }
}

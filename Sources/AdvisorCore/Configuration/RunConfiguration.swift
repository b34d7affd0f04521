public import Foundation

/// The configuration of `advisor run`: inputs, notifications, retention.
public struct RunConfiguration: Hashable, Sendable {
    /// One input of a run.
    public struct Input: Hashable, Sendable {
        /// The source of samples.
        public enum Source: Hashable, Sendable {
            /// A file, a folder (with its subfolders), or a pattern such as `exports/*.jsonl.gz`.
            case files(String)
            /// The output of a program, given with its arguments and run without a shell. `{start}` and `{end}` are replaced
            /// by the requested interval.
            case command([String])
        }

        /// The source of samples.
        public var source: Source
        /// An id of `SampleFormat.all`; nil to detect the format.
        public var format: String?
        /// The file with the queries of `get-metric-data`; nil if there is none.
        public var queries: String?
        /// The metric of a CSV without a metric column; nil otherwise.
        public var metric: String?
        /// The resource of a CSV without a resource column; nil otherwise.
        public var resource: String?
        /// The namespace of bare put-metric-data arrays; nil otherwise.
        public var namespace: String?
        /// The zone of times without one; nil for UTC.
        public var zone: TimeZone?
        /// The timeout of a command.
        public var timeout: Duration
        /// The overlap of a command's interval with the previous one, since data arrives late.
        public var overlap: Duration

        /// Creates an input with defaults.
        public init(_ source: Source) {
            self.source = source
            (timeout, overlap) = (.seconds(60), .seconds(3 * 3600))
        }
    }

    /// The inputs in file order.
    public var inputs: [Input]
    /// When to notify.
    public var alerts: AlertSettings
    /// How long samples are kept.
    public var retention: Retention
    /// How many daily backups of the store are kept beside it.
    public var backupsKept: Int
    /// The group of the system that may read the store; nil for its owner alone.
    public var storeGroup: String?

    /// Creates a configuration without inputs, and with defaults.
    public init() {
        inputs = []
        alerts = AlertSettings()
        retention = .cloudWatch
        backupsKept = 7
    }
}

/// When alerts are sent.
public struct AlertSettings: Hashable, Sendable {
    /// How long a first alert of a resource waits for others of the same resource; zero to send at once what one evaluation
    /// finds.
    public var groupWait: Duration
    /// The interval at which active alarms are notified again; nil to notify once.
    public var repeatEvery: Duration?
    /// The age of the newest sample at which missing data is notified; nil for never.
    public var staleAfter: Duration?
    /// The quiet hours; nil if there are none.
    public var quietHours: QuietHours?

    /// Creates a policy: at once, again after a day, stale after two hours, no quiet hours.
    public init(
        groupWait: Duration = .zero, repeatEvery: Duration? = .seconds(86_400), staleAfter: Duration? = .seconds(7200),
        quietHours: QuietHours? = nil
    ) {
        (self.groupWait, self.repeatEvery, self.staleAfter) = (groupWait, repeatEvery, staleAfter)
        self.quietHours = quietHours
    }
}

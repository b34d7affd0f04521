public import AdvisorCore
public import AdvisorStore

/// How the runs of a store are doing: the last run, the age of the data, pending alerts.
public struct RunStatus: Sendable {
    /// When it was asked for.
    public var now: Timestamp
    /// The last run; nil before the first.
    public var lastRun: RunRecord?
    /// The newest evaluated time; nil before the first evaluation.
    public var lastEvaluation: Timestamp?
    /// The start of the newest sample; nil without any.
    public var newestSample: Timestamp?
    /// Deliveries by receiver.
    public var receivers: [ReceiverStatus]
    /// Alert groups with an active alert, by key.
    public var activeGroups: [(key: String, state: AlertGroupState)]
    /// How many alerts were suppressed so far.
    public var suppressed: Int
    /// How many resources are not evaluated, because they are not declared and too many.
    public var ignoredResources: Int
    /// Resources whose data is late.
    public var stale: [AlertGroupBuilder.Freshness]
    /// When the first of the mute time intervals that hold now ends, and its reason; nil when none holds.
    public var mute: (until: Timestamp, reason: String?)?
    /// When the next snoozed recommendation reopens, and its resource; nil when none is snoozed.
    public var snooze: (until: Timestamp, resource: String)?

    /// Reads the status of a store.
    /// - Throws: `StoreFailure`.
    public init(store: Store, project: Project, now: Timestamp) throws {
        self.now = now
        lastRun = try store.runs(limit: 1).first
        lastEvaluation = try store.lastEvaluation()
        receivers = try store.receiverStatuses()
        activeGroups = try store.openAlertGroups()
        suppressed = try store.suppressedAlertCount()
        let limit = project.stack.unattended.alerts.staleAfter ?? AlertSettings().staleAfter ?? .zero
        let loader = try HistoryLoader(store: store, project: project, now: now)
        newestSample = loader.newestSample
        ignoredResources = loader.ignored
        stale = loader.freshness().filter { AlertGroupBuilder.isStale($0, at: now, after: limit) }
        mute = project.stack.language.mutes.compactMap { mute in mute.end(at: now).map { ($0, mute.reason) } }.min { $0.0 < $1.0 }
        snooze = try store.recommendations().filter { $0.isCurrent && $0.state == .snoozed }
            .compactMap { record in record.until.map { ($0, record.resource) } }.min { $0.0 < $1.0 }
    }
}

public import AdvisorCore
internal import GRDB

/// What a store holds, in a form that changes with every ingest, evaluation and change of a recommendation.
public struct StoreGeneration: Hashable, Sendable {
    let text: String
}

/// Everything that one evaluation writes, in one transaction.
public struct EvaluationCommit: Sendable {
    /// The time of the evaluation.
    public var at: Timestamp
    /// The store's generation before its samples were read.
    public var generation: StoreGeneration
    /// Every alarm there is now; stored alarms that are not among them are deleted.
    public var alarms: [AlarmRecord] = []
    /// Recommendations that are new or changed, each with its number.
    public var recommendations: [RecommendationRecord] = []
    /// What happened to them, in order.
    public var recommendationChanges: [RecommendationChange] = []
    /// What was notified of budgets; other budgets and months stay as they are.
    public var budgets: [BudgetNotificationState] = []
    /// The resources evaluated, whose tiers are recorded where they changed.
    public var resources: [Stack.Resource] = []
    /// Those without samples; their first evaluation is recorded.
    public var watched: [ResourceKey] = []
    /// What is notified, and to which receivers.
    public var notifications = NotificationCommit()

    /// Creates a commit of nothing.
    public init(at: Timestamp, generation: StoreGeneration) { (self.at, self.generation) = (at, generation) }
}

/// Alert groups that changed, and the alerts to enqueue.
public struct NotificationCommit: Sendable {
    /// The new state of each alert group that changed, by its key.
    public var groups: [String: AlertGroupState] = [:]
    /// What to enqueue, in order.
    public var requests: [AlertPolicy.NotificationRequest] = []

    /// Creates a commit of nothing.
    public init() {}
}

/// What became of a commit.
public enum CommitOutcome: Sendable {
    /// Everything is stored.
    case committed
    /// Nothing is stored: the store changed since its samples were read, so they must be read again.
    case storeChanged
}

extension Store {
    /// The store's generation now.
    /// - Throws: `StoreFailure`.
    public func generation() throws -> StoreGeneration { try read(Self.generation) }

    /// Stores an evaluation, all of it or nothing.
    /// - Throws: `StoreFailure`.
    public func commit(_ evaluation: EvaluationCommit) throws -> CommitOutcome {
        try write { database in
            guard try Self.generation(database) == evaluation.generation else { return .storeChanged }
            try AlarmTable.replaceAll(with: evaluation.alarms, database)
            for record in evaluation.recommendations { try RecommendationTable.save(record, database) }
            for change in evaluation.recommendationChanges { try RecommendationChangeTable.add(change, database) }
            try BudgetNotificationTable.save(evaluation.budgets, database)
            try TierChangeTable.observe(evaluation.resources, at: evaluation.at, database)
            try WatchedResourceTable.record(evaluation.watched, at: evaluation.at, database)
            try evaluation.notifications.save(at: evaluation.at, database)
            try SeriesTable.clearChanges(before: evaluation.at, database)
            try EvaluationTable.record(at: evaluation.at, database)
            return .committed
        }
    }

    /// Stores notifications that belong to no evaluation.
    /// - Throws: `StoreFailure`.
    public func commit(_ notifications: NotificationCommit, at now: Timestamp) throws {
        try write { try notifications.save(at: now, $0) }
    }

    /// The checkpoint that counts the batches of samples that were stored.
    private static let writesCheckpoint = "sample-writes"

    /// Notes that samples are written, as part of a transaction.
    static func countWrite(_ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO checkpoint(name, at) VALUES ('\(writesCheckpoint)', 1)
                ON CONFLICT (name) DO UPDATE SET at = at + 1
                """
        ).execute()
    }

    private static func generation(_ database: Database) throws -> StoreGeneration {
        let text = try String.fetchOne(
            database,
            sql: """
                SELECT (SELECT coalesce(max(id), 0) FROM ingest) || ' '
                    || coalesce((SELECT at FROM checkpoint WHERE name = '\(writesCheckpoint)'), 0) || ' '
                    || (SELECT coalesce(max(id), 0) FROM evaluation) || ' ' || (SELECT coalesce(max(id), 0) FROM recommendationChange)
                """)
        return StoreGeneration(text: text ?? "")
    }
}

extension NotificationCommit {
    /// Writes the groups and enqueues the alerts, as part of a transaction.
    fileprivate func save(at now: Timestamp, _ database: Database) throws {
        for (key, group) in groups.sorted(by: { $0.key < $1.key }) { try AlertGroupTable.save(group, key: key, database) }
        for request in requests {
            let receivers = try Self.receivers(of: request, database)
            try OutboxEntryTable.enqueue([request.alert], to: receivers, at: now, notBefore: request.notBefore, in: database)
        }
    }

    /// The receivers of a request without those to which it says nothing new.
    private static func receivers(of request: AlertPolicy.NotificationRequest, _ database: Database) throws -> [String] {
        var receivers = request.endpoints
        if request.isRepeat {
            // Where the last alert has not arrived yet, another one adds nothing.
            let pending = try OutboxEntryTable.receiversPending(group: request.alert.key, database)
            receivers.removeAll(where: pending.contains)
        }
        if request.alert.kind == .resolved, !request.isWhole {
            // A receiver that never got the alert needs no end of it.
            let unreached = try OutboxEntryTable.receiversUnreached(group: request.alert.key, database)
            receivers.removeAll(where: unreached.contains)
        }
        return receivers
    }
}

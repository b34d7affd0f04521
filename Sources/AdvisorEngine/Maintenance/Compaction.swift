public import AdvisorCore
public import AdvisorStore

/// Applies the retention to a whole store at once.
public struct Compaction: Sendable {
    /// What becomes of the room that old samples took.
    public enum Space: Sendable {
        /// It is given back to the file system.
        case returned
        /// The file keeps its size, and new samples use it.
        case kept
    }

    /// What was rolled up and dropped.
    public var result: RetentionJob.Result
    /// The size of the store before.
    public var bytesBefore: Int
    /// The size of the store afterwards.
    public var bytesAfter: Int

    /// Compacts a store.
    /// - Throws: `StoreFailure`; then the transactions before it remain.
    public init(of store: Store, _ project: Project, space: Space, at now: Timestamp) throws {
        bytesBefore = try store.size().bytes
        result = try RetentionJob(
            store: store, retention: project.stack.unattended.retention, now: now,
            holds: try RetentionJob.holds(of: store, project, at: now)
        ).run()
        switch space {
        case .returned: try store.vacuum()
        case .kept: break
        }
        bytesAfter = try store.size().bytes
    }
}

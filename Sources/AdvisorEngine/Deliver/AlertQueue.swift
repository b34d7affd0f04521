public import AdvisorCore
public import AdvisorStore

/// The alerts of a store with what became of them.
public struct AlertQueue: Sendable {
    /// One entry with its delivery attempts, the first one first.
    public struct Detail: Sendable {
        /// The alert, its receiver and its state.
        public var entry: OutboxEntry
        /// What was tried.
        public var attempts: [DeliveryAttempt]
    }

    private let store: Store

    /// Creates the queue of a store.
    public init(store: Store) { self.store = store }

    /// The entries, newest first.
    /// - Parameters:
    ///   - states: In which state; empty for all.
    ///   - receiver: To which receiver; nil for all.
    ///   - limit: At most so many.
    /// - Returns: The entries.
    /// - Throws: `StoreFailure`.
    public func entries(in states: [OutboxEntry.State], receiver: String?, limit: Int) throws -> [OutboxEntry] {
        try store.outbox(states: states.isEmpty ? OutboxEntry.State.allCases : states, receiver: receiver, limit: limit)
    }

    /// The entries of one alert with their attempts.
    /// - Parameter id: The alert's id, or its beginning.
    /// - Returns: One entry a receiver.
    /// - Throws: `ExitError` when there is no such alert or several, else `StoreFailure`.
    public func details(ofAlert id: String) throws -> [Detail] {
        try entries(ofAlert: id).map { Detail(entry: $0, attempts: try store.attempts(of: $0)) }
    }

    /// Queues alerts again that are pending, paused or failed.
    /// - Parameters:
    ///   - ids: Ids of alerts, or their beginnings; empty for all that a receiver did not accept.
    ///   - receiver: Only to this receiver; nil for all.
    ///   - now: When they are due.
    /// - Returns: How many are queued again.
    /// - Throws: `ExitError` when there is no such alert or several, else `StoreFailure`.
    public func retry(_ ids: [String], receiver: String?, at now: Timestamp) throws -> Int {
        guard !ids.isEmpty else {
            return try store.retry(store.outbox(states: [.pending, .failed, .held], receiver: receiver), at: now)
        }
        let entries = try ids.flatMap(entries(ofAlert:))
        return try store.retry(entries.filter { receiver == nil || $0.receiver == receiver }, at: now)
    }

    private func entries(ofAlert id: String) throws -> [OutboxEntry] {
        let entries = try store.outbox(alert: id)
        guard !id.isEmpty, !entries.isEmpty else {
            throw ExitError(.noInput, "advisor: no alert '\(SafeText.terminal(id))'; `advisor alerts list` shows those there are")
        }
        guard Set(entries.map(\.alert.id)).count == 1 else {
            throw ExitError(.usage, "advisor: several alerts begin with '\(SafeText.terminal(id))'; give more of the id")
        }
        return entries
    }
}

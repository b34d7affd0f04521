public import AdvisorCore
internal import AdvisorStore

/// What a delivery pass did, and what is left to do.
public struct DeliveryResult: Sendable {
    /// What was done, by receiver in the order of the file; receivers to which nothing was due are left out.
    public var tallies: [OutboxRelay.Tally]
    /// How many alerts are still to be delivered.
    public var pending: Int
    /// How many of them were tried without success.
    public var retrying: Int
    /// When the first of those is tried again; nil without any.
    public var nextAttempt: Timestamp?

    /// `refused` when a receiver refused for good, else `tryAgain` while something may succeed later.
    public var status: ExitStatus {
        if tallies.contains(where: { $0.failed > 0 || $0.disabled != nil }) { return .refused }
        return nextAttempt != nil || tallies.contains { $0.postponed > 0 } ? .tryAgain : .done
    }
}

extension OutboxRelay {
    /// One pass over everything that is due, with what is left afterwards.
    /// - Throws: `StoreFailure`.
    public func deliver() throws -> DeliveryResult {
        let tallies = try pass()
        let retrying = try store.outbox(states: [.pending, .leased]).filter { $0.attempts > 0 }
        return DeliveryResult(
            tallies: tallies, pending: try store.receiverStatuses().map(\.pending).reduce(0, +), retrying: retrying.count,
            nextAttempt: retrying.map(\.nextAttemptAt).min())
    }
}

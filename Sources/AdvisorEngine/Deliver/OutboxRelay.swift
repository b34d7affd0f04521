public import AdvisorCore
public import AdvisorFormats
public import AdvisorNetwork
public import AdvisorStore
internal import Dispatch
internal import Foundation

/// Delivers pending alerts to receivers: at least once, with the same id on every attempt.
///
/// Receivers are served in parallel, so that a slow one does not delay others; each gets its alerts one after another.
public struct OutboxRelay: Sendable {
    /// The result of one pass for one receiver.
    public struct Tally: Hashable, Sendable {
        /// The name of the receiver.
        public var endpoint: String
        /// Delivered alerts.
        public var delivered = 0
        /// The entries that are to be retried.
        var retried: Set<Int64> = []
        /// Alerts to be retried, whatever the number of their attempts.
        public var postponed: Int { retried.count }
        /// Failed alerts.
        public var failed = 0
        /// Why it is disabled; nil if it is enabled.
        public var disabled: String?
        /// The last error; nil if there was none.
        public var problem: String?
    }

    /// Timeouts.
    public struct Limits: Sendable {
        /// The timeout of one attempt.
        public var attempt = Duration.seconds(20)
        /// The duration of the pass, after which no attempt begins.
        public var pass = Duration.seconds(120)
        /// How long a pass waits for an alert that is due soon, such as after the first five seconds of the schedule.
        public var patience = Duration.seconds(8)

        /// The default limits.
        public init() {}
    }

    let store: Store
    private let stack: Stack
    private let reader: SecretReader
    private let environment: RelayEnvironment
    private let limits: Limits
    private let language: any Language
    private let report: @Sendable (DeliveryEvent) -> Void
    /// The number of consecutive failures after which a receiver is skipped for the rest of the pass.
    private static let failuresInARow = 2

    /// Creates a relay from a store to the receivers of a stack; `language` is that of alerts that were never tried, `report`
    /// is called after each attempt.
    public init(
        store: Store, stack: Stack, reader: SecretReader, environment: RelayEnvironment, limits: Limits = Limits(),
        language: any Language, report: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
    ) {
        (self.store, self.stack, self.reader) = (store, stack, reader)
        (self.environment, self.limits, self.language, self.report) = (environment, limits, language, report)
    }

    /// One pass over all due entries.
    /// - Returns: The results by receiver in file order; receivers without due entries are left out.
    /// - Throws: `StoreFailure` if the store cannot be used; deliveries until then are recorded.
    public func pass() throws -> [Tally] {
        let begin = environment.clock()
        try store.holdUnknown(besides: stack.webhooks.map(\.name))
        for webhook in stack.webhooks {
            guard let interval = webhook.resendInterval else { continue }
            try store.refresh(receiver: webhook.name, every: interval, now: begin)
        }
        var tallies: [String: Tally] = [:]
        // A disabled receiver creates an alert for the others, which the second round delivers.
        for _ in 0..<2 {
            let round = try serveAll(until: begin + limits.pass)
            for tally in round { tallies[tally.endpoint, default: Tally(endpoint: tally.endpoint)].add(tally) }
            if round.allSatisfy({ $0.disabled == nil }) { break }
        }
        return stack.webhooks.compactMap { tallies[$0.name] }.filter { $0 != Tally(endpoint: $0.endpoint) }
    }

    private func serveAll(until end: Timestamp) throws -> [Tally] {
        let results = Results()
        let group = DispatchGroup()
        for webhook in stack.webhooks {
            group.enter()
            // One thread per receiver: threads wait for the network, and in a pool slow ones would block others.
            Thread.detachNewThread {
                results.add(Result { try serve(webhook, until: end) })
                group.leave()
            }
        }
        group.wait()
        return try results.all()
    }

    private final class Results: @unchecked Sendable {
        private let lock = NSLock()
        private var results: [Result<Tally, any Error>] = []  // under the lock

        func add(_ result: Result<Tally, any Error>) { lock.withLock { results.append(result) } }
        func all() throws -> [Tally] { try lock.withLock { results }.map { try $0.get() } }
    }

    private func serve(_ webhook: Stack.Receiver, until end: Timestamp) throws -> Tally {
        var tally = Tally(endpoint: webhook.name)
        var failures = 0
        var patience = limits.patience
        let lease = limits.attempt + .seconds(30)
        while !environment.isEnding(), environment.clock() < end, failures < Self.failuresInARow, tally.disabled == nil {
            let now = environment.clock()
            let entry = try store.claim(
                receiver: webhook.name, now: environment.clock(), for: lease, lease: environment.lease(),
                holder: environment.holder,
                render: { AlertMessage($0, in: language) })
            guard let entry else {
                guard let next = try store.nextAttempt(receiver: webhook.name, after: now), next - now <= patience else { break }
                patience = patience - (next - now)
                environment.wait(next - now)
                continue
            }
            let isDelivered = try attempt(entry, webhook, &tally)
            failures = isDelivered ? 0 : failures + 1
        }
        return tally
    }

    /// Makes one attempt and records the result.
    private func attempt(_ entry: OutboxEntry, _ webhook: Stack.Receiver, _ tally: inout Tally) throws -> Bool {
        let begin = environment.clock()
        let started = DispatchTime.now()
        let result: Result<String, DeliveryFailure>
        do {
            result = .success(try sink(webhook).deliver(entry.renderedMessage(in: language), at: begin, within: limits.attempt))
        } catch {
            result = .failure(error)
        }
        let took = Duration.nanoseconds(Int64(clamping: DispatchTime.now().uptimeNanoseconds &- started.uptimeNanoseconds))
        func record(_ outcome: DeliveryAttempt.Outcome, _ reason: String) -> DeliveryAttempt {
            DeliveryAttempt(at: begin, outcome: outcome, took: took, reason: reason)
        }
        let now = environment.clock()
        func event(_ outcome: DeliveryEvent.Outcome) -> DeliveryEvent {
            DeliveryEvent(
                outcome: outcome, receiver: webhook.name, format: webhook.format, alert: entry.alert.id,
                attempt: entry.attempts + 1)
        }
        switch result {
        case .success(let said):
            try store.markDelivered(entry, record(.delivered, said), now: now)
            tally.delivered += 1
            tally.retried.remove(entry.id)
            report(event(.delivered))
            return true
        case .failure(let failure):
            tally.problem = failure.reason
            report(event(.notDelivered(reason: failure.reason)))
            try settle(failure, entry, webhook, record, now, &tally)
            return false
        }
    }

    private func settle(
        _ failure: DeliveryFailure, _ entry: OutboxEntry, _ webhook: Stack.Receiver,
        _ record: (DeliveryAttempt.Outcome, String) -> DeliveryAttempt, _ now: Timestamp, _ tally: inout Tally
    ) throws {
        switch failure {
        case .permanent(let reason):
            try store.markFailed(entry, record(.failed, reason), now: now)
            tally.failed += 1
            tally.retried.remove(entry.id)
        case .gone(let reason):
            // The alert itself is paused until the receiver is enabled again.
            try store.markRetry(entry, record(.retry, reason), next: now)
            tally.retried.insert(entry.id)
            try disable(webhook, because: reason, at: now, &tally)
        case .retryable(let reason, let wish):
            let attempts = entry.attempts + 1
            if let pause = RetrySchedule.pause(after: attempts, wish: wish, jitter: environment.jitter()) {
                try store.markRetry(entry, record(.retry, reason), next: now + pause, pausing: wish.map { now + $0 })
                tally.retried.insert(entry.id)
            } else {
                try store.markFailed(entry, record(.failed, "\(reason); given up after \(attempts) attempts"), now: now)
                tally.failed += 1
                tally.retried.remove(entry.id)
                // The whole schedule without one success: the receiver is gone. Where others got through, it was the alert.
                if try !store.hasDelivered(receiver: webhook.name, since: entry.enqueuedAt) {
                    try disable(webhook, because: "no success in \(attempts) attempts: \(reason)", at: now, &tally)
                }
            }
        }
    }

    /// Disables a receiver, and notifies the others.
    private func disable(_ webhook: Stack.Receiver, because reason: String, at now: Timestamp, _ tally: inout Tally) throws {
        let alert = Alert.endpointDisabled(webhook, because: reason, stack: stack, at: now)
        let others = stack.endpoints(for: alert).map(\.name).filter { $0 != webhook.name }
        try store.disable(receiver: webhook.name, because: reason, at: now, notifying: alert, to: others)
        tally.disabled = reason
        report(DeliveryEvent(outcome: .disabled(reason: reason), receiver: webhook.name, format: webhook.format))
    }

    private func sink(_ webhook: Stack.Receiver) throws(DeliveryFailure) -> any Sink {
        do { return try SinkFactory(stack: stack, reader: reader).sink(webhook) } catch {
            // The secret may be there at the next attempt; the alert stays pending until then.
            throw .retryable(reason: error.problem, after: nil)
        }
    }
}

extension OutboxRelay.Tally {
    fileprivate mutating func add(_ other: Self) {
        delivered += other.delivered
        retried.formUnion(other.retried)
        failed += other.failed
        disabled = other.disabled ?? disabled
        problem = other.problem ?? problem
    }
}

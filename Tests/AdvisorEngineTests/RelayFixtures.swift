import AdvisorCore
import AdvisorEngine
import AdvisorTestSupport
import Foundation
import Synchronization

/// A clock that only waiting moves.
final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var time = Sending.now
    private var leases = 0

    var now: Timestamp {
        get { lock.withLock { time } }
        set { lock.withLock { time = newValue } }
    }

    var environment: RelayEnvironment {
        RelayEnvironment(
            clock: { self.now }, jitter: { 0 },
            lease: {
                self.lock.withLock {
                    self.leases += 1
                    return "lease \(self.leases)"
                }
            },
            wait: { self.now = self.now + $0 })
    }
}

/// Everything that a relay reported.
final class EventLog: Sendable {
    private let events = Mutex<[DeliveryEvent]>([])
    var all: [DeliveryEvent] { events.withLock { $0 } }
    var report: @Sendable (DeliveryEvent) -> Void { { event in self.events.withLock { $0.append(event) } } }
}

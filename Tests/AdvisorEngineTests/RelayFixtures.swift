import AdvisorCore
import AdvisorEngine
import AdvisorTestSupport
import Foundation
import Logging

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

/// Everything that was logged.
final class LogSink: @unchecked Sendable {
    private let lock = NSLock()
    private var text = ""
    var all: String { lock.withLock { text } }
    func add(_ line: String) { lock.withLock { text += line + "\n" } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(sink: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let sink: LogSink
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            sink.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
        }
    }
}

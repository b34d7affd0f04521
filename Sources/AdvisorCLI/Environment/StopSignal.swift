import AdvisorNetwork
import Dispatch
import Glibc
import Synchronization

/// Notes that the program is asked to end, so that it ends between two transactions; a second signal ends it at once.
package final class StopSignal: Sendable {
    private let caught = Mutex<Int32?>(nil)
    /// Kept alive as long as the signals are listened to; set before the signal is shared, and not used again.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    /// A signal that nothing raises.
    package init() {}

    /// A signal that is raised when this process is interrupted or terminated, or loses its terminal; `nohup` keeps it running.
    static func listening() -> StopSignal {
        let stop = StopSignal()
        let queue = DispatchQueue(label: "advisor.signals")
        let isKeptRunning = Self.isIgnored(SIGHUP)
        stop.sources = ([SIGINT, SIGTERM] + (isKeptRunning ? [] : [SIGHUP])).map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak stop] in stop?.raise(number) }
            source.resume()
            return source
        }
        return stop
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1  // SIG_IGN
    }

    private func raise(_ number: Int32) {
        let isSecond = caught.withLock { before in
            defer { before = number }
            return before != nil
        }
        if isSecond { Self.end(by: number) }
    }

    /// Whether to stop.
    var isRaised: Bool { caught.withLock { $0 != nil } }

    /// Ends the process with the signal, if there was one, so that its parent sees the cause.
    func endIfRaised() {
        if let number = caught.withLock({ $0 }) { Self.end(by: number) }
    }

    private static func end(by number: Int32) {
        ChildProcess.terminateAll()
        signal(number, SIG_DFL)
        // Dispatch blocks the signals that it listens to.
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        Glibc.raise(number)
    }
}

import Dispatch
import Glibc
import Synchronization

/// Notes that somebody wants the program to end, so that it ends between two transactions; a second time ends it at once.
final class StopSignal: Sendable {
    private final class Caught: Sendable {
        let number = Mutex<Int32?>(nil)
    }

    private let caught = Caught()
    // Only kept, never used again.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Begins to listen for interrupt and terminate.
    init() {
        let queue = DispatchQueue(label: "advisor.signals")
        sources = [SIGINT, SIGTERM].map { [caught] number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                let isSecond = caught.number.withLock { before in
                    defer { before = number }
                    return before != nil
                }
                if isSecond { Self.end(by: number) }
            }
            source.resume()
            return source
        }
    }

    /// Whether to end.
    var isRaised: Bool { caught.number.withLock { $0 != nil } }

    /// Ends the process as the signal would have, if there was one: whoever waits for it sees why.
    func endIfRaised() {
        if let number = caught.number.withLock({ $0 }) { Self.end(by: number) }
    }

    private static func end(by number: Int32) {
        signal(number, SIG_DFL)
        // Dispatch holds back the signals that it listens to.
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
    }
}

internal import AdvisorCore
internal import Foundation
internal import Glibc

/// Held by the current run of a store; the system releases it when the process ends, however it ends.
public final class RunLock {
    private let descriptor: Int32

    /// Waits for another run of the store to end.
    /// - Throws: `ExitError` with 75 if it does not end in time, and with 74 if the lock is impossible.
    public init(besides store: String, files: FileSystem, patience: Duration, isStopped: () -> Bool) throws {
        let path = store + ".lock"
        descriptor = open(files.resolve(path), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ExitError(.io, "advisor: \(path): cannot be created: \(String(cString: strerror(errno)))")
        }
        let begin = ContinuousClock.now
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw ExitError(.io, "advisor: \(path): cannot be locked: \(reason)")
            }
            guard ContinuousClock.now - begin < patience, !isStopped() else {
                close(descriptor)
                throw ExitError(.tryAgain, "advisor: locked by another run of \(store); try again, or --wait 5m")
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    deinit { close(descriptor) }
}

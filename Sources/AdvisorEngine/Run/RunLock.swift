internal import AdvisorCore
internal import Foundation
internal import Glibc

/// Held by the current run of a store; the system releases it when the process ends, however it ends.
public final class RunLock {
    private let descriptor: Int32

    /// Waits for another run of the store to end.
    /// - Throws: `ExitError` with 75 if it does not end in time, and with 74 if the lock is impossible.
    public init(besides store: String, files: FileSystem, patience: Duration, isStopped: () -> Bool) throws {
        // Beside the store itself, whichever link leads to it.
        let path = (files.realPath(store) ?? files.resolve(store)) + ".lock"
        let begin = ContinuousClock.now
        while true {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else {
                let reason = errno == ELOOP ? "it is a link" : String(cString: strerror(errno))
                throw ExitError(.io, "advisor: \(store).lock: cannot be created: \(reason)")
            }
            // Whatever the umask; who may not change it has no need to.
            fchmod(file, 0o600)
            while flock(file, LOCK_EX | LOCK_NB) != 0 {
                let code = errno
                let isTaken = code == EWOULDBLOCK || code == EINTR
                guard isTaken, ContinuousClock.now - begin < patience, !isStopped() else {
                    close(file)
                    if isTaken {
                        throw ExitError(.tryAgain, "advisor: locked by another run of \(store); try again, or --wait 5m")
                    }
                    throw ExitError(.io, "advisor: \(store).lock: cannot be locked: \(String(cString: strerror(code)))")
                }
                Thread.sleep(forTimeInterval: 0.05)
            }
            var (held, present) = (stat(), stat())
            // A lock on a file that was removed or replaced meanwhile locks nothing.
            if fstat(file, &held) == 0, stat(path, &present) == 0, held.st_ino == present.st_ino {
                descriptor = file
                return
            }
            close(file)
        }
    }

    deinit { close(descriptor) }
}

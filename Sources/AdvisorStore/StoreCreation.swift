internal import Foundation
internal import GRDB

/// Creates a store so that at its path there is either nothing or a whole store, whoever is killed or comes at the same time.
///
/// It is built in a file beside it, under a lock, and linked into place. The migrator commits its own table before the first
/// migration, so a store that was built in place and killed would look like another program's database.
struct StoreCreation {
    /// The path without links.
    let path: String
    /// Called while another process creates it; false gives up.
    let wait: () -> Bool

    private var newPath: String { path + ".new" }
    private var lockPath: String { path + ".new.lock" }

    init(path: String, wait: @escaping () -> Bool) {
        self.path = Self.target(of: path)
        self.wait = wait
    }

    /// Whether there is a file with content.
    var exists: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size > 0
    }

    /// Creates the store unless there is one.
    /// - Parameter build: Makes a store of an empty file, and closes it.
    /// - Throws: `CreationFailure`, or the errors of `build`.
    func create(_ build: (String) throws -> Void) throws {
        let lock = try takeLock()
        defer {
            unlink(lockPath)
            close(lock)
        }
        if exists { return }
        removeNew()
        // The log of a store that was removed would be replayed into the new one.
        for suffix in ["-wal", "-journal"] { _ = rename(path + suffix, path + suffix + ".orphaned") }
        unlink(path + "-shm")
        try CreationFailure.createFile(newPath)
        do { try build(newPath) } catch {
            removeNew()
            throw error
        }
        try putInPlace()
    }

    /// Removes the files of a creation that was killed after its store was in place; those of a running one stay.
    func removeLeftovers() {
        let lock = open(lockPath, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else { return }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return }
        removeNew()
        unlink(lockPath)
    }

    private func removeNew() {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(newPath + suffix) }
    }

    private func putInPlace() throws {
        var status = stat()
        // An empty file is replaced; anything else that appeared meanwhile stays.
        let isEmptyFile = stat(path, &status) == 0 && status.st_size == 0
        if isEmptyFile || link(newPath, path) != 0 {
            let hasNoLinks = [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(errno)
            guard isEmptyFile || hasNoLinks else {
                let failure = CreationFailure(path: path)
                unlink(newPath)
                if failure.code == EEXIST { return }
                throw failure
            }
            guard rename(newPath, path) == 0 else { throw CreationFailure(path: path) }
        } else {
            unlink(newPath)
        }
        let folder = open((path as NSString).deletingLastPathComponent.nonEmpty ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// The lock's descriptor. A lock on a file that was unlinked meanwhile locks nothing, so it is taken again.
    private func takeLock() throws -> Int32 {
        while true {
            let lock = open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard lock >= 0 else { throw CreationFailure(path: lockPath) }
            while flock(lock, LOCK_EX | LOCK_NB) != 0 {
                // Waiting may change errno.
                let code = errno
                guard code == EWOULDBLOCK || code == EINTR, wait() else {
                    close(lock)
                    throw CreationFailure(path: lockPath, code: code)
                }
            }
            var (held, present) = (stat(), stat())
            if fstat(lock, &held) == 0, stat(lockPath, &present) == 0, held.st_ino == present.st_ino { return lock }
            close(lock)
        }
    }

    /// Where a link leads, even if there is nothing.
    static func target(of path: String) -> String {
        var path = path
        for _ in 0..<16 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
            path =
                next.hasPrefix("/")
                ? next : ((path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(next)
        }
        return path
    }
}

/// A file that could not be created.
struct CreationFailure: Error, CustomStringConvertible {
    let code: Int32
    let path: String

    init(path: String, code: Int32 = errno) { (self.code, self.path) = (code, path) }

    /// Creates an empty file that only its owner may read, whatever the umask.
    static func createFile(_ path: String) throws(CreationFailure) {
        let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw CreationFailure(path: path) }
        fchmod(file, 0o600)
        close(file)
    }

    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

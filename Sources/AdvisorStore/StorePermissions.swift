internal import Foundation
internal import GRDB

extension Store {
    /// Lets a group of the system read the store.
    /// - Returns: Whether there is such a group.
    /// - Throws: `StoreFailure` if this user may not give it the file.
    public func allowReading(by group: String) throws -> Bool {
        guard let file else { return true }
        guard let entry = getgrnam(group) else { return false }
        let id = entry.pointee.gr_gid
        var status = stat()
        guard stat(file, &status) == 0 else { return true }
        let mode = status.st_mode & 0o777 | 0o040
        guard status.st_gid != id || mode != status.st_mode & 0o777 else { return true }
        guard chown(file, uid_t.max, id) == 0, chmod(file, mode) == 0 else {
            let reason = String(cString: strerror(errno))
            throw StoreFailure.unusable(path: path, reason: "group '\(group)' cannot be allowed to read it: \(reason)")
        }
        Self.alignLog(of: file)
        return true
    }

    /// Gives the log the group of the store: SQLite does so when it creates one, for the group if it is root.
    static func alignLog(of file: String) {
        var status = stat()
        guard stat(file, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o060 != 0 else { return }
        for suffix in ["-wal", "-shm"] {
            var log = stat()
            guard lstat(file + suffix, &log) == 0 else { continue }
            if log.st_gid != status.st_gid { _ = lchown(file + suffix, uid_t.max, status.st_gid) }
            if log.st_mode & 0o777 != status.st_mode & 0o777 { chmod(file + suffix, status.st_mode & 0o777) }
        }
    }
}

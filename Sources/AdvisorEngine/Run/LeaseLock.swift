public import AdvisorStore
internal import Foundation
internal import Glibc

/// Held by a process that delivers, so that others see whether the holder of a lease still works: a clock cannot tell.
///
/// It is a file beside the store, `advisor.db.lease-ID`, whose lock the system releases when the process ends.
public final class LeaseLock: Sendable {
    private let store: String
    private let id: String
    private let lock: Int32

    private static let mark = ".lease-"

    /// Locks a new file; without one, where none can be made, leases only expire.
    public init(besides store: String, files: FileSystem, id: String) {
        self.store = files.realPath(store) ?? files.resolve(store)
        self.id = id
        lock = open(self.store + Self.mark + id, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
        removeAbandoned()
    }

    deinit {
        guard lock >= 0 else { return }
        unlink(store + Self.mark + id)
        close(lock)
    }

    /// A new lease of this process.
    public func lease(_ number: String) -> String { lock >= 0 ? "\(id).\(number)" : number }

    /// Whether the holder of a lease still works.
    public func holder(of lease: String) -> LeaseHolder {
        guard let name = lease.split(separator: ".").first, name.count < lease.count, !name.contains("/") else { return .unknown }
        if name == id { return .working }
        return Self.isFree(store + Self.mark + name) ? .gone : .working
    }

    /// Whether no process holds a lock file; a free one is removed.
    private static func isFree(_ path: String) -> Bool {
        let file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return errno == ENOENT }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return false }
        unlink(path)
        return true
    }

    private func removeAbandoned() {
        let path = store as NSString
        let folder = path.deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        for name in names where name.hasPrefix(path.lastPathComponent + Self.mark) && !name.hasSuffix(id) {
            _ = Self.isFree((folder as NSString).appendingPathComponent(name))
        }
    }
}

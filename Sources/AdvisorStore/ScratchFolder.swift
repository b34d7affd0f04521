internal import Foundation

/// A folder for temporary files that only this user may enter; it goes away with its last user.
///
/// A process that is killed leaves its folder, and the next one removes it: a folder in use is locked.
public final class ScratchFolder: Sendable {
    /// The absolute path.
    public let path: String
    private let lock: Int32

    private static let prefix = "advisor-scratch-"

    /// Creates an empty folder in the temporary folder of the system, and removes abandoned ones.
    /// - Throws: `StoreFailure`.
    public convenience init() throws { try self.init(in: Self.parents[0]) }

    /// Creates an empty folder in another.
    /// - Throws: `StoreFailure`.
    init(in parent: String) throws {
        Self.removeAbandoned()
        while true {
            let (path, lock) = try Self.make(in: parent)
            // Another process may have taken the folder for an abandoned one before it was locked.
            if flock(lock, LOCK_EX) == 0, Self.isSame(lock, path) {
                (self.path, self.lock) = (path, lock)
                return
            }
            close(lock)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    /// Where temporary files may be, the usual place first; the others serve when that disk is full.
    static var parents: [String] { [FileManager.default.temporaryDirectory.path, "/dev/shm", "/var/tmp"] }

    private static func make(in parent: String) throws -> (path: String, lock: Int32) {
        var name = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else {
            throw StoreFailure.unusable(
                path: parent, reason: "no temporary folder can be created: \(String(cString: strerror(errno)))")
        }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // mkdtemp applies the umask.
        chmod(path, 0o700)
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else { throw StoreFailure.unusable(path: path, reason: "cannot be opened") }
        return (path, lock)
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (held, present) = (stat(), stat())
        return fstat(descriptor, &held) == 0 && lstat(path, &present) == 0 && held.st_ino == present.st_ino
    }

    /// Removes the folders of this user's processes that were killed.
    public static func removeAbandoned() {
        for parent in parents {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            for name in names where name.hasPrefix(prefix) { removeIfAbandoned("\(parent)/\(name)") }
        }
    }

    private static func removeIfAbandoned(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_uid == geteuid(), status.st_mode & S_IFMT == S_IFDIR else { return }
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else { return }
        if flock(lock, LOCK_EX | LOCK_NB) == 0, isSame(lock, path) { try? FileManager.default.removeItem(atPath: path) }
        close(lock)
    }
}

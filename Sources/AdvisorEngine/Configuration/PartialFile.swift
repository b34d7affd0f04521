public import Foundation
internal import Glibc

/// A file that is written beside its path and appears there when it is complete; until then what was there stays.
///
/// It follows no link: whoever may write to a folder would choose which file of another folder is replaced.
public struct PartialFile: Sendable {
    /// The path, as it was given.
    public let path: String
    /// Where it is written.
    public let part: String
    private let files: FileSystem

    private static let mark = ".part-"

    /// Names a part that does not exist, and removes those that killed processes left.
    /// - Throws: `ExitError` if the path is a link.
    public init(_ path: String, in files: FileSystem) throws {
        try files.refuseLink(path)
        (self.path, self.files) = (path, files)
        part = "\(path)\(Self.mark)\(getpid())"
        removeAbandoned()
    }

    /// Creates the part, with the permissions of the file that it replaces, or as usual.
    /// - Throws: `ExitError`.
    public func open() throws -> FileHandle {
        var status = stat()
        let isThere = stat(files.resolve(path), &status) == 0
        let descriptor = Glibc.open(files.resolve(part), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw failure() }
        if isThere { fchmod(descriptor, status.st_mode & 0o777) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Puts the complete file in place.
    /// - Throws: `ExitError`.
    public func finish() throws {
        let descriptor = Glibc.open(files.resolve(part), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
        guard rename(files.resolve(part), files.resolve(path)) == 0 else { throw failure() }
    }

    /// Removes the part, and what SQLite leaves beside it.
    public func abandon() {
        for end in ["", "-journal", "-wal", "-shm"] { unlink(files.resolve(part) + end) }
    }

    private func failure() -> ExitError {
        let code = errno
        return ExitError(
            code == EACCES ? .configuration : .io, "\(path): cannot be written: \(String(cString: strerror(code)))")
    }

    private func removeAbandoned() {
        let whole = files.resolve(path) as NSString
        let folder = whole.deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        for name in names where name.hasPrefix(whole.lastPathComponent + Self.mark) {
            let number = name.dropFirst(whole.lastPathComponent.count + Self.mark.count).prefix { $0.isNumber }
            guard let process = pid_t(number), process == getpid() || kill(process, 0) != 0 && errno == ESRCH else { continue }
            unlink((folder as NSString).appendingPathComponent(name))
        }
    }
}

extension FileSystem {
    /// - Throws: `ExitError` if a path is a link; those of the system to open descriptors are none.
    func refuseLink(_ path: String) throws {
        var status = stat()
        guard lstat(resolve(path), &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
        guard !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/") else { return }
        throw ExitError(.usage, "\(path): is a link; name the file that it leads to")
    }
}

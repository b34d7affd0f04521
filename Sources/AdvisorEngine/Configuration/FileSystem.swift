internal import AdvisorCore
public import AdvisorFormats
internal import Foundation
internal import Glibc

/// Reads and writes files, with a status for what goes wrong.
///
/// Relative paths are resolved against its folder; messages name a path as it was given.
public struct FileSystem: Sendable {
    /// The folder of relative paths; nil for the current folder of the process.
    public var folder: String?

    /// Creates a file system.
    public init(folder: String? = nil) { self.folder = folder }

    /// The path that the system understands.
    public func resolve(_ path: String) -> String {
        guard let folder, !path.hasPrefix("/") else { return path }
        return path == "." ? folder : "\(folder)/\(path)"
    }

    /// Whether there is a file or folder.
    public func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: resolve(path)) }

    /// Whether there is a folder.
    public func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: resolve(path), isDirectory: &isFolder) && isFolder.boolValue
    }

    /// A file's text.
    /// - Throws: `ExitError` when it cannot be read or is not UTF-8.
    public func text(_ path: String) throws -> String {
        let bytes = try bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ExitError(.configuration, "\(path): the text is not UTF-8; save the file as UTF-8")
        }
        return text
    }

    /// A YAML file's text; bytes that are not UTF-8 become the replacement character, which ``undecodable(in:of:)`` finds.
    public func yamlText(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// The first place of a text that was not UTF-8.
    public static func undecodable(in text: String, of path: String) -> [Diagnostic] {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let position = line.firstIndex(of: "\u{FFFD}") else { continue }
            let column = line.distance(from: line.startIndex, to: position) + 1
            return [
                Diagnostic(
                    file: path, line: index + 1, column: column, problem: "the text is not UTF-8; save the file as UTF-8")
            ]
        }
        return []
    }

    /// A file's bytes.
    /// - Throws: `ExitError` when it cannot be read.
    public func bytes(_ path: String) throws -> [UInt8] {
        guard exists(path) else { throw ExitError(.noInput, "\(path): no such file") }
        guard !isFolder(path) else { throw ExitError(.noInput, "\(path): is a folder; name the files in it") }
        guard let data = FileManager.default.contents(atPath: resolve(path)) else {
            let isDenied = access(resolve(path), R_OK) != 0 && errno == EACCES
            throw ExitError(
                isDenied ? .configuration : .noInput, "\(path): cannot be read\(isDenied ? ": permission denied" : "")")
        }
        return Array(data)
    }

    /// Writes text to a file, whole or not at all; into a device or a pipe as it is.
    /// - Throws: `ExitError`, also if the path is a link.
    public func write(_ text: String, to path: String) throws {
        let file = try OutputFile(path, in: self)
        defer { file.abandon() }
        try file.write(text)
        try file.finish()
    }

    /// Removes a file, if there is one.
    public func remove(_ path: String) { try? FileManager.default.removeItem(atPath: resolve(path)) }

    /// Creates a folder and those above it.
    /// - Throws: `ExitError` with `io`.
    public func makeFolder(_ path: String) throws {
        do { try FileManager.default.createDirectory(atPath: resolve(path), withIntermediateDirectories: true) } catch {
            throw ExitError(.io, "advisor: \(path): the folder cannot be created")
        }
    }

    /// The absolute path without links; nil when there is no such file.
    public func realPath(_ path: String) -> String? {
        guard let resolved = realpath(resolve(path), nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether two paths lead to one file; false where one leads nowhere.
    public func isSame(_ path: String, as other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(resolve(path), &first) == 0 && stat(resolve(other), &second) == 0
            && (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
    }

    /// Whether a path is that of a store or of a file that belongs to it, such as its log or its lock, whether it exists or not.
    public func isPart(_ path: String, ofStore store: String) -> Bool {
        let own = ["", "-wal", "-shm", "-journal", ".lock", ".new.lock"].map { (realPath(store) ?? resolve(store)) + $0 }
        let folder = (resolve(path) as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let place = (realPath(folder.isEmpty ? "." : folder) ?? folder) + "/" + name
        return own.contains(place) || own.contains { isSame(path, as: $0) }
    }

    /// Whether the path is a device or a pipe.
    public func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return stat(resolve(path), &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// The YAML files directly in a folder, by name.
    public func yaml(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: resolve(folder))) ?? []).filter {
            $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
        }.sorted()
    }
}

/// Why an input could not be read to its end.
public struct ReadFailure: Error, CustomStringConvertible {
    /// The system's reason.
    public var reason: String
    /// Whether this user may not read it.
    public var isDenied = false
    /// The reason, for messages.
    public var description: String { "cannot be read on: \(reason)" }
}

extension FileSystem {
    /// At most so many bytes of an open descriptor; none at its end.
    public static func read(_ descriptor: Int32, limit: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: limit) { bytes, count in
            let got = Glibc.read(descriptor, bytes.baseAddress, limit)
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        if failure != 0 { throw ReadFailure(reason: String(cString: strerror(failure))) }
        return chunk
    }

    /// The bytes of a file, chunk by chunk. It is open only while it is read: a folder may have more files than a process may
    /// open.
    /// - Throws: `ExitError` if it cannot be opened.
    public func source(_ path: String) throws -> ByteSource {
        let limit = 1 << 20
        guard !isFolder(path) else {
            throw ExitError(.noInput, "\(path): is a folder; name the files in it, or list it under `ingest:` in advisor.yaml")
        }
        // Some files of the system, such as /proc/kmsg, are regular and block. A pipe is waited for, and opened only once.
        let file = OpenFile(resolve(path), flags: O_RDONLY | O_CLOEXEC | (isSpecial(path) ? 0 : O_NONBLOCK))
        do {
            try file.open()
        } catch {
            throw ExitError(error.isDenied ? .configuration : .noInput, "\(path): cannot be read: \(error.reason)")
        }
        if !isSpecial(path) { file.close() }
        return ByteSource { try file.read(limit: limit) }
    }
}

/// A file that is opened with its first byte and closed after its last one.
private final class OpenFile {
    private let path: String
    private let flags: Int32
    private var descriptor: Int32 = -1
    private var isAtEnd = false

    init(_ path: String, flags: Int32) { (self.path, self.flags) = (path, flags) }

    deinit { close() }

    func open() throws(ReadFailure) {
        guard descriptor < 0 else { return }
        descriptor = Glibc.open(path, flags)
        let code = errno
        if descriptor < 0 { throw ReadFailure(reason: String(cString: strerror(code)), isDenied: code == EACCES) }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// The next bytes; nil at the end.
    func read(limit: Int) throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        try open()
        let chunk = try FileSystem.read(descriptor, limit: limit)
        guard chunk.isEmpty else { return chunk }
        isAtEnd = true
        close()
        return nil
    }
}

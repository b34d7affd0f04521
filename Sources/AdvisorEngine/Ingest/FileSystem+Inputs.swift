internal import AdvisorStore
internal import Foundation
internal import Glibc

/// The files that an input names.
struct InputFiles {
    /// By name, each file once, whatever its names.
    var paths: [String] = []
    /// What is not read, and why.
    var ignored: [String] = []
}

extension FileSystem {
    /// The files of an input's path: itself, all in a folder and in its folders, or what a pattern matches; by name.
    ///
    /// Only regular files are read, since a pipe would block a run; links to folders are not followed. The path itself may be
    /// either.
    /// - Returns: nil if there is no such file or folder; empty if a pattern matches none.
    func inputs(matching path: String) -> InputFiles? {
        var walk = InputWalk(files: self)
        if exists(path) {
            walk.isNamed = true
            walk.visit(path, depth: 0)
        } else {
            guard path.contains(where: { "*?[".contains($0) }) else { return nil }
            for match in matches(path).reversed() { walk.visit(match, depth: 0) }
        }
        return InputFiles(paths: walk.paths.sorted(), ignored: walk.ignored)
    }

    private func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(resolve(pattern), 0, nil, &found) == 0 else { return [] }
        let prefix = resolve(pattern).dropLast(pattern.count)
        return (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(String(cString: $0).dropFirst(prefix.count)) }
        }
    }

    /// The fingerprint of a file; nil if it cannot be read.
    func fingerprint(of path: String) -> FileFingerprint? {
        var status = stat()
        guard stat(resolve(path), &status) == 0 else { return nil }
        return FileFingerprint(
            size: Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
            inode: Int64(bitPattern: UInt64(status.st_ino)))
    }
}

/// Collects the regular files of folders, within limits.
private struct InputWalk {
    private struct Inode: Hashable {
        var device: UInt64
        var number: UInt64
    }

    /// The deepest folder that is read.
    private static let maximumDepth = 16
    /// So many files are read, those whose names come last: names of exports begin with their dates.
    private static let maximumFiles = 100_000
    /// So many notes are kept.
    private static let maximumNotes = 10

    let files: FileSystem
    /// Whether the path names a file itself, rather than matching it.
    var isNamed = false
    private(set) var paths: [String] = []
    private(set) var ignored: [String] = []
    private var seen: Set<Inode> = []

    init(files: FileSystem) { self.files = files }

    mutating func visit(_ path: String, depth: Int) {
        var status = stat()
        guard paths.count < Self.maximumFiles else { return }
        // A link that leads nowhere is said where it is read.
        guard stat(files.resolve(path), &status) == 0 else { return paths.append(path) }
        guard seen.insert(Inode(device: UInt64(status.st_dev), number: UInt64(status.st_ino))).inserted else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: paths.append(path)
        case S_IFDIR where depth == 0: visitAll(in: path, depth: depth)
        case _ where depth == 0 && isNamed: paths.append(path)
        case S_IFDIR where isLink(path): ignore("\(path): a link to a folder; list that folder instead")
        case S_IFDIR where depth > Self.maximumDepth: ignore("\(path): more than \(Self.maximumDepth) folders deep")
        case S_IFDIR: visitAll(in: path, depth: depth)
        default: ignore("\(path): not a regular file")
        }
    }

    /// Without hidden files and those that are still being written under a name of their own.
    private mutating func visitAll(in folder: String, depth: Int) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: files.resolve(folder))) ?? []
        let complete = names.filter {
            !$0.hasPrefix(".") && !$0.hasSuffix("~") && !$0.hasSuffix(".part") && !$0.hasSuffix(".tmp")
        }
        for name in complete.sorted().reversed() {
            guard paths.count < Self.maximumFiles else {
                return ignore("\(folder): more than \(Self.maximumFiles) files; those whose names come first")
            }
            visit(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)", depth: depth + 1)
        }
    }

    private func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(files.resolve(path), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private mutating func ignore(_ note: String) { if ignored.count < Self.maximumNotes { ignored.append(note) } }
}

internal import AdvisorStore
internal import Foundation
internal import Glibc

extension FileSystem {
    /// The files of an input's path: itself, all in a folder and in its folders, or what a pattern matches; by name.
    /// - Returns: nil if there is no such file or folder; empty if a pattern matches none.
    public func inputs(matching path: String) -> [String]? {
        if exists(path) { return isFolder(path) ? all(in: path) : [path] }
        guard path.contains(where: { "*?[".contains($0) }) else { return nil }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(resolve(path), 0, nil, &found) == 0 else { return [] }
        let prefix = resolve(path).dropLast(path.count)
        let paths = (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(String(cString: $0).dropFirst(prefix.count)) }
        }
        return paths.flatMap { isFolder($0) ? all(in: $0) : [$0] }.sorted()
    }

    /// Without hidden files and those that are still being written under a name of their own.
    private func all(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: resolve(folder))) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") && !$0.hasSuffix(".part") && !$0.hasSuffix(".tmp") }
            .sorted().flatMap { name -> [String] in
                let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
                return isFolder(path) ? all(in: path) : [path]
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

import AdvisorStore
import Foundation
import Glibc

/// Finds the files of an input.
enum InputFiles {
    /// The files of a path: a file, all files in a folder and its subfolders, or those that match a pattern; by name.
    /// - Returns: nil if there is no such file or folder; empty if a pattern matches none.
    static func matching(_ path: String) -> [String]? {
        if let isFolder = isFolder(path) { return isFolder ? all(in: path) : [path] }
        guard path.contains(where: { "*?[".contains($0) }) else { return nil }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(Files.resolve(path), 0, nil, &found) == 0 else { return [] }
        let prefix = Files.resolve(path).dropLast(path.count)
        let paths = (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(String(cString: $0).dropFirst(prefix.count)) }
        }
        return paths.flatMap { isFolder($0) == true ? all(in: $0) : [$0] }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool? {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: Files.resolve(path), isDirectory: &isFolder) ? isFolder.boolValue : nil
    }

    /// Hidden files, and those being written under a temporary name, are skipped.
    private static func all(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Files.resolve(folder))) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") && !$0.hasSuffix(".part") && !$0.hasSuffix(".tmp") }
            .sorted().flatMap { name -> [String] in
                let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
                return isFolder(path) == true ? all(in: path) : [path]
            }
    }

    /// The fingerprint of a file; nil if it cannot be read.
    static func stamp(of path: String) -> FileFingerprint? {
        var status = stat()
        guard stat(Files.resolve(path), &status) == 0 else { return nil }
        return FileFingerprint(
            size: Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
            inode: Int64(bitPattern: UInt64(status.st_ino)))
    }
}

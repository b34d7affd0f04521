internal import AdvisorCore
internal import AdvisorStore
internal import Foundation

/// The daily backups of a store, beside it: `advisor.db.backup-2026-03-31`.
public struct DailyBackups {
    private let store: String
    private let files: FileSystem
    private static let mark = ".backup-"

    /// The backups of the store with this path, as it was given.
    public init(of store: String, in files: FileSystem) { (self.store, self.files) = (store, files) }

    /// Their paths, the newest first.
    public var all: [String] {
        let path = store as NSString
        let folder = path.deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: files.resolve(folder.isEmpty ? "." : folder))) ?? []
        return names.filter { $0.hasPrefix(path.lastPathComponent + Self.mark) && $0.count == path.lastPathComponent.count + 18 }
            .sorted(by: >).map { (folder as NSString).appendingPathComponent($0) }
    }

    /// Copies the store, and removes the oldest backups.
    /// - Parameters:
    ///   - store: The store.
    ///   - now: Names the day.
    ///   - kept: How many are kept.
    /// - Throws: `StoreFailure`, or `ExitError`; the backups of other days stay.
    func make(of store: Store, at now: Timestamp, keeping kept: Int) throws {
        let file = try PartialFile(self.store + Self.mark + now.description.prefix(10), in: files)
        defer { file.abandon() }
        try store.backUp(to: files.resolve(file.part))
        try file.finish()
        for path in all.dropFirst(kept) { files.remove(path) }
    }

    /// Puts a backup in place of the store, which is kept with the ending `.damaged`.
    /// - Parameter backup: The backup; nil for the newest one.
    /// - Returns: The backup that was used.
    /// - Throws: `ExitError` if there is no sound backup.
    public func restore(_ backup: String?) throws -> String {
        guard let backup = backup ?? all.first else {
            throw ExitError(.noInput, "advisor: no backup of \(store); ingest into a new file with --db")
        }
        guard files.exists(backup) else { throw ExitError(.noInput, "\(backup): no such file") }
        let source = try Store.reading(path: files.resolve(backup), name: backup, exists: true)
        if let problem = try source.quickProblems().first { throw ExitError(.io, "\(backup): \(problem); name an older backup") }
        let file = try PartialFile(store, in: files)
        defer { file.abandon() }
        try source.backUp(to: files.resolve(file.part))
        // The log of the damaged store would be replayed into the backup.
        for suffix in ["-wal", "-shm", "-journal", ""] where files.exists(store + suffix) {
            try files.rename(store + suffix, to: store + ".damaged" + suffix)
        }
        try file.finish()
        return backup
    }
}

extension FileSystem {
    fileprivate func rename(_ path: String, to target: String) throws {
        guard Foundation.rename(resolve(path), resolve(target)) == 0 else {
            throw ExitError(.io, "\(path): cannot be renamed: \(String(cString: strerror(errno)))")
        }
    }
}

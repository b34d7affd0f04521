internal import AdvisorCore
internal import Foundation
internal import GRDB

extension Store {
    private static let copyAttempts = 5

    /// Opens a store to read it, also where nothing can be written: in a read-only folder, on a full disk, or as a user who may
    /// only read it. No committed row is missed, and nothing is left beside the store that its owner could not write.
    /// - Parameters:
    ///   - path: The file.
    ///   - name: The path as messages show it; nil for `path`.
    ///   - exists: Whether the file exists.
    ///   - patience: How long to wait for another process.
    ///   - onWait: Called once if that takes longer than two seconds.
    /// - Returns: The store.
    /// - Throws: `StoreFailure`; `busy` also later, when another process changed the file while it was read.
    public static func reading(
        path: String, name: String? = nil, exists: Bool, patience: Duration = .seconds(30),
        onWait: @escaping @Sendable () -> Void = {}
    ) throws -> Store {
        let shown = name ?? path
        guard exists else { throw StoreFailure.missing(path: shown) }
        let files = StoreFiles(path: path)
        try files.refuseOtherKinds(as: shown)
        var reason: StoreFailure?
        if files.canBeWritten {
            do {
                return try Store(path: path, name: name, create: false, exists: true, patience: patience, onWait: onWait)
            } catch let failure as StoreFailure {
                guard failure.mayBeOvercome else { throw failure }
                reason = failure
            }
        }
        var configuration = configuration(patience, onWait)
        configuration.readonly = true
        for way in ReadSource.Way.allCases {
            do {
                if let store = try open(files, as: shown, way, configuration) { return store }
            } catch {
                let failure = StoreFailure.from(error, path: shown)
                guard failure.mayBeOvercome else { throw failure }
                reason = reason ?? failure
            }
        }
        throw reason.map { files.denialToRead(as: shown) ?? $0 } ?? StoreFailure.busy(path: shown)
    }

    /// - Returns: nil where this way is not possible.
    private static func open(
        _ files: StoreFiles, as name: String, _ way: ReadSource.Way, _ configuration: Configuration
    ) throws -> Store? {
        switch way {
        case .sharedLog:
            guard files.hasSharedLog else { return nil }
            return try open(files.uri("mode=ro&readonly_shm=1"), as: name, ReadSource(), configuration)
        case .immutable:
            // The database alone says all that is committed.
            guard files.isLogEmpty else { return nil }
            let source = ReadSource(files: files, state: files.state)
            return try open(files.uri("immutable=1"), as: name, source, configuration)
        case .copy: return try openCopy(files, as: name, configuration)
        }
    }

    private static func open(
        _ uri: String, as name: String, _ source: ReadSource, _ configuration: Configuration
    ) throws -> Store? {
        let queue = try DatabaseQueue(path: uri, configuration: configuration)
        try verify(queue, as: name)
        // An older schema is migrated in a copy.
        guard try queue.read({ try Migrations.all.hasCompletedMigrations($0) }) else { return nil }
        return Store(path: name, queue: queue, source: source)
    }

    /// Copies the database and its log, unchanged meanwhile, and opens the copy as usual.
    private static func openCopy(_ files: StoreFiles, as name: String, _ configuration: Configuration) throws -> Store? {
        var configuration = configuration
        configuration.readonly = false
        var failure: (any Error)?
        for parent in ScratchFolder.parents {
            for _ in 0..<copyAttempts {
                do {
                    let folder = try ScratchFolder(in: parent)
                    let before = files.state
                    let copy = try files.copy(to: folder.path)
                    guard files.state == before else {
                        Thread.sleep(forTimeInterval: 0.05)
                        continue
                    }
                    return Store(
                        path: name, queue: try open(copy, as: name, configuration), source: ReadSource(folder: folder))
                } catch let error as CocoaError {
                    // Perhaps there is room in another place.
                    failure = StoreFailure.unusable(path: name, reason: "cannot be copied: \(error.localizedDescription)")
                    break
                }
            }
        }
        if let failure { throw failure }
        return nil
    }
}

extension StoreFailure {
    /// Whether another way to read it may work.
    fileprivate var mayBeOvercome: Bool {
        switch self {
        case .unusable, .denied: true
        case .missing, .newerVersion, .notAFile, .foreign, .damaged, .undecodable, .busy, .tooManySeries: false
        }
    }
}

/// What a store was opened from that is only read.
struct ReadSource: Sendable {
    /// The ways to read without writing, the best first.
    enum Way: CaseIterable {
        /// With the log and its index that a writer uses.
        case sharedLog
        /// The database as it is, without a log.
        case immutable
        /// A copy of the database and its log.
        case copy
    }

    /// What must not change while it is read; nil where SQLite takes care of it.
    var files: StoreFiles?
    var state: [StoreFiles.State] = []
    /// Keeps the copy.
    var folder: ScratchFolder?

    var hasChanged: Bool { files.map { $0.state != state } ?? false }
}

/// The files of a store.
struct StoreFiles: Sendable {
    var path: String

    /// What changes when a file is written.
    struct State: Hashable, Sendable {
        var (inode, size) = (UInt64(0), Int64(-1))
        var (seconds, nanoseconds) = (0, 0)
    }

    private static let logs = ["-wal", "-journal"]

    init(path: String) { self.path = StoreCreation.target(of: path) }

    /// Whether this user may write the database, and files beside it.
    var canBeWritten: Bool {
        let folder = (path as NSString).deletingLastPathComponent
        return access(path, W_OK) == 0 && access(folder.isEmpty ? "." : folder, W_OK) == 0
    }

    /// What this user may not do with the file or its folder; nil if there is no such thing.
    var denial: String? {
        let folder = (path as NSString).deletingLastPathComponent
        if access(path, F_OK) == 0 {
            if access(path, R_OK) != 0 { return "cannot be read: permission denied" }
            if access(path, W_OK) != 0, errno == EACCES { return "cannot be written: permission denied" }
        }
        guard access(folder.isEmpty ? "." : folder, W_OK) != 0, errno == EACCES else { return nil }
        return "its folder cannot be written: permission denied"
    }

    /// That the file itself may not be read, which no way of reading overcomes.
    func denialToRead(as name: String) -> StoreFailure? {
        guard access(path, F_OK) == 0, access(path, R_OK) != 0, errno == EACCES else { return nil }
        return .denied(path: name, reason: "cannot be read: permission denied")
    }

    /// Refuses what is no file: a folder, a pipe that would block, a device.
    /// - Throws: `StoreFailure.notAFile`, with the path as messages show it.
    func refuseOtherKinds(as name: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw StoreFailure.notAFile(
            path: name, reason: isFolder ? "is a folder; name the file of the store" : "is a pipe or a device; name a file")
    }

    var hasSharedLog: Bool { access(path + "-wal", R_OK) == 0 && access(path + "-shm", R_OK) == 0 }

    var isLogEmpty: Bool { Self.logs.allSatisfy { Self.state(path + $0).size <= 0 } }

    var state: [State] { ([""] + Self.logs).map { Self.state(path + $0) } }

    private static func state(_ path: String) -> State {
        var status = stat()
        guard stat(path, &status) == 0 else { return State() }
        return State(
            inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
    }

    /// The path as SQLite's URI.
    func uri(_ query: String) -> String {
        let allowed = CharacterSet(charactersIn: "/._-").union(.alphanumerics)
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        return "file:\(absolute.addingPercentEncoding(withAllowedCharacters: allowed) ?? absolute)?\(query)"
    }

    /// Copies the database and its log into a folder.
    func copy(to folder: String) throws -> String {
        let copy = folder + "/advisor.db"
        for suffix in [""] + Self.logs where suffix.isEmpty || Self.state(path + suffix).size > 0 {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            chmod(copy + suffix, 0o600)
        }
        return copy
    }
}

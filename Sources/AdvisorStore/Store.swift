internal import AdvisorCore
internal import Foundation
internal import GRDB

/// One SQLite file with samples, alarms and recommendations.
///
/// Several processes may use it at once; they wait for each other.
public final class Store: Sendable {
    /// The file's path, as messages show it; `:memory:` for a store in memory.
    public let path: String
    let queue: DatabaseQueue
    /// The file; nil for a store in memory.
    let file: String?

    /// "ADVS": the application id of the file.
    private static let applicationID = 0x4144_5653

    /// What a store that is read without writing beside it was read from; nil for one that was opened as usual.
    private let source: ReadSource?

    /// Opens a store, and migrates it to this build's schema.
    /// - Parameters:
    ///   - path: The file; nil for a store in memory.
    ///   - name: The path as messages show it; nil for `path`.
    ///   - create: Whether a missing file is created.
    ///   - exists: Whether the file exists.
    ///   - patience: How long to wait for another process.
    ///   - onWait: Called once if that takes longer than two seconds.
    /// - Throws: `StoreFailure`.
    public init(
        path: String?, name: String? = nil, create: Bool, exists: Bool, patience: Duration = .seconds(30),
        onWait: @escaping @Sendable () -> Void = {}
    ) throws {
        self.path = name ?? path ?? ":memory:"
        (file, source) = (path, nil)
        if path != nil, !exists, !create { throw StoreFailure.missing(path: self.path) }
        let configuration = Self.configuration(patience, onWait)
        do {
            if let path { try StoreFiles(path: path).refuseOtherKinds(as: self.path) }
            if let path, create { try Self.create(path, configuration, patience: patience, onWait: onWait) }
            queue = try Self.open(path, as: self.path, configuration)
        } catch {
            throw StoreFailure.from(error, path: self.path)
        }
    }

    /// A store that is only read.
    init(path: String, queue: DatabaseQueue, source: ReadSource) {
        (self.path, self.queue, file, self.source) = (path, queue, nil, source)
    }

    static func configuration(_ patience: Duration, _ onWait: @escaping @Sendable () -> Void) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.label = "advisor"
        let attempts = Int(patience.milliseconds / 50)
        configuration.busyMode = .callback { tries in
            if tries == 40 { onWait() }
            Thread.sleep(forTimeInterval: 0.05)
            return tries < attempts
        }
        configuration.prepareDatabase { database in
            Checksum.register(in: database)
            try database.execute(
                // FULL: a transition and its alerts survive a power cut once they are recorded.
                sql:
                    "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = FILE; PRAGMA wal_autocheckpoint = 12000; PRAGMA cell_size_check = ON"
            )
        }
        return configuration
    }

    /// Opens a file and migrates it.
    static func open(_ path: String?, as name: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let queue =
            try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
            ?? DatabaseQueue(configuration: configuration)
        try verify(queue, as: name)
        if path != nil { try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") } }
        let isComplete = try queue.read { try Migrations.all.hasCompletedMigrations($0) }
        if !isComplete {
            try Migrations.all.migrate(queue)
            // A new column belongs to the checksum of its row.
            try queue.write { try RowChecksumTable.recomputeAll($0) }
        }
        if try queue.read({ try Int.fetchOne($0, sql: "PRAGMA application_id") }) != Self.applicationID {
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(Self.applicationID)") }
        }
        if let path { alignLog(of: path) }
        try prepareChecksums(queue)
        return queue
    }

    /// Checks that a database is a store that this build understands.
    static func verify(_ queue: DatabaseQueue, as name: String) throws {
        try queue.read { database in
            let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            if tables > 0, id != Self.applicationID, try !Migrations.isUnfinished(database) {
                throw StoreFailure.foreign(path: name)
            }
            let unknown = try Migrations.unknown(in: database)
            if !unknown.isEmpty { throw StoreFailure.newerVersion(path: name, migrations: unknown) }
        }
    }

    /// Creates a store where there is none; waits for another process that creates it.
    private static func create(
        _ path: String, _ configuration: Configuration, patience: Duration, onWait: @escaping @Sendable () -> Void
    ) throws {
        let attempts = Int(patience.milliseconds / 50)
        var tries = 0
        let creation = StoreCreation(path: path) {
            if tries == 40 { onWait() }
            tries += 1
            Thread.sleep(forTimeInterval: 0.05)
            return tries < attempts
        }
        guard !creation.exists else { return creation.removeLeftovers() }
        try creation.create { path in
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            try Migrations.all.migrate(queue)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(Self.applicationID)") }
            try queue.close()
        }
    }

    /// Reads; SQLite's errors and rows that do not decode become `StoreFailure`.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            let result = try queue.read(body)
            if let source, source.hasChanged { throw StoreFailure.busy(path: path) }
            return result
        } catch {
            throw StoreFailure.from(error, path: path)
        }
    }

    /// Writes in one transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try queue.writeWithoutTransaction { database in
                var result: Value?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    try SampleChecksumTable.settle(database)
                    return .commit
                }
                guard let result else { throw StoreFailure.unusable(path: path, reason: "the transaction had no result") }
                return result
            }
        } catch {
            throw StoreFailure.from(error, path: path)
        }
    }
}

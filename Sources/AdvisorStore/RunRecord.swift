public import AdvisorCore
internal import Foundation
internal import GRDB

/// One run, as it is kept.
public struct RunRecord: Hashable, Sendable {
    /// Its number.
    public var id: Int64
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended; nil while it runs, or when it was killed.
    public var finishedAt: Timestamp?
    /// Its exit code; nil without an end.
    public var status: Int?
    /// What it did, as JSON; nil without an end.
    public var summary: String?
}

/// What a file was when it was last read, by which it is told whether it is another now.
public struct FileFingerprint: Hashable, Sendable {
    /// Bytes.
    public var size: Int64
    /// Nanoseconds since 1970.
    public var modified: Int64
    /// Its number in the file system.
    public var inode: Int64

    /// A stamp by its parts.
    public init(size: Int64, modified: Int64, inode: Int64) { (self.size, self.modified, self.inode) = (size, modified, inode) }
}

extension Store {
    private static let runsKept = 1000

    /// Notes that a run begins.
    /// - Returns: Its number.
    /// - Throws: `StoreFailure`.
    public func beginRun(at now: Timestamp) throws -> Int64 {
        try write { database in
            try database.execute(sql: "INSERT INTO run(startedAt) VALUES (?)", arguments: [now.milliseconds])
            let id = database.lastInsertedRowID
            try database.execute(sql: "DELETE FROM run WHERE id <= ?", arguments: [id - Int64(Self.runsKept)])
            return id
        }
    }

    /// Notes how a run ended.
    public func finishRun(_ id: Int64, at now: Timestamp, status: Int, summary: String) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET finishedAt = ?, status = ?, summary = ? WHERE id = ?",
                arguments: [now.milliseconds, status, summary, id])
        }
    }

    /// The last runs, the newest first.
    public func runs(limit: Int) throws -> [RunRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [limit]).map { row in
                RunRecord(
                    id: row["id"], startedAt: Timestamp(milliseconds: row["startedAt"]),
                    finishedAt: (row["finishedAt"] as Int64?).map(Timestamp.init(milliseconds:)), status: row["status"],
                    summary: row["summary"])
            }
        }
    }

    /// What a file was when it was last read so; nil when it never was.
    public func stamp(of input: String) throws -> FileFingerprint? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT size, modified, inode FROM readInput WHERE input = ? AND size IS NOT NULL",
                arguments: [input]
            ).map { FileFingerprint(size: $0["size"], modified: $0["modified"], inode: $0["inode"]) }
        }
    }

    /// Remembers that a file was read to its end.
    public func saveCheckpoint(_ stamp: FileFingerprint, of input: String) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO readInput(input, size, modified, inode) VALUES (?, ?, ?, ?)",
                arguments: [input, stamp.size, stamp.modified, stamp.inode])
        }
    }

    /// Up to when something was done last: a command asked, the house kept; nil when it never was.
    public func done(_ what: String) throws -> Timestamp? {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT upTo FROM readInput WHERE input = ?", arguments: [what])
                .map(Timestamp.init(milliseconds:))
        }
    }

    /// Remembers up to when something was done.
    public func saveCheckpoint(_ what: String, doneUpTo time: Timestamp) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO readInput(input, upTo) VALUES (?, ?)", arguments: [what, time.milliseconds])
        }
    }

    /// The state of every alert group, by its key.
    /// - Throws: `StoreFailure`.
    public func alertGroups() throws -> [String: AlertGroupState] {
        try read { database in
            let decoder = JSONDecoder()
            return try Row.fetchAll(database, sql: "SELECT key, document FROM alertThread").reduce(into: [:]) { groups, row in
                groups[row["key"]] = try? decoder.decode(AlertGroupState.self, from: Data((row["document"] as String).utf8))
            }
        }
    }

    /// What stands and was told or held, by topic.
    public func openThreads() throws -> [(key: String, thread: AlertGroupState)] {
        try alertGroups().filter(\.value.isOpen).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// How many alerts were held back so far.
    public func heldBack() throws -> Int { try alertGroups().values.reduce(0) { $0 + $1.heldBack } }
}

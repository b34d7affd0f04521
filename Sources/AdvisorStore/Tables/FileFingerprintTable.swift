internal import GRDB

/// What a file was when it was last read, by which a changed one is recognized.
public struct FileFingerprint: Hashable, Sendable {
    /// Bytes.
    public var size: Int64
    /// Modification time in nanoseconds since 1970.
    public var modified: Int64
    /// The inode.
    public var inode: Int64

    /// Creates a fingerprint.
    public init(size: Int64, modified: Int64, inode: Int64) { (self.size, self.modified, self.inode) = (size, modified, inode) }
}

/// The files that were read.
enum FileFingerprintTable: StoredTable {
    static let name = "fileFingerprint"
    static let keyColumns = ["input"]

    static func decode(_ row: StoredRow) throws -> FileFingerprint {
        FileFingerprint(
            size: Int64(try row.count("size")), modified: try row.value("modified"), inode: try row.value("inode"))
    }
}

extension Store {
    /// What a file was when it was last read this way; nil when it never was.
    /// - Throws: `StoreFailure`.
    public func fingerprint(of input: String) throws -> FileFingerprint? {
        try read { try FileFingerprintTable.fetchAll($0, "WHERE input = ?", arguments: [input]).first }
    }

    /// Records that a file was read to its end.
    /// - Throws: `StoreFailure`.
    public func saveFingerprint(_ fingerprint: FileFingerprint, of input: String) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO fileFingerprint(input, size, modified, inode) VALUES (?, ?, ?, ?)
                    ON CONFLICT (input) DO UPDATE SET
                        size = excluded.size, modified = excluded.modified, inode = excluded.inode
                    """, arguments: [input, fingerprint.size, fingerprint.modified, fingerprint.inode])
        }
    }
}

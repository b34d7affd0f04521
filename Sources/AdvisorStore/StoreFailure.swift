internal import GRDB

/// Why a store cannot be used.
public enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case missing(path: String)
    /// It has migrations that this build does not know.
    case newerVersion(path: String, migrations: [String])
    /// It is no advisor store, or a broken one.
    case damaged(path: String, reason: String)
    /// Another process held it for longer than the time allowed.
    case busy(path: String)
    /// It cannot be read or written.
    case unusable(path: String, reason: String)

    /// What is wrong and what to do, in one line.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no such store; `advisor ingest FILE` makes one"
        case .newerVersion(let path, let migrations):
            "\(path): written by a newer advisor (\(migrations.joined(separator: ", "))); upgrade this one to use it"
        case .damaged(let path, let reason):
            "\(path): not a sound advisor store (\(reason)); restore a backup, or ingest into a new file"
        case .busy(let path): "\(path): another process is writing to it; try again"
        case .unusable(let path, let reason): "\(path): \(reason)"
        }
    }

    /// The failure behind an error of SQLite.
    static func from(_ error: any Error, path: String) -> StoreFailure {
        if let failure = error as? StoreFailure { return failure }
        guard let error = error as? DatabaseError else { return .unusable(path: path, reason: "\(error)") }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: error.message ?? "corrupt")
        case .SQLITE_READONLY: return .unusable(path: path, reason: "is read-only")
        case .SQLITE_FULL: return .unusable(path: path, reason: "the disk is full; nothing of this batch was stored")
        case .SQLITE_CANTOPEN:
            return .unusable(path: path, reason: "cannot be opened; does its folder exist, and may you write there?")
        default: return .unusable(path: path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}

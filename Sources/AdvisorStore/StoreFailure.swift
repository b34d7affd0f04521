internal import AdvisorCore
internal import Foundation
internal import GRDB

/// Why a store cannot be used.
public enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file does not exist.
    case missing(path: String)
    /// It has migrations unknown to this build.
    case newerVersion(path: String, migrations: [String])
    /// The path is no file that can be a store: a folder, a pipe, a device.
    case notAFile(path: String, reason: String)
    /// It is the database of another program.
    case foreign(path: String)
    /// This user may not open, read or write it.
    case denied(path: String, reason: String)
    /// The file is damaged.
    case damaged(path: String, reason: String)
    /// A row of it does not decode.
    case undecodable(path: String, UndecodableRow)
    /// Another process locked it for longer than the allowed time.
    case busy(path: String)
    /// An earlier version stored more series than can be evaluated.
    case tooManySeries(path: String, count: Int)
    /// It cannot be opened, read or written.
    case unusable(path: String, reason: String)

    /// Where, what is wrong and what to do, in one line.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no such store; `advisor ingest FILE` creates one"
        case .newerVersion(let path, let migrations):
            "\(path): written by a newer advisor (\(migrations.joined(separator: ", "))); upgrade advisor to use it"
        case .notAFile(let path, let reason), .denied(let path, let reason): "\(path): \(reason)"
        case .foreign(let path): "\(path): not an advisor store, but the database of another program; name another file"
        case .damaged(let path, let reason):
            "\(path): damaged store: \(reason); `advisor store restore` goes back to the newest backup"
        case .undecodable(let path, let row):
            "\(path): damaged store: \(row); `advisor store check` lists all such rows, `advisor store restore` goes back"
        case .busy(let path): "\(path): locked by another process; try again"
        case .tooManySeries(let path, let count):
            "\(path): \(count) series, at most \(SeriesKey.limit) can be used; `advisor store forget` removes some"
        case .unusable(let path, let reason): "\(path): \(reason)"
        }
    }

    /// Why a file cannot be opened: it is denied, or its folder does not exist.
    private static func cannotBeOpened(_ path: String) -> StoreFailure {
        StoreFiles(path: path).denial.map { .denied(path: path, reason: $0) }
            ?? .unusable(path: path, reason: "cannot be opened; check that its folder exists and is writable")
    }

    /// The failure for an SQLite error.
    static func from(_ error: any Error, path: String) -> StoreFailure {
        if let failure = error as? StoreFailure { return failure }
        if let row = error as? UndecodableRow { return .undecodable(path: path, row) }
        if let failure = error as? CreationFailure {
            return switch failure.code {
            case EWOULDBLOCK: .busy(path: path)
            case EACCES: .denied(path: path, reason: "cannot be created: permission denied")
            case ENOENT, ENOTDIR: cannotBeOpened(path)
            default: .unusable(path: path, reason: "cannot be created: \(failure)")
            }
        }
        guard let error = error as? DatabaseError else { return .unusable(path: path, reason: "\(error)") }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: error.message ?? "corrupt")
        case .SQLITE_READONLY:
            return StoreFiles(path: path).denial.map { .denied(path: path, reason: $0) }
                ?? .unusable(path: path, reason: "read-only")
        case .SQLITE_FULL: return .unusable(path: path, reason: "disk full; the batch was not stored")
        case .SQLITE_CANTOPEN: return cannotBeOpened(path)
        default: return .unusable(path: path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}

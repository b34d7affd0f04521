public import AdvisorCore
internal import GRDB

/// Stores bills: all files of an ingest are gathered first, then each month is replaced in one transaction.
///
/// A bill may come in several files. A file whose path is stored replaces its own part; files of one folder or pattern are
/// parts of one bill; anything else replaces the bill.
public final class ChargeWriter {
    private let store: Store
    private let now: Timestamp
    private let isPart: (String, BillingMonth) -> Bool
    private var files: [BillFile] = []

    /// Starts an ingest.
    /// - Parameters:
    ///   - store: Where the bills are stored.
    ///   - now: When they are stored.
    ///   - isPart: Whether a stored part of a month still counts, by its path. One that does not is removed when its folder
    ///     brings another part of the same bill: its file was renamed, or a manifest no longer lists it.
    /// - Throws: `StoreFailure`.
    public init(store: Store, at now: Timestamp, isPart: @escaping (String, BillingMonth) -> Bool = { _, _ in true }) throws {
        (self.store, self.now, self.isPart) = (store, now, isPart)
        try store.write { try ChargeStaging.create($0) }
    }

    /// Starts a file.
    public func beginFile(_ file: BillFile = BillFile()) {
        var file = file
        // Two inputs without a path are two parts.
        if files.contains(where: { $0.path == file.path }) { file.path += " (\(files.count + 1))" }
        files.append(file)
    }

    /// Collects a batch of the file.
    /// - Throws: `StoreFailure`.
    public func write(_ batch: ChargeBatch) throws {
        let number = files.count - 1
        try store.write { try ChargeStaging.add(batch, file: number, $0) }
    }

    /// Ends a file.
    /// - Parameters:
    ///   - isWhole: Whether all of its lines were valid.
    ///   - form: The variant of its format; empty if the format has only one.
    ///   - size: The number of its bytes; 0 if unknown.
    ///   - checksum: Of its bytes.
    public func endFile(isWhole: Bool, form: String = "", size: Int = 0, checksum: Int = 0) {
        files[files.count - 1].isWhole = isWhole
        files[files.count - 1].form = form
        (files[files.count - 1].size, files[files.count - 1].checksum) = (size, checksum)
    }

    /// Discards the file just read, because it was given twice.
    /// - Throws: `StoreFailure`.
    public func dropFile() throws {
        let number = files.count - 1
        try store.write { try ChargeStaging.drop(file: number, $0) }
    }

    /// Stores every bill gathered, in one transaction.
    /// - Returns: What changed for each, by month.
    /// - Throws: `StoreFailure`.
    public func finish() throws -> [BillImport] {
        try store.write { database in
            var incoming: [BillKey: [IncomingPart]] = [:]
            for (number, staged) in try ChargeStaging.parts(database).enumerated() {
                let (lines, totals) = try ChargeStaging.merge(staged, number: number, database)
                let part = BillPart(file: self.files[staged.file], days: staged.days, lines: lines)
                incoming[staged.key, default: []].append(IncomingPart(number: number, part: part, totals: totals))
            }
            let results = try incoming.map { key, parts in
                try BillReplacement(key: key, now: self.now, isPart: self.isPart, database: database).store(parts)
            }
            try ChargeStaging.clear(database)
            return results.sorted { $0.key < $1.key }
        }
    }
}

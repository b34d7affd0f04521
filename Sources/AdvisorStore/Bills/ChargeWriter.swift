public import AdvisorCore
internal import GRDB

/// Stores bills: all files of an ingest are gathered first, then each month is replaced in one transaction.
public final class ChargeWriter {
    private let store: Store
    private let now: Timestamp
    private var file = 0
    private var incompleteFiles: Set<Int> = []

    /// Starts an ingest.
    /// - Throws: `StoreFailure`.
    public init(store: Store, at now: Timestamp) throws {
        (self.store, self.now) = (store, now)
        try store.write { try ChargeStaging.create($0) }
    }

    /// Starts a file.
    public func beginFile() { file += 1 }

    /// Collects a batch of the file.
    /// - Throws: `StoreFailure`.
    public func write(_ batch: ChargeBatch) throws {
        let file = file
        try store.write { try ChargeStaging.add(batch, file: file, $0) }
    }

    /// Ends a file.
    /// - Parameter isWhole: Whether all of its lines were valid.
    public func endFile(isWhole: Bool) { if !isWhole { incompleteFiles.insert(file) } }

    /// Discards the file just read, because it was given twice.
    /// - Throws: `StoreFailure`.
    public func dropFile() throws {
        let file = file
        try store.write { try ChargeStaging.drop(file: file, $0) }
        incompleteFiles.remove(file)
    }

    /// Stores every bill gathered, in one transaction.
    /// - Returns: What changed for each, by month.
    /// - Throws: `StoreFailure`.
    public func finish() throws -> [BillImport] {
        try store.write { database in
            var results: [BillImport] = []
            for (number, bill) in try ChargeStaging.bills(database).enumerated() {
                let (lines, totals) = try ChargeStaging.merge(bill.key, number: number, database)
                let days = CivilDate(daysSinceEpoch: bill.days.lowerBound)...CivilDate(daysSinceEpoch: bill.days.upperBound)
                let statement = BillStatement(
                    key: bill.key, days: days, granularity: .daily, lines: lines, readAt: self.now,
                    isWhole: self.incompleteFiles.isDisjoint(with: bill.files))
                let outcome = try self.store(statement, number: number, database)
                results.append(BillImport(key: bill.key, days: days, lines: lines, totals: totals, outcome: outcome))
            }
            try ChargeStaging.clear(database)
            return results.sorted { $0.key < $1.key }
        }
    }

    /// Adds a bill, or replaces as much of the stored one as it covers.
    private func store(_ new: BillStatement, number: Int, _ database: Database) throws -> BillImport.Outcome {
        guard let (id, old) = try BillStatementTable.fetch(new.key, database) else {
            try ChargeStaging.insert(number, into: try BillStatementTable.insert(new, database), database)
            return .new
        }
        // An incomplete file replaces only what has no more lines.
        if !new.isWhole, new.lines < old.lines { return .kept }
        let replacesAll =
            new.lines >= old.lines || new.days.lowerBound <= old.days.lowerBound && new.days.upperBound >= old.days.upperBound
        let isWhole = new.isWhole && (replacesAll || old.isWhole)
        let days =
            replacesAll
            ? new.days : min(new.days.lowerBound, old.days.lowerBound)...max(new.days.upperBound, old.days.upperBound)
        try database.execute(
            sql: "UPDATE billStatement SET firstDay = ?, lastDay = ?, isWhole = ?, readAt = ? WHERE id = ?",
            arguments: [
                days.lowerBound.daysSinceEpoch, days.upperBound.daysSinceEpoch, isWhole, now.milliseconds, id,
            ])
        let range =
            replacesAll ? Int.min...Int.max : new.days.lowerBound.daysSinceEpoch...new.days.upperBound.daysSinceEpoch
        let isSame = try ChargeStaging.isStored(number, as: id, days: range, database)
        try ChargeTable.delete(of: id, days: range, database)
        try ChargeStaging.insert(number, into: id, database)
        if isSame, old.isWhole == isWhole { return .unchanged }
        return replacesAll ? .replaced : .replacedDays
    }
}

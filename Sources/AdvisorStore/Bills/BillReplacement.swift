internal import AdvisorCore
internal import GRDB

/// A part that was read, with its charges in `ChargeStaging`.
struct IncomingPart {
    /// The number of its merged charges.
    var number: Int
    var part: BillPart
    /// By currency, in units of 1e-18.
    var totals: [String: Int128]

    var path: String { part.file.path }
}

/// Decides what the files of an ingest replace of a stored bill, and replaces it.
struct BillReplacement {
    let key: BillKey
    let now: Timestamp
    let isPart: (String, BillingMonth) -> Bool
    let database: Database

    /// Stores the parts of one bill.
    func store(_ given: [IncomingPart]) throws -> BillImport {
        let parts = Self.oneForm(given)
        guard let (id, old) = try BillStatementTable.fetch(key, database) else {
            let id = try BillStatementTable.insert(statement(parts), database)
            for part in parts { try insert(part, into: id) }
            return try result(parts, .new, id, replaced: [])
        }
        let stored = try BillPartTable.fetch(of: id, database)
        let paths = Set(stored.map(\.part.file.path))
        let isKnown = parts.allSatisfy { !$0.path.isEmpty && paths.contains($0.path) }
        if isKnown || Self.isOneCollection(parts, stored.map(\.part.file)) {
            return try addParts(parts, to: id, stored)
        }
        return try replace(id, old, stored, with: parts)
    }

    /// Of two variants of a format in one ingest, only one counts: the one that reaches furthest, then with most lines.
    private static func oneForm(_ parts: [IncomingPart]) -> [IncomingPart] {
        let forms = Dictionary(grouping: parts, by: \.part.file.form)
        guard forms.count > 1 else { return parts }
        func rank(_ parts: [IncomingPart]) -> (Int, Int) {
            (parts.map(\.part.days.upperBound).max() ?? 0, parts.reduce(0) { $0 + $1.part.lines })
        }
        return forms.sorted { $0.key < $1.key }.map(\.value).max { rank($0) < rank($1) } ?? parts
    }

    private static func isOneCollection(_ parts: [IncomingPart], _ stored: [BillFile]) -> Bool {
        let files = parts.map(\.part.file) + stored
        guard let first = files.first, !first.collection.isEmpty else { return false }
        return files.allSatisfy { $0.collection == first.collection && $0.form == first.form }
    }

    private func statement(_ parts: [IncomingPart]) -> BillStatement {
        let days = Self.days(parts)
        return BillStatement(
            key: key, days: CivilDate(daysSinceEpoch: days.lowerBound)...CivilDate(daysSinceEpoch: days.upperBound),
            granularity: .daily, lines: 0, readAt: now, isWhole: true)
    }

    private static func days(_ parts: [IncomingPart]) -> ClosedRange<Int> {
        let (first, last) = (parts.map(\.part.days.lowerBound).min() ?? 0, parts.map(\.part.days.upperBound).max() ?? 0)
        return first...last
    }

    private func insert(_ part: IncomingPart, into statement: Int64) throws {
        let id = try BillPartTable.save(part.part, of: statement, at: now, database)
        try ChargeStaging.insert(part.number, into: id, of: statement, database)
    }

    // MARK: - Parts

    /// Adds new parts and replaces those of the same paths.
    private func addParts(_ parts: [IncomingPart], to id: Int64, _ stored: [BillPartTable.Record]) throws -> BillImport {
        var outcomes: Set<BillImport.Outcome> = []
        let incoming = Set(parts.map(\.path))
        let gone = stored.map { ($0.id, $0.part.file.path) }.filter { !incoming.contains($1) && !isPart($1, key.month) }
        try BillPartTable.delete(gone.map(\.0), database)
        let replaced = gone.map(\.1)
        for part in parts {
            if let old = stored.first(where: { $0.part.file.path == part.path }) {
                outcomes.insert(try replacePart(old, of: id, with: part))
            } else if let twin = stored.first(where: { $0.part.file.hasBytes(of: part.part.file) }),
                !gone.contains(where: { $0.0 == twin.id })
            {
                outcomes.insert(.unchanged)
            } else {
                try insert(part, into: id)
                outcomes.insert(.added)
            }
        }
        let changes = outcomes.subtracting([.unchanged, .kept])
        let outcome: BillImport.Outcome =
            if stored.count == 1, parts.count == 1, let only = outcomes.first {
                only == .replacedParts ? .replaced : only
            } else if changes.isEmpty {
                outcomes.contains(.kept) ? .kept : .unchanged
            } else {
                changes.contains(.replacedParts) || changes.contains(.replacedDays) ? .replacedParts : .added
            }
        return try result(parts, outcome, id, replaced: replaced)
    }

    private func replacePart(
        _ old: BillPartTable.Record, of statement: Int64, with new: IncomingPart
    ) throws -> BillImport.Outcome {
        // An incomplete file replaces only what has no more lines.
        if !new.part.file.isWhole, new.part.lines < old.part.lines { return .kept }
        let replacesAll = new.part.lines >= old.part.lines || Self.covers(new.part.days, old.part.days)
        let range = replacesAll ? Int.min...Int.max : new.part.days
        let isSame = try ChargeStaging.isStored(new.number, as: old.id, days: range, database)
        try ChargeTable.delete(of: statement, part: old.id, days: range, database)
        var part = new
        if !replacesAll {
            part.part.file.isWhole = new.part.file.isWhole && old.part.file.isWhole
            part.part.days = Self.union(new.part.days, old.part.days)
        }
        try insert(part, into: statement)
        if isSame, old.part.file.isWhole == part.part.file.isWhole { return .unchanged }
        return replacesAll ? .replacedParts : .replacedDays
    }

    // MARK: - The whole bill

    /// Replaces the bill, or as many days of it as the files cover.
    private func replace(
        _ id: Int64, _ old: BillStatement, _ stored: [BillPartTable.Record], with parts: [IncomingPart]
    ) throws -> BillImport {
        let lines = parts.reduce(0) { $0 + $1.part.lines }
        let isWhole = parts.allSatisfy(\.part.file.isWhole)
        if !isWhole, lines < old.lines { return try result(parts, .kept, id, replaced: []) }
        let days = Self.days(parts)
        let oldDays = old.days.lowerBound.daysSinceEpoch...old.days.upperBound.daysSinceEpoch
        let replacesAll = lines >= old.lines || Self.covers(days, oldDays)
        let isSame = try isStored(parts, as: stored, days: replacesAll ? Int.min...Int.max : days)
        let paths = Set(parts.map(\.path))
        let others = stored.map(\.part.file.path).filter { !paths.contains($0) && !$0.isEmpty }
        if replacesAll {
            try BillPartTable.delete(stored.map(\.id), database)
            for part in parts { try insert(part, into: id) }
        } else {
            try ChargeTable.delete(of: id, part: nil, days: days, database)
            for part in parts {
                var part = part
                if let own = stored.first(where: { $0.part.file.path == part.path })?.part {
                    part.part.days = Self.union(part.part.days, own.days)
                    part.part.file.isWhole = part.part.file.isWhole && own.file.isWhole
                }
                try insert(part, into: id)
            }
        }
        if isSame, old.isWhole == isWhole { return try result(parts, .unchanged, id, replaced: []) }
        return try result(parts, replacesAll ? .replaced : .replacedDays, id, replaced: others)
    }

    /// Whether the same charges are stored, under whatever path.
    private func isStored(_ parts: [IncomingPart], as stored: [BillPartTable.Record], days: ClosedRange<Int>) throws -> Bool {
        guard parts.count == stored.count else { return false }
        if let part = parts.first, let old = stored.first, parts.count == 1 {
            return try ChargeStaging.isStored(part.number, as: old.id, days: days, database)
        }
        return parts.allSatisfy { part in stored.contains { $0.part.file.hasBytes(of: part.part.file) } }
    }

    private static func covers(_ days: ClosedRange<Int>, _ others: ClosedRange<Int>) -> Bool {
        days.lowerBound <= others.lowerBound && days.upperBound >= others.upperBound
    }

    private static func union(_ days: ClosedRange<Int>, _ others: ClosedRange<Int>) -> ClosedRange<Int> {
        min(days.lowerBound, others.lowerBound)...max(days.upperBound, others.upperBound)
    }

    private func result(
        _ parts: [IncomingPart], _ outcome: BillImport.Outcome, _ id: Int64, replaced: [String]
    ) throws -> BillImport {
        if outcome != .kept { try BillStatementTable.summarize(id, at: now, database) }
        let days = Self.days(parts)
        var totals: [String: Int128] = [:]
        for part in parts { totals.merge(part.totals) { $0 + $1 } }
        return BillImport(
            key: key, days: CivilDate(daysSinceEpoch: days.lowerBound)...CivilDate(daysSinceEpoch: days.upperBound),
            lines: parts.reduce(0) { $0 + $1.part.lines }, totals: ChargeStaging.amounts(totals), outcome: outcome,
            replacedPaths: replaced, parts: try BillPartTable.fetch(of: id, database).count)
    }
}

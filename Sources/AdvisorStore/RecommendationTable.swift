public import AdvisorCore
internal import Foundation
internal import GRDB

/// A recommendation's row.
enum RecommendationTable {
    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func value<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// The life that a row tells of; nil for a row of a kind that this build does not know.
    static func life(_ row: Row) throws -> RecommendationRecord? {
        guard let kind = ResourceKind(rawValue: row["kind"]), let state = RecommendationRecord.State(rawValue: row["state"]),
            let severity = Severity(rawValue: row["severity"]), let known = Severity(rawValue: row["knownSeverity"])
        else { return nil }
        func money(_ column: String) -> Money? { (row[column] as String?).flatMap(Money.init(text:)) }
        func time(_ column: String) -> Timestamp? { (row[column] as Int64?).map(Timestamp.init(milliseconds:)) }
        let summary = RecommendationSummary(
            steps: try value(row["steps"]), rules: try value(row["rules"]), severity: severity, before: money("monthlyBefore"),
            after: money("monthlyAfter"), afterMaximum: money("monthlyAfterMaximum"))
        var life = RecommendationRecord(
            kind: kind, resource: row["resource"], summary: summary, at: Timestamp(milliseconds: row["since"]))
        life.id = row["id"]
        life.state = state
        life.changedAt = Timestamp(milliseconds: row["changedAt"])
        (life.until, life.note, life.returns) = (time("until"), row["note"], row["returns"])
        (life.knownRules, life.knownSeverity) = (Set(try value(row["knownRules"]) as [String]), known)
        (life.endedAt, life.ending) = (time("endedAt"), (row["ending"] as String?).flatMap(RecommendationRecord.Ending.init))
        life.outcome = try (row["outcome"] as String?).map { try value($0) }
        return life
    }

    /// Writes a life whose number is known.
    static func save(_ life: RecommendationRecord, _ database: Database) throws {
        let outcome = try life.outcome.map { try json($0) }
        try database.execute(
            sql: """
                INSERT INTO recommendation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET state = excluded.state, steps = excluded.steps, rules = excluded.rules,
                    severity = excluded.severity, monthlyBefore = excluded.monthlyBefore, monthlyAfter = excluded.monthlyAfter,
                    monthlyAfterMaximum = excluded.monthlyAfterMaximum, changedAt = excluded.changedAt, until = excluded.until,
                    note = excluded.note, knownRules = excluded.knownRules, knownSeverity = excluded.knownSeverity,
                    returns = excluded.returns, endedAt = excluded.endedAt, ending = excluded.ending, outcome = excluded.outcome
                """,
            arguments: [
                life.id, life.kind.rawValue, life.resource, life.state.rawValue, try json(life.summary.steps),
                try json(life.summary.rules), life.summary.severity.rawValue, life.summary.before?.exact,
                life.summary.after?.exact,
                life.summary.afterMaximum?.exact, life.since.milliseconds, life.changedAt.milliseconds, life.until?.milliseconds,
                life.note, try json(life.knownRules.sorted()), life.knownSeverity.rawValue, life.returns,
                life.endedAt?.milliseconds, life.ending?.rawValue, outcome,
            ])
    }

    /// Adds a change of a recorded life.
    static func add(_ change: RecommendationChange, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO recommendationChange(recommendationId, at, what, before, after, words, headline)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                change.life.id, change.at.milliseconds, change.kind.rawValue, change.from?.rawValue, change.life.state.rawValue,
                change.words, change.life.summary.headline,
            ])
    }

    /// The newest life of every resource, by kind and id.
    static func newest(_ database: Database) throws -> [ResourceKey: RecommendationRecord] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT * FROM recommendation WHERE id IN (SELECT max(id) FROM recommendation GROUP BY kind, resource)")
        var result: [ResourceKey: RecommendationRecord] = [:]
        for row in rows {
            guard let life = try life(row) else { continue }
            result[ResourceKey(kind: life.kind, resource: life.resource)] = life
        }
        return result
    }
}

extension Store {
    /// The newest recommendation of every resource.
    /// - Throws: `StoreFailure`.
    public func newestRecommendations() throws -> [ResourceKey: RecommendationRecord] { try read(RecommendationTable.newest) }

    /// The number of the next new recommendation, as long as the store's generation stays the same.
    /// - Throws: `StoreFailure`.
    public func nextRecommendationID() throws -> Int64 {
        try read { database in
            (try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'recommendation'") ?? 0) + 1
        }
    }

    /// Every recommendation, by number.
    /// - Throws: `StoreFailure`.
    public func recommendations() throws -> [RecommendationRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM recommendation ORDER BY id").compactMap(RecommendationTable.life)
        }
    }

    /// What happened, oldest first; of one recommendation, or of all.
    /// - Throws: `StoreFailure`.
    public func recommendationHistory(of id: Int64? = nil) throws -> [RecommendationEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT change.*, recommendation.kind, recommendation.resource FROM recommendationChange AS change
                    JOIN recommendation ON recommendation.id = change.recommendationId
                    WHERE ?1 IS NULL OR change.recommendationId = ?1 ORDER BY change.id
                    """, arguments: [id]
            ).compactMap { row in
                guard let kind = ResourceKind(rawValue: row["kind"]),
                    let what = RecommendationChange.Kind(rawValue: row["what"]),
                    let after = RecommendationRecord.State(rawValue: row["after"])
                else { return nil }
                return RecommendationEntry(
                    recommendation: row["recommendationId"], kind: kind, resource: row["resource"],
                    at: Timestamp(milliseconds: row["at"]), what: what,
                    before: (row["before"] as String?).flatMap(RecommendationRecord.State.init), after: after,
                    words: row["words"], headline: row["headline"])
            }
        }
    }

    /// The evidence frozen for a recommendation, oldest first: each is a JSON document, as it was written.
    /// - Throws: `StoreFailure`.
    public func recommendationEvidence(of id: Int64) throws -> [(at: Timestamp, document: String)] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT at, document FROM recommendationEvidence WHERE recommendationId = ? ORDER BY id",
                arguments: [id]
            ).map { (Timestamp(milliseconds: $0["at"]), $0["document"]) }
        }
    }

    /// Does something with a recommendation, in one transaction.
    /// - Parameters:
    ///   - act: What to do.
    ///   - id: The recommendation's number.
    ///   - evidence: What it stands on now; kept when it is claimed, or done without having been claimed.
    ///   - now: When.
    /// - Returns: The change; nil when there is no recommendation of that number.
    /// - Throws: `RecommendationRefusal` when that is not possible, else `StoreFailure`.
    public func act(_ act: RecommendationCommand, on id: Int64, evidence: EvidenceSnapshot?, at now: Timestamp) throws
        -> RecommendationChange?
    {
        let outcome: Result<RecommendationChange?, RecommendationRefusal> = try write { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM recommendation WHERE id = ?", arguments: [id]),
                let life = try RecommendationTable.life(row)
            else { return .success(nil) }
            let done: (life: RecommendationRecord, change: RecommendationChange)
            do throws(RecommendationRefusal) { done = try RecommendationLifecycle.act(act, on: life, now: now) } catch {
                return .failure(error)
            }
            if !life.isCurrent, let other = try Self.current(life, database) {
                return .failure(RecommendationRefusal("#\(other) is the recommendation for \(life.resource) now"))
            }
            try RecommendationTable.save(done.life, database)
            try RecommendationTable.add(done.change, database)
            let isFrozen = done.change.kind == .claimed || done.change.kind == .done && life.state != .claimed
            if isFrozen, let evidence {
                try database.execute(
                    sql: "INSERT INTO recommendationEvidence(recommendationId, at, document) VALUES (?, ?, ?)",
                    arguments: [id, now.milliseconds, try evidence.json()])
            }
            return .success(done.change)
        }
        return try outcome.get()
    }

    /// The number of the recommendation that lasts for the resource of one that is over.
    private static func current(_ life: RecommendationRecord, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT id FROM recommendation WHERE kind = ? AND resource = ? AND endedAt IS NULL",
            arguments: [life.kind.rawValue, life.resource])
    }
}

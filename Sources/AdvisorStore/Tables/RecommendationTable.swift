public import AdvisorCore
internal import GRDB

/// Every recommendation: at most one current one a resource.
enum RecommendationTable: StoredTable {
    static let name = "recommendation"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> RecommendationRecord {
        var summary = RecommendationSummary(
            steps: try row.document("steps"), rules: try row.document("rules"), severity: try row.code("severity"),
            before: try row.optionalAmount("monthlyBefore").map { Money($0) },
            after: try row.optionalAmount("monthlyAfter").map { Money($0) },
            afterMaximum: try row.optionalAmount("monthlyAfterMaximum").map { Money($0) })
        summary.effect = try row.optionalDocument("effect")
        var record = RecommendationRecord(
            kind: try row.code("kind"), resource: try row.value("resource"), summary: summary, at: try row.time("since"))
        record.id = try row.value("id")
        record.state = try row.code("state")
        record.changedAt = try row.time("changedAt")
        (record.until, record.note) = (try row.optionalTime("snoozedUntil"), try row.optional("note"))
        record.knownRules = Set(try row.document("knownRules") as [String])
        record.knownSeverity = try row.code("knownSeverity")
        record.returns = try row.count("returns")
        (record.endedAt, record.ending) = (try row.optionalTime("endedAt"), try row.optionalCode("ending"))
        record.outcome = try row.optionalDocument("outcome")
        return record
    }

    /// Writes a record whose number is known.
    static func save(_ record: RecommendationRecord, _ database: Database) throws {
        let summary = record.summary
        try database.execute(
            sql: """
                INSERT INTO recommendation(id, kind, resource, state, steps, rules, severity, monthlyBefore, monthlyAfter,
                    monthlyAfterMaximum, since, changedAt, snoozedUntil, note, knownRules, knownSeverity, returns, endedAt, ending,
                    outcome, effect)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET state = excluded.state, steps = excluded.steps, rules = excluded.rules,
                    severity = excluded.severity, monthlyBefore = excluded.monthlyBefore, monthlyAfter = excluded.monthlyAfter,
                    monthlyAfterMaximum = excluded.monthlyAfterMaximum, changedAt = excluded.changedAt,
                    snoozedUntil = excluded.snoozedUntil, note = excluded.note, knownRules = excluded.knownRules,
                    knownSeverity = excluded.knownSeverity, returns = excluded.returns, endedAt = excluded.endedAt,
                    ending = excluded.ending, outcome = excluded.outcome, effect = excluded.effect
                """,
            arguments: [
                record.id, record.kind.rawValue, record.resource, record.state.rawValue, try StoredJSON.text(summary.steps),
                try StoredJSON.text(summary.rules), summary.severity.rawValue, summary.before?.exact, summary.after?.exact,
                summary.afterMaximum?.exact, record.since.milliseconds, record.changedAt.milliseconds,
                record.until?.milliseconds, record.note, try StoredJSON.text(record.knownRules.sorted()),
                record.knownSeverity.rawValue, record.returns, record.endedAt?.milliseconds, record.ending?.rawValue,
                try record.outcome.map { try StoredJSON.text($0) }, try summary.effect.map { try StoredJSON.text($0) },
            ])
    }

    /// The newest record of every resource.
    static func newest(_ database: Database) throws -> [RecommendationRecord] {
        try fetchAll(database, "WHERE id IN (SELECT max(id) FROM recommendation GROUP BY kind, resource)")
    }

    /// The number of the next new recommendation.
    static func nextID(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM recommendation") ?? 1
    }

    /// The number of the current recommendation for a resource; nil when there is none.
    static func current(kind: ResourceKind, resource: String, _ database: Database) throws -> Int64? {
        try fetchAll(database, "WHERE kind = ? AND resource = ? AND endedAt IS NULL", arguments: [kind.rawValue, resource]).first?
            .id
    }
}

extension Store {
    /// All recommendations by number.
    /// - Throws: `StoreFailure`.
    public func recommendations() throws -> [RecommendationRecord] {
        try read { try RecommendationTable.fetchAll($0, "ORDER BY id") }
    }

    /// The newest recommendation of every resource.
    /// - Throws: `StoreFailure`.
    public func newestRecommendations() throws -> [ResourceKey: RecommendationRecord] {
        let records = try read(RecommendationTable.newest)
        return Dictionary(uniqueKeysWithValues: records.map { (ResourceKey(kind: $0.kind, resource: $0.resource), $0) })
    }

    /// The number of the next new recommendation, as long as the store's generation stays the same.
    /// - Throws: `StoreFailure`.
    public func nextRecommendationID() throws -> Int64 { try read(RecommendationTable.nextID) }

    /// Runs a user's command on a recommendation, in one transaction.
    /// - Parameters:
    ///   - act: What to do.
    ///   - id: The number of the recommendation.
    ///   - evidence: What it rests on now; kept when it is claimed, or done without having been claimed.
    ///   - now: The time of the change.
    /// - Returns: The change; nil if there is no recommendation with the number.
    /// - Throws: `RecommendationRefusal` if the command is not possible, otherwise `StoreFailure`.
    public func act(_ act: RecommendationCommand, on id: Int64, evidence: EvidenceSnapshot?, at now: Timestamp) throws
        -> RecommendationChange?
    {
        let outcome: Result<RecommendationChange?, RecommendationRefusal> = try write { database in
            guard let record = try RecommendationTable.fetchAll(database, "WHERE id = ?", arguments: [id]).first else {
                return .success(nil)
            }
            let done: (life: RecommendationRecord, change: RecommendationChange)
            do throws(RecommendationRefusal) { done = try RecommendationLifecycle.act(act, on: record, now: now) } catch {
                return .failure(error)
            }
            let current = try RecommendationTable.current(kind: record.kind, resource: record.resource, database)
            if !record.isCurrent, let current {
                return .failure(.superseded(by: current, resource: record.resource))
            }
            try RecommendationTable.save(done.life, database)
            try RecommendationChangeTable.add(done.change, database)
            let isSnapshot = done.change.kind == .claimed || done.change.kind == .done && record.state != .claimed
            if isSnapshot, let evidence { try RecommendationEvidenceTable.add(evidence, of: id, at: now, database) }
            return .success(done.change)
        }
        return try outcome.get()
    }
}

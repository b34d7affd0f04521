public import AdvisorCore
internal import GRDB

extension Store {
    /// The number of samples of several series.
    /// - Throws: `StoreFailure`.
    public func sampleCount(of series: [Int64]) throws -> Int {
        try read { database in
            try series.reduce(0) { sum, id in
                let statement = try database.cachedStatement(sql: "SELECT count(*) FROM sample WHERE seriesId = ?")
                return try sum + (Int.fetchOne(statement, arguments: [id]) ?? 0)
            }
        }
    }

    /// Removes series with all their samples, and the states of rules on their resources, which the next evaluation computes
    /// anew from what is left.
    /// - Returns: The number of samples removed.
    /// - Throws: `StoreFailure`; then nothing is removed.
    public func forget(_ series: [Int64], of resources: [ResourceKey], at now: Timestamp) throws -> Int {
        try write { database in
            var samples = 0
            for id in series {
                try database.cachedStatement(sql: "DELETE FROM sample WHERE seriesId = ?").execute(arguments: [id])
                samples += database.changesCount
                for table in ["extraStatistic", "rollUp"] {
                    try database.cachedStatement(sql: "DELETE FROM \(table) WHERE seriesId = ?").execute(arguments: [id])
                }
                try SourceProgressTable.remove(id, database)
                try database.cachedStatement(sql: "DELETE FROM series WHERE id = ?").execute(arguments: [id])
            }
            let forgotten = Set(resources)
            for alarm in try AlarmTable.fetchAll(database) {
                let key = alarm.key
                guard forgotten.contains(ResourceKey(kind: key.kind, resource: key.resource)) else { continue }
                try database.cachedStatement(sql: "DELETE FROM alarm WHERE rule = ? AND kind = ? AND resource = ?")
                    .execute(arguments: [key.rule, key.kind.rawValue, key.resource])
            }
            try WatchedResourceTable.remove(resources, database)
            // An evaluation that has read the samples already must read again.
            try database.execute(sql: "INSERT INTO ingest(at, records) VALUES (?, 0)", arguments: [now.milliseconds])
            return samples
        }
    }
}

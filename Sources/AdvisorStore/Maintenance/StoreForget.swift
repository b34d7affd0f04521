public import AdvisorCore
internal import GRDB

extension Store {
    /// The number of samples of several series.
    /// - Throws: `StoreFailure`.
    public func sampleCount(of series: [Int64]) throws -> Int {
        try read { database in
            try series.reduce(0) { sum, id in
                try sum + (Int.fetchOne(database, sql: "SELECT count(*) FROM sample WHERE seriesId = ?", arguments: [id]) ?? 0)
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
                try database.execute(sql: "DELETE FROM sample WHERE seriesId = ?", arguments: [id])
                samples += database.changesCount
                for table in ["extraStatistic", "rollUp"] {
                    try database.execute(sql: "DELETE FROM \(table) WHERE seriesId = ?", arguments: [id])
                }
                try database.execute(sql: "DELETE FROM series WHERE id = ?", arguments: [id])
                try SourceProgressTable.remove(id, database)
            }
            for key in resources {
                try database.execute(
                    sql: "DELETE FROM alarm WHERE kind = ? AND resource = ?", arguments: [key.kind.rawValue, key.resource])
            }
            try WatchedResourceTable.remove(resources, database)
            // An evaluation that has read the samples already must read again.
            try database.execute(sql: "INSERT INTO ingest(at, records) VALUES (?, 0)", arguments: [now.milliseconds])
            return samples
        }
    }
}

internal import AdvisorCore
internal import GRDB

/// Tables of their own for what checkpoints had in their names, and what a run did as a column.
enum SchemaV5 {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE sourceProgress(
                    source TEXT NOT NULL,           -- the fingerprint of what identifies it
                    seriesId INTEGER NOT NULL REFERENCES series(id),
                    cadence INTEGER NOT NULL CHECK (cadence > 0),   -- milliseconds
                    completeUpTo INTEGER NOT NULL,
                    PRIMARY KEY (source, seriesId)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE watchedResource(
                    kind TEXT NOT NULL CHECK (
                        kind IN (
                            'database', 'api', 'function', 'user_pool', 'nat_gateway', 'log_group', 'bucket', 'project',
                            'account', 'service', 'allowance')),
                    resource TEXT NOT NULL CHECK (resource <> ''),
                    since INTEGER NOT NULL,         -- its first evaluation
                    PRIMARY KEY (kind, resource)
                ) STRICT, WITHOUT ROWID;
                ALTER TABLE run ADD COLUMN hasEvaluated INTEGER NOT NULL DEFAULT 0 CHECK (hasEvaluated IN (0, 1));
                UPDATE run SET hasEvaluated = 1 WHERE json_extract(summary, '$.changes') IS NOT NULL;
                """)
        try moveCheckpoints(database)
    }

    /// A checkpoint that is neither stays, and `store check` names it.
    private static func moveCheckpoints(_ database: Database) throws {
        for (name, at) in try Row.fetchAll(database, sql: "SELECT name, at FROM checkpoint").map({
            ($0["name"] as String, $0["at"] as Int64)
        }) {
            let parts = name.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if parts.count == 3, parts[0] == "watched", let kind = ResourceKind(rawValue: parts[1]), !parts[2].isEmpty {
                try database.execute(
                    sql: "INSERT INTO watchedResource(kind, resource, since) VALUES (?, ?, ?)",
                    arguments: [kind.rawValue, parts[2], at])
            } else if parts.count == 4, parts[0] == "complete", let series = Int64(parts[2]), let cadence = Int64(parts[3]),
                cadence > 0,
                try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM series WHERE id = ?)", arguments: [series]) == true
            {
                try database.execute(
                    sql: """
                        INSERT INTO sourceProgress(source, seriesId, cadence, completeUpTo) VALUES (?, ?, ?, ?)
                        ON CONFLICT (source, seriesId) DO NOTHING
                        """, arguments: [parts[1], series, cadence, at])
            } else {
                continue
            }
            try database.execute(sql: "DELETE FROM checkpoint WHERE name = ?", arguments: [name])
        }
    }
}

internal import GRDB

/// The checksum of each row of the tables that alerts depend on.
///
/// Temporary triggers keep them: only connections of advisor have those, so that a row that another program changed shows.
enum RowChecksumTable: StoredTable {
    static let name = "rowChecksum"
    static let keyColumns = ["name", "key"]

    private static let tables: [(name: String, key: [String])] = [
        ("alarm", ["rule", "kind", "resource"]), ("recommendation", ["id"]), ("alertGroup", ["key"]), ("outboxEntry", ["id"]),
    ]

    static func decode(_ row: StoredRow) throws { _ = try row.name("name") }

    /// The key of a row, and its checksum, as SQL; `row` is a prefix of the columns.
    private static func expressions(
        _ table: (name: String, key: [String]), _ row: String, _ database: Database
    ) throws -> (key: String, checksum: String) {
        let columns = try database.columns(in: table.name).map { "\(row)\"\($0.name)\"" }
        return (
            table.key.map { "\(row)\"\($0)\"" }.joined(separator: " || ' ' || "),
            "advisorChecksum(\(columns.joined(separator: ", ")))"
        )
    }

    static func createTriggers(_ database: Database) throws {
        for table in tables {
            let (key, checksum) = try expressions(table, "NEW.", database)
            let old = try expressions(table, "OLD.", database).key
            let save = """
                BEGIN INSERT INTO rowChecksum(name, key, checksum) VALUES ('\(table.name)', \(key), \(checksum))
                ON CONFLICT (name, key) DO UPDATE SET checksum = excluded.checksum; END
                """
            try database.execute(
                sql: """
                    CREATE TEMP TRIGGER \(table.name)Inserted AFTER INSERT ON main.\(table.name) \(save);
                    CREATE TEMP TRIGGER \(table.name)Updated AFTER UPDATE ON main.\(table.name) \(save);
                    CREATE TEMP TRIGGER \(table.name)Deleted AFTER DELETE ON main.\(table.name)
                    BEGIN DELETE FROM rowChecksum WHERE name = '\(table.name)' AND key = \(old); END;
                    """)
        }
    }

    static func recomputeAll(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM rowChecksum")
        for table in tables {
            let (key, checksum) = try expressions(table, "", database)
            try database.execute(
                sql: "INSERT INTO rowChecksum(name, key, checksum) SELECT '\(table.name)', \(key), \(checksum) FROM \(table.name)"
            )
        }
    }

    /// One line a table whose rows are not those that were written.
    static func problems(_ database: Database) throws -> [String] {
        try tables.compactMap { table in
            let (key, checksum) = try expressions(table, "t.", database)
            let keys = try String.fetchAll(
                database,
                sql: """
                    SELECT CAST(\(key) AS TEXT) FROM \(table.name) t
                        LEFT JOIN rowChecksum c ON c.name = '\(table.name)' AND c.key = \(key)
                        WHERE c.checksum IS NOT \(checksum)
                    UNION ALL SELECT key FROM rowChecksum
                        WHERE name = '\(table.name)' AND key NOT IN (SELECT CAST(\(key) AS TEXT) FROM \(table.name) t)
                    """)
            guard let first = keys.first else { return nil }
            let rest = keys.count > 1 ? " and \(keys.count - 1) more" : ""
            return "table \(table.name): \(first)\(rest): not as it was written"
        }
    }
}

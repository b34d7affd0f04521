internal import AdvisorCore
internal import GRDB

/// The schema as named steps: a released step never changes, a new table or column is a new step.
enum Migrations {
    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1", migrate: SchemaV1.create)
        // What recommended actions do about the alarms and the bill.
        migrator.registerMigration("v2") { database in
            try database.execute(
                sql: "ALTER TABLE recommendation ADD COLUMN effect TEXT CHECK (effect IS NULL OR json_valid(effect))")
        }
        // Checksums of values.
        migrator.registerMigration("v3", migrate: SchemaV3.create)
        // What notifications were planned for, where late samples have changed the alarm since.
        migrator.registerMigration("v4") { database in
            try database.execute(
                sql: "ALTER TABLE alarm ADD COLUMN planned TEXT CHECK (planned IS NULL OR json_valid(planned))")
            try RowChecksumTable.recomputeAll(database)
        }
        // How far sources are complete, since when resources are evaluated, and whether a run evaluated.
        migrator.registerMigration("v5", migrate: SchemaV5.create)
        return migrator
    }()

    /// Whether a database without an application id is a store whose creation was interrupted: it has applied nothing but
    /// steps of this build.
    static func isUnfinished(_ database: Database) throws -> Bool {
        guard try Int.fetchOne(database, sql: "PRAGMA application_id") == 0, try database.tableExists("grdb_migrations")
        else { return false }
        let others = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name <> 'grdb_migrations'")
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
        return applied.isEmpty ? others == 0 : try unknown(in: database).isEmpty
    }

    /// Applied steps that this build does not know.
    static func unknown(in database: Database) throws -> [String] {
        guard try database.tableExists("grdb_migrations") else { return [] }
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        return applied.filter { !all.migrations.contains($0) }
    }
}

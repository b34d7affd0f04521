internal import AdvisorCore
internal import GRDB

/// The schema as named steps: a released step never changes, a new table or column is a new step.
enum Migrations {
    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1", migrate: SchemaV1.create)
        return migrator
    }()

    /// Applied steps that this build does not know.
    static func unknown(in database: Database) throws -> [String] {
        guard try database.tableExists("grdb_migrations") else { return [] }
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        return applied.filter { !all.migrations.contains($0) }
    }
}

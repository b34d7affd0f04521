internal import AdvisorCore
internal import GRDB

/// The tables, as named steps that are only ever added to.
enum Migrations {
    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 samples", migrate: samples)
        migrator.registerMigration("2 alarms", migrate: alarms)
        migrator.registerMigration("3 outbox", migrate: OutboxTables.create)
        migrator.registerMigration("4 bills", migrate: BillTables.create)
        migrator.registerMigration("5 recommendations", migrate: RecommendationTables.create)
        migrator.registerMigration("6 budgets", migrate: BudgetTables.create)
        migrator.registerMigration("7 tier changes", migrate: TierChange.migrate)
        migrator.registerMigration("8 roll-up", migrate: RollUpTables.create)
        migrator.registerMigration("9 runs", migrate: AlertTables.create)
        return migrator
    }()

    /// Applied steps that this build does not know.
    static func unknown(in database: Database) throws -> [String] {
        guard try database.tableExists("grdb_migrations") else { return [] }
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        return applied.filter { !all.migrations.contains($0) }
    }

    private static func samples(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE ingest(
                    id INTEGER PRIMARY KEY,
                    at INTEGER NOT NULL,        -- milliseconds since 1970, UTC
                    records INTEGER NOT NULL    -- read so far, batch by batch
                ) STRICT;
                CREATE TABLE series(
                    id INTEGER PRIMARY KEY, account TEXT, region TEXT, namespace TEXT NOT NULL, name TEXT NOT NULL,
                    dimensions TEXT NOT NULL,   -- a JSON object, names in order
                    changedFrom INTEGER         -- start of the first sample that changed since the last evaluation
                ) STRICT;
                CREATE UNIQUE INDEX seriesIdentity
                    ON series(namespace, name, dimensions, ifnull(account, ''), ifnull(region, ''));
                CREATE TABLE sample(
                    seriesId INTEGER NOT NULL REFERENCES series(id),
                    start INTEGER NOT NULL,     -- milliseconds since 1970, UTC
                    period INTEGER NOT NULL,    -- milliseconds; 0: not stated
                    unit INTEGER REFERENCES unit(id),
                    ingestId INTEGER NOT NULL,
                    count REAL, sum REAL, average REAL, minimum REAL, maximum REAL,
                    PRIMARY KEY (seriesId, start, period)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE extraStatistic(
                    seriesId INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,
                    PRIMARY KEY (seriesId, start, period, name)
                ) STRICT, WITHOUT ROWID;
                CREATE VIEW datapoint AS SELECT
                    series.account, series.region, series.namespace, series.name AS metric, series.dimensions,
                    datetime(sample.start / 1000, 'unixepoch') AS start, nullif(sample.period, 0) / 1000 AS periodSeconds,
                    unit.name AS unit, sample.count, sample.sum, sample.average, sample.minimum, sample.maximum
                    FROM sample JOIN series ON series.id = sample.seriesId LEFT JOIN unit ON unit.id = sample.unit;
                """)
        for unit in MetricUnit.allCases {
            try database.execute(sql: "INSERT INTO unit(id, name) VALUES (?, ?)", arguments: [Int(unit.rawValue), unit.name])
        }
    }

    private static func alarms(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE evaluation(id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
                CREATE TABLE alarm(
                    rule TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL,
                    definition TEXT NOT NULL,   -- of the rule and the facts it was judged with
                    state TEXT NOT NULL CHECK (state IN ('OK', 'ALARM', 'INSUFFICIENT_DATA')),
                    since INTEGER, evaluatedUpTo INTEGER, leavingSince INTEGER,
                    PRIMARY KEY (rule, kind, resource)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE transition(
                    rule TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL, at INTEGER NOT NULL,
                    before TEXT NOT NULL, after TEXT NOT NULL,
                    PRIMARY KEY (rule, kind, resource, at),
                    FOREIGN KEY (rule, kind, resource) REFERENCES alarm ON DELETE CASCADE
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE recommendation(
                    resource TEXT PRIMARY KEY, action TEXT NOT NULL, target TEXT, rules TEXT NOT NULL,
                    monthlyBefore TEXT, monthlyAfter TEXT, since INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """)
    }
}

internal import GRDB

/// The tables of bills: what each source told of a month, and its charges, added up by day.
enum BillTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE statement(
                    id INTEGER PRIMARY KEY, source TEXT NOT NULL, provider TEXT NOT NULL,
                    payer TEXT NOT NULL,        -- '' when the source does not say
                    month TEXT NOT NULL,        -- 2026-03
                    firstDay INTEGER NOT NULL, lastDay INTEGER NOT NULL,    -- days since 1970, UTC
                    isDaily INTEGER NOT NULL, isWhole INTEGER NOT NULL, lines INTEGER NOT NULL,
                    readAt INTEGER NOT NULL,    -- milliseconds since 1970, UTC
                    UNIQUE (month, source, provider, payer)
                ) STRICT;
                CREATE TABLE charge(
                    statementId INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
                    day INTEGER NOT NULL,       -- days since 1970, UTC
                    account TEXT NOT NULL, service TEXT NOT NULL, usageType TEXT NOT NULL, category TEXT NOT NULL,
                    currency TEXT NOT NULL,
                    cost TEXT NOT NULL,         -- exact decimals, as is usage
                    usage TEXT, unit TEXT NOT NULL, lines INTEGER NOT NULL, isLong INTEGER NOT NULL,
                    PRIMARY KEY (statementId, day, account, service, usageType, category, currency)
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// What one ingest brings, before it takes a month's place: `incoming` as it was read, `merged` added up.
    static let temporary = """
        CREATE TEMP TABLE IF NOT EXISTS incoming(
            file INTEGER, month TEXT, source TEXT, provider TEXT, payer TEXT, day INTEGER, account TEXT, service TEXT,
            usageType TEXT, category TEXT, currency TEXT, cost TEXT, usage TEXT, unit TEXT, lines INTEGER, isLong INTEGER);
        CREATE TEMP TABLE IF NOT EXISTS covered(
            file INTEGER, month TEXT, source TEXT, provider TEXT, payer TEXT, firstDay INTEGER, lastDay INTEGER);
        CREATE TEMP TABLE IF NOT EXISTS merged(
            bill INTEGER, day INTEGER, account TEXT, service TEXT, usageType TEXT, category TEXT, currency TEXT, cost TEXT,
            usage TEXT, unit TEXT, lines INTEGER, isLong INTEGER);
        DELETE FROM incoming;
        DELETE FROM covered;
        DELETE FROM merged;
        """
}

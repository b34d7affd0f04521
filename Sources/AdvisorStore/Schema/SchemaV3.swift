internal import GRDB

/// Checksums of values: SQLite checks the structure of a file, not what is in it.
enum SchemaV3 {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE sampleChecksum(
                    seriesId INTEGER NOT NULL, day INTEGER NOT NULL,    -- since 1970, UTC
                    checksum INTEGER NOT NULL,  -- the sum of those of the day's samples
                    PRIMARY KEY (seriesId, day)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE rowChecksum(
                    name TEXT NOT NULL,         -- of the table
                    key TEXT NOT NULL,          -- of the row
                    checksum INTEGER NOT NULL,
                    PRIMARY KEY (name, key)
                ) STRICT, WITHOUT ROWID;
                """)
        try SampleChecksumTable.recomputeAll(database)
        try RowChecksumTable.recomputeAll(database)
    }
}

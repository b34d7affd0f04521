internal import GRDB

/// The tables of what was told of what, and of the runs that told it.
enum AlertTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE alertThread(
                    key TEXT PRIMARY KEY,       -- what it is about: `database/prod-db`
                    document TEXT NOT NULL CHECK (json_valid(document))
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE run(
                    id INTEGER PRIMARY KEY,
                    startedAt INTEGER NOT NULL, finishedAt INTEGER,     -- milliseconds since 1970, UTC; no end: it was killed
                    status INTEGER,             -- the exit code
                    summary TEXT CHECK (summary IS NULL OR json_valid(summary))
                ) STRICT;
                CREATE TABLE readInput(
                    input TEXT PRIMARY KEY,     -- a file with the way it is read, or a command
                    size INTEGER, modified INTEGER, inode INTEGER,      -- of a file: nanoseconds since 1970
                    upTo INTEGER                -- of a command: the end of the stretch it was last asked for
                ) STRICT, WITHOUT ROWID;
                """)
    }
}

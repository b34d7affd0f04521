internal import GRDB

/// The tables of what is owed to whom, and what came of each attempt.
enum OutboxTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE endpoint(
                    name TEXT PRIMARY KEY,      -- of the stack file's webhook
                    notBefore INTEGER,          -- the receiver's own wish, in milliseconds since 1970, UTC
                    disabledAt INTEGER, disabledReason TEXT
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE outboxEntry(
                    id INTEGER PRIMARY KEY,     -- in the order in which they were owed
                    alertId TEXT NOT NULL,      -- the same on every attempt
                    endpoint TEXT NOT NULL,
                    thread TEXT NOT NULL,       -- the alert's key: what it is about
                    isFiring INTEGER NOT NULL,  -- whether what it tells of still stood
                    alert TEXT NOT NULL CHECK (json_valid(alert)),
                    state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'delivered', 'failed', 'held')),
                    enqueuedAt INTEGER NOT NULL,
                    nextAttemptAt INTEGER NOT NULL,
                    attempts INTEGER NOT NULL DEFAULT 0,
                    lease TEXT, leasedUntil INTEGER,
                    finishedAt INTEGER, reason TEXT,
                    UNIQUE (alertId, endpoint)
                ) STRICT;
                CREATE INDEX outboxEntryOpen ON outboxEntry(endpoint, id) WHERE state IN ('pending', 'leased', 'held');
                CREATE INDEX outboxEntryThread ON outboxEntry(endpoint, thread, id);
                CREATE TABLE deliveryAttempt(
                    id INTEGER PRIMARY KEY,
                    entryId INTEGER NOT NULL REFERENCES outboxEntry(id) ON DELETE CASCADE,
                    at INTEGER NOT NULL,
                    outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry', 'failed')),
                    milliseconds INTEGER NOT NULL,  -- how long it took
                    reason TEXT NOT NULL            -- what the receiver said, without secrets
                ) STRICT;
                CREATE INDEX deliveryAttemptEntry ON deliveryAttempt(entryId, id);
                """)
    }
}

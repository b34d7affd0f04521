extension SchemaV1 {
    private static let alertKinds = """
        'alarm', 'resolved', 'recommendation', 'budget', 'anomaly', 'stale', 'run_failed', 'endpoint_disabled', 'test'
        """

    static let delivery = """
        CREATE TABLE alertGroup(
            key TEXT PRIMARY KEY,       -- what its alerts are about: database/prod-db
            kind TEXT NOT NULL CHECK (kind IN (\(alertKinds))),
            resource TEXT,              -- NULL: the whole stack
            isOpen INTEGER NOT NULL CHECK (isOpen IN (0, 1)),   -- something is firing, or its end was not notified yet
            notifiedAt INTEGER,         -- of the last notification that it is firing
            document TEXT NOT NULL CHECK (json_valid(document))     -- the whole state
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE receiver(
            name TEXT PRIMARY KEY,      -- of a webhook in advisor.yaml
            state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
            pausedUntil INTEGER,        -- as the receiver asked
            disabledAt INTEGER, disabledReason TEXT,
            CHECK ((state = 'paused') = (pausedUntil IS NOT NULL)),
            CHECK ((state = 'disabled') = (disabledAt IS NOT NULL)),
            CHECK ((state = 'disabled') = (disabledReason IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE outboxEntry(
            id INTEGER PRIMARY KEY,     -- in the order of delivery
            alertId TEXT NOT NULL,      -- the same on every attempt
            receiver TEXT NOT NULL,
            groupKey TEXT NOT NULL,     -- what the alert is about
            isFiring INTEGER NOT NULL CHECK (isFiring IN (0, 1)),
            alert TEXT NOT NULL CHECK (json_valid(alert)),              -- its codes and values
            message TEXT CHECK (message IS NULL OR json_valid(message)),    -- its words, the same since the first attempt
            state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'delivered', 'failed', 'held')),
            heldReason TEXT CHECK (heldReason IN ('receiver_disabled', 'receiver_unknown')),
            enqueuedAt INTEGER NOT NULL,
            nextAttemptAt INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            lease TEXT, leasedUntil INTEGER,
            finishedAt INTEGER,
            reason TEXT,                -- of the last attempt that failed
            UNIQUE (alertId, receiver),
            CHECK ((state = 'held') = (heldReason IS NOT NULL)),
            CHECK ((state = 'leased') = (lease IS NOT NULL)),
            CHECK ((state = 'leased') = (leasedUntil IS NOT NULL)),
            CHECK (message IS NOT NULL OR state <> 'leased' AND attempts = 0),
            CHECK ((state IN ('delivered', 'failed')) = (finishedAt IS NOT NULL))
        ) STRICT;
        CREATE INDEX outboxEntryOpen ON outboxEntry(receiver, id) WHERE state IN ('pending', 'leased', 'held');
        CREATE INDEX outboxEntryGroup ON outboxEntry(receiver, groupKey, id);
        CREATE TABLE deliveryAttempt(
            id INTEGER PRIMARY KEY,
            entryId INTEGER NOT NULL REFERENCES outboxEntry(id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry', 'failed')),
            milliseconds INTEGER NOT NULL,  -- how long it took
            reason TEXT NOT NULL            -- the receiver's response, without secrets
        ) STRICT;
        CREATE INDEX deliveryAttemptEntry ON deliveryAttempt(entryId, id);
        """

    static let bills = """
        CREATE TABLE billStatement(
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL CHECK (source IN ('cur', 'focus', 'cost-explorer-daily', 'cost-explorer-monthly')),
            provider TEXT NOT NULL,
            payer TEXT NOT NULL,        -- '': the source does not state it
            month TEXT NOT NULL,        -- 2026-03
            firstDay INTEGER NOT NULL, lastDay INTEGER NOT NULL CHECK (firstDay <= lastDay),
            isDaily INTEGER NOT NULL CHECK (isDaily IN (0, 1)),
            isWhole INTEGER NOT NULL CHECK (isWhole IN (0, 1)),
            lines INTEGER NOT NULL CHECK (lines >= 0),
            readAt INTEGER NOT NULL,
            UNIQUE (month, source, provider, payer)
        ) STRICT;
        -- The files of a statement: a provider may deliver one statement in several.
        CREATE TABLE billPart(
            id INTEGER PRIMARY KEY,
            statementId INTEGER NOT NULL REFERENCES billStatement(id) ON DELETE CASCADE,
            collection TEXT NOT NULL,   -- the folder or pattern that it was found by; '': none
            path TEXT NOT NULL,         -- '': standard input
            form TEXT NOT NULL,         -- the variant of the format: 'legacy'; '': it has one only
            size INTEGER NOT NULL CHECK (size >= 0), checksum INTEGER NOT NULL,     -- of its bytes
            firstDay INTEGER NOT NULL, lastDay INTEGER NOT NULL CHECK (firstDay <= lastDay),
            isWhole INTEGER NOT NULL CHECK (isWhole IN (0, 1)),
            lines INTEGER NOT NULL CHECK (lines >= 0),
            readAt INTEGER NOT NULL,
            UNIQUE (statementId, path)
        ) STRICT;
        CREATE TABLE charge(
            statementId INTEGER NOT NULL REFERENCES billStatement(id) ON DELETE CASCADE,
            partId INTEGER NOT NULL REFERENCES billPart(id) ON DELETE CASCADE,
            day INTEGER NOT NULL,
            account TEXT NOT NULL, service TEXT NOT NULL, usageType TEXT NOT NULL,
            category TEXT NOT NULL CHECK (
                category IN ('usage', 'purchase', 'tax', 'credit', 'refund', 'adjustment', 'net')),
            currency TEXT NOT NULL,
            cost TEXT NOT NULL, usage TEXT, unit TEXT NOT NULL, lines INTEGER NOT NULL,
            isLong INTEGER NOT NULL CHECK (isLong IN (0, 1)),       -- most of the usage is for longer than a day
            PRIMARY KEY (statementId, partId, day, account, service, usageType, category, currency)
        ) STRICT, WITHOUT ROWID;
        """

    static let runs = """
        -- Up to where something was done last: a command was asked for, retention was applied.
        CREATE TABLE checkpoint(name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        -- What a file was when it was last read, by which a changed one is recognized.
        CREATE TABLE fileFingerprint(
            input TEXT PRIMARY KEY,     -- the file and the way it is read
            size INTEGER NOT NULL CHECK (size >= 0), modified INTEGER NOT NULL,     -- bytes; nanoseconds since 1970
            inode INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run(
            id INTEGER PRIMARY KEY,
            startedAt INTEGER NOT NULL,
            finishedAt INTEGER,         -- NULL: it is running, or was killed
            exitCode INTEGER CHECK (exitCode BETWEEN 0 AND 255),
            summary TEXT CHECK (summary IS NULL OR json_valid(summary)),
            CHECK ((finishedAt IS NULL) = (exitCode IS NULL))
        ) STRICT;
        """
}

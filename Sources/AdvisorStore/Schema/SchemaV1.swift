internal import AdvisorCore
internal import GRDB

/// The first released schema.
///
/// Times are INTEGER milliseconds since 1970, UTC; days are days since 1970, UTC; amounts are TEXT with an exact decimal number;
/// flags are 0 or 1; codes are the raw values of Core's enums, held by a `CHECK`.
enum SchemaV1 {
    static func create(_ database: Database) throws {
        for sql in [samples, evaluation, recommendations, delivery, bills, runs] { try database.execute(sql: sql) }
        for unit in MetricUnit.allCases {
            try database.execute(sql: "INSERT INTO unit(id, name) VALUES (?, ?)", arguments: [Int(unit.rawValue), unit.name])
        }
        for table in ["recommendationChange", "recommendationEvidence"] {
            for verb in ["UPDATE", "DELETE"] {
                try database.execute(
                    sql: """
                        CREATE TRIGGER \(table)No\(verb) BEFORE \(verb) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END;
                        """)
            }
        }
    }

    private static let kinds = """
        'database', 'api', 'function', 'user_pool', 'nat_gateway', 'log_group', 'bucket', 'project', 'account', 'service', 'allowance'
        """
    private static let alarmStates = "'OK', 'ALARM', 'INSUFFICIENT_DATA'"
    private static let severities = "'info', 'warning', 'critical'"
    private static let recommendationStates = "'open', 'claimed', 'done', 'dismissed', 'snoozed'"

    private static let samples = """
        CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE ingest(
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            records INTEGER NOT NULL CHECK (records >= 0)   -- read so far, batch by batch
        ) STRICT;
        CREATE TABLE series(
            id INTEGER PRIMARY KEY, account TEXT, region TEXT, namespace TEXT NOT NULL, name TEXT NOT NULL,
            dimensions TEXT NOT NULL,   -- a JSON object, its keys in order
            changedFrom INTEGER         -- start of the first sample that changed since the last evaluation
        ) STRICT;
        CREATE UNIQUE INDEX seriesIdentity
            ON series(namespace, name, dimensions, coalesce(account, ''), coalesce(region, ''));
        CREATE TABLE sample(
            seriesId INTEGER NOT NULL REFERENCES series(id),
            start INTEGER NOT NULL,
            period INTEGER NOT NULL,    -- milliseconds; 0: not stated
            unit INTEGER REFERENCES unit(id),
            ingestId INTEGER NOT NULL,  -- 0: rolled up from shorter samples
            count REAL, sum REAL, average REAL, minimum REAL, maximum REAL,
            PRIMARY KEY (seriesId, start, period)
        ) STRICT, WITHOUT ROWID;
        -- Percentiles and the like. No foreign key to sample: it would cost each sample a lookup; `store check` looks instead.
        CREATE TABLE extraStatistic(
            seriesId INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,
            PRIMARY KEY (seriesId, start, period, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE rollUp(
            seriesId INTEGER NOT NULL REFERENCES series(id),
            period INTEGER NOT NULL CHECK (period > 0),     -- milliseconds of the samples made
            upTo INTEGER NOT NULL,      -- such samples may exist before it
            next INTEGER NOT NULL,      -- where the next pass continues
            PRIMARY KEY (seriesId, period),
            CHECK (next <= upTo)
        ) STRICT, WITHOUT ROWID;
        CREATE VIEW datapoint AS SELECT
            series.account, series.region, series.namespace, series.name AS metric, series.dimensions,
            datetime(sample.start / 1000, 'unixepoch') AS start, nullif(sample.period, 0) / 1000 AS periodSeconds,
            unit.name AS unit, sample.count, sample.sum, sample.average, sample.minimum, sample.maximum
            FROM sample JOIN series ON series.id = sample.seriesId LEFT JOIN unit ON unit.id = sample.unit;
        """

    private static let evaluation = """
        CREATE TABLE evaluation(id INTEGER PRIMARY KEY, at INTEGER NOT NULL UNIQUE) STRICT;
        CREATE TABLE alarm(
            rule TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN (\(kinds))), resource TEXT NOT NULL,
            definition TEXT NOT NULL,   -- of the rule and the facts it was evaluated with
            state TEXT NOT NULL CHECK (state IN (\(alarmStates))),
            since INTEGER, evaluatedUpTo INTEGER,
            leavingSince INTEGER,       -- when the condition to leave ALARM was first met
            leftAlarm INTEGER,          -- when it last left ALARM
            PRIMARY KEY (rule, kind, resource)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE transition(
            rule TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL, at INTEGER NOT NULL,
            fromState TEXT NOT NULL CHECK (fromState IN (\(alarmStates))),
            toState TEXT NOT NULL CHECK (toState IN (\(alarmStates))),
            PRIMARY KEY (rule, kind, resource, at),
            FOREIGN KEY (rule, kind, resource) REFERENCES alarm(rule, kind, resource) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tierChange(
            resource TEXT NOT NULL, at INTEGER NOT NULL,    -- the evaluation that first saw the tier
            tier TEXT NOT NULL CHECK (tier <> ''),
            PRIMARY KEY (resource, at)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE budgetNotification(
            budget TEXT NOT NULL,       -- monthly, a service's id, account 111122223333
            month INTEGER NOT NULL,     -- its first millisecond
            step INTEGER NOT NULL CHECK (step >= 0),    -- thousandths of the limit; 0: a forecast over it that has not fallen back
            limitAmount TEXT NOT NULL,  -- US dollars; another limit starts over
            at INTEGER NOT NULL,        -- when it was seen
            PRIMARY KEY (budget, month, step)
        ) STRICT, WITHOUT ROWID;
        """

    private static let recommendations = """
        CREATE TABLE recommendation(
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN (\(kinds))), resource TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN (\(recommendationStates))),
            steps TEXT NOT NULL CHECK (json_valid(steps)),      -- an array of {action, from, to}
            rules TEXT NOT NULL CHECK (json_valid(rules)),      -- an array of ids
            severity TEXT NOT NULL CHECK (severity IN (\(severities))),
            monthlyBefore TEXT, monthlyAfter TEXT, monthlyAfterMaximum TEXT,
            since INTEGER NOT NULL, changedAt INTEGER NOT NULL, snoozedUntil INTEGER, note TEXT,
            knownRules TEXT NOT NULL CHECK (json_valid(knownRules)),
            knownSeverity TEXT NOT NULL CHECK (knownSeverity IN (\(severities))),
            returns INTEGER NOT NULL CHECK (returns >= 0),
            endedAt INTEGER, ending TEXT CHECK (ending IN ('cleared', 'checked', 'gone')),
            outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),
            CHECK ((endedAt IS NULL) = (ending IS NULL)),
            CHECK (state = 'snoozed' OR snoozedUntil IS NULL),
            CHECK (state <> 'snoozed' OR snoozedUntil IS NOT NULL OR endedAt IS NOT NULL),
            CHECK (state <> 'dismissed' OR note IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX recommendationCurrent ON recommendation(kind, resource) WHERE endedAt IS NULL;
        CREATE INDEX recommendationResource ON recommendation(kind, resource, id);
        CREATE TABLE recommendationChange(
            id INTEGER PRIMARY KEY,
            recommendationId INTEGER NOT NULL REFERENCES recommendation(id),
            at INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN (
                'opened', 'changed', 'returned', 'cleared', 'escalated', 'reopened', 'hit', 'miss', 'unprojectable', 'gone',
                'claimed', 'done', 'dismissed', 'snoozed', 'reopened_by_hand')),
            fromState TEXT CHECK (fromState IN (\(recommendationStates))),      -- NULL: it is new
            toState TEXT NOT NULL CHECK (toState IN (\(recommendationStates))),
            reason TEXT NOT NULL CHECK (json_valid(reason)), steps TEXT NOT NULL CHECK (json_valid(steps))
        ) STRICT;
        CREATE INDEX recommendationChangeOf ON recommendationChange(recommendationId, id);
        CREATE TABLE recommendationEvidence(
            id INTEGER PRIMARY KEY,
            recommendationId INTEGER NOT NULL REFERENCES recommendation(id),
            at INTEGER NOT NULL, document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;
        CREATE INDEX recommendationEvidenceOf ON recommendationEvidence(recommendationId, id);
        """
}

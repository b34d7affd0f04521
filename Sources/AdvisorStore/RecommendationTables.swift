internal import GRDB

/// Recommendations, what happened to them, and what they stood on.
///
/// Changes and evidence are only ever added: SQLite itself refuses anything else.
enum RecommendationTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                DROP TABLE recommendation;
                CREATE TABLE recommendation(
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    kind TEXT NOT NULL, resource TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'done', 'dismissed', 'snoozed')),
                    steps TEXT NOT NULL,        -- a JSON array of {action, from, to}
                    rules TEXT NOT NULL,        -- a JSON array of ids
                    severity TEXT NOT NULL,
                    monthlyBefore TEXT, monthlyAfter TEXT, monthlyAfterMaximum TEXT,
                    since INTEGER NOT NULL, changedAt INTEGER NOT NULL, until INTEGER, note TEXT,
                    knownRules TEXT NOT NULL, knownSeverity TEXT NOT NULL, returns INTEGER NOT NULL,
                    endedAt INTEGER, ending TEXT CHECK (ending IN ('cleared', 'checked', 'gone')), outcome TEXT,
                    CHECK ((endedAt IS NULL) = (ending IS NULL)),
                    CHECK (state = 'snoozed' OR until IS NULL),
                    CHECK (state <> 'snoozed' OR until IS NOT NULL OR endedAt IS NOT NULL),
                    CHECK (state <> 'dismissed' OR note IS NOT NULL)
                ) STRICT;
                CREATE UNIQUE INDEX recommendationCurrent ON recommendation(kind, resource) WHERE endedAt IS NULL;
                CREATE INDEX recommendationResource ON recommendation(kind, resource, id);
                CREATE TABLE recommendationChange(
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    recommendationId INTEGER NOT NULL REFERENCES recommendation(id),
                    at INTEGER NOT NULL, what TEXT NOT NULL, before TEXT, after TEXT NOT NULL, words TEXT NOT NULL,
                    headline TEXT NOT NULL
                ) STRICT;
                CREATE INDEX recommendationChangeOf ON recommendationChange(recommendationId, id);
                CREATE TABLE recommendationEvidence(
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    recommendationId INTEGER NOT NULL REFERENCES recommendation(id),
                    at INTEGER NOT NULL, document TEXT NOT NULL CHECK (json_valid(document))
                ) STRICT;
                CREATE INDEX recommendationEvidenceOf ON recommendationEvidence(recommendationId, id);
                """)
        for table in ["recommendationChange", "recommendationEvidence"] {
            for verb in ["UPDATE", "DELETE"] {
                try database.execute(
                    sql: """
                        CREATE TRIGGER \(table)No\(verb) BEFORE \(verb) ON \(table)
                        BEGIN SELECT RAISE(ABORT, '\(table) is only ever added to'); END;
                        """)
            }
        }
    }
}

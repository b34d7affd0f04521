internal import GRDB

/// The table of what was told of budgets.
enum BudgetTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE budgetStep(
                    budget TEXT NOT NULL,           -- monthly, a service's id, account 111122223333
                    month INTEGER NOT NULL,         -- its first instant, milliseconds since 1970, UTC
                    step INTEGER NOT NULL,          -- thousandths of the limit; 0: a forecast over it that has not fallen back
                    limitAmount TEXT NOT NULL,      -- US dollars; another limit begins anew
                    at INTEGER NOT NULL,            -- when it was seen
                    PRIMARY KEY (budget, month, step)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}

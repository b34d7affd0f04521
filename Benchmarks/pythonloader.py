#!/usr/bin/env python3
"""A straightforward loader in Python without packages: Metric Streams records into SQLite, with tables like the store's.

    Benchmarks/pythonloader.py STREAM.json STORE.db
"""

import json
import sqlite3
import sys

BATCH = 10_000
TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE series (
    id INTEGER PRIMARY KEY, account TEXT, region TEXT, namespace TEXT NOT NULL, name TEXT NOT NULL, dimensions TEXT NOT NULL,
    UNIQUE (account, region, namespace, name, dimensions)
);
CREATE TABLE sample (
    seriesId INTEGER NOT NULL REFERENCES series, start INTEGER NOT NULL, period INTEGER NOT NULL DEFAULT 0,
    count REAL, sum REAL, minimum REAL, maximum REAL, unit TEXT,
    PRIMARY KEY (seriesId, start, period)
) WITHOUT ROWID;
"""


class Loader:
    """Caches the series and inserts rows in batches."""

    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.database.executescript(TABLES)
        self.series = {}
        self.rows = []

    def series_id(self, record):
        """The id of the record's series, which is inserted if it is new."""
        dimensions = json.dumps(record["dimensions"], sort_keys=True)
        key = (record["account_id"], record["region"], record["namespace"], record["metric_name"], dimensions)
        if key not in self.series:
            statement = "INSERT INTO series (account, region, namespace, name, dimensions) VALUES (?, ?, ?, ?, ?)"
            self.series[key] = self.database.execute(statement, key).lastrowid
        return self.series[key]

    def add(self, line):
        """One line of the stream."""
        record = json.loads(line)
        value = record["value"]
        self.rows.append((
            self.series_id(record), record["timestamp"],
            value["count"], value["sum"], value["min"], value["max"], record["unit"],
        ))
        if len(self.rows) == BATCH:
            self.flush()

    def flush(self):
        """Writes the collected rows in one transaction."""
        self.database.executemany(
            "INSERT OR REPLACE INTO sample (seriesId, start, count, sum, minimum, maximum, unit) VALUES (?, ?, ?, ?, ?, ?, ?)",
            self.rows)
        self.database.commit()
        self.rows.clear()

    def close(self):
        """Writes the remaining rows and closes the database."""
        self.flush()
        self.database.close()


def main():
    stream, store = sys.argv[1:]
    loader = Loader(store)
    with open(stream, encoding="utf-8") as lines:
        for line in lines:
            loader.add(line)
    loader.close()


if __name__ == "__main__":
    main()

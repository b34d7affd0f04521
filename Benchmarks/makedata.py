#!/usr/bin/env python3
"""Makes CloudWatch Metric Streams records as a stream delivers them, and the same values as ready CSV.

    Benchmarks/makedata.py FOLDER [--databases 100] [--steps 2016]

Every five minutes, in time order, one record for each database and metric. The same arguments give the same bytes.
"""

import argparse
import pathlib
import random

START = 1_774_224_000_000  # Mon 23 Mar 2026 00:00 UTC, in milliseconds
PERIOD = 300_000  # five minutes
STREAM = "rds-bench"
ACCOUNT = "210987654321"
REGION = "us-east-1"
NAMESPACE = "AWS/RDS"
CSV_HEADER = "namespace,name,resource,period,start,count,sum,min,max,unit"


def whole(value, step):
    """Near `value`, as a gauge counts that moves by `step`."""
    return float(round(value / step) * step)


# Each metric: its unit, its lowest and highest value, and how a value is rounded.
METRICS = {
    "CPUUtilization": ("Percent", 0.5, 99.5, lambda value: value),
    "FreeStorageSpace": ("Bytes", 2e9, 20e9, lambda value: whole(value, 4096)),
    "DatabaseConnections": ("Count", 0, 80, lambda value: whole(value, 1)),
    "FreeableMemory": ("Bytes", 50e6, 600e6, lambda value: whole(value, 4096)),
    "ReadLatency": ("Seconds", 0.0002, 0.02, lambda value: value),
}


class Gauge:
    """A random walk within bounds, told once a minute and summed up over five."""

    def __init__(self, generator, lowest, highest, rounded):
        self.random = generator.random
        self.lowest, self.highest, self.rounded = lowest, highest, rounded
        self.level = lowest + (highest - lowest) * generator.random()

    def next(self):
        """Sum, least and greatest of the next five values."""
        stride = (self.highest - self.lowest) / 20
        values = []
        for _ in range(5):
            self.level = min(max(self.level + (self.random() - 0.5) * stride, self.lowest), self.highest)
            values.append(self.rounded(self.level))
        return sum(values), min(values), max(values)


def database_name(number):
    """The DBInstanceIdentifier of one database."""
    return f"db-{number:03}"


def all_series(databases):
    """One (resource, metric, unit, gauge) a series, in the order of delivery."""
    for number in range(databases):
        generator = random.Random(number)
        for metric, (unit, lowest, highest, rounded) in METRICS.items():
            yield database_name(number), metric, unit, Gauge(generator, lowest, highest, rounded)


def records(databases, steps):
    """Every record's own parts, in time order."""
    series = list(all_series(databases))
    for start in range(START, START + steps * PERIOD, PERIOD):
        for resource, metric, unit, gauge in series:
            yield resource, metric, start, *gauge.next(), unit


def stream_line(resource, metric, start, total, least, greatest, unit):
    """A record as Metric Streams writes it."""
    return (
        f'{{"metric_stream_name":"{STREAM}","account_id":"{ACCOUNT}","region":"{REGION}","namespace":"{NAMESPACE}",'
        f'"metric_name":"{metric}","dimensions":{{"DBInstanceIdentifier":"{resource}"}},"timestamp":{start},'
        f'"value":{{"max":{greatest!r},"min":{least!r},"sum":{total!r},"count":5.0}},"unit":"{unit}"}}\n'
    )


def csv_line(resource, metric, start, total, least, greatest, unit):
    """The same record as a row under CSV_HEADER."""
    return f"{NAMESPACE},{metric},{resource},{PERIOD},{start},5.0,{total!r},{least!r},{greatest!r},{unit}\n"


def write_stream(path, databases, steps):
    """Writes the records alone."""
    with open(path, "w", encoding="utf-8") as stream:
        stream.writelines(stream_line(*record) for record in records(databases, steps))


def write_both(stream_path, csv_path, databases, steps):
    """Writes the records, and the same as CSV."""
    with open(stream_path, "w", encoding="utf-8") as stream, open(csv_path, "w", encoding="utf-8") as table:
        table.write(CSV_HEADER + "\n")
        for record in records(databases, steps):
            stream.write(stream_line(*record))
            table.write(csv_line(*record))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=pathlib.Path, help="where stream.json and stream.csv are written")
    options.add_argument("--databases", type=int, default=100, help="five series each (100)")
    options.add_argument("--steps", type=int, default=2016, help="of five minutes (2016: one week)")
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    write_both(asked.folder / "stream.json", asked.folder / "stream.csv", asked.databases, asked.steps)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Generates CloudWatch Metric Streams records as a stream delivers them, and the same values as CSV.

    Benchmarks/makedata.py FOLDER [--databases 100] [--steps 2016]

One record for each database and metric every five minutes, in time order. The same arguments give the same bytes.
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
    """`value` rounded to a multiple of `step`."""
    return float(round(value / step) * step)


# For each metric: unit, lowest and highest value, rounding.
METRICS = {
    "CPUUtilization": ("Percent", 0.5, 99.5, lambda value: value),
    "FreeStorageSpace": ("Bytes", 2e9, 20e9, lambda value: whole(value, 4096)),
    "DatabaseConnections": ("Count", 0, 80, lambda value: whole(value, 1)),
    "FreeableMemory": ("Bytes", 50e6, 600e6, lambda value: whole(value, 4096)),
    "ReadLatency": ("Seconds", 0.0002, 0.02, lambda value: value),
}


class Gauge:
    """A random walk within bounds, observed every minute and summarized over five minutes."""

    def __init__(self, generator, lowest, highest, rounded):
        self.random = generator.random
        self.lowest, self.highest, self.rounded = lowest, highest, rounded
        self.level = lowest + (highest - lowest) * generator.random()

    def next(self):
        """Sum, minimum and maximum of the next five values."""
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
    """One (resource, metric, unit, gauge) per series, in the order of delivery."""
    for number in range(databases):
        generator = random.Random(number)
        for metric, (unit, lowest, highest, rounded) in METRICS.items():
            yield database_name(number), metric, unit, Gauge(generator, lowest, highest, rounded)


def records(databases, steps):
    """The fields of every record, in time order."""
    series = list(all_series(databases))
    for start in range(START, START + steps * PERIOD, PERIOD):
        for resource, metric, unit, gauge in series:
            yield resource, metric, start, *gauge.next(), unit


def stream_line(resource, metric, start, total, least, greatest, unit):
    """A record in the format of Metric Streams."""
    return (
        f'{{"metric_stream_name":"{STREAM}","account_id":"{ACCOUNT}","region":"{REGION}","namespace":"{NAMESPACE}",'
        f'"metric_name":"{metric}","dimensions":{{"DBInstanceIdentifier":"{resource}"}},"timestamp":{start},'
        f'"value":{{"max":{greatest!r},"min":{least!r},"sum":{total!r},"count":5.0}},"unit":"{unit}"}}\n'
    )


def csv_line(resource, metric, start, total, least, greatest, unit):
    """The same record as a row of the CSV file."""
    return f"{NAMESPACE},{metric},{resource},{PERIOD},{start},5.0,{total!r},{least!r},{greatest!r},{unit}\n"


def write_stream(path, databases, steps):
    """Writes the records only."""
    with open(path, "w", encoding="utf-8") as stream:
        stream.writelines(stream_line(*record) for record in records(databases, steps))


def write_both(stream_path, csv_path, databases, steps):
    """Writes the records, and the same values as CSV."""
    with open(stream_path, "w", encoding="utf-8") as stream, open(csv_path, "w", encoding="utf-8") as table:
        table.write(CSV_HEADER + "\n")
        for record in records(databases, steps):
            stream.write(stream_line(*record))
            table.write(csv_line(*record))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=pathlib.Path, help="where stream.json and stream.csv are written")
    options.add_argument("--databases", type=int, default=100, help="number of databases with five series each (default 100)")
    options.add_argument("--steps", type=int, default=2016, help="number of five-minute steps (default 2016: one week)")
    arguments = options.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    write_both(arguments.folder / "stream.json", arguments.folder / "stream.csv", arguments.databases, arguments.steps)


if __name__ == "__main__":
    main()

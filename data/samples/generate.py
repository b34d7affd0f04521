#!/usr/bin/env python3
"""Generates the bundled history of DualTetraX, a growing start-up: `python3 data/samples/generate.py`.

Python 3 with its standard library only; no network, no clock. The numbers depend on SEED alone, and gzip is written
without a time stamp, so the same Python writes the same bytes every time. README.md describes the history.

Output, in the same folder:
  cloudwatch.jsonl.gz   the records of a CloudWatch Metric Stream in JSON, 1 to 30 March 2026
  app.csv               the application's own metrics: active users per hour, query latency every 15 minutes

How the numbers are related:
  users      grow by 3.2 % a day, from about 510 to 1,310, and reach 1,000 in the hour of 22 March 08:00.
  CPU        follows the square of the users and the time of day, lowest at 04:00 and highest at 19:00 UTC. On 27 March a
             campaign lifts it over 80 % for 25 minutes; on 30 March it rises at 17:30 and stays high to the end.
  credits    of a db.t4g.micro in unlimited mode: 12 an hour earned, 1.2 an hour spent per percent of CPU, at most 288
             kept; up to 288 more are borrowed, and any beyond that are charged at $0.075 per vCPU-hour.
  charges    db.t4g.micro $0.016 an hour, 20 GB of gp3 at $0.115 a month, the charged credits, REST calls at $3.50 a
             million, two secrets at $0.40, a hosted zone at $0.50; Lambda, S3 and CloudFront are plain daily rates.
             CloudWatch is the remainder of $41.20.
"""

import gzip
import json
import math
import random
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

SEED = 20260301
START = datetime(2026, 3, 1, tzinfo=timezone.utc)
DAYS = 30
STEP = 300                               # seconds of a sample, each of five one-minute observations
COUNT = DAYS * 86400 // STEP

ACCOUNT = "111122223333"
REGION = "us-east-1"
DATABASE = "qp-dualtetrax-prod"
API = "qp-dualtetrax-prod-api"

MIB = 1 << 20
ALLOCATED = 20 << 30                     # bytes: 20 GiB
USED_AT_START = 7.9e9                    # bytes
USED_AT_END = 11.2e9

THOUSAND_AT = 21 * 24 + 8                # the hour of 22 March 08:00, counted from the start
USERS_AT_END = 1310
TOTAL_AT_END = Decimal("41.20")          # dollars, at the last billing sample (30 March 18:00)
LAST_QUERY_LATENCY = datetime(2026, 3, 29, 11, tzinfo=timezone.utc)

OUT = Path(__file__).resolve().parent
rng = random.Random(SEED)


def noise(width):
    """A number around 0, rarely beyond `width`: a sum of three uniform numbers, which is the same on every platform."""
    return (rng.random() + rng.random() + rng.random() - 1.5) * width / 1.1


def stamp(index):
    """The start of the index-th sample."""
    return START + timedelta(seconds=index * STEP)


def text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def growth(hours):
    """The trend of the users: 1,000 at THOUSAND_AT, 1,310 in the last hour."""
    last = DAYS * 24 - 1
    return 1000 * math.exp(math.log(USERS_AT_END / 1000) * (hours - THOUSAND_AT) / (last - THOUSAND_AT))


def daytime(hour):
    """How busy an hour of the day is: 0 at its quietest (04:00), 1 at its busiest (19:00)."""
    rising = (hour - 4) % 24
    phase = rising / 15 if rising <= 15 else 1 + (rising - 15) / 9
    return (1 - math.cos(math.pi * phase)) / 2


# The application's own metrics

def active_users():
    """One value per hour, nearly monotonic, and below 1,000 exactly until THOUSAND_AT."""
    values = []
    for hour in range(DAYS * 24):
        value = round(growth(hour) + noise(3))
        values.append(min(value, 999) if hour < THOUSAND_AT else min(max(value, 1000), USERS_AT_END))
    values[-1] = USERS_AT_END
    return values


def query_latency():
    """Milliseconds every 15 minutes, about 150 to 210, until LAST_QUERY_LATENCY."""
    rows = []
    time = START
    while time <= LAST_QUERY_LATENCY:
        hours = (time - START).total_seconds() / 3600
        value = 158 + 22 * growth(hours) / USERS_AT_END + 18 * daytime(hours % 24) + noise(14)
        rows.append((time, round(value)))
        time += timedelta(minutes=15)
    return rows


# CloudWatch metrics of the database and the API

def event(index):
    """The CPU percentage on the two special evenings, or None at any other time."""
    campaign = index - int((26 * 24 + 20) * 12)                  # 27 March 20:00
    if 0 <= campaign < 9:
        return [70, 76, 83, 88, 90, 87, 82, 74, 68][campaign]
    last = index - int((29 * 24 + 17.5) * 12)                    # 30 March 17:30
    if last >= 0:
        if last < 6:
            return [66, 69, 72, 74, 77, 78.5][last]
        return min(94, 82 + 0.5 * (last - 6)) + 1.5 * math.sin(last / 5)
    return None


def cpu():
    """Percent, as (minimum, average, maximum) of each sample."""
    values = []
    for index in range(COUNT):
        hours = index / 12
        load = (growth(hours) / USERS_AT_END) ** 2
        special = event(index)
        if special is None:
            average = 3.5 + load * (6 + 57 * daytime(hours % 24) ** 1.3)
            average = max(2.0, average * (1 + noise(0.09)))
        else:
            average = special + noise(0.8)
        if index == COUNT - 1:
            average = 91.0
        average = round(average, 1)
        spread = round(0.6 + average * 0.03 * (1 + rng.random()), 1)
        values.append((round(max(0.5, average - spread), 1), average, round(min(99.9, average + spread), 1)))
    return values


def credits(percent):
    """(balance, charged credits) of each sample, computed from the CPU percentages."""
    balance, lent = 288.0, 0.0
    values = []
    for _, average, _ in percent:
        change = 1.0 - 0.1 * average                             # 12 an hour earned, 1.2 an hour spent per percent
        charged = 0.0
        if change >= 0:
            repaid = min(lent, change)
            lent -= repaid
            balance = min(288.0, balance + change - repaid)
        else:
            spent = min(balance, -change)
            balance -= spent
            lent += -change - spent
            if lent > 288.0:
                charged = lent - 288.0
                lent = 288.0
        values.append((round(balance, 1), round(charged, 2)))
    return values


def free_storage():
    """Bytes, in steps of one MiB. The used storage grows with the users."""
    values = []
    for index in range(COUNT):
        share = (growth(index / 12) - growth(0)) / (growth(COUNT / 12) - growth(0))
        used = USED_AT_START + (USED_AT_END - USED_AT_START) * share
        values.append(round((ALLOCATED - used) / MIB) * MIB)
    return values


def connections(index):
    hours = index / 12
    busy = growth(hours) / USERS_AT_END * (6 + 30 * daytime(hours % 24))
    if event(index) is not None:
        busy += 14
    return max(2, round(busy + noise(1.2)))


def freeable_memory(index):
    """MiB."""
    hours = index / 12
    load = growth(hours) / USERS_AT_END * (0.5 + 0.5 * daytime(hours % 24))
    return round(212 - 96 * load - (12 if event(index) is not None else 0) + noise(3))


def requests(index):
    """API calls in five minutes."""
    hours = index / 12
    calls = growth(hours) / USERS_AT_END * (14 + 178 * daytime(hours % 24) ** 1.2)
    if event(index) is not None:
        calls *= 1.35
    return max(1, round(calls * (1 + noise(0.12))))


def latency(percent):
    """Latency of the API in milliseconds: (minimum, average, p95, maximum). p95 stays below the guide's 200 ms."""
    average = 62 + 0.5 * percent + noise(6)
    p95 = min(192, 96 + 0.9 * percent + noise(9))
    return round(30 + noise(6)), round(average), round(p95), round(p95 * (1.5 + rng.random()))


# Estimated charges

def charges(credit_rows, calls):
    """{service: [dollars so far]} and their times, every six hours from 1 March 06:00; the sum ends at TOTAL_AT_END."""
    marks = list(range(6 * 12, COUNT, 6 * 12))                   # indices of the samples at 06:00, 12:00, 18:00, 00:00
    month = 744.0
    series = {}

    def add(service, amount):
        series[service] = [Decimal(repr(amount(mark))).quantize(Decimal("0.01"), ROUND_HALF_EVEN) for mark in marks]

    charged = [0.0]
    for _, value in credit_rows:
        charged.append(charged[-1] + value)
    called = [0]
    for value in calls:
        called.append(called[-1] + value)

    add("AmazonRDS", lambda m: m / 12 * 0.016 + 20 * 0.115 * m / 12 / month + charged[m] / 60 * 0.075)
    add("AWSLambda", lambda m: 4.35 * m / marks[-1])
    add("AmazonApiGateway", lambda m: called[m] * 3.5e-6)
    add("AmazonS3", lambda m: 1.28 * m / marks[-1])
    add("AmazonRoute53", lambda m: 0.50 + called[m] * 1.5 * 0.4e-6)
    add("AWSSecretsManager", lambda m: 0.80 * m / 12 / month)
    add("AmazonCloudFront", lambda m: 1.12 * (m / marks[-1]) ** 1.3)
    rest = float(TOTAL_AT_END - sum(values[-1] for values in series.values()))
    add("AmazonCloudWatch", lambda m: rest * (0.55 * m / marks[-1] + 0.45 * called[m] / called[marks[-1]]))
    return marks, series


# Files

def record(namespace, name, dimensions, index, value, unit):
    """One line of a Metric Stream."""
    return json.dumps(
        {
            "metric_stream_name": "advisor",
            "account_id": ACCOUNT,
            "region": REGION,
            "namespace": namespace,
            "metric_name": name,
            "dimensions": dimensions,
            "timestamp": int(stamp(index).timestamp()) * 1000,
            "value": value,
            "unit": unit,
        },
        separators=(",", ":"),
    )


def statistics(minimum, average, maximum, count=5, **extra):
    return {"count": float(count), "sum": round(float(average * count), 2), "max": float(maximum), "min": float(minimum), **extra}


def main():
    users = active_users()
    latencies = query_latency()
    percent = cpu()
    credit_rows = credits(percent)
    free = free_storage()
    calls = [requests(index) for index in range(COUNT)]

    database = {"DBInstanceIdentifier": DATABASE}
    api = {"ApiName": API}
    lines = []

    def every(namespace, name, dimensions, unit, value):
        lines.extend(record(namespace, name, dimensions, index, value(index), unit) for index in range(COUNT))

    def flat(number):
        return statistics(number, number, number)

    def connection(index):
        number = connections(index)
        return statistics(number - 1, number, number + 1)

    def call_latency(index):
        low, average, p95, high = latency(percent[index][1])
        return statistics(low, average, high, calls[index], p95=float(p95))

    every("AWS/RDS", "CPUUtilization", database, "Percent", lambda i: statistics(*percent[i]))
    every("AWS/RDS", "FreeStorageSpace", database, "Bytes", lambda i: flat(free[i]))
    every("AWS/RDS", "FreeableMemory", database, "Bytes", lambda i: flat(freeable_memory(i) * MIB))
    every("AWS/RDS", "DatabaseConnections", database, "Count", connection)
    every("AWS/RDS", "CPUCreditBalance", database, "Count", lambda i: statistics(*[credit_rows[i][0]] * 3, count=1))
    every("AWS/RDS", "CPUSurplusCreditsCharged", database, "Count", lambda i: statistics(*[credit_rows[i][1]] * 3, count=1))
    every("AWS/ApiGateway", "Latency", api, "Milliseconds", call_latency)
    every("AWS/ApiGateway", "Count", api, "Count", lambda i: statistics(1, 1, 1, calls[i]))

    marks, series = charges(credit_rows, calls)
    for place, mark in enumerate(marks):
        amounts = {service: values[place] for service, values in series.items()}
        for service, amount in [(None, sum(amounts.values())), *sorted(amounts.items())]:
            dimensions = {"Currency": "USD"} if service is None else {"Currency": "USD", "ServiceName": service}
            number = float(amount)
            lines.append(record("AWS/Billing", "EstimatedCharges", dimensions, mark, statistics(*[number] * 3, count=1), "None"))

    with open(OUT / "cloudwatch.jsonl.gz", "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=0) as packed:
            packed.write(("\n".join(lines) + "\n").encode())

    with open(OUT / "app.csv", "w", encoding="utf-8", newline="\n") as file:
        file.write("timestamp,metric,resource,value\n")
        for hour, value in enumerate(users):
            file.write(f"{text(START + timedelta(hours=hour))},active_users,{DATABASE},{value}\n")
        for time, value in latencies:
            file.write(f"{text(time)},query_latency,{DATABASE},{value}\n")


if __name__ == "__main__":
    main()

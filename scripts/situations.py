#!/usr/bin/env python3
"""Costs of the situations in Tests/AdvisorFormatsTests/Situations, computed without the product.

Prices: AWS Price List of us-east-1, 2026-10 (data/catalog/us-east-1.yaml cites each). A month has 730 hours. Surplus CPU
credits of T4g: $0.075 per vCPU-hour; a class earns 60 x vCPU x baseline credits an hour, saves up to a day of them, and may be
as much in debt before it is charged (EC2 user guide, burstable instances; RDS runs T4g in unlimited mode).

    python3 scripts/situations.py            prints what every tier costs under each load
"""
from decimal import Decimal as D, ROUND_HALF_EVEN

TIERS = {  # hourly Single-AZ, vCPU, baseline
    "db.t4g.micro": ("0.016", 2, "0.10"), "db.t4g.small": ("0.032", 2, "0.20"), "db.t4g.medium": ("0.065", 2, "0.20"),
    "db.t4g.large": ("0.129", 2, "0.30"), "db.m7g.large": ("0.168", 2, None), "db.t4g.xlarge": ("0.258", 4, "0.40"),
    "db.m7g.xlarge": ("0.337", 4, None),
}
HOURS, GP3, CREDIT, ACU = D(730), D("0.115"), D("0.075"), D("0.12")


def cents(amount):
    return None if amount is None else str(amount.quantize(D("0.01"), ROUND_HALF_EVEN))


def listed(tier, storage=20):
    return D(TIERS[tier][0]) * HOURS + GP3 * storage


def surplus(tier, week, vcpu=2):
    """The monthly charge when these hourly loads (shares of `vcpu` vCPUs) repeat."""
    _, count, baseline = TIERS[tier]
    if baseline is None:
        return D(0)
    earned, most = 60 * count * D(baseline), 24 * 60 * count * D(baseline)
    balance = D(0)
    for _ in range(60):  # until it repeats itself
        charged = D(0)
        for load in week:
            balance += earned - min(D(str(load)) * vcpu, D(count)) * 60
            if balance < -most:
                charged, balance = charged - most - balance, -most
            balance = min(balance, most)
    return charged / 60 * CREDIT * HOURS / len(week)


def expected(tier, week, storage=20, vcpu=2):
    return listed(tier, storage) + surplus(tier, week, vcpu)


def measured(tier, present, credits, week, storage=20, vcpu=2):
    """The bill where CloudWatch charged `credits` an hour on `present`: another class is scaled by measured / modelled."""
    charged = D(credits) / 60 * CREDIT * HOURS
    return listed(tier, storage) + surplus(tier, week, vcpu) * charged / surplus(present, week, vcpu)


def multi_az(hourly, week, storage=20):
    """db.t4g.micro with a standby: $0.032 an hour, $0.23 per GiB-month; the standby's CPU is not counted."""
    return D(hourly) * HOURS + D("0.23") * storage + surplus("db.t4g.micro", week)


def stopped_at_night(tier, running=50):
    """What a week of `running` hours saves of the instance; storage is billed on."""
    return D(TIERS[tier][0]) * HOURS * (168 - running) / 168


def aurora(units, storage, instances=2):
    """Capacity in ACU, a mean or a bound, with the stored or allocated GiB."""
    return D(str(units)) * instances * HOURS * ACU + D("0.10") * storage


LOADS = {
    "idle 3 %": [0.03] * 168, "20 %": [0.20] * 168, "81 %": [0.81] * 168, "91 %": [0.91] * 168, "95 %": [0.95] * 168,
    "30 %": [0.30] * 168, "70 %": [0.70] * 168, "5 %": [0.05] * 168,
    # Monday to Friday 9 to 18 h at 20 %, otherwise 3 %.
    "a working day": [0.20 if day < 5 and 9 <= hour < 18 else 0.03 for day in range(7) for hour in range(24)],
    # Monday to Friday 9 to 18 h at 85 %, otherwise 10 %.
    "business hours": [0.85 if day < 5 and 9 <= hour < 18 else 0.10 for day in range(7) for hour in range(24)],
    "an hour a night at 85 %, 4 %": [0.85 if hour == 23 else 0.04 for _ in range(7) for hour in range(24)],
    "two hours a night at 95 %, 4 %": [0.95 if hour in (23, 0) else 0.04 for _ in range(7) for hour in range(24)],
}

def months(discount, term):
    """The month of the term in which a commitment has cost as much as the price without it."""
    return -(-term * (100 - discount) // 100)


def more():
    """The bills of single situations, before and after, and what options change."""
    micro, busy = LOADS["20 %"], D(146)
    yield "storage, 170 GB on 200 GiB", expected("db.t4g.micro", micro, 200), expected("db.t4g.micro", micro, 220)
    yield "storage, 340 GB on 395 GiB", expected("db.t4g.micro", micro, 395), expected("db.t4g.micro", micro, 435)
    yield "credits exhausted, 30 %", expected("db.t4g.micro", LOADS["30 %"]), None
    yield "idle, 3 %", expected("db.t4g.micro", LOADS["idle 3 %"]), None
    yield "quiet on small, to micro", expected("db.t4g.small", LOADS["5 %"]), expected("db.t4g.micro", LOADS["5 %"])
    yield "growth, Single-AZ to Multi-AZ", expected("db.t4g.micro", micro), multi_az("0.032", micro)
    yield "development, a working day", expected("db.t4g.micro", LOADS["a working day"]), None
    yield "  stopped at night", -stopped_at_night("db.t4g.micro"), None
    yield "m7g.large at 70 %", expected("db.m7g.large", LOADS["70 %"]), None
    for name, discount, term in (("reserved 1 year", 30, 12), ("reserved 3 years", 60, 36), ("savings plan", 20, 12)):
        yield f"  {name}, even after {months(discount, term)} months", -D("0.168") * HOURS * discount / 100, None
    yield "PostgreSQL 12 with 5,500 users, to Aurora", expected("db.t4g.micro", micro) + busy, aurora(1, 20)
    yield "  on small", expected("db.t4g.small", micro) + busy, None


if __name__ == "__main__":
    for name, before, after in more():
        print(f"{name:45} {cents(before):>8} {cents(after) or '':>8}")
    for credits in (40, 80):
        print(f"81 %, {credits} credits an hour charged")
        for tier in ("db.t4g.micro", "db.t4g.small"):
            print(f"  {tier:15} {cents(measured(tier, 'db.t4g.micro', credits, LOADS['81 %'])):>8}")
    for name, week in LOADS.items():
        print(name)
        for tier in TIERS:
            print(f"  {tier:15} {cents(listed(tier)):>8} {cents(expected(tier, week)):>8}")

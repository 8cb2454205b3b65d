#!/usr/bin/env python3
"""Writes the facts of Kestrel Freight Software, a fictional company, to `data/`.

    python3 generate.py

Needs nothing but Python 3.8 or newer, and writes the same bytes every time and everywhere:
all chance comes from `random.Random(seed).random()`, and only additions, multiplications and
divisions follow it. (Exponentials and logarithms may differ in their last bit from one C
library to the next, and `sum()` of floats differs between versions of Python.)

README.md lists what is planted in the data; PLANTED below is where it is set.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 11
FIRST, LAST = date(2024, 7, 1), date(2026, 9, 30)
# Deals that close in the first weeks stem from leads that are older than the first row.
WARM_UP = FIRST - timedelta(days=150)

MONTHS = [0.99, 1.00, 1.04, 1.02, 1.00, 0.99, 0.96, 0.88, 1.04, 1.03, 1.02, 0.88]  # January to December
WEEKDAYS = [1.16, 1.22, 1.20, 1.18, 1.06, 0.56, 0.62]  # Monday to Sunday

# PLANTED
FAIR = (date(2025, 10, 6), date(2025, 10, 24))  # trade fair and launch campaign
AUCTION = date(2026, 4, 1)  # paid search gets dearer and worse, for good
TOM_AWAY = (date(2026, 6, 8), date(2026, 6, 19))  # the others slow down too
LENA_AWAY = (date(2026, 7, 20), date(2026, 7, 31))  # the others do not
OUTAGES = [(date(2025, 3, 14), date(2025, 3, 14)), (date(2025, 11, 3), date(2025, 11, 3)), (date(2026, 8, 11), date(2026, 8, 15))]

# Leads a day; share of leads that become opportunities; share of opportunities that are won.
CHANNELS = {
    "paid_search": (4.3, 0.25, 0.31),
    "paid_social": (2.0, 0.18, 0.24),
    "organic_search": (3.0, 0.27, 0.34),
    "webinar": (1.3, 0.26, 0.30),
    "partner": (0.9, 0.34, 0.38),
    "newsletter": (0.9, 0.22, 0.30),
    "": (0.15, 0.20, 0.28),  # not attributed to a channel
}
# Share of the leads; size of their deals against the average.
REGIONS = {"benelux": (0.42, 0.95), "dach": (0.28, 1.15), "nordics": (0.17, 1.05), "uk": (0.13, 0.90)}
ITEMS = {"tom": 8.5, "lena": 8.0, "pieter": 11.0, "ana": 7.5}  # finished work items a day
DEAL = 14_000  # EUR, the first year of a contract
PAYROLL = {2024: 41_500, 2025: 42_800, 2026: 44_100}  # EUR a month
PUBLIC_HOLIDAYS = {(1, 1), (4, 27), (12, 25), (12, 26)}


def days(first, last=LAST):
    """Every day from the first to the last."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def within(day, span):
    """Whether the day lies in the span, both ends included."""
    return span[0] <= day <= span[1]


def noise(rng, spread):
    """A factor around 1: nearly normal, as the mean of twelve draws."""
    total = 0.0
    for _ in range(12):
        total += rng.random()
    return 1.0 + spread * (total - 6.0)


def count(rng, mean):
    """A whole number with this mean: so many of twice as many tries."""
    tries = int(2 * mean) + 1
    hits = 0
    for _ in range(tries):
        hits += rng.random() < mean / tries
    return hits


def pick(rng, shares):
    """One of the keys, by share."""
    draw = rng.random()
    for key, (share, _) in shares.items():
        draw -= share
        if draw < 0:
            return key
    return key


def demand(day):
    """How much is going on, by season and weekday."""
    return MONTHS[day.month - 1] * WEEKDAYS[day.weekday()]


def euros(amount):
    """An amount with cents, by way of whole cents."""
    cents = int(amount * 100 + 0.5)
    return f"{cents // 100}.{cents % 100:02d}"


def leads_and_deals():
    """Leads, and the deals that some of them come to."""
    rng = Random(SEED)
    leads, deals, accounts, number = [], [], [], 0
    for day in days(WARM_UP):
        for channel, (daily, opportunity, won) in CHANNELS.items():
            mean = daily * demand(day)
            if within(day, FAIR):
                mean *= {"paid_social": 3.0, "webinar": 3.6}.get(channel, 1.0)
            if channel == "paid_search" and day >= AUCTION:
                mean, won = mean * 0.74, 0.17
            for _ in range(count(rng, mean)):
                number += 1
                region = pick(rng, REGIONS)
                is_opportunity = rng.random() < opportunity
                if day >= FIRST:
                    leads.append((f"L-{number:06d}", day, channel, region, "opportunity" if is_opportunity else "lead"))
                if is_opportunity:
                    deals.append(deal(rng, f"L-{number:06d}", day, channel, region, won, accounts))
    deals = sorted((row for row in deals if within(row[1], (FIRST, LAST))), key=lambda row: (row[1], row[0]))
    return leads, [(f"D-{n:05d}", *row) for n, row in enumerate(deals, 1)]


def deal(rng, lead, created, channel, region, chance, accounts):
    """How an opportunity ends: usually in 20 to 60 days, on a working day."""
    won = rng.random() < chance
    cycle = 14 + 24 * (rng.random() + rng.random()) + (40 * rng.random() if rng.random() < 0.12 else 0)
    closed = created + timedelta(days=int(cycle))
    if closed.weekday() > 4:
        closed += timedelta(days=7 - closed.weekday())
    amount = DEAL * REGIONS[region][1] * max(0.35, noise(rng, 0.28))
    # One customer in fifteen comes back for a second site.
    if accounts and rng.random() < 1 / 15:
        account = accounts[int(rng.random() * len(accounts))]
    else:
        account = f"A-{int(rng.random() * 1_000_000):06d}"
    if won:
        accounts.append(account)
    return lead, closed, "won" if won else "lost", euros(amount), channel, region, account


def spend():
    """What marketing costs: media by the day, the rest by invoice."""
    rng = Random(SEED + 1)
    rows = []
    for day in days(FIRST):
        fair = within(day, FAIR)
        clicks = 130 * demand(day) * noise(rng, 0.08)
        price = 8.00 * (1.45 if day >= AUCTION else 1.0) * noise(rng, 0.02)
        rows.append((day, "paid_search", "media", euros(clicks * price)))
        rows.append((day, "paid_social", "media", euros(430 * demand(day) * (2.4 if fair else 1.0) * noise(rng, 0.08))))
        if day.day in (10, 24):
            rows.append((day, "webinar", "media", euros(2_300 * noise(rng, 0.06))))
        if fair and day.weekday() == 0:
            rows.append((day, "webinar", "media", euros(6_500 * noise(rng, 0.05))))
        if day.day == 28:
            rows.append((day, "partner", "media", euros(4_800 * noise(rng, 0.06))))
        if day.weekday() in (1, 3):
            channel = "organic_search" if day.weekday() == 1 else "newsletter"
            rows.append((day, channel, "content", euros(920 * noise(rng, 0.10))))
        if day.day == 1:
            rows.append((day, "", "tools", euros({2024: 4_650, 2025: 4_900, 2026: 5_120}[day.year])))
        if day.day == 25:
            rows.append((day, "", "payroll", euros(PAYROLL[day.year])))
    return rows


def web():
    """Visits a day; the days of an outage have no row."""
    rng = Random(SEED + 2)
    rows = []
    for day in days(FIRST):
        growth = 1.0 + 0.08 * (day - FIRST).days / 365
        visits = int(3_300 * growth * demand(day) * (1.25 if within(day, FAIR) else 1.0) * noise(rng, 0.06))
        if not any(within(day, outage) for outage in OUTAGES):
            rows.append((day, visits))
    return rows


def work():
    """Finished work items by person and working day."""
    rng = Random(SEED + 3)
    away = {"tom": TOM_AWAY, "lena": LENA_AWAY}
    rows = []
    for day in days(FIRST):
        if day.weekday() > 4 or (day.month, day.day) in PUBLIC_HOLIDAYS:
            continue
        for person, mean in ITEMS.items():
            items = count(rng, mean * (0.65 if within(day, TOM_AWAY) else 1.0))
            if not (person in away and within(day, away[person])):
                rows.append((day, person, items))
    return rows


def write(name, header, rows):
    """Writes one table; no cell needs quotes."""
    lines = [header] + [",".join(str(cell) for cell in row) for row in rows]
    path = Path(__file__).resolve().parent / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(("\n".join(lines) + "\n").encode("ascii"))


def main():
    leads, deals = leads_and_deals()
    write("leads.csv", "lead_id,created,channel,region,stage", leads)
    write("deals.csv", "deal_id,lead_id,closed,outcome,amount,channel,region,account", deals)
    write("spend.csv", "date,channel,kind,amount", spend())
    write("web.csv", "date,visits", web())
    write("work.csv", "date,person,items", work())


if __name__ == "__main__":
    main()

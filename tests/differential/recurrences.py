"""Random recurrence rules, and the days that python-dateutil says they fall on.

Writes `core/tests/recurrence.jsonl`, which `core/tests/recurrence.rs` compares the library with:
`python tests/differential/recurrences.py > core/tests/recurrence.jsonl`, with python-dateutil 2.9.0
(it takes a minute, since dateutil looks for days of rules that never fall until the year 9999).
The same rules come out every time. A line is a rule, its start, a window and the days in it; where
`also` is there, the days do not depend on the start, and the library must say them without one.

Left out is where dateutil is known to differ from RFC 5545, section 3.3.10:
- plain and numbered days in one `BYDAY` (dateutil takes what is both, the RFC what is either);
- `BYSETPOS` in the first week of a weekly rule (dateutil counts from the start, the RFC from the
  first day of the week): such rules start with the week;
- weeks 52 and 53 in the first days of some years, which dateutil takes for each other (1 January
  1994 is in week 52, it says 53), and weeks -52 and -53 in the last days, which it does not look at;
  `core/src/base/recurrence/tests.rs` holds weeks against ISO 8601.
"""

import datetime
import json
import random
import sys

from dateutil.rrule import rrulestr

RULES = 480
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# Where windows and starts lie; the library knows the days from 1900 to 2199.
FIRST = datetime.date(1900, 1, 1)
LAST = datetime.date(2199, 12, 31)
# Enough to see a rule in several periods, few enough for a small file.
SHOWN = 24


def some(chance: random.Random, among: list[int], most: int = 3) -> str:
    """A few of these numbers, as a rule writes them."""
    return ",".join(str(number) for number in chance.sample(among, min(len(among), chance.randint(1, most))))


def both(least: int, most: int) -> list[int]:
    """Numbers from the front and from the back."""
    return [*range(least, most + 1), *range(-most, -least + 1)]


def rule(chance: random.Random) -> dict[str, str]:
    """The parts of a rule, without its end."""
    frequency = chance.choice(["DAILY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = {"FREQ": frequency}
    if chance.random() < 0.4:
        parts["INTERVAL"] = str(chance.choice([2, 2, 3, 4, 5, 7, 12, 13, 18, 100]))
    if chance.random() < 0.3:
        parts["BYMONTH"] = some(chance, list(range(1, 13)), 5)
    if frequency == "YEARLY" and chance.random() < 0.25:
        parts["BYWEEKNO"] = some(chance, both(1, 51))
    if frequency == "YEARLY" and chance.random() < 0.25:
        parts["BYYEARDAY"] = some(chance, both(1, 366), 5)
    if frequency != "WEEKLY" and chance.random() < 0.35:
        parts["BYMONTHDAY"] = some(chance, both(1, 31), 6)
    if chance.random() < 0.55:
        days = chance.sample(DAYS, chance.choice([1, 1, 2, 3, 5]))
        if frequency in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts and chance.random() < 0.5:
            within_month = frequency == "MONTHLY" or "BYMONTH" in parts
            days = [f"{chance.choice(both(1, 5 if within_month else 53))}{day}" for day in days]
        parts["BYDAY"] = ",".join(days)
    if any(part.startswith("BY") for part in parts) and chance.random() < 0.25:
        parts["BYSETPOS"] = some(chance, both(1, 6), 2)
    if chance.random() < 0.3:
        parts["WKST"] = chance.choice(DAYS)
    return parts


def needs_start(parts: dict[str, str]) -> bool:
    """Whether its days depend on when it starts."""
    named = {
        "DAILY": True,
        "WEEKLY": "BYDAY" in parts,
        "MONTHLY": "BYDAY" in parts or "BYMONTHDAY" in parts,
        "YEARLY": any(part in parts for part in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")),
    }
    return "INTERVAL" in parts or "COUNT" in parts or not named[parts["FREQ"]]


def case(chance: random.Random) -> dict[str, object]:
    """A rule, its start, a window, and the days."""
    parts = rule(chance)
    start = FIRST + datetime.timedelta(days=chance.randrange(60_000, (LAST - FIRST).days - 40_000) if chance.random() < 0.9 else chance.randrange(100_000))
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        start -= datetime.timedelta(days=(start.weekday() - DAYS.index(parts.get("WKST", "MO"))) % 7)
        start = max(start, datetime.date(1900, 1, 8))
    end = chance.random()
    if end < 0.25:
        parts["COUNT"] = str(chance.choice([1, 2, 3, 5, 10, 40, 1000]))
    elif end < 0.5:
        parts["UNTIL"] = (start + datetime.timedelta(days=chance.randrange(4_000))).strftime(chance.choice(["%Y%m%d", "%Y%m%dT000000", "%Y%m%dT000000Z"]))
    text = ";".join(f"{name}={value}" for name, value in chance.sample(list(parts.items()), len(parts)))
    first = start + datetime.timedelta(days=chance.choice([0, 0, -50, 1, 400, chance.randrange(10_000)]))
    found = []
    for moment in rrulestr(text, dtstart=datetime.datetime.combine(start, datetime.time()), ignoretz=True):
        if moment.date() > LAST or len(found) == SHOWN:
            break
        if moment.date() >= first:
            found.append(moment.date())
    # The window ends with or just before the last day seen, or is the rest of time.
    last = found[-1] - datetime.timedelta(days=chance.choice([0, 1])) if len(found) == SHOWN else LAST
    days = [str(day) for day in found if day <= last]
    answer: dict[str, object] = {"rule": text, "start": str(start), "first": str(first), "last": str(last), "days": days}
    if not needs_start(parts) and first >= start:
        answer["also"] = "without start"
    return answer


def main() -> None:
    """One case a line."""
    chance = random.Random(5545)
    for _ in range(RULES):
        sys.stdout.write(json.dumps(case(chance), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

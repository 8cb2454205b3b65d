"""The iCalendar file of the core, read by another library: `core/tests/rhythm.ics`, which a test of the core
holds against what it writes. The days are python-dateutil's, the instants zoneinfo's."""

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule
from icalendar import Calendar, Event

FILE = Path(__file__).parents[2] / "core" / "tests" / "rhythm.ics"
FIRST = datetime.datetime(2026, 10, 1)
LAST = datetime.datetime(2026, 12, 31)
UTC = datetime.timezone.utc


def days(rule: rrule) -> list[datetime.date]:
    return [moment.date() for moment in rule]


def at(day: datetime.date, hour: int, minute: int) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


def events(summary: str) -> list[Event]:
    calendar = Calendar.from_ical(FILE.read_bytes())
    return [event for event in calendar.walk("VEVENT") if event["SUMMARY"].startswith(summary)]


def test_every_line_is_short_and_ends_with_both_signs() -> None:
    lines = FILE.read_bytes().split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def test_a_hostile_name_is_a_name() -> None:
    calendar = Calendar.from_ical(FILE.read_bytes())
    # The library keeps a property that it does not know as it is written.
    assert str(calendar["NAME"]).startswith("Firm\\; BEGIN:VEVENT\\, \\\\n ")
    assert events("Stand-up")[0]["DESCRIPTION"] == 'Held by: Ana, the "first"'
    assert calendar["VERSION"] == "2.0"


def test_identifiers_are_unique() -> None:
    found = [str(event["UID"]) for event in events("")]
    assert len(found) == len(set(found)) == 32


def test_reviews_are_at_their_instants() -> None:
    mondays = days(rrule(WEEKLY, byweekday=MO, dtstart=FIRST, until=LAST))
    # 26 October is a holiday.
    moved = [day + datetime.timedelta(days=1) if day == datetime.date(2026, 10, 26) else day for day in mondays]
    assert [event.decoded("DTSTART") for event in events("Stand-up")] == [at(day, 9, 30) for day in moved]
    assert {event.decoded("DURATION") for event in events("Stand-up")} == {datetime.timedelta(minutes=15)}
    tuesdays = days(rrule(MONTHLY, byweekday=TU(2), dtstart=FIRST, until=LAST))
    long = events("Überaus lange")
    assert [event.decoded("DTSTART") for event in long] == [at(day, 14, 0) for day in tuesdays]
    assert long[0]["SUMMARY"].endswith("äöüß 数字数字")


def test_components_take_whole_days() -> None:
    reports = days(rrule(MONTHLY, byweekday=(MO, TU, WE, TH, FR), bysetpos=-1, dtstart=FIRST, until=LAST))
    assert [event.decoded("DTSTART") for event in events("report")] == reports
    fridays = days(rrule(WEEKLY, byweekday=FR, dtstart=FIRST, until=LAST))
    assert [event.decoded("DTSTART") for event in events("dashboard")] == fridays
    assert {str(event["TRANSP"]) for event in events("dashboard")} == {"TRANSPARENT"}

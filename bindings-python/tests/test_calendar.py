"""Calendars against others' answers: the standard library's ISO weeks, and pandas' 52-53-week years."""

import datetime
import itertools

import pandas as pd
import pytest

import marketingos as mos

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
SYSTEM = """
marketingos: 1
name: Three centuries
people: {{ ana: Ana }}
operator: ana
calendar: {{ {calendar} }}
sources: {{ events: {{ date: day, rows: events }} }}
measures: {{ events: {{ count: events }} }}
"""
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def periods(calendar: str, grain: str) -> dict[str, tuple[datetime.date, datetime.date]]:
    """First and last day of every period of the three centuries that the library knows, by label."""
    system = mos.System.parse(SYSTEM.format(calendar=calendar))
    snapshot = system.snapshot({"events": f"day\n{FIRST}\n{LAST}\n"}, str(LAST))
    found = [observation["period"] for observation in snapshot.series("events", grain)]
    ends = [(datetime.date.fromisoformat(period["first"]), datetime.date.fromisoformat(period["last"])) for period in found]
    assert (ends[0][0], ends[-1][1]) == (FIRST, LAST)
    assert all(next_first - last == datetime.timedelta(1) for (_, last), (next_first, _) in itertools.pairwise(ends))
    labels = [period["label"] for period in found]
    assert len(set(labels)) == len(labels)
    return dict(zip(labels, ends, strict=True))


def test_iso_weeks_are_those_of_the_standard_library() -> None:
    expected: dict[str, list[datetime.date]] = {}
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + datetime.timedelta(number)
        year, week, _ = day.isocalendar()
        expected.setdefault(f"{year}-W{week:02}", []).append(day)
    assert periods("", "week") == {label: (days[0], days[-1]) for label, days in expected.items()}


@pytest.mark.parametrize("rule", ["last", "nearest"])
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_retail_years_end_where_those_of_pandas_do(weekday: str, rule: str) -> None:
    for number, month in enumerate(MONTHS, 1):
        calendar = f"pattern: 4-4-5, year_ends: {{ weekday: {weekday}, rule: {rule}, month: {month} }}"
        found = [last for _, last in periods(calendar, "year").values()][:-1]
        offset = pd.offsets.FY5253(weekday=WEEKDAYS.index(weekday), startingMonth=number, variation=rule)
        expected, day = [], pd.Timestamp(1900, 1, 1) - pd.Timedelta(days=1)
        while (day := day + offset).date() < LAST:
            expected.append(day.date())
        assert found == [day for day in expected if day >= FIRST], month


@pytest.mark.parametrize(("pattern", "weeks"), [("4-4-5", (4, 4, 5)), ("4-5-4", (4, 5, 4)), ("5-4-4", (5, 4, 4))])
def test_quarters_and_months_have_their_weeks(pattern: str, weeks: tuple[int, int, int]) -> None:
    ends = "year_ends: { weekday: saturday, rule: nearest, month: january }"
    quarters = [last for _, last in periods(f"pattern: {pattern}, {ends}", "quarter").values()][:-1]
    offset = pd.offsets.FY5253Quarter(weekday=5, startingMonth=1, variation="nearest", qtr_with_extra_week=4)
    expected = [day.date() for day in pd.date_range(FIRST, LAST, freq=offset)]
    assert quarters == [day for day in expected if FIRST <= day < LAST]
    months = [last for _, last in periods(f"pattern: {pattern}, {ends}", "month").values()]
    # Between two ends of quarters: two more ends of months, after so many weeks.
    for before, after in itertools.pairwise(quarters):
        inside = [(month - before).days // 7 for month in months if before < month <= after]
        assert inside == [weeks[0], weeks[0] + weeks[1], (after - before).days // 7]

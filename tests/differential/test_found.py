"""The smallest worlds that once were answered wrongly, with the answers worked out by hand."""

from typing import Any

import pytest

import marketingos as mos

SYSTEM = """
marketingos: 1
name: Found
sources:
  a: {{ date: day, entity: who, dimensions: [d], measures: [m, w], rows: {rows}{a} }}
  b: {{ date: day, entity: who, dimensions: [d], measures: [m, w], rows: events{b} }}
measures:
  entered: {{ count: a }}
  left: {{ count: b }}
  figure: {{ {figure} }}
"""
HEAD = "day,who,d,m,w\n"


def answers(figure: str, a: str, b: str, grain: str = "month", rows: str = "events", of_a: str = "", of_b: str = "") -> list[tuple[str, str, str]]:
    system = mos.System.parse(SYSTEM.format(figure=figure, rows=rows, a=of_a, b=of_b))
    lines: list[dict[str, Any]] = system.snapshot({"a": HEAD + a, "b": HEAD + b}, "2026-04-30").series("figure", grain)
    return [(line["period"]["label"], line["is"], line.get("value", line.get("so_far", ""))) for line in lines]


def test_all_time_starts_with_the_first_row_and_not_with_the_next_period() -> None:
    figure = "cumulative: { of: entered, over: all_time }"
    rows = "2026-01-15,x,,,\n2026-02-15,y,,,\n2026-02-28,y,,,\n"
    assert answers(figure, rows, "") == [("2026-01", "value", "1"), ("2026-02", "value", "3")]


def test_a_missing_number_that_counts_as_zero_has_its_weight() -> None:
    rows = "2026-01-01,x,,6,1\n2026-01-31,x,,,2\n"
    assert answers("weighted_mean: { of: a.m, by: w }, missing: zero", rows, "") == [("2026-01", "value", "2")]
    assert answers("weighted_mean: { of: a.m, by: w }", rows, "") == [("2026-01", "value", "6")]


@pytest.mark.parametrize("take", ["first", "last", "daily_mean"])
def test_no_rows_are_no_balance(take: str) -> None:
    recorded = ", recorded_from: 2026-04-01, recorded_until: as_of"
    assert answers(f"{take}: a.m", "", "", of_a=recorded) == [("2026-04", "missing", "")]
    assert answers(f"{take}: a.m, missing: zero", "2026-04-01,x,,,\n", "", of_a=recorded) == [("2026-04", "value", "0")]


def test_days_that_count_as_zero_are_covered() -> None:
    figure = "sum: a.m, missing: zero"
    recorded = ", recorded_from: 2026-01-01, recorded_until: as_of"
    assert answers(figure, "2026-02-01,x,,5,\n", "", rows="daily", of_a=recorded) == [
        ("2026-01", "value", "0"),
        ("2026-02", "value", "5"),
        ("2026-03", "value", "0"),
        ("2026-04", "value", "0"),
    ]


def test_who_moves_on_after_the_last_have_entered_does_so_in_a_later_period() -> None:
    figure = "conversion: { from: entered, to: left, basis: same_period }"
    entering, leaving = "2026-01-01,x,,,\n2026-01-31,y,,,\n", "2026-01-20,x,,,\n2026-02-28,y,,,\n"
    assert answers(figure, entering, leaving) == [("2026-01", "value", "0.5"), ("2026-02", "missing", "")]


@pytest.mark.parametrize(
    "figure",
    [
        "conversion: { from: entered, to: left, within_days: 30 }",
        "credit: { outcome: entered, touches: left, rule: last }",
    ],
)
def test_nothing_follows_from_a_source_that_was_never_recorded(figure: str) -> None:
    assert answers(figure, "2026-01-01,x,,,\n2026-01-31,y,,,\n", "") == [("2026-01", "missing", "")]


def test_rows_from_outside_the_recorded_days_cover_none() -> None:
    rows = "".join(f"2026-01-{day:02},x,,1,\n" for day in range(1, 32))
    system = SYSTEM.format(figure="sum: a.m", rows="daily", a=", recorded_from: 2026-01-20", b="")
    line = mos.System.parse(system).snapshot({"a": HEAD + rows, "b": HEAD}, "2026-04-30").series("figure")[0]
    assert (line["value"], line["coverage"]) == ("12", {"days": 12, "of": 31})

"""Random worlds: a system and its facts, and questions about its figures."""

import csv
import datetime
import io
import json
import random
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

import conditions
from conditions import ENTITIES, SCALES, TEXTS, Where

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
GRAINS = ["month", "week", "quarter", "year", "all"]
BYS: list[list[str]] = [[], ["d1"], ["d2"], ["d1", "d2"], ["d2", "d1"]]
ROLLING = [1, 2, 3, 6, 13]
# Columns have no declared unit here, so that what they come to may have any.
UNITS = {"count": "count", "sum": "EUR", "mean": "EUR", "weighted": "EUR", "extreme": "EUR", "percentile": "EUR", "balance": "EUR"}
UNITS |= {"distinct": "count", "conversion": "percent", "duration": "days"}
TO_DATE = ["week", "month", "quarter", "year"]


@dataclass(frozen=True)
class Row:
    """A row of facts; measures are mantissas at the scale of their column."""

    day: datetime.date
    who: str | None
    d1: str | None
    d2: str | None
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class Source:
    """A source as it is declared, and its rows."""

    id: str
    rows: list[Row]
    daily: bool
    recorded_from: datetime.date | None
    recorded_until: str | datetime.date | None
    separator: str
    decimal: str
    thousands: str
    pattern: str

    def declared(self) -> dict[str, Any]:
        form = {"decimal": self.decimal} | ({"thousands": self.thousands} if self.thousands else {})
        declared: dict[str, Any] = {
            "date": {"column": "The Day", "pattern": self.pattern},
            "entity": {"who": "Person"},
            "dimensions": {"d1": "Dimension, first", "d2": "Second"},
            "measures": {name: {"column": f"Measure {name}", **form} for name in SCALES},
            "rows": "daily" if self.daily else "events",
        }
        if self.separator != ",":
            declared["separator"] = "tab" if self.separator == "\t" else self.separator
        if self.recorded_from:
            declared["recorded_from"] = str(self.recorded_from)
        if self.recorded_until:
            declared["recorded_until"] = str(self.recorded_until)
        return declared

    def csv(self) -> str:
        text = io.StringIO()
        write = csv.writer(text, delimiter=self.separator, lineterminator="\n").writerow
        write(["Person", "Measure m0", "Measure m1", "The Day", "Unused", "Dimension, first", "Second", "Measure m2"])
        for row in self.rows:
            m0, m1, m2 = (self.number(number, scale) for number, scale in zip(row.numbers, SCALES.values(), strict=True))
            year, month, day = f"{row.day:%Y-%m-%d}".split("-")
            date = self.pattern.replace("YYYY", year).replace("MM", month).replace("DD", day)
            write([row.who or "", m0, m1, date, "-", row.d1 or "", row.d2 or "", m2])
        return text.getvalue()

    def number(self, mantissa: int | None, scale: int) -> str:
        if mantissa is None:
            return ""
        digits = str(abs(mantissa)).rjust(scale + 1, "0")
        whole, fraction = digits[: len(digits) - scale], digits[len(digits) - scale :].rstrip("0")
        if self.thousands:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        return ("-" if mantissa < 0 else "") + whole + (self.decimal + fraction if fraction else "")


@dataclass(frozen=True)
class Figure:
    """A figure: what it is, what the reference must know of it, and how the system says it."""

    id: str
    kind: str
    written: dict[str, Any]
    source: int = 0
    column: str = ""
    other: str = ""
    where: Where | None = None
    zero: bool = False
    parts: tuple[str, ...] = ()
    detail: Any = None
    # The unit of a KPI; without one it is a measure.
    unit: str = ""

    def declared(self) -> dict[str, Any]:
        declared = dict(self.written)
        if self.unit:
            declared |= {"name": self.id, "unit": self.unit, "direction": "none"}
        if self.where:
            declared["where"] = self.where.written
        if self.zero:
            declared["missing"] = "zero"
        return declared


@dataclass(frozen=True)
class Question:
    """A figure period by period, in all or by dimensions."""

    figure: str
    grain: str
    by: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class World:
    """A system, its facts, and what is asked."""

    sources: list[Source]
    figures: dict[str, Figure]
    as_of: datetime.date
    fiscal_year_starts: int
    week_starts: int
    min_coverage: int
    questions: list[Question]

    def __repr__(self) -> str:
        rows = [len(source.rows) for source in self.sources]
        return f"<World of {len(self.figures)} figures over {rows} rows>"

    def system(self, only: str | None = None) -> str:
        """The text of the system; with `only`, without what that figure does not need."""
        wanted = set(self.figures) if only is None else self.closure(only)
        return json.dumps(
            {
                "marketingos": 1,
                "name": "World",
                "calendar": {"fiscal_year_starts": MONTHS[self.fiscal_year_starts - 1], "week_starts": WEEKDAYS[self.week_starts]},
                "min_coverage": f"{self.min_coverage} %",
                "sources": {source.id: source.declared() for source in self.sources},
                "measures": {id: figure.declared() for id, figure in self.figures.items() if id in wanted and not figure.unit},
                "kpis": {id: figure.declared() for id, figure in self.figures.items() if id in wanted and figure.unit},
            },
            ensure_ascii=False,
            indent=1,
        )

    def closure(self, id: str) -> set[str]:
        return {id}.union(*(self.closure(part) for part in self.figures[id].parts))


def row(seed: int, start: datetime.date, days: int) -> Row:
    """A row made from a small number, so that a shorter list of numbers is a smaller world."""
    chance = random.Random(seed)
    text = lambda: None if chance.random() < 0.15 else TEXTS[min(int(chance.expovariate(0.5)), len(TEXTS) - 1)]
    who = None if chance.random() < 0.08 else chance.choice(ENTITIES)
    day = start + datetime.timedelta(days=chance.randrange(days))
    gap = chance.random() < 0.3
    missing = lambda: gap and chance.random() < 0.6
    big = chance.random() < 0.1
    amount = chance.choice([0, 10**4, chance.randrange(-(10**7), 10**8), chance.randrange(10**18) if big else 25 * 10**3])
    cost = chance.choice([0, 100, chance.randrange(-5000, 20000)])
    weight = chance.choice([0, 10**8, chance.randrange(-(10**8), 10**10), 25 * 10**6])
    numbers = tuple(None if missing() else number for number in (amount, cost, weight))
    return Row(day, who, text(), text(), numbers)


@st.composite
def source(draw: st.DrawFn, id: str, start: datetime.date, days: int) -> Source:
    most = draw(st.sampled_from([4, 12, 60]))
    seeds = draw(st.lists(st.integers(0, 2**16 - 1), min_size=draw(st.sampled_from([0, most // 2])), max_size=most))
    # Hundreds of rows are too many to be drawn one by one.
    each = draw(st.sampled_from([1, 1, 1, 1, 5, 5, 5, 25]))
    day = st.integers(-40, days).map(lambda offset: start + datetime.timedelta(days=offset))
    early = st.integers(-400, 40).map(lambda offset: start + datetime.timedelta(days=offset))
    recorded_from = draw(st.one_of(st.none(), st.just(start.replace(day=1)), early))
    until: st.SearchStrategy[Any] = st.one_of(st.just("as_of"), st.just("as_of"), st.just("last_row"), st.none(), day)
    recorded_until = draw(until)
    if isinstance(recorded_until, datetime.date) and recorded_from and recorded_until < recorded_from:
        recorded_until = recorded_from
    decimal, thousands = draw(st.sampled_from([(".", ""), (".", ","), (",", ""), (",", "."), (",", " "), (".", "'")]))
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    pattern = draw(st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YYYY"]))
    daily = draw(st.sampled_from([False, False, False, True]))
    return Source(id, [row(seed * 40 + more, start, days) for seed in seeds for more in range(each)], daily, recorded_from, recorded_until, separator, decimal, thousands, pattern)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Figure]:
    """Figures of every kind; those that are made of others name earlier ones."""
    made: dict[str, Figure] = {}
    plain: list[str] = []

    def add(kind: str, written: dict[str, Any], **rest: Any) -> str:
        id = f"f{len(made)}_{kind}"
        unit = UNITS.get(kind, "") if draw(st.booleans()) else ""
        made[id] = Figure(id, kind, written, unit=unit, **rest)
        return id

    counts: list[list[str]] = [[], []]
    for number in (0, 1):
        counts[number].append(add("count", {"count": f"s{number}"}, source=number))
        counts[number].append(add("count", {"count": f"s{number}"}, source=number, where=draw(conditions.anything())))
    touching = [[add("count", {"count": f"s{number}"}, source=number, where=draw(conditions.of_texts()))] for number in (0, 1)]
    kinds = ["sum", "mean", "weighted", "extreme", "percentile", "balance", "distinct", "conversion", "duration", "credit"]
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=draw(st.sampled_from([1, 8])), max_size=10)):
        number = draw(st.sampled_from([0, 1]))
        column = draw(st.sampled_from(list(SCALES)))
        of = f"s{number}.{column}"
        here: dict[str, Any] = {"source": number, "column": column}
        if kind in ("sum", "mean", "weighted", "extreme", "percentile", "balance", "distinct"):
            here |= {"where": draw(conditions.anything()), "zero": draw(st.sampled_from([False, False, True]))}
        if kind == "sum" or kind == "mean":
            plain.append(add(kind, {kind: of}, **here))
        elif kind == "weighted":
            weight = draw(st.sampled_from(["m1", "m2"]))
            plain.append(add(kind, {"weighted_mean": {"of": of, "by": weight}}, other=weight, **here))
        elif kind == "extreme":
            which = draw(st.sampled_from(["min", "max"]))
            written = {which: of} if draw(st.booleans()) else {"summary": {"of": of, "statistic": which}}
            plain.append(add(kind, written, detail=which, **here))
        elif kind == "percentile":
            percent = draw(st.sampled_from([50, 50, 1, 25, 33, 90, 99]))
            written = {"median": of} if percent == 50 else {"summary": {"of": of, "statistic": f"p{percent}"}}
            plain.append(add(kind, written, detail=percent, **here))
        elif kind == "balance":
            take = draw(st.sampled_from(["first", "last", "daily_mean"]))
            plain.append(add(kind, {take: of}, detail=take, **here))
        elif kind == "distinct":
            key = draw(st.sampled_from(["who", "d1", "d2"]))
            # Worlds are small: a sketch counts exactly in them.
            written = draw(st.sampled_from(["distinct", "approximate_distinct"]))
            add(kind, {written: f"s{number}.{key}"}, **(here | {"column": key, "zero": False}))
        else:
            pair = (draw(st.sampled_from(counts[number])), draw(st.sampled_from(counts[1 - number])))
            if kind == "conversion":
                within = draw(st.sampled_from([None, 1, 7, 30, 90]))
                basis = draw(st.sampled_from(["same_cohort", "same_period"]))
                matching = draw(st.sampled_from([None, "d1", "d2"]))
                written = {"from": pair[0], "to": pair[1], "basis": basis}
                written |= {} if within is None else {"within_days": within}
                written |= {} if matching is None else {"matching": matching}
                add(kind, {"conversion": written}, source=number, parts=pair, detail=(basis, within, matching))
            elif kind == "duration":
                statistic = draw(st.sampled_from(["mean", "median", "p25", "p90", "min", "max"]))
                add(kind, {"duration": {"from": pair[0], "to": pair[1], "statistic": statistic}}, source=number, parts=pair, detail=statistic)
            else:
                outcome = pair[0]
                if draw(st.booleans()):
                    outcome = add("sum", {"sum": of}, source=number, column=column, where=draw(conditions.anything()))
                to = draw(st.sampled_from([None, touching[1 - number][0]]))
                rule = draw(st.sampled_from(["first", "last", "linear", "position", "any"]))
                within = draw(st.sampled_from([None, 1, 30, 90]))
                written = {"outcome": outcome, "touches": pair[1], "rule": rule}
                written |= {} if within is None else {"within_days": within}
                written |= {} if to is None else {"to": to}
                parts = (outcome, pair[1]) + (() if to is None else (to,))
                add(kind, {"credit": written}, source=number, column=made[outcome].column, parts=parts, detail=(rule, within))
    everything = [figure.id for figure in made.values()]
    composed: list[str] = []
    for kind in draw(st.lists(st.sampled_from(["ratio", "formula", "cumulative"]), min_size=draw(st.sampled_from([0, 4])), max_size=6)):
        zero = draw(st.sampled_from([False, False, False, True]))
        if kind == "ratio":
            pair = tuple(draw(st.sampled_from(plain + sum(counts, []))) for _ in range(2))
            composed.append(add(kind, {"ratio": {"numerator": pair[0], "denominator": pair[1]}}, parts=pair, zero=zero))
        elif kind == "formula":
            # Only what has no unit goes with everything.
            pool = [id for id in plain if not made[id].unit]
            if not pool:
                continue
            tree = draw(formula(st.sampled_from(pool)))
            named = tuple(dict.fromkeys(names(tree)))
            if named:
                composed.append(add(kind, {"formula": written_formula(tree)}, parts=named, detail=tree, zero=zero))
        else:
            window = draw(st.one_of(st.sampled_from(ROLLING), st.sampled_from([*TO_DATE, "all_time"])))
            over = {"periods": window} if isinstance(window, int) else window if window == "all_time" else f"{window}_to_date"
            of = draw(st.sampled_from(everything + composed))
            composed.append(add(kind, {"cumulative": {"of": of, "over": over}}, parts=(of,), detail=window, zero=zero))
    return made


def formula(name: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Formulas as nested tuples."""
    figure = st.one_of(
        st.tuples(st.just("figure"), name),
        st.tuples(st.just("previous"), name, st.sampled_from([1, 2, 5])),
        st.tuples(st.just("prior_year"), name),
    )
    leaf = st.one_of(figure, figure, st.tuples(st.just("number"), st.sampled_from(["0", "1", "2.5", "100"])))

    def more(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.tuples(st.sampled_from("+-*/"), inner, inner),
            st.tuples(st.just("-"), inner),
            st.tuples(st.just("abs"), inner),
            st.tuples(st.sampled_from(["min", "max", "coalesce"]), several),
        )

    return st.recursive(leaf, more, max_leaves=4)


def names(tree: Any) -> list[str]:
    if tree[0] in ("figure", "previous", "prior_year"):
        return [tree[1]]
    if tree[0] == "number":
        return []
    inner = tree[1] if tree[0] in ("min", "max", "coalesce") else tree[1:]
    return [name for part in inner for name in names(part)]


def written_formula(tree: Any) -> str:
    match tree:
        case ("figure", name) | ("number", name):
            return str(name)
        case ("previous", name, 1):
            return f"previous({name})"
        case ("previous", name, back):
            return f"previous({name}, {back})"
        case ("prior_year", name):
            return f"prior_year({name})"
        case ("-", inner):
            return f"-({written_formula(inner)})"
        case ("abs", inner):
            return f"abs({written_formula(inner)})"
        case (operator, left, right):
            return f"({written_formula(left)} {operator} {written_formula(right)})"
        case (function, inner):
            return f"{function}({', '.join(map(written_formula, inner))})"
    raise AssertionError(tree)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    start = datetime.date(2021, 1, 1) + datetime.timedelta(days=draw(st.integers(0, 800)))
    days = draw(st.sampled_from([1, 20, 100, 400, 900]))
    sources = [draw(source(f"s{number}", start, days)) for number in (0, 1)]
    as_of = start + datetime.timedelta(days=days + draw(st.sampled_from([-30, 0, 10, 100, 400])))
    made = draw(figures())
    grains = draw(st.lists(st.sampled_from(GRAINS), min_size=1, max_size=3, unique=True))
    bys = draw(st.lists(st.sampled_from(BYS).map(tuple), min_size=1, max_size=2, unique=True))
    return World(
        sources=sources,
        figures=made,
        as_of=as_of,
        fiscal_year_starts=draw(st.one_of(st.just(1), st.integers(1, 12))),
        week_starts=draw(st.one_of(st.just(0), st.integers(0, 6))),
        min_coverage=draw(st.sampled_from([100, 100, 50, 80])),
        questions=[Question(figure, grain, by) for figure in list(made)[1:4:2] + list(made)[6:] for grain in grains for by in bys],
    )

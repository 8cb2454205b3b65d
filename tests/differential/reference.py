"""The same questions in SQL: an evaluator that shares nothing with the library.

DuckDB aggregates integer mantissas, so that nothing is rounded; quotients are fractions of
Python. It is written from the words of core/src/format.md alone.
"""

import datetime
import functools
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import duckdb

from conditions import DIMENSIONS, ENTITY, SCALES
from worlds import Figure, Question, World

Member = tuple[str | None, ...]
Window = Any
TIE = "day, " + ", ".join(f"{column} NULLS FIRST" for column in DIMENSIONS)


@dataclass(frozen=True)
class Period:
    """A period as it is asked for; `grain` says how it is compared with others."""

    grain: str
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Result:
    """A number or a reason, the days that it rests on, and whether it can still change."""

    value: Fraction | None
    reason: str = ""
    days: int = 0
    of: int = 1
    open: bool = False
    rows: int | None = None
    slack: Fraction = Fraction(0)


@dataclass(frozen=True)
class Expected:
    """A line of the answer."""

    first: datetime.date
    last: datetime.date
    member: Member
    kind: str
    value: Fraction | None
    rows: int | None
    slack: Fraction


@functools.cache
def database() -> duckdb.DuckDBPyConnection:
    """One database for all worlds, since opening it takes longer than a question."""
    db = duckdb.connect()
    db.execute("SET threads = 1")
    return db


class Reference:
    """The facts of a world in a database, and answers to questions about them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.db = database()
        self.recorded: list[tuple[datetime.date, datetime.date] | None] = []
        self.days: list[set[datetime.date] | None] = []
        for number, source in enumerate(world.sources):
            numbers = ", ".join(f"{name} HUGEINT" for name in SCALES)
            self.db.execute(f"CREATE OR REPLACE TABLE s{number} (day DATE, {ENTITY} VARCHAR, d1 VARCHAR, d2 VARCHAR, {numbers})")
            if source.rows:
                columns = zip(*((row.day, row.who, row.d1, row.d2, *row.numbers) for row in source.rows), strict=True)
                self.db.execute(f"INSERT INTO s{number} SELECT {', '.join(['unnest(?)'] * 7)}", [list(column) for column in columns])
            self.record(number)
        self.periods_table()
        self.windows: dict[Any, str] = {}
        self.starting: dict[str, dict[datetime.date, datetime.date]] = {}
        self.cells: dict[Any, dict[tuple[datetime.date, Member], tuple[Any, ...]]] = {}

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        return self.db.execute(text).fetchall()

    def record(self, number: int) -> None:
        """From when until when a source is recorded, and its rows within."""
        source, as_of = self.world.sources[number], self.world.as_of
        ((first, last),) = self.sql(f"SELECT min(day), max(day) FROM s{number} WHERE day <= DATE '{as_of}'")
        if source.recorded_from:
            first = source.recorded_from
        if source.recorded_until == "as_of":
            last = as_of
        elif isinstance(source.recorded_until, datetime.date):
            last = min(source.recorded_until, as_of)
        known = first is not None and last is not None and first <= last
        self.recorded.append((first, last) if known else None)
        within = f"day BETWEEN DATE '{first}' AND DATE '{last}'" if known else "false"
        self.db.execute(f"CREATE OR REPLACE TABLE r{number} AS SELECT row_number() OVER () AS id, * FROM s{number} WHERE {within}")
        days = {day for (day,) in self.sql(f"SELECT DISTINCT day FROM r{number}")}
        self.days.append(days if source.daily else None)

    def starts(self, grain: str, day: str) -> str:
        """The first day of the period that holds a day, by the date functions of SQL."""
        if grain == "week":
            offset = self.world.week_starts
            return f"(date_trunc('week', {day} - {offset})::DATE + {offset})"
        if grain == "month":
            return f"(date_trunc('month', {day})::DATE)"
        # A fiscal year is a calendar year that is some months late.
        late = f"INTERVAL {self.world.fiscal_year_starts - 1} MONTH"
        return f"((date_trunc('{grain}', date_trunc('month', {day}) - {late}) + {late})::DATE)"

    def periods_table(self) -> None:
        """All periods from some years before the facts to their end."""
        spans = [span for span in self.recorded if span]
        self.reach = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
        if not self.reach:
            return
        first, last = self.reach
        self.db.execute("CREATE OR REPLACE TABLE periods (grain VARCHAR, first DATE, last DATE)")
        for grain in ("week", "month", "quarter", "year"):
            self.db.execute(
                f"INSERT INTO periods SELECT '{grain}', p, lead(p) OVER (ORDER BY p) - 1 FROM (SELECT DISTINCT {self.starts(grain, 'd')} AS p "
                f"FROM (SELECT unnest(generate_series(DATE '{first}' - 7000, DATE '{last}' + 800, INTERVAL 1 DAY))::DATE AS d))"
            )
        self.db.execute("DELETE FROM periods WHERE last IS NULL")
        self.lasts = {(grain, first): last for grain, first, last in self.sql("FROM periods")}
        self.order: dict[str, list[datetime.date]] = {}
        for grain, first in sorted(self.lasts):
            self.order.setdefault(grain, []).append(first)

    # What is asked.

    def dated_by(self, figure: Figure) -> set[int]:
        """The sources whose recorded days a figure reaches over."""
        if figure.kind == "duration":
            return {1 - figure.source}
        if figure.kind == "conversion" and figure.detail[0] == "same_period":
            return {0, 1}
        if figure.kind in ("conversion", "credit"):
            return {figure.source}
        if figure.parts:
            return set().union(*(self.dated_by(self.world.figures[part]) for part in figure.parts))
        return {figure.source}

    def reached(self, figure: Figure) -> tuple[datetime.date, datetime.date] | None:
        spans = [span for number in self.dated_by(figure) if (span := self.recorded[number])]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    def answer(self, question: Question) -> list[Expected]:
        """What the library must answer."""
        figure = self.world.figures[question.figure]
        reached = self.reached(figure)
        if not reached:
            return []
        if question.grain == "all":
            periods = [Period("all", *reached)]
        else:
            table = f"SELECT first, last FROM periods WHERE grain = '{question.grain}' AND last >= DATE '{reached[0]}' AND first <= DATE '{reached[1]}'"
            periods = [Period(question.grain, first, last) for first, last in self.sql(table + " ORDER BY first")]
        lines = []
        for period in periods:
            members = {()} if not question.by else self.members(figure, period, None, question.by)
            for member in sorted(members, key=lambda member: [(text is not None, text or "") for text in member]):
                result = self.result(figure, period, None, question.by, member)
                lines.append(self.finished(figure, result, period, member))
        return lines

    def finished(self, figure: Figure, result: Result, period: Period, member: Member) -> Expected:
        kind = result.reason
        if result.value is not None:
            running = period.grain != "all" and period.last > self.world.as_of
            # The least coverage is a KPI's; a measure carries a caveat.
            covered = not figure.unit or Fraction(result.days, result.of) * 100 >= self.world.min_coverage
            kind = "incomplete" if running or result.open or not covered else "value"
        return Expected(period.first, period.last, member, kind, result.value, result.rows, result.slack)

    # Figures made of others.

    def members(self, figure: Figure, period: Period, window: Window, by: tuple[str, ...]) -> set[Member]:
        if figure.kind == "cumulative":
            return self.members(self.world.figures[figure.parts[0]], period, figure.detail, by)
        if figure.kind in ("ratio", "formula"):
            return set().union(*(self.members(self.world.figures[part], period, window, by) for part in figure.parts))
        return {member for first, member in self.base_cells(figure, period, window, by) if first == period.first}

    def result(self, figure: Figure, period: Period, window: Window, by: tuple[str, ...], member: Member) -> Result:
        result = self.computed(figure, period, window, by, member)
        if figure.zero and result.reason == "missing":
            # What is missing counts as zero, and so do days that are not covered, once they are over.
            over = period.last <= self.world.as_of
            return Result(Fraction(0), "", result.of if over else result.days, result.of, False, result.rows)
        return result

    def computed(self, figure: Figure, period: Period, window: Window, by: tuple[str, ...], member: Member) -> Result:
        part = lambda id, at: self.result(self.world.figures[id], at, window, by, member)
        if figure.kind == "cumulative":
            return self.result(self.world.figures[figure.parts[0]], period, figure.detail, by, member)
        if figure.kind == "ratio":
            above, below = (part(id, period) for id in figure.parts)
            return together(divided(above, below), [above, below])
        if figure.kind == "formula":
            read: list[Result] = []

            def named(id: str, at: Period | None) -> Result:
                read.append(part(id, at) if at else Result(None, "missing"))
                return read[-1]

            value = self.formula(figure.detail, period, named)
            return together(value, [one for one in read if value.value is None or one.value is not None])
        return self.base(figure, period, window, by, member)

    def formula(self, tree: Any, period: Period, named: Any) -> Result:
        match tree:
            case ("number", text):
                return Result(Fraction(text))
            case ("figure", name):
                return named(name, period)
            case ("previous", name, back):
                return named(name, self.earlier(period, back))
            case ("prior_year", name):
                return named(name, self.year_before(period))
            case ("coalesce", parts):
                result = Result(None, "missing")
                for part in parts:
                    result = self.formula(part, period, named)
                    if result.value is not None:
                        break
                return result
            case ("min" | "max" as function, parts):
                values = []
                for part in parts:
                    result = self.formula(part, period, named)
                    if result.value is None:
                        return result
                    values.append(result.value)
                return Result(min(values) if function == "min" else max(values))
            case ("abs", inner):
                result = self.formula(inner, period, named)
                return result if result.value is None else Result(abs(result.value))
            case ("-", inner):
                result = self.formula(inner, period, named)
                return result if result.value is None else Result(-result.value)
            case (operator, left, right):
                one, two = self.formula(left, period, named), self.formula(right, period, named)
                if operator == "/":
                    return divided(one, two)
                if one.value is None or two.value is None:
                    return one if one.value is None else two
                return Result({"+": one.value + two.value, "-": one.value - two.value, "*": one.value * two.value}[operator])
        raise AssertionError(tree)

    def earlier(self, period: Period, back: int) -> Period | None:
        if period.grain == "all":
            return None
        order = self.order[period.grain]
        first = order[order.index(period.first) - back]
        return Period(period.grain, first, self.lasts[period.grain, first])

    def year_before(self, period: Period) -> Period | None:
        if period.grain == "all":
            return None
        first = period.first - datetime.timedelta(days=364) if period.grain == "week" else period.first.replace(year=period.first.year - 1)
        return Period(period.grain, first, self.lasts[period.grain, first])

    # Figures that read rows.

    def window(self, figure: Figure, period: Period, window: Window) -> str:
        """A table of the periods of a length, and from which day on rows count for each."""
        reached = self.reached(figure)
        all_time = reached[0] if reached else None
        key = (period if period.grain == "all" else period.grain, window, all_time if window == "all_time" else None)
        if key not in self.windows:
            name = f"w{len(self.windows)}"
            of = f"SELECT * FROM periods WHERE grain = '{period.grain}'"
            if period.grain == "all":
                of, start = f"SELECT DATE '{period.first}' AS first, DATE '{period.last}' AS last", "first"
            elif window is None:
                start = "first"
            elif isinstance(window, int):
                start = f"lag(first, {window - 1}) OVER (ORDER BY first)"
            elif window == "all_time":
                start = f"least(first, DATE '{all_time}')" if all_time else "first"
            else:
                start = self.starts(window, "last")
            self.db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT first, last, {start} AS start FROM ({of})")
            self.windows[key] = name
            self.starting[name] = dict(self.sql(f"SELECT first, start FROM {name}"))
            # Periods from before the facts have a name, and no rows.
            if self.reach:
                self.db.execute(f"DELETE FROM {name} WHERE last < DATE '{self.reach[0]}' OR first > DATE '{self.reach[1]}'")
        return self.windows[key]

    def base_cells(self, figure: Figure, period: Period, window: Window, by: tuple[str, ...]) -> dict[tuple[datetime.date, Member], tuple[Any, ...]]:
        if figure.parts and None in self.recorded:
            return {}
        table = self.window(figure, period, window)
        key = (figure.id, table, by)
        if key not in self.cells:
            cells: dict[tuple[datetime.date, Member], Any] = {}
            for first, *rest in self.sql(self.query(figure, table, by)):
                at = (first, tuple(rest[: len(by)]))
                # Credit comes in several lines that are added up.
                cells[at] = added(cells.get(at), self.credited(figure, rest[len(by) :])) if figure.kind == "credit" else tuple(rest[len(by) :])
            self.cells[key] = cells
        return self.cells[key]

    def rows_of(self, figure: Figure) -> str:
        where = f"WHERE {figure.where.sql}" if figure.where else ""
        return f"(SELECT * FROM r{figure.source} {where})"

    def query(self, figure: Figure, table: str, by: tuple[str, ...]) -> str:
        dims = "".join(f", {column}" for column in by)
        of_r = "".join(f", r.{column}" for column in by)
        m = f"r.{figure.column}"
        joined = f"FROM {table} AS w JOIN {self.rows_of(figure)} AS r ON r.day BETWEEN w.start AND w.last"
        grouped = f"SELECT w.first{of_r}, count(*), %s {joined} GROUP BY ALL"
        parts = [self.world.figures[part] for part in figure.parts]
        match figure.kind:
            case "count":
                return grouped % "0"
            case "sum" | "mean":
                return grouped % f"count({m}), sum({m})"
            case "weighted":
                weight = f"r.{figure.other}"
                both = f"FILTER ({m} IS NOT NULL AND {weight} IS NOT NULL)"
                return grouped % f"count(*) {both}, sum({m} * {weight}) {both}, sum({weight}) {both}, sum({weight})"
            case "extreme":
                return grouped % f"{figure.detail}({m}), count({m})"
            case "percentile":
                number = f"coalesce({m}, 0)" if figure.zero else m
                return grouped % f"list({number} ORDER BY {number}) FILTER ({number} IS NOT NULL), quantile_cont({number}::DOUBLE, {figure.detail / 100})"
            case "distinct":
                return grouped % f"count(DISTINCT {m})"
            case "balance":
                # Which days have rows is a matter of all members together.
                day = {"first": "r.day = min(r.day) OVER p", "last": "r.day = max(r.day) OVER p", "daily_mean": "true"}[figure.detail]
                return (
                    f"SELECT first{dims}, count(*) FILTER (taken), count(m) FILTER (taken), sum(m) FILTER (taken), any_value(days) FROM "
                    f"(SELECT w.first{of_r}, {m} AS m, {day} AS taken, count(DISTINCT r.day) OVER p AS days {joined} WINDOW p AS (PARTITION BY w.first)) "
                    "GROUP BY ALL"
                )
            case "conversion":
                basis, within, matching = figure.detail
                kept = f"gone - day <= {within}" if within is not None else "gone IS NOT NULL"
                passages = self.passages(parts, matching)
                entered = f"SELECT w.first{dims}, 1 AS entered, (coalesce({kept}, false))::INT AS moved FROM {table} AS w JOIN {passages} ON day BETWEEN w.start AND w.last"
                if basis == "same_period":
                    entered = (
                        f"SELECT w.first{dims}, 1 AS entered, 0 AS moved FROM {table} AS w JOIN {passages} ON day BETWEEN w.start AND w.last UNION ALL "
                        f"SELECT w.first{dims}, 0, 1 FROM {table} AS w JOIN {passages} ON gone BETWEEN w.start AND w.last WHERE {kept}"
                    )
                return f"SELECT first{dims}, sum(entered), sum(moved) FROM ({entered}) GROUP BY ALL"
            case "duration":
                return (
                    f"SELECT w.first{dims}, count(*), list(gone - day ORDER BY gone - day) FROM {table} AS w "
                    f"JOIN {self.passages(parts, None)} ON gone BETWEEN w.start AND w.last GROUP BY ALL"
                )
            case "credit":
                return self.credit_query(figure, parts, table, dims)
        raise AssertionError(figure.kind)

    def passages(self, parts: list[Figure], matching: str | None) -> str:
        """Each entity's first row, and the day of its first row on the other side."""
        also = f", {matching}" if matching else ""
        same = f" AND e.{matching} IS NOT DISTINCT FROM t.{matching}" if matching else ""
        return (
            f"(SELECT e.*, t.gone FROM (SELECT * FROM {self.rows_of(parts[0])} WHERE who IS NOT NULL "
            f"QUALIFY row_number() OVER (PARTITION BY who ORDER BY {TIE}) = 1) AS e "
            f"LEFT JOIN (SELECT who{also}, min(day) AS gone FROM {self.rows_of(parts[1])} WHERE who IS NOT NULL GROUP BY ALL) AS t ON e.who = t.who{same})"
        )

    def credit_query(self, figure: Figure, parts: list[Figure], table: str, dims: str) -> str:
        rule, within = figure.detail
        outcome, touches = parts[0], parts[1]
        amount = outcome.column or "1::HUGEINT"
        counted = parts[2].where.sql if len(parts) > 2 and parts[2].where else "true"
        near = f" AND o.day - t.day <= {within}" if within is not None else ""
        rank = ", ".join(f"t.{column} NULLS FIRST" for column in ("day", *DIMENSIONS))
        competing = (
            f"SELECT o.id AS outcome, o.day AS day, o.amount, t.counted{''.join(', t.' + column for column in DIMENSIONS)}, "
            f"row_number() OVER (PARTITION BY o.id ORDER BY {rank}) AS place, count(*) OVER (PARTITION BY o.id) AS n "
            f"FROM (SELECT *, {amount} AS amount FROM {self.rows_of(outcome)} WHERE who IS NOT NULL AND {amount} IS NOT NULL) AS o "
            f"JOIN (SELECT *, coalesce({counted}, false) AS counted FROM {self.rows_of(touches)} WHERE who IS NOT NULL) AS t "
            f"ON o.who = t.who AND t.day <= o.day{near}"
        )
        if rule == "any":
            credited = f"SELECT DISTINCT outcome, day, amount{dims}, 1 AS n, true AS edge, true AS all_of_it FROM ({competing}) WHERE counted"
        else:
            all_of_it = {"first": "place = 1", "last": "place = n"}.get(rule, "false")
            kept = f"({all_of_it} OR amount = 0)" if rule in ("first", "last") else "true"
            credited = f"SELECT *, place IN (1, n) AS edge, {all_of_it} AS all_of_it FROM ({competing}) WHERE counted AND {kept}"
        return (
            f"SELECT w.first{dims}, n, edge, all_of_it, sum(amount), count(*) FROM {table} AS w JOIN ({credited}) ON day BETWEEN w.start AND w.last GROUP BY ALL"
        )

    def credited(self, figure: Figure, line: list[Any]) -> tuple[Fraction, Fraction]:
        """The credit of some touches, and how much of it may be due to rounding to six more decimals."""
        n, edge, all_of_it, amount, count = line
        rule = figure.detail[0]
        scale = SCALES.get(figure.column, 0)
        total = Fraction(amount, 10**scale)
        if all_of_it:
            return total, Fraction(0)
        if rule in ("first", "last"):
            return Fraction(0), Fraction(0)
        share = Fraction(1, n) if rule == "linear" or n <= 2 else Fraction(2, 5) if edge else Fraction(1, 5 * (n - 2))
        exact = n in (1, 2, 4, 5) if rule == "linear" else n in (1, 2, 3, 4, 6)
        return total * share, Fraction(0) if exact else Fraction(count, 10**6)

    def base(self, figure: Figure, period: Period, window: Window, by: tuple[str, ...], member: Member) -> Result:
        cells = self.base_cells(figure, period, window, by)
        start = self.starting[self.window(figure, period, window)][period.first]
        dating = 1 - figure.source if figure.kind == "duration" else figure.source
        recorded, days = self.recorded[dating], self.days[dating]
        first, last = (max(start, recorded[0]), min(period.last, recorded[1])) if recorded else (period.last, start)
        covered = max((last - first).days + 1, 0)
        if days is not None:
            covered = sum(1 for day in days if start <= day <= period.last)
        of = (period.last - start).days + 1
        over = period.last <= self.world.as_of
        # What is not covered counts as zero where the definition says so.
        counts = of if figure.zero and over else covered
        # Of two sides, nothing follows where nothing is recorded of one.
        unknown = bool(figure.parts) and None in self.recorded
        if covered == 0 or unknown:
            return Result(None, "missing", 0, of)
        value, reason, rows, open, slack = self.value(figure, cells.get((period.first, member)), period)
        return Result(value, reason, counts, of, open, rows, slack)

    def value(self, figure: Figure, cell: tuple[Any, ...] | None, period: Period) -> tuple[Fraction | None, str, int | None, bool, Fraction]:
        """Number, reason, rows, whether it can still change, and how far it may be off."""
        unit = 10 ** SCALES.get(figure.column, 0)
        rows = cell[0] if cell else 0
        done = lambda value, reason="", open=False, rows=rows, slack=Fraction(0): (value, "" if value is not None else reason, rows, open, slack)
        match figure.kind:
            case "count":
                return done(Fraction(rows))
            case "distinct":
                return done(Fraction(cell[1] if cell else 0))
            case "sum":
                present, total = cell[1:] if cell else (0, None)
                gaps = rows > present and not figure.zero
                return done(Fraction(total or 0, unit) if present or not rows or figure.zero else None, "missing", gaps)
            case "mean":
                present, total = cell[1:] if cell else (0, None)
                n = rows if figure.zero else present
                return done(Fraction(total or 0, unit * n) if n else None, "undefined")
            case "weighted":
                _, products, weights, every = cell[1:] if cell else (0, 0, 0, 0)
                below = every if figure.zero else weights
                scale = Fraction(1, unit)
                return done(Fraction(products or 0, below) * scale if below else None, "undefined")
            case "extreme":
                extreme, present = cell[1:] if cell else (None, 0)
                if figure.zero and rows > present:
                    extreme = {"min": min, "max": max}[figure.detail](extreme or 0, 0)
                return done(None if extreme is None else Fraction(extreme, unit), "undefined")
            case "percentile":
                values, double = cell[1:] if cell else (None, None)
                value = percentile(values, figure.detail)
                if value is not None:
                    # The database's own percentile, in doubles, is the same one.
                    size = max(abs(number) for number in values)
                    assert abs(value - Fraction(double)) <= Fraction(size, 10**12), (value, double)
                return done(None if value is None else value / unit, "undefined")
            case "balance":
                taken, present, total, days = cell if cell else (0, 0, None, 0)
                if figure.zero:
                    value = Fraction(total or 0, unit * (days if figure.detail == "daily_mean" and days else 1))
                    return done(value, rows=taken)
                n = days if figure.detail == "daily_mean" else 1
                return done(Fraction(total, unit * n) if present else None, "missing", taken > present, rows=taken)
            case "conversion":
                basis, within, _ = figure.detail
                entered, moved = cell if cell else (0, 0)
                other = self.recorded[1 - figure.source]
                open = False
                if other and basis == "same_period":
                    open = period.last > other[1]
                elif other and within is not None:
                    open = period.last + datetime.timedelta(days=within) > other[1]
                return done(Fraction(moved, entered) if entered else None, "undefined", open, rows=entered)
            case "duration":
                values = cell[1] if cell else None
                statistic = figure.detail
                if not values:
                    return done(None, "undefined")
                if statistic in ("mean", "min", "max"):
                    value = {"mean": Fraction(sum(values), len(values)), "min": Fraction(min(values)), "max": Fraction(max(values))}[statistic]
                    return done(value)
                return done(percentile(values, 50 if statistic == "median" else int(statistic[1:])), "undefined")
            case "credit":
                value, slack = cell if cell else (Fraction(0), Fraction(0))
                other = self.recorded[1 - figure.source]
                return done(value, open=bool(other) and period.last > other[1], rows=None, slack=slack)
        raise AssertionError(figure.kind)


def percentile(values: list[int] | None, percent: int) -> Fraction | None:
    """Linear between neighbours, at (n − 1) · p."""
    if not values:
        return None
    below, rest = divmod((len(values) - 1) * percent, 100)
    low, high = values[below], values[min(below + 1, len(values) - 1)]
    return low + Fraction(rest, 100) * (high - low)


def added(cell: Any, more: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    return more if cell is None else (cell[0] + more[0], cell[1] + more[1])


def divided(above: Result, below: Result) -> Result:
    if above.value is None or below.value is None:
        return Result(None, above.reason if above.value is None else below.reason)
    return Result(above.value / below.value) if below.value else Result(None, "undefined")


def together(value: Result, parts: list[Result]) -> Result:
    """The value with the least coverage of its parts; it can still change where they differ."""
    if not parts:
        return Result(value.value, value.reason, 1, 1)
    least = min(parts, key=lambda part: Fraction(part.days, part.of))
    differ = len({Fraction(part.days, part.of) for part in parts}) > 1
    return Result(value.value, value.reason, least.days, least.of, differ or any(part.open for part in parts))

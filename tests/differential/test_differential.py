"""Random definitions over random facts, against the same questions in SQL.

A case is one figure by periods of one length and by some dimensions: every line of the answer
is compared, in order, with what DuckDB says. Worlds are the same in every run;
`DIFFERENTIAL_WORLDS=5000` looks at more of them. A failure is shrunk, and told with the system,
the tables and the question that show it.
"""

import os
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

import marketingos as mos
from reference import Expected, Reference
from worlds import Question, World, worlds

WORLDS = int(os.environ.get("DIFFERENTIAL_WORLDS", "200"))
# How numbers are written: exactly up to so many characters, else to so many digits.
EXACT = 34
SIGNIFICANT = 17
seen: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Says how much was compared."""
    yield
    kinds = ", ".join(f"{kind[6:]} {number}" for kind, number in sorted(seen.items()) if kind.startswith("lines "))
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{seen['cases']} cases of {seen['worlds']} worlds, {seen['lines']} lines: {kinds}")
        print(", ".join(f"{kind[5:]} {number}" for kind, number in sorted(seen.items()) if kind.startswith("case ")))


@settings(
    max_examples=WORLDS,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
@given(worlds())
def test_the_library_answers_as_sql_does(world: World) -> None:
    system = mos.System.parse({"system.json": world.system()})
    facts = system.facts({source.id: source.csv() for source in world.sources})
    assert [(load["rows"], load["rejected_cells"]) for load in facts.loads] == [(len(source.rows), 0) for source in world.sources]
    snapshot = system.snapshot(facts, world.as_of)
    reference = Reference(world)
    for question in world.questions:
        compare(world, question, snapshot.series(question.figure, question.grain, question.by), reference.answer(question))
        seen["cases"] += 1
        seen["case " + world.figures[question.figure].kind] += 1
    seen["worlds"] += 1


def compare(world: World, question: Question, answered: mos.Answers, expected: list[Expected]) -> None:
    mine = [(line["period"]["first"], line["period"]["last"], tuple(line["member"])) for line in answered]
    theirs = [(str(line.first), str(line.last), line.member) for line in expected]
    if mine != theirs:
        only = [line for line in mine if line not in theirs][:3], [line for line in theirs if line not in mine][:3]
        raise AssertionError(told_of(world, question, f"lines that only the library has, and only SQL: {only}"))
    for got, line in zip(answered, expected, strict=True):
        wrong = difference(got, line)
        if wrong:
            raise AssertionError(told_of(world, question, f"{wrong}\n  library: {got}\n  SQL: {line}"))
        seen["lines"] += 1
        seen[f"lines {line.kind}"] += 1


def difference(got: dict[str, object], line: Expected) -> str:
    if got["is"] != line.kind:
        return f"`{got['is']}` and not `{line.kind}`"
    if line.value is not None:
        text = str(got["value"] if line.kind == "value" else got["so_far"])
        if not same(text, line.value, line.slack):
            return f"{text} and not {line.value} = {float(line.value)}"
    if line.rows is not None and got["rows"] != line.rows:
        return f"{got['rows']} rows and not {line.rows}"
    return ""


def same(text: str, exact: Fraction, slack: Fraction) -> bool:
    """Whether a number is written exactly, or rounded half to even where that takes too long."""
    if abs(Fraction(text) - exact) <= slack:
        return True
    rest, decimals = exact.denominator, 0
    for factor in (2, 5):
        times = 0
        while rest % factor == 0:
            rest, times = rest // factor, times + 1
        decimals = max(decimals, times)
    if rest == 1 and len(f"{exact.numerator * 10**decimals // exact.denominator}") + 2 <= EXACT:
        return False
    context = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN)
    return Fraction(text) == Fraction(context.divide(Decimal(exact.numerator), Decimal(exact.denominator)))


def told_of(world: World, question: Question, wrong: str) -> str:
    tables = "\n".join(f"--- {source.id}.csv\n{source.csv()}" for source in world.sources)
    where = f"{question.figure} by {question.grain} and {list(question.by)}, as of {world.as_of}"
    return f"{where}\n{wrong}\n--- system.json\n{world.system(question.figure)}\n{tables}"

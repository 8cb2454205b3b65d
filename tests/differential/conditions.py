"""Random conditions, each written twice: for a system, and as SQL over the reference's tables.

In SQL a measure is an integer mantissa at the scale of its column, so that no comparison rounds.
Divisions are multiplied out, with the sign of the divisor told apart.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

DIMENSIONS = ("d1", "d2")
ENTITY = "who"
# Decimals of each measure: an amount that may be big, a cost that may be negative, a fine weight.
SCALES = {"m0": 4, "m1": 2, "m2": 8}
TEXTS = ["a", "b", "B", "ü,ß", "O'Neil", 'say "hi"', "x;y|z", "東京", "null", "10"]
ENTITIES = [f"e{number}" for number in range(9)]
CONSTANTS = ["0", "1", "-1", "2.5", "10", "99.99", "-20.125", "1000", "0.00001"]
FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
ORDERS = list(FLIPPED)


@dataclass(frozen=True)
class Where:
    """A condition: what the system says, and what SQL says."""

    written: Any
    sql: str


@dataclass(frozen=True)
class Term:
    """A number in a condition: its text, and an integer in SQL at some scale."""

    text: str
    sql: str
    scale: int

    def at(self, scale: int) -> str:
        return f"({self.sql} * {10 ** (scale - self.scale)}::HUGEINT)"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def constant(text: str) -> Term:
    decimals = len(text.partition(".")[2])
    return Term(text, f"({text.replace('.', '')}::HUGEINT)", decimals)


def combined(left: Term, operator: str, right: Term) -> Term:
    if operator == "*":
        return Term(f"{left.text} * {right.text}", f"({left.sql} * {right.sql})", left.scale + right.scale)
    scale = max(left.scale, right.scale)
    return Term(f"({left.text} {operator} {right.text})", f"({left.at(scale)} {operator} {right.at(scale)})", scale)


def compared(left: Term, order: str, right: Term) -> Where:
    scale = max(left.scale, right.scale)
    return Where(f"{left.text} {order} {right.text}", f"({left.at(scale)} {order} {right.at(scale)})")


def divided(above: Term, below: Term, order: str, bound: Term) -> Where:
    scale = max(above.scale, below.scale + bound.scale)
    left, right = above.at(scale), combined(below, "*", bound).at(scale)
    sql = f"CASE WHEN {below.sql} > 0 THEN {left} {order} {right} WHEN {below.sql} < 0 THEN {left} {FLIPPED[order]} {right} END"
    return Where(f"{above.text} / {below.text} {order} {bound.text}", f"({sql})")


MEASURE = st.sampled_from([Term(name, name, scale) for name, scale in SCALES.items()])
CONSTANT = st.sampled_from(CONSTANTS).map(constant)


@st.composite
def term(draw: st.DrawFn) -> Term:
    left = draw(MEASURE)
    kind = draw(st.sampled_from(["plain", "plus", "minus", "scaled", "product"]))
    if kind == "plain":
        return left
    if kind == "scaled":
        return combined(left, "*", draw(CONSTANT))
    if kind == "product":
        return combined(left, "*", Term("m1", "m1", SCALES["m1"]))
    return combined(left, "+" if kind == "plus" else "-", draw(MEASURE))


@st.composite
def number_test(draw: st.DrawFn) -> Where:
    kind = draw(st.sampled_from(["order", "both", "between", "null", "divided"]))
    left = draw(term())
    if kind == "order":
        return compared(left, draw(st.sampled_from(ORDERS)), draw(CONSTANT))
    if kind == "both":
        return compared(left, draw(st.sampled_from(ORDERS)), draw(MEASURE))
    if kind == "divided":
        above, below = draw(MEASURE), draw(MEASURE)
        return divided(above, below, draw(st.sampled_from(ORDERS)), draw(CONSTANT))
    if kind == "null":
        name, word = draw(MEASURE).text, draw(st.sampled_from(["is null", "is not null"]))
        return Where(f"{name} {word}", f"({name} {word})")
    low, high = draw(CONSTANT), draw(CONSTANT)
    sql = f"({compared(left, '>=', low).sql} AND {compared(left, '<=', high).sql})"
    return Where(f"{left.text} between {low.text} and {high.text}", sql)


@st.composite
def text_test(draw: st.DrawFn) -> Where:
    column = draw(st.sampled_from((*DIMENSIONS, ENTITY)))
    pool = st.sampled_from(ENTITIES if column == ENTITY else TEXTS)
    kind = draw(st.sampled_from(["order", "in", "not in", "null", "is", "is in"]))
    if kind == "order":
        order, text = draw(st.sampled_from(ORDERS)), quoted(draw(pool))
        return Where(f"{column} {order} {text}", f"({column} {order} {text})")
    if kind == "null":
        word = draw(st.sampled_from(["is null", "is not null"]))
        return Where(f"{column} {word}", f"({column} {word})")
    if kind == "is":
        text, word = quoted(draw(pool)), draw(st.sampled_from(["", "not "]))
        return Where(f"{column} is {word}{text}", f"({column} IS {'' if word else 'NOT '}DISTINCT FROM {text})")
    texts = ", ".join(map(quoted, draw(st.lists(pool, min_size=1, max_size=3, unique=True))))
    if kind == "is in":
        word = draw(st.sampled_from(["", "not "]))
        return Where(f"{column} is {word}in ({texts}, null)", f"({word}(coalesce({column} in ({texts}), false) OR {column} IS NULL))")
    return Where(f"{column} {kind} ({texts})", f"({column} {kind} ({texts}))")


def joined(parts: list[Where], word: str) -> Where:
    return Where("(" + f" {word} ".join(part.written for part in parts) + ")", "(" + f" {word} ".join(part.sql for part in parts) + ")")


def negated(part: Where) -> Where:
    return Where(f"not ({part.written})", f"(NOT {part.sql})")


def expression() -> st.SearchStrategy[Where]:
    """Any condition that is written as text."""
    return _expression(st.one_of(number_test(), text_test()))


def _expression(leaf: st.SearchStrategy[Where]) -> st.SearchStrategy[Where]:
    both = lambda inner: st.lists(inner, min_size=2, max_size=3)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(both(inner).map(lambda it: joined(it, "and")), both(inner).map(lambda it: joined(it, "or")), inner.map(negated)),
        max_leaves=4,
    )


@st.composite
def mapping(draw: st.DrawFn) -> Where:
    """A condition that is written as a mapping of dimensions to members."""
    written: dict[str, Any] = {}
    sql: list[str] = []
    for column in draw(st.lists(st.sampled_from(DIMENSIONS), min_size=1, max_size=2, unique=True)):
        members = draw(st.lists(st.sampled_from([*TEXTS, None]), min_size=1, max_size=3, unique=True))
        one_of = "(" + " OR ".join(f"{column} IS NOT DISTINCT FROM {'NULL' if m is None else quoted(m)}" for m in members) + ")"
        value = members[0] if len(members) == 1 else members
        if draw(st.booleans()):
            written.setdefault("not", {})[column] = value
            sql.append(f"(NOT {one_of})")
        else:
            written[column] = value
            sql.append(one_of)
    return Where(written, "(" + " AND ".join(sql) + ")")


def anything() -> st.SearchStrategy[Where | None]:
    """No condition, or one of either kind."""
    return st.one_of(st.none(), mapping(), expression())


def of_texts() -> st.SearchStrategy[Where | None]:
    """No condition, or one that looks at dimensions and the entity alone."""
    return st.one_of(st.none(), mapping(), _expression(text_test()))

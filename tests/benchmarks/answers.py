"""What an answer comes to, so that a peer's and the engine's can be compared without moving tables.

An exact figure of a table becomes one unsigned 64-bit number: the sum, modulo 2^64, of each cell's
value times the cell's weight, an odd multiple that differs from cell to cell. A ratio becomes the
sum of its values times (cell mod 97 + 1); it is compared to nine digits, since peers divide doubles.
Money is in cents. `examples/src/benchmark/answer.rs` does the same.
"""

import numpy as np
import pyarrow as pa

from generate import CHANNELS, FIRST_DAY, REGIONS

WEIGHT = np.uint64(0x9E37_79B9_7F4A_7C15)
RATIOS = {"ctr", "cpc", "cpl", "roas", "aov", "lead_rate"}
EPOCH = FIRST_DAY.astype("datetime64[D]").astype(np.int64)


def fold(answer: dict, prefix: str, cells: np.ndarray, columns: dict[str, np.ndarray]) -> None:
    """Adds a table's figures to an answer: `cells` are the numbers of its cells."""
    weights = (cells.astype(np.uint64) * np.uint64(2) + np.uint64(1)) * WEIGHT
    answer["exact"][f"{prefix}.cells"] = str(len(cells))
    for name, values in columns.items():
        if name in RATIOS:
            known = np.isfinite(values)
            answer["exact"][f"{prefix}.{name}.known"] = str(int(known.sum()))
            answer["close"][f"{prefix}.{name}"] = float((values * (cells % 97 + 1))[known].sum())
        else:
            answer["exact"][f"{prefix}.{name}"] = str(int((values.astype(np.uint64) * weights).sum(dtype=np.uint64)))


def empty() -> dict:
    return {"exact": {}, "close": {}}


def numbers(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Figures as numbers: decimals and doubles that are money are in euros, and become cents by their name's caller."""
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    return column.to_numpy()


def days(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    if not pa.types.is_date32(column.type):
        column = column.cast(pa.timestamp("ms")).cast(pa.date32())
    return column.cast(pa.int32()).to_numpy().astype(np.int64)


def months(dates: np.ndarray) -> np.ndarray:
    """0 for January 2024."""
    return dates.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - 54 * 12


def codes(column: pa.ChunkedArray | pa.Array, words: list[str]) -> np.ndarray:
    if pa.types.is_integer(column.type):
        return column.to_numpy().astype(np.int64)
    index = {word: code for code, word in enumerate(words)}
    return np.array([index[word] for word in column.cast(pa.string()).to_pylist()], dtype=np.int64)


def roll_up(month: pa.Table, week: pa.Table, euros: bool = False) -> dict:
    """The answer of a roll-up. `period` is a period's first day. With `euros`, money is not in cents yet."""
    answer = empty()
    for prefix, table in (("month", month), ("week", week)):
        first = days(table["period"])
        if prefix == "month":
            cells = (months(first) * len(CHANNELS) + codes(table["channel"], CHANNELS)) * len(REGIONS) + codes(table["region"], REGIONS)
        else:
            cells = (first - EPOCH) // 7
        columns = {}
        for name in table.column_names:
            if name in ("period", "channel", "region"):
                continue
            values = numbers(table[name])
            if name in RATIOS:
                money = 1.0 if euros or name not in ("cpc", "cpl") else 0.01
                columns[name] = values.astype(np.float64) * money
            elif euros and name in ("spend", "revenue", "search_revenue"):
                columns[name] = np.rint(values * 100).astype(np.int64)
            else:
                columns[name] = values.astype(np.int64)
        fold(answer, prefix, cells, columns)
    return answer


def tenants(count: int, months_: int, columns: dict[str, np.ndarray]) -> dict:
    """The answer for tenants: columns of `count` × `months_` values, tenant by tenant; money in cents."""
    answer = empty()
    cells = np.arange(count * months_, dtype=np.int64)
    fold(answer, "tenants", cells, {name: values.reshape(-1) for name, values in columns.items()})
    return answer


def difference(one: dict, other: dict) -> str | None:
    """The first figure in which two answers differ, in words; `None` when they agree in all that both have."""
    shared = one["exact"].keys() & other["exact"].keys() | one["close"].keys() & other["close"].keys()
    if not shared:
        return "the answers have no figure in common"
    for name in sorted(one["exact"].keys() & other["exact"].keys()):
        if one["exact"][name] != other["exact"][name]:
            return f"{name}: {one['exact'][name]} and {other['exact'][name]}"
    for name in sorted(one["close"].keys() & other["close"].keys()):
        left, right = one["close"][name], other["close"][name]
        if abs(left - right) > 1e-9 * max(abs(left), abs(right)):
            return f"{name}: {left!r} and {right!r}"
    return None

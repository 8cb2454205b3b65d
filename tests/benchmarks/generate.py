"""Makes the benchmark's data: the same bytes for the same number of rows, on every machine.

Money is in whole cents in Parquet and in the raw columns, and a decimal with two places in CSV.
The last day's rows (`day`) come after the history and are what the workload `append` appends.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

VERSION = 3  # of the data: a folder made by another one is made anew
FIRST_DAY = np.datetime64("2024-01-01")  # a Monday
DAYS = 1096  # three years, one of them a leap year
CHANNELS = ["affiliate", "direct", "email", "events", "organic", "paid_search", "paid_social", "partner"]
REGIONS = ["apac", "benelux", "dach", "iberia", "nordics", "uki"]
CAMPAIGNS = [f"c{number:02}" for number in range(40)]
ACCOUNTS, FIRST_ACCOUNT = 500_000, 100_000
MEASURES = ["spend", "revenue", "impressions", "clicks", "leads"]
MONTHS, SCORED = 24, 36
TENANT_MEASURES = ["spend", "revenue", "impressions", "clicks", "leads", "orders"]


def tenants_for(rows: int) -> int:
    """100,000 tenants beside 10 million rows; fewer beside fewer."""
    return max(100, rows // 100)


def facts(rows: int, days: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    random = np.random.Generator(np.random.PCG64(seed))
    narrow = lambda low, high: random.integers(low, high, rows, dtype=np.int32)  # noqa: E731
    clicks = narrow(0, 40)
    return {
        "date": days,
        "channel": random.integers(0, len(CHANNELS), rows, dtype=np.uint8),
        "region": random.integers(0, len(REGIONS), rows, dtype=np.uint8),
        "campaign": random.integers(0, len(CAMPAIGNS), rows, dtype=np.uint8),
        "account": random.integers(FIRST_ACCOUNT, FIRST_ACCOUNT + ACCOUNTS, rows, dtype=np.uint32),
        "spend": narrow(1, 10_000),
        "revenue": np.where(clicks > 25, narrow(100, 100_000), 0).astype(np.int32),
        "impressions": clicks * 25 + narrow(0, 100),
        "clicks": clicks,
        "leads": (clicks > 30).astype(np.int32) + (clicks > 37),
    }


def decimal(cents: np.ndarray) -> pa.Array:
    """Cents as Arrow decimals with two places, without going through text."""
    words = np.zeros((len(cents), 2), dtype=np.int64)
    words[:, 0] = cents
    return pa.Array.from_buffers(pa.decimal128(12, 2), len(cents), [None, pa.py_buffer(words)])


def texts(codes: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(words))


def table(columns: dict[str, np.ndarray]) -> pa.Table:
    arrays = {"date": pa.array(columns["date"]).cast(pa.date32())}
    for name, words in (("channel", CHANNELS), ("region", REGIONS), ("campaign", CAMPAIGNS)):
        arrays[name] = texts(columns[name], words)
    for name in ("account", *MEASURES):
        arrays[name] = pa.array(columns[name])
    return pa.table(arrays)


def write_csv(columns: dict[str, np.ndarray], file: Path) -> None:
    options = pa.csv.WriteOptions(quoting_style="none", quoting_header="none")
    chunk = 1_000_000
    with file.open("wb") as out:
        for start in range(0, len(columns["date"]), chunk):
            part = {name: values[start : start + chunk] for name, values in columns.items()}
            arrow = table(part)
            for name in ("channel", "region", "campaign"):
                index = arrow.schema.get_field_index(name)
                arrow = arrow.set_column(index, name, arrow[name].cast(pa.string()))
            for name in ("spend", "revenue"):
                arrow = arrow.set_column(arrow.schema.get_field_index(name), name, decimal(part[name]))
            options.include_header = start == 0
            pa.csv.write_csv(arrow, out, options)


def write_facts(columns: dict[str, np.ndarray], folder: Path, name: str) -> None:
    write_csv(columns, folder / f"{name}.csv")
    # DuckDB and Polars read row groups; uncompressed, so that reading is what is measured.
    pa.parquet.write_table(table(columns), folder / f"{name}.parquet", compression="none", row_group_size=1_000_000)
    raw = folder / name
    raw.mkdir()
    for column, values in columns.items():
        values.tofile(raw / f"{column}.bin")


def write_tenants(tenants: int, folder: Path, name: str) -> None:
    """A row for each tenant and month: `tenant`, `date` (the month's first day) and six measures."""
    random = np.random.Generator(np.random.PCG64(tenants))
    rows = tenants * MONTHS
    months = (np.datetime64("2024-01") + np.arange(MONTHS)).astype("datetime64[D]").astype(np.int32)
    columns = {
        "tenant": np.repeat(np.arange(tenants, dtype=np.uint32), MONTHS),
        "date": np.tile(months, tenants),
    }
    highs = [1_000_000, 9_000_000, 500_000, 20_000, 900, 300]
    for measure, high in zip(TENANT_MEASURES, highs, strict=True):
        columns[measure] = random.integers(1, high, rows, dtype=np.int32)
    arrays = {column: pa.array(values) for column, values in columns.items()}
    arrays["date"] = arrays["date"].cast(pa.date32())
    pa.parquet.write_table(pa.table(arrays), folder / f"{name}.parquet", compression="none")
    arrays["tenant"] = pa.array([f"t{tenant:06}" for tenant in range(tenants)]).take(arrays["tenant"])
    for measure in ("spend", "revenue"):
        arrays[measure] = decimal(columns[measure])
    pa.csv.write_csv(pa.table(arrays), folder / f"{name}.csv", pa.csv.WriteOptions(quoting_style="none", quoting_header="none"))


def write_scorecard(folder: Path) -> None:
    """36 months × 26 base measures, and a plan for each of 50 KPIs in each month: 26 sums and 24 ratios of neighbours."""
    random = np.random.Generator(np.random.PCG64(50))
    months = (np.datetime64("2024-01") + np.arange(SCORED)).astype("datetime64[D]")
    values = random.integers(1_000, 2_000, (26, SCORED))
    header = ",".join(["date", *(f"m{number:02}" for number in range(26))])
    lines = [",".join([str(month), *map(str, values[:, index])]) for index, month in enumerate(months)]
    (folder / "scorecard.csv").write_text("\n".join([header, *lines, ""]))
    plan = {f"m{number:02}": random.integers(1_000, 2_000, SCORED).tolist() for number in range(26)}
    # Hundredths, so that a target has two decimals.
    plan |= {f"r{number:02}": random.integers(50, 200, SCORED).tolist() for number in range(24)}
    people = "marketingos: 1\nname: Benchmark\npeople: { ana: Ana }\noperator: ana\nmin_coverage: 0 %\n"
    measures = ", ".join(plan_name for plan_name in plan if plan_name.startswith("m"))
    text = [people + "sources:\n", f"  months: {{ date: date, rows: events, recorded_from: 2024-01-01, recorded_until: as_of, measures: [{measures}] }}\nkpis:\n"]
    for number in range(26):
        text.append(f"  m{number:02}: {{ name: Measure {number}, unit: count, direction: higher, owner: ana, shortest: month, sum: months.m{number:02} }}\n")
    for number in range(24):
        over = f"{{ numerator: m{number:02}, denominator: m{number + 1:02} }}"
        text.append(f"  r{number:02}: {{ name: Ratio {number}, unit: ratio, direction: lower, owner: ana, shortest: month, ratio: {over} }}\n")
    text.append("plan:\n  targets:\n")
    for kpi, targets in plan.items():
        text.append(f"    {kpi}:\n")
        for month, target in zip(months, targets, strict=True):
            value = str(target) if kpi.startswith("m") else f"{target / 100:.2f}"
            text.append(f"      - {{ period: {str(month)[:7]}, value: {value}, set_by: ana, set_on: 2023-12-01 }}\n")
    (folder / "scorecard.yaml").write_text("".join(text))
    (folder / "scorecard-plan.json").write_text(json.dumps(plan))


def generate(rows: int, folder: Path) -> None:
    """Fills the folder, unless it is filled already."""
    stamp = {"version": VERSION, "rows": rows}
    done = folder / "made.json"
    if done.exists() and json.loads(done.read_text()) == stamp:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    first = FIRST_DAY.astype("datetime64[D]").astype(np.int32)
    history = facts(rows, (first + np.arange(rows, dtype=np.int64) * DAYS // rows).astype(np.int32), 1)
    write_facts(history, folder, "sorted")
    order = np.random.Generator(np.random.PCG64(2)).permutation(rows)
    write_facts({name: values[order] for name, values in history.items()}, folder, "shuffled")
    day = max(1, rows // DAYS)
    write_csv(facts(day, np.full(day, first + DAYS, dtype=np.int32), 3), folder / "day.csv")
    tenants = tenants_for(rows)
    write_tenants(tenants, folder, "tenants")
    write_tenants(max(10, tenants // 10), folder, "tenants-tenth")
    write_scorecard(folder)
    done.write_text(json.dumps(stamp))


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))

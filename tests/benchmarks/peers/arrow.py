"""PyArrow.

`Table.group_by(…, use_threads=False)` (https://arrow.apache.org/docs/python/generated/pyarrow.TableGroupBy.html);
members as dictionary codes, so that keys are small integers. Months and weeks are computed by
`pyarrow.compute` and are part of what is timed.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

import answers
from generate import CHANNELS, REGIONS

from . import RATIOS, Formulation

pa.set_cpu_count(1)
pa.set_io_thread_count(1)
VERSION = f"PyArrow {pa.__version__}"
SUMS = ["spend", "revenue", "impressions", "clicks", "leads"]
SEARCH, SOCIAL = CHANNELS.index("paid_search"), CHANNELS.index("paid_social")


def roll_up(facts: pa.Table, distinct: bool) -> tuple[pa.Table, pa.Table]:
    nothing = pa.scalar(0, facts["revenue"].type)
    columns = {name: facts[name] for name in ["channel", "region", *SUMS]}
    columns["search_revenue"] = pc.if_else(pc.equal(facts["channel"], SEARCH), facts["revenue"], nothing)
    summed = [*SUMS, "search_revenue"]
    if distinct:
        columns["account"] = facts["account"]
    else:
        paid = pc.is_in(facts["channel"], pa.array([SEARCH, SOCIAL], facts["channel"].type))
        columns["paid_leads"] = pc.if_else(paid, facts["leads"], pa.scalar(0, facts["leads"].type))
        summed.append("paid_leads")
    aggregates = [([], "count_all"), *((name, "sum") for name in summed)] + ([("account", "count_distinct")] if distinct else [])
    results = []
    for unit, keys in (("month", ["channel", "region"]), ("week", [])):
        # The first day of the period; a floor of dates is quick, and a key of 32 bits.
        columns["period"] = pc.floor_temporal(facts["date"], unit=unit)
        table = pa.table(columns).group_by(["period", *keys], use_threads=False).aggregate(aggregates)
        names = {"count_all": "rows", "account_count_distinct": "accounts"} | {f"{name}_sum": name for name in summed}
        table = table.rename_columns([names.get(name, name) for name in table.column_names])
        for name, (above, below) in RATIOS.items():
            table = table.append_column(name, pc.divide(table[above].cast(pa.float64()), table[below].cast(pa.float64())))
        results.append(table)
    return tuple(results)


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    if stage in ("sorted", "shuffled"):
        facts = pa.parquet.read_table(folder / f"{stage}.parquet", use_threads=False).unify_dictionaries().combine_chunks()
        for name, words in (("channel", CHANNELS), ("region", REGIONS)):
            codes = pc.index_in(facts[name].cast(pa.string()), pa.array(words)).cast(pa.uint8())
            facts = facts.set_column(facts.schema.get_field_index(name), name, codes)
        facts = facts.drop_columns(["campaign"])
        make = lambda distinct: Formulation(lambda: roll_up(facts, distinct), lambda result: answers.roll_up(*result))  # noqa: E731
        return {"roll-up/group_by": make(True), "additive/group_by": make(False)}
    if stage == "csv":
        types = {"date": pa.date32(), "channel": pa.dictionary(pa.int32(), pa.string()), "region": pa.dictionary(pa.int32(), pa.string())}
        types |= {"account": pa.uint32(), "spend": pa.float64(), "revenue": pa.float64(), "impressions": pa.int32(), "clicks": pa.int32(), "leads": pa.int32()}

        def from_csv() -> tuple[pa.Table, pa.Table]:
            options = pa.csv.ConvertOptions(column_types=types, include_columns=list(types))
            facts = pa.csv.read_csv(folder / "sorted.csv", pa.csv.ReadOptions(use_threads=False, block_size=1 << 22), convert_options=options)
            facts = facts.unify_dictionaries()
            for name, words in (("channel", CHANNELS), ("region", REGIONS)):
                found = facts[name].chunk(0).dictionary
                code = pc.index_in(found, pa.array(words)).cast(pa.uint8())
                codes = pa.chunked_array([code.take(chunk.indices) for chunk in facts[name].chunks])
                facts = facts.set_column(facts.schema.get_field_index(name), name, codes)
            return roll_up(facts, True)

        return {"from CSV/read_csv": Formulation(from_csv, lambda result: answers.roll_up(*result, euros=True))}
    raise ValueError(stage)

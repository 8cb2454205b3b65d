"""DataFusion.

One partition (https://datafusion.apache.org/user-guide/configs.html#tuning-guide), record batches
of its own batch size, dictionary-encoded members, declared types for CSV.
"""

from pathlib import Path

import datafusion
import pyarrow as pa
import pyarrow.parquet
from datafusion import SessionConfig, SessionContext

import answers

from . import Formulation

VERSION = f"DataFusion {datafusion.__version__}"
SUMS = ["spend", "revenue", "impressions", "clicks", "leads"]
QUOTIENTS = """CAST(clicks AS DOUBLE) / nullif(impressions, 0) AS ctr, CAST(spend AS DOUBLE) / nullif(clicks, 0) AS cpc,
    CAST(spend AS DOUBLE) / nullif(leads, 0) AS cpl, CAST(revenue AS DOUBLE) / nullif(spend, 0) AS roas"""


def filtered(distinct: bool) -> str:
    found = "coalesce(sum(revenue) FILTER (WHERE channel = 'paid_search'), 0) AS search_revenue"
    return found if distinct else found + ", coalesce(sum(leads) FILTER (WHERE channel IN ('paid_search', 'paid_social')), 0) AS paid_leads"


def base(distinct: bool) -> str:
    """The aggregates that the twelve KPIs are made of."""
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    return f"count(*) AS rows, {sums}, {filtered(distinct)}" + (", count(DISTINCT account) AS accounts" if distinct else "")


def table_of(ctx: SessionContext, query: str) -> pa.Table:
    return pa.Table.from_batches(ctx.sql(f"SELECT *, {QUOTIENTS} FROM ({query})").collect())


def two_queries(ctx: SessionContext, distinct: bool) -> tuple[pa.Table, pa.Table]:
    month = f"SELECT date_trunc('month', date) AS period, channel, region, {base(distinct)} FROM facts GROUP BY date_trunc('month', date), channel, region"
    week = f"SELECT date_trunc('week', date) AS period, {base(distinct)} FROM facts GROUP BY date_trunc('week', date)"
    return table_of(ctx, month), table_of(ctx, week)


def by_day_first(ctx: SessionContext, distinct: bool) -> tuple[pa.Table, pa.Table]:
    """Sums by day, channel and region, rolled up; distinct counts as two-step aggregates beside them."""
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    daily = ctx.sql(f"SELECT date, channel, region, count(*) AS rows, {sums} FROM facts GROUP BY date, channel, region").collect()
    ctx.deregister_table("daily")
    ctx.register_record_batches("daily", [daily])
    rolled = ", ".join(f"sum({name}) AS {name}" for name in ["rows", *SUMS]) + ", " + filtered(distinct)
    results = []
    for keys, unit in ((["channel", "region"], "month"), ([], "week")):
        names = ", ".join(["period", *keys])
        shown = ", ".join([f"date_trunc('{unit}', date) AS period", *keys])
        query = f"SELECT {names}, {rolled} FROM (SELECT date_trunc('{unit}', date) AS period, * EXCLUDE (date) FROM daily) GROUP BY {names}"
        if distinct:
            members = f"SELECT DISTINCT {shown}, account FROM facts"
            count = f"SELECT {names}, count(*) AS accounts FROM ({members}) GROUP BY {names}"
            query = f"SELECT sums.*, accounts FROM ({query}) AS sums JOIN ({count}) AS members ON " + " AND ".join(
                f"sums.{name} = members.{name}" for name in ["period", *keys]
            )
        results.append(table_of(ctx, query))
    return tuple(results)


def roll_ups(ctx: SessionContext, workload: str, distinct: bool, euros: bool = False) -> dict[str, Formulation]:
    make = lambda way: Formulation(lambda: way(ctx, distinct), lambda result: answers.roll_up(*result, euros=euros))  # noqa: E731
    return {f"{workload}/two queries": make(two_queries), f"{workload}/rewritten by day first": make(by_day_first)}


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    ctx = SessionContext(SessionConfig().with_target_partitions(1).set("datafusion.execution.batch_size", "8192"))
    if stage in ("sorted", "shuffled"):
        table = pa.parquet.read_table(folder / f"{stage}.parquet").unify_dictionaries().combine_chunks()
        ctx.register_record_batches("facts", [table.to_batches(max_chunksize=8192)])
        return roll_ups(ctx, "roll-up", True) | roll_ups(ctx, "additive", False)
    if stage == "csv":
        fields = {"date": pa.date32(), "channel": pa.string(), "region": pa.string(), "campaign": pa.string(), "account": pa.uint32()}
        fields |= {"spend": pa.float64(), "revenue": pa.float64(), "impressions": pa.int32(), "clicks": pa.int32(), "leads": pa.int32()}
        ctx.register_csv("facts", str(folder / "sorted.csv"), schema=pa.schema(list(fields.items())))
        # Two questions read the text twice; read once into memory, it is asked twice.
        def cached() -> tuple[pa.Table, pa.Table]:
            memory = SessionContext(SessionConfig().with_target_partitions(1))
            memory.register_record_batches("facts", [ctx.sql("SELECT * EXCLUDE (campaign) FROM facts").collect()])
            return two_queries(memory, True)

        answer = lambda result: answers.roll_up(*result, euros=True)  # noqa: E731
        return {
            "from CSV/two queries": Formulation(lambda: two_queries(ctx, True), answer),
            "from CSV/read into memory": Formulation(cached, answer),
        }
    raise ValueError(stage)

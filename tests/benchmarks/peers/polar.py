"""Polars.

Lazy queries on the streaming engine, which its guide says is the faster one
(https://docs.pola.rs/user-guide/concepts/streaming), Enum for known members
(https://docs.pola.rs/user-guide/expressions/categorical-data-and-enums), a declared schema for
CSV, both questions in one `collect_all`, which shares what they have in common
(https://docs.pola.rs/user-guide/lazy/multiplexing). Money is in whole cents as 64-bit integers,
since Polars sums 32-bit integers in 32 bits.
"""

from pathlib import Path

import polars as pl

import answers
from generate import CAMPAIGNS, CHANNELS, MONTHS, REGIONS, TENANT_MEASURES

from . import RATIOS, Formulation

VERSION = f"Polars {pl.__version__}"
SUMS = ["spend", "revenue", "impressions", "clicks", "leads"]


def sums() -> list[pl.Expr]:
    return [pl.len().alias("rows"), *(pl.col(name).sum() for name in SUMS)]


def filtered(distinct: bool) -> list[pl.Expr]:
    found = [pl.col("revenue").filter(pl.col("channel") == "paid_search").sum().alias("search_revenue")]
    if not distinct:
        found.append(pl.col("leads").filter(pl.col("channel").is_in(["paid_search", "paid_social"])).sum().alias("paid_leads"))
    return found


def quotients(ratios: dict = RATIOS) -> list[pl.Expr]:
    return [(pl.col(above) / pl.col(below)).alias(name) for name, (above, below) in ratios.items()]


def both(facts: pl.LazyFrame, distinct: bool) -> list[pl.LazyFrame]:
    frames = []
    for every, keys in (("1mo", ["channel", "region"]), ("1w", [])):
        aggregates = sums() + filtered(distinct) + ([pl.col("account").n_unique().alias("accounts")] if distinct else [])
        frames.append(facts.group_by(pl.col("date").dt.truncate(every).alias("period"), *keys).agg(aggregates).with_columns(quotients()))
    return frames


def by_day_first(facts: pl.LazyFrame, distinct: bool) -> list[pl.LazyFrame]:
    """Sums by day, channel and region, rolled up; distinct counts as two-step aggregates beside them."""
    daily = facts.group_by("date", "channel", "region").agg(sums())
    frames = []
    for every, keys in (("1mo", ["channel", "region"]), ("1w", [])):
        period = pl.col("date").dt.truncate(every).alias("period")
        frame = daily.group_by(period, *keys).agg([pl.col(name).sum() for name in ["rows", *SUMS]] + filtered(distinct))
        if distinct:
            members = facts.select(period, *keys, "account").unique().group_by("period", *keys).agg(pl.len().alias("accounts"))
            frame = frame.join(members, on=["period", *keys])
        frames.append(frame.with_columns(quotients()))
    return frames


def roll_ups(facts: pl.LazyFrame, workload: str, distinct: bool, euros: bool = False) -> dict[str, Formulation]:
    answer = lambda frames: answers.roll_up(*(frame.to_arrow() for frame in frames), euros=euros)  # noqa: E731
    ways = {
        "streaming": lambda: pl.collect_all(both(facts, distinct), engine="streaming"),
        "rewritten by day first": lambda: pl.collect_all(by_day_first(facts, distinct), engine="streaming"),
        "in memory": lambda: pl.collect_all(both(facts, distinct), engine="in-memory"),
    }
    return {f"{workload}/{name}": Formulation(run, answer) for name, run in ways.items()}


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    assert pl.thread_pool_size() == 1
    enums = {"channel": pl.Enum(CHANNELS), "region": pl.Enum(REGIONS), "campaign": pl.Enum(CAMPAIGNS)}
    wide = {name: pl.Int64 for name in SUMS}
    if stage in ("sorted", "shuffled"):
        facts = pl.read_parquet(folder / f"{stage}.parquet").with_columns(pl.col(name).cast(pl.String).cast(kind) for name, kind in enums.items())
        facts = facts.cast(wide).rechunk().lazy()
        return roll_ups(facts, "roll-up", True) | roll_ups(facts, "additive", False)
    if stage == "csv":
        schema = {"date": pl.Date, **enums, "account": pl.UInt32, **wide, "spend": pl.Float64, "revenue": pl.Float64}
        found = roll_ups(pl.scan_csv(folder / "sorted.csv", schema=schema), "from CSV", True, euros=True)

        def read_once() -> list[pl.DataFrame]:
            """The streaming engine reads the text once for each question; this reads it once."""
            wanted = [name for name in schema if name != "campaign"]
            return pl.collect_all(both(pl.scan_csv(folder / "sorted.csv", schema=schema).select(wanted).collect(engine="streaming").lazy(), True), engine="streaming")

        del found["from CSV/rewritten by day first"]  # reading is what takes the time
        return found | {"from CSV/read once, streaming": Formulation(read_once, found["from CSV/streaming"].answer)}
    if stage == "tenants":
        frame = pl.read_parquet(folder / "tenants.parquet").cast({name: pl.Int64 for name in TENANT_MEASURES})
        ratios = RATIOS | {"aov": ("revenue", "orders"), "lead_rate": ("leads", "clicks")}
        lazy = frame.lazy().group_by("tenant", pl.col("date").dt.truncate("1mo").alias("period"))
        query = lazy.agg(pl.col(name).sum() for name in TENANT_MEASURES).with_columns(quotients(ratios))

        def answer(result: pl.DataFrame) -> dict:
            result = result.sort("tenant", "period")
            columns = {name: result[name].to_numpy() for name in [*TENANT_MEASURES, *ratios]}
            for name in ("cpc", "cpl", "aov"):
                columns[name] = columns[name] / 100
            return answers.tenants(len(result) // MONTHS, MONTHS, columns)

        return {
            "tenants/streaming": Formulation(lambda: query.collect(engine="streaming"), answer),
            "tenants/in memory": Formulation(lambda: query.collect(engine="in-memory"), answer),
        }
    if stage == "scorecard":
        from .scorecard import read, summary

        values, plan = read(folder)
        frame, plan = pl.DataFrame(values), pl.DataFrame(plan)
        names = plan.columns

        def run() -> tuple[pl.DataFrame, pl.DataFrame]:
            figures = frame.with_columns((pl.col(f"m{n:02}") / pl.col(f"m{n + 1:02}")).alias(f"r{n:02}") for n in range(24))
            return figures, figures.select(names) - plan

        return {"scorecard/eager": Formulation(run, lambda result: summary(result[0].select(names).to_numpy(), result[1].to_numpy()))}
    raise ValueError(stage)

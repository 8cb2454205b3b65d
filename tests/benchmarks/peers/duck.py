"""DuckDB.

Tuned by its performance guide: the most restrictive types (https://duckdb.org/docs/stable/guides/performance/schema),
ENUM for columns of few values (https://duckdb.org/docs/stable/sql/data_types/enum), declared types
for CSV (https://duckdb.org/docs/stable/data/csv/tips), and no promise of insertion order
(https://duckdb.org/docs/stable/guides/performance/how_to_tune_workloads). Money is in whole cents:
integers are faster than DECIMAL, and the account is a number already.
"""

from pathlib import Path

import duckdb
import pyarrow.compute as pc

import answers
from generate import CAMPAIGNS, CHANNELS, REGIONS

from . import Formulation

VERSION = f"DuckDB {duckdb.__version__}"
SUMS = ["spend", "revenue", "impressions", "clicks", "leads"]
QUOTIENTS = "clicks / impressions AS ctr, spend / clicks AS cpc, spend / leads AS cpl, revenue / spend AS roas"


def enum(words: list[str]) -> str:
    return "ENUM (" + ", ".join(f"'{word}'" for word in words) + ")"


def filtered(distinct: bool) -> str:
    """The sums with a filter; by FILTER, which DuckDB computes in the same pass."""
    found = "coalesce(sum(revenue) FILTER (channel = 'paid_search'), 0) AS search_revenue"
    return found if distinct else found + ", coalesce(sum(leads) FILTER (channel IN ('paid_search', 'paid_social')), 0) AS paid_leads"


def base(distinct: bool) -> str:
    """The aggregates that the twelve KPIs are made of."""
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    return f"count(*) AS rows, {sums}, {filtered(distinct)}" + (", count(DISTINCT account) AS accounts" if distinct else "")


def kpis(inner: str) -> str:
    return f"SELECT *, {QUOTIENTS} FROM ({inner})"


def two_queries(con, table: str, distinct: bool):
    month = f"SELECT date_trunc('month', date) AS period, channel, region, {base(distinct)} FROM {table} GROUP BY ALL"
    week = f"SELECT date_trunc('week', date) AS period, {base(distinct)} FROM {table} GROUP BY ALL"
    return con.sql(kpis(month)).to_arrow_table(), con.sql(kpis(week)).to_arrow_table()


def grouping_sets(con, table: str, distinct: bool):
    inner = f"""SELECT date_trunc('month', date) AS month, date_trunc('week', date) AS week, channel, region, {base(distinct)}
        FROM {table} GROUP BY GROUPING SETS ((month, channel, region), (week))"""
    both = con.sql(kpis(inner)).to_arrow_table()
    is_week = pc.is_valid(both["week"])
    month = both.filter(pc.invert(is_week)).drop_columns(["week"]).rename_columns({"month": "period"})
    week = both.filter(is_week).drop_columns(["month", "channel", "region"]).rename_columns({"week": "period"})
    return month, week


def by_day_first(con, table: str, distinct: bool):
    """Sums by day, channel and region in one pass, rolled up; distinct counts as two-step aggregates beside them."""
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    con.execute(f"CREATE OR REPLACE TEMP TABLE daily AS SELECT date, channel, region, count(*) AS rows, {sums} FROM {table} GROUP BY ALL")
    rolled = ", ".join(f"sum({name}) AS {name}" for name in ["rows", *SUMS]) + ", " + filtered(distinct)
    results = []
    for keys, unit in (("channel, region", "month"), ("", "week")):
        names = ", ".join(filter(None, ["period", keys]))
        query = f"SELECT date_trunc('{unit}', date) AS period, {keys + ',' if keys else ''} {rolled} FROM daily GROUP BY {names}"
        if distinct:
            members = f"SELECT DISTINCT date_trunc('{unit}', date) AS period, {keys + ',' if keys else ''} account FROM {table}"
            query = f"SELECT * FROM ({query}) JOIN (SELECT {names}, count(*) AS accounts FROM ({members}) GROUP BY {names}) USING ({names})"
        results.append(con.sql(kpis(query)).to_arrow_table())
    return tuple(results)


def roll_ups(con, table: str, workload: str, distinct: bool) -> dict[str, Formulation]:
    ways = {"two queries": two_queries, "grouping sets": grouping_sets, "rewritten by day first": by_day_first}
    make = lambda way: Formulation(lambda: way(con, table, distinct), lambda result: answers.roll_up(*result))  # noqa: E731
    return {f"{workload}/{name}": make(way) for name, way in ways.items()}


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    con = duckdb.connect()
    con.execute("SET threads = 1")
    con.execute("SET preserve_insertion_order = false")
    con.execute(f"CREATE TYPE channel AS {enum(CHANNELS)}; CREATE TYPE region AS {enum(REGIONS)}; CREATE TYPE campaign AS {enum(CAMPAIGNS)}")
    if stage in ("sorted", "shuffled"):
        con.execute(
            f"""CREATE TABLE facts AS SELECT date, channel::channel AS channel, region::region AS region, campaign::campaign AS campaign,
            account, spend, revenue, impressions, clicks, leads FROM '{folder / stage}.parquet'"""
        )
        return roll_ups(con, "facts", "roll-up", True) | roll_ups(con, "facts", "additive", False)
    if stage == "csv":
        types = """{'date': 'DATE', 'channel': 'channel', 'region': 'region', 'campaign': 'VARCHAR', 'account': 'UINTEGER',
            'spend': 'DECIMAL(9,2)', 'revenue': 'DECIMAL(9,2)', 'impressions': 'INTEGER', 'clicks': 'INTEGER', 'leads': 'INTEGER'}"""
        read = f"read_csv('{folder / 'sorted.csv'}', auto_detect = false, header = true, delim = ',', quote = '', escape = '', dateformat = '%Y-%m-%d', columns = {types})"

        def from_csv():
            con.execute(f"CREATE OR REPLACE TABLE facts AS SELECT * EXCLUDE (campaign) FROM {read}")
            return grouping_sets(con, "facts", True)

        def from_csv_two_queries():
            con.execute(f"CREATE OR REPLACE TABLE facts AS SELECT * EXCLUDE (campaign) FROM {read}")
            return two_queries(con, "facts", True)

        answer = lambda result: answers.roll_up(*result, euros=True)  # noqa: E731
        return {"from CSV/grouping sets": Formulation(from_csv, answer), "from CSV/two queries": Formulation(from_csv_two_queries, answer)}
    raise ValueError(stage)

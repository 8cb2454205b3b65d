"""pandas.

Categories, only observed ones, unsorted groups (https://pandas.pydata.org/docs/user_guide/scale.html and
https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.groupby.html). A boolean column times a
number stands for the filter: a filter inside a group would run Python once a group.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

import answers
from generate import CHANNELS, MONTHS, REGIONS, TENANT_MEASURES

from . import RATIOS, Formulation

VERSION = f"pandas {pd.__version__}"
SUMS = ["spend", "revenue", "impressions", "clicks", "leads"]


def with_ratios(frame: pd.DataFrame, ratios: dict = RATIOS) -> pd.DataFrame:
    for name, (above, below) in ratios.items():
        frame[name] = frame[above] / frame[below]
    return frame


def roll_up(facts: pd.DataFrame, distinct: bool, two_steps: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = {name: facts[name] for name in ["channel", "region", *SUMS]}
    columns["search_revenue"] = facts["revenue"] * (facts["channel"] == "paid_search")
    summed = [*SUMS, "search_revenue"]
    if not distinct:
        columns["paid_leads"] = facts["leads"] * facts["channel"].isin(["paid_search", "paid_social"])
        summed.append("paid_leads")
    if distinct:
        columns["account"] = facts["account"]
    day = facts["date"].to_numpy()
    # Whole days and months as numpy reckons them; the first day of a period.
    periods = {"month": day.astype("datetime64[M]").astype("datetime64[s]"), "week": day - (day.astype("datetime64[D]").astype(np.int64) + 3) % 7 * np.timedelta64(86400, "s")}
    results = []
    for unit, keys in (("month", ["channel", "region"]), ("week", [])):
        frame = pd.DataFrame(columns | {"period": periods[unit]}, copy=False)
        groups = frame.groupby(["period", *keys], observed=True, sort=False)
        result = groups[summed].sum()
        result["rows"] = groups.size()
        if distinct and two_steps:
            members = frame[["period", *keys, "account"]].drop_duplicates()
            result["accounts"] = members.groupby(["period", *keys], observed=True, sort=False).size()
        elif distinct:
            result["accounts"] = groups["account"].nunique()
        results.append(with_ratios(result))
    return tuple(results)


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    if stage in ("sorted", "shuffled", "csv"):
        kinds = {"channel": pd.CategoricalDtype(CHANNELS), "region": pd.CategoricalDtype(REGIONS)}
        euros = stage == "csv"

        def answer(result: tuple[pd.DataFrame, pd.DataFrame]) -> dict:
            return answers.roll_up(*(pa.Table.from_pandas(frame.reset_index(), preserve_index=False) for frame in result), euros=euros)

        if stage == "csv":
            types = kinds | {"account": np.uint32, "spend": np.float64, "revenue": np.float64, "impressions": np.int64, "clicks": np.int64, "leads": np.int64}
            wanted = ["date", *types]

            def read(engine: str) -> pd.DataFrame:
                # Dates are few: read as categories, each is parsed once.
                facts = pd.read_csv(folder / "sorted.csv", usecols=wanted, dtype=types | {"date": "category"}, engine=engine)
                categories = pd.to_datetime(facts["date"].cat.categories).to_numpy().astype("datetime64[s]")
                facts["date"] = categories[facts["date"].cat.codes.to_numpy()]
                return facts

            return {"from CSV/C reader": Formulation(lambda: roll_up(read("c"), True, True), answer)}
        facts = pd.read_parquet(folder / f"{stage}.parquet", columns=["date", "channel", "region", "account", *SUMS])
        facts = facts.astype(kinds | {name: np.int64 for name in SUMS})
        facts["date"] = pd.to_datetime(facts["date"]).astype("datetime64[s]")
        make = lambda distinct, two_steps: Formulation(lambda: roll_up(facts, distinct, two_steps), answer)  # noqa: E731
        return {"roll-up/nunique": make(True, False), "roll-up/drop_duplicates": make(True, True), "additive/groupby": make(False, False)}
    if stage == "tenants":
        frame = pd.read_parquet(folder / "tenants.parquet").astype({name: np.int64 for name in TENANT_MEASURES})
        frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[s]")
        ratios = RATIOS | {"aov": ("revenue", "orders"), "lead_rate": ("leads", "clicks")}

        def run() -> pd.DataFrame:
            month = frame["date"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
            return with_ratios(frame.groupby(["tenant", month], sort=False)[TENANT_MEASURES].sum(), ratios)

        def tenants(result: pd.DataFrame) -> dict:
            result = result.sort_index()
            columns = {name: result[name].to_numpy() for name in [*TENANT_MEASURES, *ratios]}
            for name in ("cpc", "cpl", "aov"):
                columns[name] = columns[name] / 100
            return answers.tenants(len(result) // MONTHS, MONTHS, columns)

        return {"tenants/groupby": Formulation(run, tenants)}
    if stage == "scorecard":
        from .scorecard import read as read_scorecard
        from .scorecard import summary

        values, plan = read_scorecard(folder)
        frame, plan = pd.DataFrame(values), pd.DataFrame(plan)
        above, below = [f"m{n:02}" for n in range(24)], [f"m{n + 1:02}" for n in range(24)]

        def run_scorecard() -> tuple[pd.DataFrame, pd.DataFrame]:
            ratios = pd.DataFrame(frame[above].to_numpy() / frame[below].to_numpy(), columns=[f"r{n:02}" for n in range(24)])
            figures = pd.concat([frame, ratios], axis=1)
            return figures, figures[plan.columns] - plan

        return {"scorecard/vectorised": Formulation(run_scorecard, lambda r: summary(r[0][plan.columns].to_numpy(), r[1].to_numpy()))}
    raise ValueError(stage)

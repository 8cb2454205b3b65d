"""NumPy: cells by `bincount` over tenant × month (https://numpy.org/doc/stable/reference/generated/numpy.bincount.html)."""

from pathlib import Path

import numpy as np
import pyarrow.parquet

import answers
from generate import MONTHS, TENANT_MEASURES

from . import RATIOS, Formulation

VERSION = f"NumPy {np.__version__}"


def load(stage: str, folder: Path) -> dict[str, Formulation]:
    assert stage == "tenants"
    table = pyarrow.parquet.read_table(folder / "tenants.parquet", use_threads=False)
    tenant, date = table["tenant"].to_numpy(), table["date"].to_numpy()
    measures = {name: table[name].to_numpy() for name in TENANT_MEASURES}
    tenants = int(tenant.max()) + 1
    ratios = RATIOS | {"aov": ("revenue", "orders"), "lead_rate": ("leads", "clicks")}

    def run() -> dict[str, np.ndarray]:
        month = date.astype("datetime64[M]").astype(np.int64) - 54 * 12
        cell = tenant.astype(np.int64) * MONTHS + month
        figures = {name: np.bincount(cell, weights=values, minlength=tenants * MONTHS) for name, values in measures.items()}
        with np.errstate(divide="ignore", invalid="ignore"):
            return figures | {name: figures[above] / figures[below] for name, (above, below) in ratios.items()}

    def answer(figures: dict[str, np.ndarray]) -> dict:
        scaled = {name: values / 100 if name in ("cpc", "cpl", "aov") else values for name, values in figures.items()}
        return answers.tenants(tenants, MONTHS, scaled)

    return {"tenants/bincount": Formulation(run, answer)}

"""What the peers of the scorecard share: 36 months of 26 measures, and a plan for 50 KPIs."""

import csv
import json
from pathlib import Path

import numpy as np

import answers


def read(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    with (folder / "scorecard.csv").open() as file:
        rows = list(csv.DictReader(file))
    values = {name: np.array([int(row[name]) for row in rows]) for name in rows[0] if name != "date"}
    plan = json.loads((folder / "scorecard-plan.json").read_text())
    return values, {name: np.array(targets) / (1 if name.startswith("m") else 100) for name, targets in plan.items()}


def summary(values: np.ndarray, variances: np.ndarray) -> dict:
    """Of months × KPIs, the last month's."""
    answer = answers.empty()
    weights = np.arange(1, values.shape[1] + 1)
    answer["close"]["actual"] = float((values[-1] * weights).sum())
    answer["close"]["plan"] = float((variances[-1] * weights).sum())
    return answer

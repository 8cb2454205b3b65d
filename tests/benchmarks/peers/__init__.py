"""The peers: each module has `VERSION` and `load(stage, folder)`, which gives formulations by name.

A name is `workload/formulation`. A peer with several formulations of a workload runs each once;
the fastest is the one that is compared. Those whose name starts with `rewritten` are no tuning
that documentation advises but another question with the same answer, which somebody who knows the
data could write; they are shown on a line of their own. All answer the twelve KPIs in full.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Formulation:
    """A workload as a peer says it; `run` is timed, `answer` (of what `run` returned) is not."""

    run: Callable[[], Any]
    answer: Callable[[Any], dict]


# The KPIs that are ratios, recomputed from sums at every level.
RATIOS = {"ctr": ("clicks", "impressions"), "cpc": ("spend", "clicks"), "cpl": ("spend", "leads"), "roas": ("revenue", "spend")}

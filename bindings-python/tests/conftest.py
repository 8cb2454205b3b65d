"""A small firm that fits in a docstring, and the example company."""

from pathlib import Path

import pytest

import marketingos as mos

ROOT = Path(__file__).resolve().parents[2]
KESTREL = ROOT / "examples" / "kestrel"

SMALL_FIRM = """
marketingos: 1
name: Small firm
people: { ana: Ana }
operator: ana
brand: { strategy: { decisions: { positioning: { statement: Timber only., status: settled, revisions: [ { on: 2026-01-15, reason: Steel was too much. } ] } } } }
channels: { newsletter: { kind: owned, rests_on: [positioning] } }
sources:
  leads: { date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
kpis:
  leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads }
"""
JOURNAL = """
journal: 1
actions: { form: { what: Mend the form, owner: ana, opened_on: 2026-01-12, due: 2026-01-30, kpi: leads } }
"""
LEADS = "created,channel\n2026-01-05,paid\n2026-01-12,organic\n"


@pytest.fixture
def system() -> mos.System:
    """The small firm."""
    return mos.System.parse(SMALL_FIRM)


@pytest.fixture
def snapshot(system: mos.System) -> mos.Snapshot:
    """The small firm with two leads."""
    return system.snapshot({"leads": LEADS}, "2026-01-31")


@pytest.fixture(scope="session")
def kestrel() -> mos.Snapshot:
    """The example company as of the last day of its facts."""
    system = mos.System.read(KESTREL / "system.yaml", KESTREL / "plan.yaml")
    return system.snapshot({path.stem: path for path in (KESTREL / "data").glob("*.csv")}, "2026-09-30")

"""The marketing operating system as an embeddable library.

A :class:`System` is the whole written-down marketing operating system; with facts and an
as-of date it gives a :class:`Snapshot`, and everything that can be shown is drawn from that
one snapshot. What is wrong with an input is a :class:`MarketingOSError` with findings, each
with its place and how to mend it.

>>> import marketingos as mos
>>> system = mos.System.parse('''
... marketingos: 1
... name: Small firm
... people: { ana: Ana }
... operator: ana
... sources:
...   leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
... kpis:
...   leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads }
... ''')
>>> snapshot = system.snapshot({"leads": "created\\n2026-01-05\\n2026-01-12\\n"}, "2026-01-31")
>>> snapshot.scorecard()["lines"][0]["actual"]["text"]
'2'

Exact numbers are decimal strings in answers, so that nothing is lost on the way:
``decimal.Decimal(text)`` computes with them. Where there is no number, ``is`` says why.
"""

from . import edit
from ._answers import Answer, Answers, Deck, Document, Table
from ._errors import Finding, MarketingOSError, Place, UnknownNameError
from ._marketingos import __version__
from ._snapshot import Snapshot
from ._system import Cells, Facts, System, library, schema, template

__all__ = [
    "Answer",
    "Answers",
    "Cells",
    "Deck",
    "Document",
    "Facts",
    "Finding",
    "MarketingOSError",
    "Place",
    "Snapshot",
    "System",
    "Table",
    "UnknownNameError",
    "__version__",
    "edit",
    "library",
    "schema",
    "template",
]

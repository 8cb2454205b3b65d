"""Systems, facts and cells: the handles of the compiled module with Python's manners."""

import datetime
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from . import _marketingos
from ._build import text_of
from ._answers import Answers
from ._errors import Finding, findings_of
from ._rows import is_json
from ._snapshot import Snapshot
from ._texts import Bytes, Path, Table, Texts, content, encoded, family, iso_day, plain, short

if TYPE_CHECKING:
    from .written import System as Written


class System:
    """The whole written-down marketing operating system. It never changes."""

    def __init__(self, handle: _marketingos.System, /) -> None:
        self._handle = handle

    @classmethod
    def parse(cls, text: str | Bytes | Mapping[str, str | Bytes]) -> Self:
        """Reads a system from a text in YAML, or from several texts by name.

        Several texts are parts of one system. Findings refer to a text by its name, and a
        name that ends in ``.json`` makes it JSON.

        >>> plan = b'{"marketingos": 1, "plan": {"name": "Plan 2026"}}'
        >>> mos.System.parse({"system.yaml": SMALL_FIRM, "plan.json": plan}).name
        'Small firm'
        """
        parts = text.items() if isinstance(text, Mapping) else [("system.yaml", text)]
        return cls._of((name, encoded(part)) for name, part in parts)

    @classmethod
    def read(cls, *paths: str | Path) -> Self:
        """Reads a system from one or more files, and from those that they include or name as their parent.

        These are looked for in the folder of the first file and below it.
        """
        return cls._of(family(paths))

    @classmethod
    def build(cls, system: "Written", texts: Mapping[str, str | Bytes] | None = None) -> Self:
        """Makes a system of the mappings, lists and values of the written format.

        It is written as JSON and read like any text, so that findings name its path. Dates are
        their ISO form, a ``Decimal`` its digits, a ``float`` what it prints as; anything else is
        a ``TypeError``. The version need not stand in it. ``texts`` are further texts by name:
        what the system includes, and its parent.

        >>> small_firm = {
        ...     "name": "Small firm",
        ...     "people": {"ana": "Ana"},
        ...     "operator": "ana",
        ...     "sources": {"leads": {"date": "created", "rows": "events", "recorded_from": datetime.date(2026, 1, 1)}},
        ...     "kpis": {"leads": {"unit": "count of leads", "direction": "higher", "owner": "ana", "count": "leads"}},
        ...     "plan": {"targets": {"leads": {"period": "2026-01", "value": Decimal("2.50")}}},
        ... }
        >>> mos.System.build(small_firm).to_dict()["system"]["targets"][0]["aim"]
        {'is': 'point', 'value': '2.5'}
        """
        further = (texts or {}).items()
        return cls._of([("system.json", text_of(system)), *((name, encoded(part)) for name, part in further)])

    @classmethod
    def _of(cls, parts: Iterable[tuple[str, Bytes]]) -> Self:
        return cls(_marketingos.System([(plain(name), text) for name, text in parts]))

    @cached_property
    def _description(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def name(self) -> str:
        """What the company or team is called."""
        name: str = self._description["system"]["name"]
        return name

    @property
    def fingerprint(self) -> str:
        """A stable hash of the system: equal for texts that say the same."""
        fingerprint: str = self._description["fingerprint"]
        return fingerprint

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Warnings and notes about the text; with an error there is no system."""
        return findings_of(json.loads(self._handle.findings()))

    def to_dict(self) -> dict[str, Any]:
        """All of the system as data, with its fingerprint and the version of that form.

        >>> system.to_dict()["system"]["kpis"][0]["name"]
        'New leads'
        """
        return dict(json.loads(self.to_json()))

    def to_json(self) -> str:
        """The exact JSON of :meth:`to_dict`."""
        return self._handle.describe()

    def facts(self, tables: Mapping[str, Table]) -> "Facts":
        """Reads the CSV of each source: a text, bytes, or the path of a file; or rows.

        A ``str`` is always the text itself; give a file as ``pathlib.Path``. A path that ends
        in ``.json``, ``.jsonl`` or ``.ndjson`` is a file of JSON rows.

        >>> facts = system.facts({"leads": "created,channel\\n2026-01-05,paid\\n"})
        >>> facts.loads[0]["rows"]
        1

        Rows are mappings from columns to values: texts as the source declares them, numbers
        (an ``int``, ``Decimal`` or ``float`` is taken for exactly what it prints as), dates
        and times, which read as their ISO form, and ``None``.

        >>> rows = [{"created": datetime.date(2026, 1, 5), "channel": "paid"}]
        >>> system.facts({"leads": rows}).fingerprint == facts.fingerprint
        True
        """
        csv: list[tuple[str, Bytes]] = []
        json: list[tuple[str, Bytes]] = []
        for source, table in tables.items():
            (json if is_json(table) else csv).append((plain(source), content(table)))
        return Facts(self._handle.facts(csv, json))

    def snapshot(
        self,
        facts: "Facts | Mapping[str, Table]",
        as_of: str | datetime.date,
        journal: Texts | None = None,
    ) -> Snapshot:
        """Evaluates the system over facts, as known on a date: later rows do not count.

        With a ``journal``, as :meth:`Snapshot.with_journal`.

        >>> system.snapshot({"leads": "created,channel\\n2026-01-05,paid\\n"}, datetime.date(2026, 1, 31))
        <Snapshot 'Small firm' as of 2026-01-31>
        """
        if not isinstance(facts, Facts):
            facts = self.facts(facts)
        return _told(Snapshot(self._handle.snapshot(facts._handle, iso_day(as_of))), journal)

    def cells(
        self,
        facts: "Facts | Mapping[str, str | Bytes | Path]",
        as_of: str | datetime.date,
        by: Iterable[str] = (),
        name: str | None = None,
    ) -> "Cells":
        """What a partition of the rows comes to, to be merged with that of others.

        Figures can be asked ``by`` these dimensions afterwards. The ``name`` tells partitions
        apart, so that none counts twice; by default it is the fingerprint of the facts.

        >>> system.cells({"leads": "created,channel\\n2026-01-05,paid\\n"}, "2026-01-31", by=["channel"])
        <Cells as of 2026-01-31, 1 partition>
        """
        if not isinstance(facts, Facts):
            facts = self.facts(facts)
        dimensions = [plain(part) for part in ([by] if isinstance(by, str) else by)]
        return Cells(self._handle.cells(facts._handle, iso_day(as_of), dimensions, None if name is None else plain(name)))

    def snapshot_of(self, cells: "Cells | str", journal: Texts | None = None) -> Snapshot:
        """Evaluates the system over cells: the same snapshot as over all of their rows."""
        return _told(Snapshot(self._handle.snapshot_of(str(cells))), journal)

    def __repr__(self) -> str:
        return f"<System {short(self.name)} {self.fingerprint[:12]}>"


class Facts:
    """The facts of a system's sources as read: rows, and what was not used of them."""

    def __init__(self, handle: _marketingos.Facts, /) -> None:
        self._handle = handle

    @cached_property
    def _loaded(self) -> dict[str, Any]:
        return dict(json.loads(self.to_json()))

    @property
    def loads(self) -> list[dict[str, Any]]:
        """How much of each source's text was used."""
        loads: list[dict[str, Any]] = self._loaded["loads"]
        return loads

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was not used, and why: warnings and notes."""
        return findings_of(self._loaded["findings"])

    @property
    def fingerprint(self) -> str:
        """A stable hash of the facts; the order of rows and of sources does not matter."""
        fingerprint: str = self._loaded["fingerprint"]
        return fingerprint

    def to_json(self) -> str:
        """The exact JSON of what was read."""
        return self._handle.loaded()

    def __repr__(self) -> str:
        rows = sum(load["rows"] for load in self.loads)
        return f"<Facts {len(self.loads)} sources, {rows} rows {self.fingerprint[:12]}>"


class Cells:
    """What rows come to, as text: made from any partition of them, and merged exactly.

    >>> north = system.cells({"leads": "created,channel\\n2026-01-05,paid\\n"}, "2026-01-31")
    >>> south = system.cells({"leads": "created,channel\\n2026-01-06,own\\n"}, "2026-01-31")
    >>> cells = north.merge(Cells(str(south)))
    >>> system.snapshot_of(cells).scorecard()["lines"][0]["actual"]["text"]
    '2'
    """

    def __init__(self, text: str, /) -> None:
        """Takes the text of cells; what is wrong with it is told when it is used."""
        self._text = text

    def merge(self, *others: "Cells") -> "Cells":
        """The cells of all the rows. A partition that is there twice is an error."""
        return Cells(_marketingos.merge_cells([self._text, *(other._text for other in others)]))

    def __str__(self) -> str:
        """The JSON: equal for equal rows, however they were divided and merged."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cells) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        form = json.loads(self._text)
        parts = len(form["parts"])
        return f"<Cells as of {form['as_of']}, {parts} {'partition' if parts == 1 else 'partitions'}>"


def _told(snapshot: Snapshot, journal: Texts | None) -> Snapshot:
    return snapshot if journal is None else snapshot.with_journal(journal)


def template(framework: str) -> str:
    """A commented starting file with what a published framework's layers hold.

    It is a system without errors, whose findings say what is to be filled in.

    >>> text = mos.template("five_components")
    >>> mos.System.parse(text).findings[0].message
    '`name` is still to be filled in'
    """
    return _marketingos.template(plain(framework))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a system's text, for editors, forms and programs that write systems.

    >>> sorted(mos.schema()["$defs"]["ChannelKind"]["oneOf"][0])
    ['const', 'description', 'type']
    """
    return dict(json.loads(_marketingos.schema()))


def library() -> Answers:
    """The standard library of KPIs: each with its variants, formulas, sources and inputs.

    >>> {kpi["id"]: kpi["default_variant"] for kpi in mos.library()}["cac"]
    'fully_loaded'
    """
    return Answers(_marketingos.library())

"""Systems, facts and snapshots: the handles of the compiled module with Python's manners.

Reading files is done here, on the host's side; the core itself does no I/O.
"""

import datetime
import json
import os
import pathlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from . import _marketingos
from ._build import text_of
from ._answers import Answer, Answers, Document
from ._errors import Finding, findings_of
from ._rows import is_json, written

if TYPE_CHECKING:
    from .written import System as Written

_Path: TypeAlias = os.PathLike[str]
_Bytes: TypeAlias = bytes | bytearray
_Table: TypeAlias = str | _Bytes | _Path | Iterable[Mapping[str, Any]]


class System:
    """The whole written-down marketing operating system. It never changes."""

    def __init__(self, handle: _marketingos.System, /) -> None:
        self._handle = handle

    @classmethod
    def parse(cls, text: str | _Bytes | Mapping[str, str | _Bytes]) -> Self:
        """Reads a system from a text in YAML, or from several texts by name.

        Several texts are parts of one system. Findings refer to a text by its name, and a
        name that ends in ``.json`` makes it JSON.

        >>> plan = b'{"marketingos": 1, "plan": {"name": "Plan 2026"}}'
        >>> mos.System.parse({"system.yaml": SMALL_FIRM, "plan.json": plan}).name
        'Small firm'
        """
        parts = text.items() if isinstance(text, Mapping) else [("system.yaml", text)]
        return cls._of((name, _encoded(part)) for name, part in parts)

    @classmethod
    def read(cls, *paths: str | _Path) -> Self:
        """Reads a system from one or more files, and from those that they include or name as their parent.

        These are looked for in the folder of the first file and below it.
        """
        return cls._of(_family(paths))

    @classmethod
    def build(cls, system: "Written", texts: Mapping[str, str | _Bytes] | None = None) -> Self:
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
        return cls._of([("system.json", text_of(system)), *((name, _encoded(part)) for name, part in further)])

    @classmethod
    def _of(cls, parts: Iterable[tuple[str, _Bytes]]) -> Self:
        return cls(_marketingos.System([(_plain(name), text) for name, text in parts]))

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

    def facts(self, tables: Mapping[str, _Table]) -> "Facts":
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
        csv: list[tuple[str, _Bytes]] = []
        json: list[tuple[str, _Bytes]] = []
        for source, table in tables.items():
            (json if is_json(table) else csv).append((_plain(source), _content(table)))
        return Facts(self._handle.facts(csv, json))

    def snapshot(
        self,
        facts: "Facts | Mapping[str, _Table]",
        as_of: str | datetime.date,
    ) -> "Snapshot":
        """Evaluates the system over facts, as known on a date: later rows do not count.

        >>> system.snapshot({"leads": "created,channel\\n2026-01-05,paid\\n"}, datetime.date(2026, 1, 31))
        <Snapshot 'Small firm' as of 2026-01-31>
        """
        if not isinstance(facts, Facts):
            facts = self.facts(facts)
        return Snapshot(self._handle.snapshot(facts._handle, _day(as_of)))

    def cells(
        self,
        facts: "Facts | Mapping[str, str | _Bytes | _Path]",
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
        dimensions = [_plain(part) for part in ([by] if isinstance(by, str) else by)]
        return Cells(self._handle.cells(facts._handle, _day(as_of), dimensions, None if name is None else _plain(name)))

    def snapshot_of(self, cells: "Cells | str") -> "Snapshot":
        """Evaluates the system over cells: the same snapshot as over all of their rows."""
        return Snapshot(self._handle.snapshot_of(str(cells)))

    def __repr__(self) -> str:
        return f"<System {_short(self.name)} {self.fingerprint[:12]}>"


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


class Snapshot:
    """The evaluation of a system over facts at an as-of date.

    It never changes, and everything that is shown is drawn from it. Any number of threads
    may ask it at the same time.
    """

    def __init__(self, handle: _marketingos.Snapshot, /) -> None:
        self._handle = handle

    def scorecard(self, grain: str = "month") -> Document:
        """Every KPI against plan, previous period and prior year, with signals.

        >>> line = snapshot.scorecard()["lines"][0]
        >>> line["name"], line["actual"]["text"], line["status"]["target"]
        ('New leads', '2', 'no_target')
        """
        return self._document({"ask": "scorecard", "grain": grain})

    def series(self, figure: str, grain: str = "month", by: Iterable[str] = (), *, top: int | None = None) -> Answers:
        """A KPI or measure period by period, in all or by dimensions.

        With ``top``, only so many members with the largest values are told apart, and all others
        are one: a member ``{"rest": 3}``, whose figure is computed from its rows.

        >>> [(part["member"], part["value"]) for part in snapshot.series("leads", by=["channel"])]
        [(['organic'], '1'), (['paid'], '1')]
        >>> [(part["member"], part["value"]) for part in snapshot.series("leads", by=["channel"], top=1)]
        [(['organic'], '1'), ([{'rest': 1}], '1')]
        """
        return Answers(self._put({"ask": "series", "figure": figure, "grain": grain, "by": _names(by)} | _given(top=top)))

    def panel(self, figures: Iterable[str], grain: str = "month", by: Iterable[str] = ()) -> Answer:
        """Many figures at once, by period and dimensions, as columns of floats.

        ``period`` and ``members`` say what each row is of; a value that is not there is ``None``, and
        its reason stands beside it.

        >>> panel = snapshot.panel(["leads"], by=["channel"])
        >>> panel["members"], panel["columns"][0]["values"]
        ([['organic'], ['paid']], [1.0, 1.0])
        """
        return Answer(self._put({"ask": "panel", "figures": _names(figures), "grain": grain, "by": _names(by)}))

    def to_date(self, grain: str = "month") -> Answer:
        """Every KPI in the running period so far, against the same part of the one before and of the prior year.

        >>> [line["actual"]["text"] for line in snapshot.to_date()["lines"]]
        ['2']
        """
        return Answer(self._put({"ask": "to_date", "grain": grain}))

    def landing(self, kpi: str | None = None, grain: str | None = None) -> Answer:
        """Where KPIs stand in their running periods against the plan, and where these will end.

        Of all KPIs or one; for the running month, quarter and fiscal year, or one length of periods.
        The method is the one that was least wrong on the KPI's own past, and its back-test is told.

        >>> (line,) = snapshot.landing("leads", "quarter")["lines"]
        >>> line["pacing"]["days"], line["pacing"]["days_left"], line["run_rate"]["text"]
        (31, 59, '5.8')
        """
        return Answer(self._put({"ask": "landing"} | _given(kpi=kpi, grain=grain)))

    def progress(self) -> Answer:
        """Whether the system is becoming more efficient and more predictable, each with its evidence.

        >>> progress = snapshot.progress()
        >>> progress["efficiency"], progress["predictability"]
        ('not_evidenced', 'not_evidenced')
        """
        return Answer(self._put({"ask": "progress"}))

    def chart(self, kpi: str, grain: str = "month") -> Answer:
        """The process behaviour chart of a KPI as its owner declared it: does it change, and will it reliably meet its target?

        Every period with its limits and signals; ``segments`` are the stretches between declared
        changes of the process. Running periods are drawn and not judged.

        >>> chart = snapshot.chart("leads")
        >>> chart["text"]
        'New leads in 2026-01: too few points.'
        >>> [(point["period"]["label"], point["actual"]["text"], point["lines"]) for point in chart["points"]]
        [('2026-01', '2', None)]
        """
        return Answer(self._put({"ask": "chart", "kpi": kpi, "grain": grain}))

    def budget(self, period: str | None = None) -> Answer:
        """What of a budget is allocated, moved, committed, spent and left, by line and by what lines are for.

        By default the one for the period that holds the as-of date.

        >>> fair = "{ fair: { name: Fair stand, amount: 900 EUR, committed: { on: 2026-01-20, amount: 300 EUR, what: Booking } } }"
        >>> planned = mos.System.parse(f"{SMALL_FIRM}plan: {{ budget: {{ period: 2026, amount: 1_000 EUR, lines: {fair} }} }}")
        >>> budget = planned.snapshot({"leads": "created,channel\\n"}, "2026-01-31").budget("2026")
        >>> budget["unallocated"]["text"], budget["lines"][0]["committed"]["text"], budget["lines"][0]["remaining"]["cause"]
        ('EUR 100', 'EUR 300', 'the line names no figure that says what was spent')
        """
        return Answer(self._put({"ask": "budget"} | _given(period=period)))

    def by_member(self, kpi: str, by: Iterable[str], *, grain: str = "month", period: str | None = None) -> Answer:
        """A KPI by the members of dimensions, each against its own target, and what of the total's target no member has.

        Without a ``period`` it is the last whose figure is final.

        >>> found = snapshot.by_member("leads", "channel")
        >>> [(line["member"], line["actual"]["text"], line["status"]) for line in found["members"]]
        [(['organic'], '1', 'no_target'), (['paid'], '1', 'no_target')]
        >>> found["remainder"]["cause"]
        '`leads` has no target for 2026-01'
        """
        return Answer(self._put({"ask": "by_member", "kpi": kpi, "grain": grain, "by": _names(by)} | _given(period=period)))

    def target_history(self, kpi: str, period: str) -> Answer:
        """Every target that a KPI ever had for a period such as ``2026-08``, and which of them held when.

        >>> target = "{ period: 2026-01, value: 3, set_on: 2025-12-15 }"
        >>> planned = mos.System.parse(f"{SMALL_FIRM}plan: {{ targets: {{ leads: [ {target} ] }} }}")
        >>> history = planned.snapshot({"leads": "created,channel\\n"}, "2026-01-31").target_history("leads", "2026-01")
        >>> [(held["from"], held["until"], held["value"]["text"]) for held in history["held"]]
        [('2025-12-15', None, '3')]
        """
        return Answer(self._put({"ask": "target_history", "kpi": kpi, "period": period}))

    def compare(self, a: str, b: str, grain: str = "month") -> Document:
        """How two figures differ: by definition, in words, and on the facts, period by period.

        >>> snapshot.compare("leads", "leads")["summary"]
        'On these facts, the first `leads` and the second `leads` are the same in 2026-01.'
        """
        return self._document({"ask": "compare", "a": a, "b": b, "grain": grain})

    def explain(
        self,
        kpi: str,
        by: Iterable[str] = (),
        *,
        against: str = "previous",
        grain: str = "month",
        period: str | None = None,
        volume: str | None = None,
        convention: str | None = None,
    ) -> Answer:
        """Why a KPI changed: by its drivers or, with dimensions, by their members; all parts sum to the change.

        ``against`` is ``previous``, ``prior_year``, ``plan`` or the id of a scenario. With a ``volume``, a
        figure that counts the quantities behind an amount, the change is told by price, volume and mix.
        Conventions of ratios and means by members are ``three_way``, ``actual_weights`` and ``midpoint``;
        of amounts with a volume ``price_volume_mix``, ``price_and_volume`` and ``joint``; of drivers
        ``shapley``, ``sequential`` and ``logarithmic_mean``.

        >>> snapshot.explain("leads", by=["channel"])["cause"]
        'there are no data for 2025-12'
        """
        request: dict[str, Any] = {"ask": "explain", "kpi": kpi, "grain": grain, "against": against, "by": _names(by)}
        return Answer(self._put(request | _given(period=period, volume=volume, convention=convention)))

    def contributors(
        self,
        kpi: str,
        by: Iterable[str],
        *,
        against: str = "previous",
        grain: str = "month",
        period: str | None = None,
        top: int | None = None,
    ) -> Answer:
        """Which members explain most of a KPI's change, for every combination of up to four dimensions.

        The most telling combination comes first; in each, the named members, at most ``top`` and by
        default three, and the rest sum to the change. ``against`` is ``previous`` or ``prior_year``.

        >>> snapshot.contributors("leads", by=["channel"])["text"]
        'New leads cannot be compared against 2025-12: there are no data for 2025-12.'
        """
        request: dict[str, Any] = {"ask": "contributors", "kpi": kpi, "grain": grain, "against": against, "by": _names(by)}
        return Answer(self._put(request | _given(period=period, top=top)))

    def explain_difference(self, other: "Snapshot", period: str | None = None, grain: str = "month") -> Answer:
        """Why another snapshot shows other figures than this one: calendar, definitions, plan, as-of date, corrected and new data.

        Each figure of the scorecard that differs is told in parts that sum exactly to the
        difference. Both are held against each other in a ``period`` such as ``2026-08``; by default
        in the last that is final on the earlier as-of date.

        >>> later = system.snapshot({"leads": "created,channel\\n2026-01-05,paid\\n2026-01-12,organic\\n2026-01-30,paid\\n"}, "2026-01-31")
        >>> [figure["text"] for figure in snapshot.explain_difference(later)["figures"]]
        ['New leads in 2026-01 is 2 in the first and 3 in the second (+1): new data +1.']
        """
        request = _json({"grain": grain} | _given(period=period))
        return Answer(self._handle.explain_difference(other._handle, _plain(request)))

    def agenda(self, cadence: str = "weekly") -> Document:
        """What a review of this cadence has to look at.

        >>> agenda = snapshot.agenda("monthly")
        >>> agenda["period"]["label"], [item["name"] for item in agenda["items"]]
        ('2026-01', ['New leads'])
        """
        return self._document({"ask": "agenda", "cadence": cadence})

    def impact(self, decision: str) -> Answer:
        """Everything that rests on a decision, nearest first, and whether it is stale on the as-of date.

        >>> [(element["kind"], element["id"], element["stale"]) for element in snapshot.impact("positioning")["elements"]]
        [('channel', 'newsletter', True)]
        """
        return Answer(self._put({"ask": "impact", "decision": decision}))

    def stale(self) -> Answers:
        """What rests on a decision that was revised since, and is to be confirmed again.

        >>> [(element["id"], element["reason"]) for element in snapshot.stale()]
        [('newsletter', 'Steel was too much.')]
        """
        return Answers(self._put({"ask": "stale"}))

    def accountable(self, kind: str, id: str, on: str | datetime.date | None = None) -> Answer:
        """Who answered for a part of the system on a day, by default the as-of date.

        ``kind`` is ``operator``, ``decision``, ``brand_layer``, ``marketing_layer``, ``segment``,
        ``channel``, ``stage``, ``asset``, ``input``, ``tool``, ``workflow``, ``step``, ``campaign``,
        ``lesson``, ``kpi`` or ``review``.

        >>> snapshot.accountable("kpi", "leads")["person"]
        'ana'
        >>> snapshot.accountable("channel", "newsletter")["cause"]
        'nobody is named'
        """
        day = {} if on is None else {"on": _day(on)}
        return Answer(self._put({"ask": "accountable", "kind": kind, "id": id} | day))

    def carries(self, person: str, on: str | datetime.date | None = None) -> Answers:
        """What a person answers for, or stands in for, on a day, by default the as-of date.

        >>> [(part["kind"], part["id"]) for part in snapshot.carries("ana")]
        [('operator', 'operator'), ('kpi', 'leads')]
        """
        day = {} if on is None else {"on": _day(on)}
        return Answers(self._put({"ask": "carries", "person": person} | day))

    def away(self, person: str, first: str | datetime.date, last: str | datetime.date) -> Answer:
        """What stops, and who takes over what, if a person is away from a day through another.

        >>> [part["name"] for part in snapshot.away("ana", "2026-02-02", "2026-02-06")["stops"]]
        ['Small firm', 'New leads']
        """
        return Answer(self._put({"ask": "away", "person": person, "first": _day(first), "last": _day(last)}))

    def coverage(self, framework: str = "marketing") -> Answer:
        """What there is of each layer of a framework, and what is missing, on the as-of date.

        Published are ``brand``, ``marketing``, ``five_layer_comparison``, ``five_layer_kernel`` and
        ``five_components``; a system may declare its own.

        >>> [(layer["layer"], layer["status"]) for layer in snapshot.coverage("five_components")["layers"]][:2]
        [('kpi_set', 'partial'), ('dashboard', 'absent')]
        """
        return Answer(self._put({"ask": "coverage", "framework": framework}))

    def whats_shipping(self, week: str | None = None) -> Answer:
        """What ships in a week such as ``2026-W41``, who sees to it, and where; by default next week.

        >>> [(part["id"], part["reason"]) for part in snapshot.whats_shipping()["unanswered"]]
        [('newsletter', 'no cadence is published')]
        """
        return Answer(self._put({"ask": "whats_shipping"} | ({} if week is None else {"week": week})))

    def surfaces(self) -> Answer:
        """Every channel for each of its segments, regions and lines, and whether that takes a system.

        >>> snapshot.surfaces()["reason"]
        'there is 1 surface and 1 person answers for something: no more than 7 for each, so it can be done without a system, for now'
        """
        return Answer(self._put({"ask": "surfaces"}))

    def audit(self) -> Answer:
        """Where work breaks down in the workflows, and what starting from nothing costs.

        >>> snapshot.audit()["restart"]["share"]["cause"]
        'no step says how many hours it takes'
        """
        return Answer(self._put({"ask": "audit"}))

    def compounding(self) -> Answer:
        """Whether campaigns inherit from one another and leave something behind, by quarter.

        >>> snapshot.compounding()["verdict"]
        'cannot_be_told'
        """
        return Answer(self._put({"ask": "compounding"}))

    def next_steps(self) -> Answer:
        """What is to be built next, brand first, in order and with reasons.

        >>> snapshot.next_steps()["first"]
        'settle_kernel'
        """
        return Answer(self._put({"ask": "next_steps"}))

    def which_first(self) -> Answer | None:
        """The step to take first, with what is left to do in it; ``None`` when all are done.

        >>> snapshot.which_first()["missing"][0]
        "no decision says that it is the kernel's on positioning"
        """
        text = self._put({"ask": "which_first"})
        return None if text == "null" else Answer(text)

    def diff(self, old: str | _Path | Mapping[str, str | _Path]) -> Document:
        """What changed since an older version of the system, in words, and what that makes stale.

        The older version is a text, the path of a file, or several texts or paths by name.

        >>> diff = snapshot.diff(SMALL_FIRM.replace("name: Small firm", "name: Tiny firm"))
        >>> [change["text"] for change in diff["changes"]]
        ['name was Tiny firm, is Small firm']
        """
        return self._document({"ask": "diff", "old": _named_texts(old, "system.yaml")})

    def escalations(self) -> Answers:
        """What is handed up the ladder: to whom, why, since when, and what would clear it.

        >>> snapshot.escalations()
        Answers([])
        """
        return Answers(self._put({"ask": "escalations"}))

    def report(self, month: str | None = None) -> Document:
        """The written report of a month such as ``2026-08``; without one, of the last that is over.

        >>> report = snapshot.report("2026-01")
        >>> report["month"]["label"], report.to_html()[:15]
        ('2026-01', '<!doctype html>')
        """
        return self._document({"ask": "report"} | ({} if month is None else {"month": month}))

    def diagnose(self, evidence: str | _Path | Mapping[str, str | _Path]) -> Document:
        """Whether there is a marketing operating system, by the evidence of how the team works.

        The evidence is a text, the path of a file, or several texts or paths by name.
        """
        return self._document({"ask": "diagnosis", "evidence": _named_texts(evidence, "evidence.yaml")})

    def ask(self, request: Mapping[str, Any]) -> Any:
        """Asks in the wire form, which is the same in every host: an :class:`Answer` or :class:`Answers`.

        >>> snapshot.ask({"ask": "series", "figure": "leads", "grain": "week"})[0]["period"]["label"]
        '2026-W01'
        """
        text = self._put(request)
        return Answers(text) if text.startswith("[") else Answer(text)

    def ask_json(self, request: str) -> str:
        """Asks with JSON and answers with JSON, byte for byte the same in every host."""
        return self._handle.ask(_plain(request))

    @cached_property
    def _identity(self) -> dict[str, Any]:
        return dict(json.loads(self._put({"ask": "snapshot"})))

    @property
    def fingerprint(self) -> str:
        """A stable hash of system, facts and as-of date: the same one means the same numbers."""
        fingerprint: str = self._identity["fingerprint"]
        return fingerprint

    @property
    def as_of(self) -> datetime.date:
        """The day as of which the facts are known."""
        return datetime.date.fromisoformat(self._identity["as_of"])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was not used of the facts, and what the evaluation left out of them."""
        return findings_of(self._identity["findings"])

    def __repr__(self) -> str:
        return f"<Snapshot {_short(self._identity['system'])} as of {self.as_of}>"

    def _put(self, request: Mapping[str, Any]) -> str:
        return self.ask_json(_json(request))

    def _document(self, request: Mapping[str, Any]) -> Document:
        return Document(self._put(request), self._written(request))

    def _written(self, request: Mapping[str, Any]) -> Callable[[str], str]:
        def written_as(form: str) -> str:
            text: str = json.loads(self._put({**request, "as": form}))["text"]
            return text

        return written_as


def template(framework: str) -> str:
    """A commented starting file with what a published framework's layers hold.

    It is a system without errors, whose findings say what is to be filled in.

    >>> text = mos.template("five_components")
    >>> mos.System.parse(text).findings[0].message
    '`name` is still to be filled in'
    """
    return _marketingos.template(_plain(framework))


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


def _family(paths: Iterable[str | _Path]) -> list[tuple[str, _Bytes]]:
    # The core knows which texts are missing, and keeps their names within the folder of the first.
    texts: list[tuple[str, _Bytes]] = [(pathlib.Path(path).as_posix(), _bytes_of(path)) for path in paths]
    while needed := json.loads(_marketingos.needs([(_plain(name), text) for name, text in texts])):
        found = [name for name in needed if os.path.isfile(name)]
        texts.extend((name, _bytes_of(name)) for name in found)
        if len(found) < len(needed):
            # The core says which one is missing, and where it is named.
            break
    return texts


def _named_texts(texts: str | _Path | Mapping[str, str | _Path], name: str) -> list[dict[str, str]]:
    if isinstance(texts, Mapping):
        parts = texts
    elif isinstance(texts, str):
        parts = {name: texts}
    else:
        return [{"name": _plain(name), "text": _decoded(text)} for name, text in _family([texts])]
    return [{"name": _plain(name), "text": _text_of(part)} for name, part in parts.items()]


def _json(request: Mapping[str, Any]) -> str:
    # Written as other hosts write it, so that errors point at the same column.
    return json.dumps(dict(request), ensure_ascii=False, separators=(",", ":"))


def _names(names: Iterable[str]) -> list[str]:
    # A single name is no list of names, although Python would take it letter by letter.
    return [names] if isinstance(names, str) else list(names)


def _given(**choices: Any) -> dict[str, Any]:
    # What is not chosen is left to the core.
    return {name: choice for name, choice in choices.items() if choice is not None}


def _encoded(text: str | _Bytes) -> _Bytes:
    # A lone surrogate becomes bytes that are not UTF-8, which the core reports with its place.
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _bytes_of(path: str | _Path) -> bytes:
    # A number would be taken for an open file.
    with open(os.fspath(path), "rb") as file:
        return file.read()


def _content(table: _Table) -> _Bytes:
    if isinstance(table, (str, bytes, bytearray)):
        return _encoded(table)
    return _bytes_of(table) if isinstance(table, os.PathLike) else written(table)


def _text_of(part: str | _Path) -> str:
    # Bytes that are not UTF-8 become lone surrogates, which the core refuses to read.
    return part if isinstance(part, str) else _decoded(_bytes_of(part))


def _decoded(text: _Bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _plain(text: str) -> str:
    # Lone surrogates cannot cross; written as escapes they can be shown in a message.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _day(day: str | datetime.date) -> str:
    return _plain(day.isoformat() if isinstance(day, datetime.date) else day)


def _short(name: str) -> str:
    return repr(name if len(name) <= 40 else f"{name[:39]}…")

"""Snapshots: every question to one, as a method."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Self

from . import _marketingos
from ._answers import Answer, Answers, Deck, Document, Table, kept
from ._errors import Finding, findings_of
from ._texts import Path, Texts, content, given, iso_day, named_parts, named_texts, names, plain, request_json, short


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

    def series(self, figure: str, grain: str = "month", by: Iterable[str] = (), *, top: int | None = None) -> Table:
        """A KPI or measure period by period, in all or by dimensions.

        With ``top``, only so many members with the largest values are told apart, and all others
        are one: a member ``{"rest": 3}``, whose figure is computed from its rows.

        >>> [(part["member"], part["value"]) for part in snapshot.series("leads", by=["channel"])]
        [(['organic'], '1'), (['paid'], '1')]
        >>> [(part["member"], part["value"]) for part in snapshot.series("leads", by=["channel"], top=1)]
        [(['organic'], '1'), ([{'rest': 1}], '1')]
        """
        request = {"ask": "series", "figure": figure, "grain": grain, "by": names(by)} | given(top=top)
        return Table(self._put(request), self._written(request))

    def panel(self, figures: Iterable[str], grain: str = "month", by: Iterable[str] = ()) -> Answer:
        """Many figures at once, by period and dimensions, as columns of floats.

        ``period`` and ``members`` say what each row is of; a value that is not there is ``None``, and
        its reason stands beside it.

        >>> panel = snapshot.panel(["leads"], by=["channel"])
        >>> panel["members"], panel["columns"][0]["values"]
        ([['organic'], ['paid']], [1.0, 1.0])
        """
        return Answer(self._put({"ask": "panel", "figures": names(figures), "grain": grain, "by": names(by)}))

    def to_date(self, grain: str = "month") -> Answer:
        """Every KPI in the running period so far, against the same part of the one before and of the prior year.

        >>> [line["actual"]["text"] for line in snapshot.to_date()["lines"]]
        ['2']
        """
        return Answer(self._put({"ask": "to_date", "grain": grain}))

    def landing(self, kpi: str | None = None, grain: str | None = None) -> Document:
        """Where KPIs stand in their running periods against the plan, and where these will end.

        Of all KPIs or one; for the running month, quarter and fiscal year, or one length of periods.
        The method is the one that was least wrong on the KPI's own past, and its back-test is told.

        >>> (line,) = snapshot.landing("leads", "quarter")["lines"]
        >>> line["pacing"]["days"], line["pacing"]["days_left"], line["run_rate"]["text"]
        (31, 59, '5.8')
        """
        return self._document({"ask": "landing"} | given(kpi=kpi, grain=grain))

    def progress(self) -> Answer:
        """Whether the system is becoming more efficient and more predictable, each with its evidence.

        >>> progress = snapshot.progress()
        >>> progress["efficiency"], progress["predictability"]
        ('not_evidenced', 'not_evidenced')
        """
        return Answer(self._put({"ask": "progress"}))

    def chart(self, kpi: str, grain: str = "month") -> Document:
        """The process behaviour chart of a KPI as its owner declared it: does it change, and will it reliably meet its target?

        Every period with its limits and signals; ``segments`` are the stretches between declared
        changes of the process. Running periods are drawn and not judged.

        >>> chart = snapshot.chart("leads")
        >>> chart["text"]
        'New leads in 2026-01: too few points.'
        >>> [(point["period"]["label"], point["actual"]["text"], point["lines"]) for point in chart["points"]]
        [('2026-01', '2', None)]
        """
        return self._document({"ask": "chart", "kpi": kpi, "grain": grain})

    def budget(self, period: str | None = None) -> Document:
        """What of a budget is allocated, moved, committed, spent and left, by line and by what lines are for.

        By default the one for the period that holds the as-of date.

        >>> fair = "{ fair: { name: Fair stand, amount: 900 EUR, committed: { on: 2026-01-20, amount: 300 EUR, what: Booking } } }"
        >>> planned = mos.System.parse(f"{SMALL_FIRM}plan: {{ budget: {{ period: 2026, amount: 1_000 EUR, lines: {fair} }} }}")
        >>> budget = planned.snapshot({"leads": "created,channel\\n"}, "2026-01-31").budget("2026")
        >>> budget["unallocated"]["text"], budget["lines"][0]["committed"]["text"], budget["lines"][0]["remaining"]["cause"]
        ('EUR 100', 'EUR 300', 'the line names no figure that says what was spent')
        """
        return self._document({"ask": "budget"} | given(period=period))

    def by_member(self, kpi: str, by: Iterable[str], *, grain: str = "month", period: str | None = None) -> Answer:
        """A KPI by the members of dimensions, each against its own target, and what of the total's target no member has.

        Without a ``period`` it is the last whose figure is final.

        >>> found = snapshot.by_member("leads", "channel")
        >>> [(line["member"], line["actual"]["text"], line["status"]) for line in found["members"]]
        [(['organic'], '1', 'no_target'), (['paid'], '1', 'no_target')]
        >>> found["remainder"]["cause"]
        '`leads` has no target for 2026-01'
        """
        return Answer(self._put({"ask": "by_member", "kpi": kpi, "grain": grain, "by": names(by)} | given(period=period)))

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
    ) -> Document:
        """Why a KPI changed: by its drivers or, with dimensions, by their members; all parts sum to the change.

        ``against`` is ``previous``, ``prior_year``, ``plan`` or the id of a scenario. With a ``volume``, a
        figure that counts the quantities behind an amount, the change is told by price, volume and mix.
        Conventions of ratios and means by members are ``three_way``, ``actual_weights`` and ``midpoint``;
        of amounts with a volume ``price_volume_mix``, ``price_and_volume`` and ``joint``; of drivers
        ``shapley``, ``sequential`` and ``logarithmic_mean``.

        >>> snapshot.explain("leads", by=["channel"])["cause"]
        'there are no data for 2025-12'
        """
        request: dict[str, Any] = {"ask": "explain", "kpi": kpi, "grain": grain, "against": against, "by": names(by)}
        return self._document(request | given(period=period, volume=volume, convention=convention))

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
        request: dict[str, Any] = {"ask": "contributors", "kpi": kpi, "grain": grain, "against": against, "by": names(by)}
        return Answer(self._put(request | given(period=period, top=top)))

    def explain_difference(self, other: "Snapshot", period: str | None = None, grain: str = "month") -> Answer:
        """Why another snapshot shows other figures than this one: calendar, definitions, plan, as-of date, corrected and new data.

        Each figure of the scorecard that differs is told in parts that sum exactly to the
        difference. Both are held against each other in a ``period`` such as ``2026-08``; by default
        in the last that is final on the earlier as-of date.

        >>> later = system.snapshot({"leads": "created,channel\\n2026-01-05,paid\\n2026-01-12,organic\\n2026-01-30,paid\\n"}, "2026-01-31")
        >>> [figure["text"] for figure in snapshot.explain_difference(later)["figures"]]
        ['New leads in 2026-01 is 2 in the first and 3 in the second (+1): new data +1.']
        """
        request = request_json({"grain": grain} | given(period=period))
        return Answer(self._handle.explain_difference(other._handle, plain(request)))

    def agenda(self, cadence: str = "weekly") -> Document:
        """What a review of this cadence has to look at.

        >>> agenda = snapshot.agenda("monthly")
        >>> agenda["period"]["label"], [item["name"] for item in agenda["items"]]
        ('2026-01', ['New leads'])
        """
        return self._document({"ask": "agenda", "cadence": cadence})

    def deck(self, cadence: str = "weekly") -> Deck:
        """The slides for a review: the weekly business review, or the monthly report section by section.

        >>> deck = snapshot.deck()
        >>> deck["slides"][0]["is"], deck.to_html()[:15]
        ('cover', '<!doctype html>')
        """
        request = {"ask": "deck", "cadence": cadence}
        return Deck(self._put(request), self._written(request))

    def weekly_review(self, kpi: str) -> Document:
        """A KPI's last six weeks and twelve months, each against the plan and the prior year.

        >>> review = snapshot.weekly_review("leads")
        >>> review["name"], review.to_svg()[:4]
        ('New leads', '<svg')
        """
        return self._document({"ask": "weekly_review", "kpi": kpi})

    def rhythm(self, through: str | datetime.date | None = None) -> Document:
        """What is due through a day, and what became of it: reviews and the components with a declared rhythm.

        >>> review = "{ cadence: weekly, day: Monday, from: 2026-01-26, held_by: ana, escalates_to: ana, minutes: 15 }"
        >>> meeting = mos.System.parse(f"{SMALL_FIRM}reviews: {{ standup: {review} }}").snapshot({}, "2026-01-31")
        >>> [(item["id"], item["due"], item["status"]) for item in meeting.rhythm("2026-02-02")["items"]]
        [('standup', '2026-01-26', 'late'), ('standup', '2026-02-02', 'coming')]
        """
        return self._document({"ask": "rhythm"} | given(through=None if through is None else iso_day(through)))

    def minutes(self, cadence: str = "weekly") -> Document:
        """The minutes of the next review of this cadence, to be filled in, and those that the journal holds.

        As YAML they are a part of a journal.

        >>> snapshot.minutes()["recorded"]
        []
        """
        return self._document({"ask": "minutes", "cadence": cadence})

    def planning(self, quarter: str | None = None) -> Document:
        """The pack for planning a quarter such as ``2026-Q4``; without one, the next. As YAML, targets to fill in.

        >>> snapshot.planning()["quarter"]["label"]
        '2026-Q2'
        """
        return self._document({"ask": "planning"} | given(quarter=quarter))

    def impact(self, decision: str) -> Document:
        """Everything that rests on a decision, nearest first, and whether it is stale on the as-of date.

        >>> [(element["kind"], element["id"], element["stale"]) for element in snapshot.impact("positioning")["elements"]]
        [('channel', 'newsletter', True)]
        """
        return self._document({"ask": "impact", "decision": decision})

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
        day = {} if on is None else {"on": iso_day(on)}
        return Answer(self._put({"ask": "accountable", "kind": kind, "id": id} | day))

    def carries(self, person: str, on: str | datetime.date | None = None) -> Answers:
        """What a person answers for, or stands in for, on a day, by default the as-of date.

        >>> [(part["kind"], part["id"]) for part in snapshot.carries("ana")]
        [('operator', 'operator'), ('kpi', 'leads')]
        """
        day = {} if on is None else {"on": iso_day(on)}
        return Answers(self._put({"ask": "carries", "person": person} | day))

    def away(self, person: str, first: str | datetime.date, last: str | datetime.date) -> Answer:
        """What stops, and who takes over what, if a person is away from a day through another.

        >>> [part["name"] for part in snapshot.away("ana", "2026-02-02", "2026-02-06")["stops"]]
        ['Small firm', 'New leads']
        """
        return Answer(self._put({"ask": "away", "person": person, "first": iso_day(first), "last": iso_day(last)}))

    def coverage(self, framework: str = "marketing") -> Document:
        """What there is of each layer of a framework, and what is missing, on the as-of date.

        Published are ``brand``, ``marketing``, ``five_layer_comparison``, ``five_layer_kernel`` and
        ``five_components``; a system may declare its own.

        >>> [(layer["layer"], layer["status"]) for layer in snapshot.coverage("five_components")["layers"]][:2]
        [('kpi_set', 'partial'), ('dashboard', 'absent')]
        """
        return self._document({"ask": "coverage", "framework": framework})

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

    def diff(self, old: str | Path | Mapping[str, str | Path]) -> Document:
        """What changed since an older version of the system, in words, and what that makes stale.

        The older version is a text, the path of a file, or several texts or paths by name.

        >>> diff = snapshot.diff(SMALL_FIRM.replace("name: Small firm", "name: Tiny firm"))
        >>> [change["text"] for change in diff["changes"]]
        ['name was Tiny firm, is Small firm']
        """
        return self._document({"ask": "diff", "old": named_texts(old, "system.yaml")})

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

    def diagnose(self, evidence: str | Path | Mapping[str, str | Path]) -> Document:
        """Whether there is a marketing operating system, by the evidence of how the team works.

        The evidence is a text, the path of a file, or several texts or paths by name.
        """
        return self._document({"ask": "diagnosis", "evidence": named_texts(evidence, "evidence.yaml")})

    def to_excel(self, path: str | Path | None = None) -> bytes:
        """As an Excel workbook in which the figures are formulas; written to the path, if there is one.

        KPI set, dashboard, actuals, plan and budget, review calendar and the last month's report.
        Who types over an actual or a target sees what follows from it. The same snapshot gives the
        same bytes.

        >>> snapshot.to_excel()[:2]
        b'PK'
        """
        return kept(self._handle.workbook(), path)

    def excel_changes(self, workbook: bytes | bytearray | Path) -> Answer:
        """What people changed in a workbook of :meth:`to_excel`, given by its bytes or the path of its file.

        KPIs, targets and actuals that differ from this snapshot, and findings about what is not
        understood, each with its sheet and cell. Nothing is taken over by itself.

        >>> snapshot.excel_changes(snapshot.to_excel())["targets"]
        []
        """
        return Answer(self._handle.read_workbook(content(workbook)))

    def with_journal(self, journal: Texts) -> Self:
        """The same snapshot, told with what the team has done and said: actions, questions, minutes.

        The journal is a text in YAML, bytes or the path of a file; or several of them by name. It
        stands in place of the one that the snapshot has, and changes no figure.

        >>> told = snapshot.with_journal(JOURNAL)
        >>> told.journal_findings, told.fingerprint == snapshot.fingerprint
        ((), True)
        >>> [action["what"] for action in told.agenda()["actions"]]
        ['Mend the form']
        """
        return type(self)(self._handle.with_journal(named_parts(journal, "journal.yaml")))

    @cached_property
    def journal_findings(self) -> tuple[Finding, ...]:
        """Warnings and notes about the journal; with an error in it there is no snapshot."""
        return findings_of(json.loads(self._handle.journal_findings()))

    def ask(self, request: Mapping[str, Any]) -> Any:
        """Asks in the wire form, which is the same in every host: an :class:`Answer` or :class:`Answers`.

        >>> snapshot.ask({"ask": "series", "figure": "leads", "grain": "week"})[0]["period"]["label"]
        '2026-W01'
        """
        text = self._put(request)
        return Answers(text) if text.startswith("[") else Answer(text)

    def ask_json(self, request: str) -> str:
        """Asks with JSON and answers with JSON, byte for byte the same in every host."""
        return self._handle.ask(plain(request))

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
        return f"<Snapshot {short(self._identity['system'])} as of {self.as_of}>"

    def _put(self, request: Mapping[str, Any]) -> str:
        return self.ask_json(request_json(request))

    def _document(self, request: Mapping[str, Any]) -> Document:
        return Document(self._put(request), self._written(request))

    def _written(self, request: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], str]:
        def written_as(form: Mapping[str, Any]) -> str:
            text: str = json.loads(self._put({**request, **form}))["text"]
            return text

        return written_as

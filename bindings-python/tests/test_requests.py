"""The requests that the methods make: the wire form, word for word."""

import datetime
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from conftest import ROOT

import marketingos as mos


class Recorder:
    """Stands for the compiled snapshot and writes down what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.held_against: list[object] = []
        self.journals: list[object] = []

    def with_journal(self, sources: object) -> "Recorder":
        self.journals.append(sources)
        return self

    def explain_difference(self, other: object, request: str) -> str:
        self.held_against.append(other)
        self.asked.append(request)
        return "{}"

    def ask(self, request: str) -> str:
        self.asked.append(request)
        if '"as":"vega_lite"' in request or '"as":"slides"' in request:
            return '{"as":"slides","text":"{\\"read\\":true}"}'
        if '"as":' in request:
            return '{"as":"text","text":"written"}'
        return "[]" if '"series"' in request or '"escalations"' in request else "{}"


Ask = Callable[[mos.Snapshot], object]

REQUESTS: list[tuple[Ask, str]] = [
    (lambda it: it.scorecard(), '{"ask":"scorecard","grain":"month"}'),
    (lambda it: it.scorecard("week"), '{"ask":"scorecard","grain":"week"}'),
    (lambda it: it.series("cac"), '{"ask":"series","figure":"cac","grain":"month","by":[]}'),
    (lambda it: it.series("cac", by=("region", "channel")), '{"ask":"series","figure":"cac","grain":"month","by":["region","channel"]}'),
    (lambda it: it.compare("cac", "cac_media"), '{"ask":"compare","a":"cac","b":"cac_media","grain":"month"}'),
    (lambda it: it.compare("cac", "cac_media", "week"), '{"ask":"compare","a":"cac","b":"cac_media","grain":"week"}'),
    (lambda it: it.series("cac", by="channel", top=3), '{"ask":"series","figure":"cac","grain":"month","by":["channel"],"top":3}'),
    (lambda it: it.explain("cac"), '{"ask":"explain","kpi":"cac","grain":"month","against":"previous","by":[]}'),
    (
        lambda it: it.explain("cac", "channel", against="prior_year", period="2026-08", convention="midpoint"),
        '{"ask":"explain","kpi":"cac","grain":"month","against":"prior_year","by":["channel"],"period":"2026-08","convention":"midpoint"}',
    ),
    (
        lambda it: it.explain("revenue", ["product"], against="plan", volume="units"),
        '{"ask":"explain","kpi":"revenue","grain":"month","against":"plan","by":["product"],"volume":"units"}',
    ),
    (lambda it: it.contributors("leads", ("channel", "region")), '{"ask":"contributors","kpi":"leads","grain":"month","against":"previous","by":["channel","region"]}'),
    (
        lambda it: it.contributors("leads", "channel", against="prior_year", grain="quarter", period="2026-Q3", top=2),
        '{"ask":"contributors","kpi":"leads","grain":"quarter","against":"prior_year","by":["channel"],"period":"2026-Q3","top":2}',
    ),
    (lambda it: it.landing(), '{"ask":"landing"}'),
    (lambda it: it.landing("leads", "week"), '{"ask":"landing","kpi":"leads","grain":"week"}'),
    (lambda it: it.progress(), '{"ask":"progress"}'),
    (lambda it: it.chart("leads"), '{"ask":"chart","kpi":"leads","grain":"month"}'),
    (lambda it: it.chart("leads", "week"), '{"ask":"chart","kpi":"leads","grain":"week"}'),
    (lambda it: it.budget(), '{"ask":"budget"}'),
    (lambda it: it.budget("2026"), '{"ask":"budget","period":"2026"}'),
    (lambda it: it.by_member("leads", "channel"), '{"ask":"by_member","kpi":"leads","grain":"month","by":["channel"]}'),
    (
        lambda it: it.by_member("leads", ["channel"], grain="quarter", period="2026-08"),
        '{"ask":"by_member","kpi":"leads","grain":"quarter","by":["channel"],"period":"2026-08"}',
    ),
    (lambda it: it.target_history("leads", "2026-08"), '{"ask":"target_history","kpi":"leads","period":"2026-08"}'),
    (lambda it: it.agenda(), '{"ask":"agenda","cadence":"weekly"}'),
    (lambda it: it.deck(), '{"ask":"deck","cadence":"weekly"}'),
    (lambda it: it.deck("monthly"), '{"ask":"deck","cadence":"monthly"}'),
    (lambda it: it.weekly_review("leads"), '{"ask":"weekly_review","kpi":"leads"}'),
    (lambda it: it.rhythm(), '{"ask":"rhythm"}'),
    (lambda it: it.rhythm(datetime.date(2026, 12, 31)), '{"ask":"rhythm","through":"2026-12-31"}'),
    (lambda it: it.minutes("monthly"), '{"ask":"minutes","cadence":"monthly"}'),
    (lambda it: it.planning(), '{"ask":"planning"}'),
    (lambda it: it.planning("2026-Q4"), '{"ask":"planning","quarter":"2026-Q4"}'),
    (lambda it: it.escalations(), '{"ask":"escalations"}'),
    (lambda it: it.report(), '{"ask":"report"}'),
    (lambda it: it.report("2026-08"), '{"ask":"report","month":"2026-08"}'),
    (lambda it: it.diagnose("evidence: 1"), '{"ask":"diagnosis","evidence":[{"name":"evidence.yaml","text":"evidence: 1"}]}'),
    (
        lambda it: it.diagnose({"a.yaml": "ü", "b.json": "{}"}),
        '{"ask":"diagnosis","evidence":[{"name":"a.yaml","text":"ü"},{"name":"b.json","text":"{}"}]}',
    ),
    (lambda it: it.coverage(), '{"ask":"coverage","framework":"marketing"}'),
    (lambda it: it.coverage("brand"), '{"ask":"coverage","framework":"brand"}'),
    (lambda it: it.whats_shipping(), '{"ask":"whats_shipping"}'),
    (lambda it: it.whats_shipping("2026-W41"), '{"ask":"whats_shipping","week":"2026-W41"}'),
    (lambda it: it.surfaces(), '{"ask":"surfaces"}'),
    (lambda it: it.audit(), '{"ask":"audit"}'),
    (lambda it: it.compounding(), '{"ask":"compounding"}'),
    (lambda it: it.next_steps(), '{"ask":"next_steps"}'),
    (lambda it: it.which_first(), '{"ask":"which_first"}'),
    (lambda it: it.diff("name: A"), '{"ask":"diff","old":[{"name":"system.yaml","text":"name: A"}]}'),
    (lambda it: it.diff({"a.yaml": "a"}), '{"ask":"diff","old":[{"name":"a.yaml","text":"a"}]}'),
    (lambda it: it.panel("cac"), '{"ask":"panel","figures":["cac"],"grain":"month","by":[]}'),
    (lambda it: it.to_date("week"), '{"ask":"to_date","grain":"week"}'),
    (lambda it: it.impact("positioning"), '{"ask":"impact","decision":"positioning"}'),
    (lambda it: it.stale(), '{"ask":"stale"}'),
    (lambda it: it.accountable("kpi", "cac"), '{"ask":"accountable","kind":"kpi","id":"cac"}'),
    (lambda it: it.carries("ana", "2026-01-31"), '{"ask":"carries","person":"ana","on":"2026-01-31"}'),
    (
        lambda it: it.away("ana", "2026-10-05", datetime.date(2026, 10, 16)),
        '{"ask":"away","person":"ana","first":"2026-10-05","last":"2026-10-16"}',
    ),
    (lambda it: it.ask({"ask": "snapshot", "more": None}), '{"ask":"snapshot","more":null}'),
    (lambda it: it.ask_json(' {"ask": "snapshot"}'), ' {"ask": "snapshot"}'),
]


def recorded(ask: Callable[[mos.Snapshot], Any]) -> tuple[Any, list[str]]:
    recorder = Recorder()
    return ask(mos.Snapshot(cast(Any, recorder))), recorder.asked


@pytest.mark.parametrize(("ask", "request_text"), REQUESTS, ids=[text[:50] for _, text in REQUESTS])
def test_a_method_asks_in_the_wire_form(ask: Ask, request_text: str) -> None:
    assert recorded(ask)[1] == [request_text]


def test_every_question_of_the_core_has_a_method() -> None:
    source = (ROOT / "core" / "src" / "wire" / "request.rs").read_text(encoding="utf-8")
    found = re.search(r"const QUESTIONS: .+? = \[(.+?)\];", source, re.DOTALL)
    assert found
    assert set(re.findall(r"\w+", found[1])) == {json.loads(text)["ask"] for _, text in REQUESTS}


def test_two_snapshots_are_held_against_each_other_in_the_wire_form() -> None:
    first, second = Recorder(), Recorder()
    a, b = mos.Snapshot(cast(Any, first)), mos.Snapshot(cast(Any, second))
    a.explain_difference(b)
    a.explain_difference(a, "2026-08", grain="quarter")
    assert first.asked == ['{"grain":"month"}', '{"grain":"quarter","period":"2026-08"}']
    assert first.held_against == [second, first]
    assert second.asked == []


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "svg", "icalendar", "yaml"])
def test_a_document_is_written_by_asking_again(form: str) -> None:
    document, asked = recorded(lambda it: it.diagnose({"a.yaml": "a"}))
    assert getattr(document, f"to_{form}")() == "written"
    assert asked[1] == asked[0].removesuffix("}") + f',"as":"{form}"}}'


STYLES: list[tuple[Ask, str]] = [
    (lambda it: it.scorecard().to_text(width=60), '"as":"text","text":{"width":60}'),
    (lambda it: it.scorecard().to_text(100, colour=True), '"as":"text","text":{"width":100,"colour":true}'),
    (lambda it: it.scorecard().to_svg(360, style=False), '"as":"svg","svg":{"width":360,"style":false}'),
]


@pytest.mark.parametrize(("ask", "style"), STYLES, ids=[style for _, style in STYLES])
def test_how_a_form_is_written_stands_beside_it(ask: Ask, style: str) -> None:
    assert recorded(ask)[1][1] == f'{{"ask":"scorecard","grain":"month",{style}}}'


def test_forms_that_are_data_are_read() -> None:
    chart, asked = recorded(lambda it: it.chart("leads").to_vega_lite())
    assert (chart, asked[1]) == ({"read": True}, '{"ask":"chart","kpi":"leads","grain":"month","as":"vega_lite"}')
    slides, asked = recorded(lambda it: it.deck("monthly").to_slides())
    assert (slides, asked[1]) == ({"read": True}, '{"ask":"deck","cadence":"monthly","as":"slides"}')
    written, asked = recorded(lambda it: it.series("leads", by="channel", top=2).to_csv())
    assert (written, asked[1]) == ("written", '{"ask":"series","figure":"leads","grain":"month","by":["channel"],"top":2,"as":"csv"}')


def test_a_journal_is_named_texts(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(b"{}")
    recorder = Recorder()
    snapshot = mos.Snapshot(cast(Any, recorder))
    journals: list[str | bytes | Path | dict[str, str | bytes | os.PathLike[str]]] = ["ü", b"ab", path, {"a.yaml": "a", "b.json": path}]
    for journal in journals:
        assert isinstance(snapshot.with_journal(journal), mos.Snapshot)
    assert recorder.journals == [
        [("journal.yaml", "ü".encode())],
        [("journal.yaml", b"ab")],
        [(str(path), b"{}")],
        [("a.yaml", b"a"), ("b.json", b"{}")],
    ]


def test_evidence_is_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "how we work.yaml"
    path.write_bytes("evidence: 1\r\n# ü\n".encode())
    text = '"text":"evidence: 1\\r\\n# ü\\n"'
    assert recorded(lambda it: it.diagnose(path))[1] == [f'{{"ask":"diagnosis","evidence":[{{"name":"{path}",{text}}}]}}']
    assert recorded(lambda it: it.diagnose({"e.yaml": path}))[1] == [f'{{"ask":"diagnosis","evidence":[{{"name":"e.yaml",{text}}}]}}']

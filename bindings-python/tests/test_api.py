"""Systems, facts, snapshots and answers as Python sees them."""

import copy
import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import JOURNAL, KESTREL, LEADS, SMALL_FIRM

import marketingos as mos


def test_a_system_is_the_same_from_text_bytes_parts_and_files(system: mos.System, tmp_path: Path) -> None:
    path = tmp_path / "system.yaml"
    path.write_text(SMALL_FIRM)
    head, sources = SMALL_FIRM.split("sources:")
    parts: dict[str, str | bytes] = {"head.yaml": head, "rest.yaml": f"marketingos: 1\nsources:{sources}".encode()}
    others = [
        mos.System.parse(SMALL_FIRM.encode()),
        mos.System.parse(bytearray(SMALL_FIRM.encode())),
        mos.System.parse(parts),
        mos.System.read(path),
        mos.System.read(str(path)),
    ]
    assert {other.fingerprint for other in others} == {system.fingerprint}
    assert len(system.fingerprint) == 64
    assert system.name == "Small firm"


def test_a_system_describes_itself(system: mos.System) -> None:
    described = system.to_dict()
    assert described == json.loads(system.to_json())
    assert described["fingerprint"] == system.fingerprint
    described["system"]["name"] = "changed"
    assert system.name == "Small firm"


def test_warnings_come_with_the_system() -> None:
    system = mos.System.parse("\ufeff" + SMALL_FIRM)
    (finding,) = system.findings
    assert (finding.code, finding.severity, str(finding.place)) == ("MOS-T003", "note", "system.yaml:1:1")
    assert mos.System.parse(SMALL_FIRM).findings == ()


def test_facts_are_the_same_from_text_bytes_and_files(system: mos.System, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(LEADS)
    facts = system.facts({"leads": LEADS})
    others = [system.facts({"leads": table}) for table in (LEADS.encode(), bytearray(LEADS.encode()), path)]
    assert {other.fingerprint for other in others} == {facts.fingerprint}
    assert facts.loads == [{"source": "leads", "rows": 2, "rejected_rows": 0, "rejected_cells": 0}]
    assert facts.findings == ()
    assert json.loads(facts.to_json())["loads"] == facts.loads


def test_facts_are_the_same_from_rows(tmp_path: Path) -> None:
    system = mos.System.parse(
        "{marketingos: 1, name: Rows, sources: {s: {date: day, dimensions: [channel], measures: [amount], rows: events}}}"
    )
    rows: list[dict[str, object]] = [
        {"day": datetime.date(2026, 1, 5), "channel": "pa\"id", "amount": Decimal("12.50")},
        {"day": "2026-01-06", "channel": None, "amount": 0.1},
        {"day": "2026-01-07", "amount": Decimal("123456789012345678.000000000000000001")},
    ]
    csv = 'day,channel,amount\n2026-01-05,"pa""id",12.50\n2026-01-06,,0.1\n2026-01-07,,123456789012345678.000000000000000001\n'
    facts = system.facts({"s": rows})
    assert facts.fingerprint == system.facts({"s": csv}).fingerprint
    path = tmp_path / "s.ndjson"
    path.write_text('{"day":"2026-01-05","channel":"pa\\"id","amount":12.50}\n')
    assert system.facts({"s": path}).fingerprint == system.facts({"s": iter(rows[:1])}).fingerprint
    bad = system.facts({"s": [{**rows[0], "amount": amount} for amount in (float("nan"), Decimal("NaN"), True)]})
    assert [(finding.code, finding.place.line) for finding in bad.findings] == [("MOS-F006", 1), ("MOS-F022", 3)]


def test_a_path_as_text_is_not_opened(system: mos.System, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(LEADS)
    with pytest.raises(mos.MarketingOSError) as raised:
        system.facts({"leads": str(path)})
    assert raised.value.findings[0].code == "MOS-F002"


def test_a_snapshot_knows_its_day_and_what_it_left_out(system: mos.System) -> None:
    facts = system.facts({"leads": LEADS + "soon,paid\n"})
    snapshot = system.snapshot(facts, datetime.date(2026, 1, 31))
    assert snapshot.as_of == datetime.date(2026, 1, 31)
    assert snapshot.findings == facts.findings
    assert [finding.code for finding in snapshot.findings] == ["MOS-F005"]
    same = system.snapshot({"leads": LEADS + "soon,paid\n"}, "2026-01-31")
    later = system.snapshot(facts, "2026-02-01")
    assert snapshot.fingerprint == same.fingerprint != later.fingerprint


def test_answers_are_dicts_and_lists_with_their_exact_text(snapshot: mos.Snapshot) -> None:
    scorecard, series = snapshot.scorecard(), snapshot.series("leads")
    assert isinstance(scorecard, dict)
    assert isinstance(series, list)
    assert scorecard.to_json() == snapshot.ask_json('{"ask":"scorecard","grain":"month"}')
    assert series.to_json() == snapshot.ask_json('{"ask":"series","figure":"leads","grain":"month","by":[]}')
    assert scorecard == json.loads(scorecard.to_json())
    assert series == json.loads(series.to_json())
    assert scorecard["fingerprint"] == snapshot.fingerprint
    assert snapshot.ask({"ask": "snapshot"})["as_of"] == "2026-01-31"


def test_an_answer_can_be_changed_without_changing_what_was_said(snapshot: mos.Snapshot) -> None:
    scorecard = snapshot.scorecard()
    said = scorecard.to_json()
    scorecard["lines"].clear()
    assert scorecard.to_json() == said
    assert snapshot.scorecard()["lines"]


def test_exact_numbers_stay_exact(system: mos.System) -> None:
    text = SMALL_FIRM.replace("rows: events", "rows: events, measures: [amount]")
    text += "  amount: { name: Amount, unit: EUR, direction: higher, owner: ana, sum: leads.amount }\n"
    table = "created,channel,amount\n" + "2026-01-05,paid,0.1\n" * 3 + "2026-01-06,paid,12345678901234567.01\n"
    series = mos.System.parse(text).snapshot({"leads": table}, "2026-01-31").series("amount")
    assert Decimal(series[0]["value"]) == Decimal("12345678901234567.31")


def test_series_by_dimensions(snapshot: mos.Snapshot) -> None:
    by_name, by_list = snapshot.series("leads", by="channel"), snapshot.series("leads", by=["channel"])
    assert by_name == by_list
    assert [row["member"] for row in by_list] == [["organic"], ["paid"]]
    assert snapshot.series("leads", grain="year")[0]["period"]["label"] == "2026"


@pytest.mark.parametrize("ask", ["scorecard", "series", "snapshot"])
def test_copies_and_pickles_are_plain(snapshot: mos.Snapshot, ask: str) -> None:
    request = {"ask": ask} | ({"figure": "leads"} if ask == "series" else {})
    for answer in [snapshot.ask(request), snapshot.scorecard()]:
        for plain in [copy.copy(answer), copy.deepcopy(answer), pickle.loads(pickle.dumps(answer))]:
            assert plain == answer
            assert type(plain) in (dict, list)


def test_documents_write_themselves(snapshot: mos.Snapshot) -> None:
    scorecard = snapshot.scorecard("week")
    assert scorecard["grain"] == "week"
    assert "New leads" in scorecard.to_text()
    assert "| New leads |" in scorecard.to_markdown()
    assert scorecard.to_html().startswith("<!doctype html>")
    assert scorecard.to_csv().startswith("kpi,name,unit,")
    assert scorecard["period"]["label"] in scorecard.to_text(), "the forms are of the same grain"


def test_notebooks_show_documents(snapshot: mos.Snapshot) -> None:
    scorecard, agenda, chart = snapshot.scorecard(), snapshot.agenda(), snapshot.chart("leads")
    frame = scorecard._repr_html_()
    assert frame is not None
    assert frame.startswith('<iframe sandbox srcdoc="&lt;!doctype html&gt;')
    assert "<style" not in frame, "styles stay inside the frame"
    assert agenda._repr_svg_() is None, "an agenda cannot be drawn"
    assert agenda._repr_markdown_() == agenda.to_markdown()
    assert (chart._repr_html_(), chart._repr_svg_()) == (None, chart.to_svg())
    with pytest.raises(mos.MarketingOSError, match="MOS-Q001"):
        chart.to_html()


def test_every_form_is_of_its_question(kestrel: mos.Snapshot) -> None:
    told = kestrel.with_journal(KESTREL / "journal.yaml")
    rhythm, planning, deck = told.rhythm("2026-12-31"), told.planning(), told.deck("monthly")
    assert rhythm.to_icalendar().startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART:20261005T073000Z" in rhythm.to_icalendar(), "zones by name are known"
    assert all(len(line) <= 60 for line in rhythm.to_text(width=60).splitlines())
    assert "\x1b[" in kestrel.scorecard().to_text(colour=True)
    assert "\x1b[" not in kestrel.scorecard().to_text()
    assert "\n  targets:\n" in planning.to_yaml()
    assert told.minutes("monthly").to_yaml().startswith("  - review: monthly_review\n")
    assert deck.to_html().startswith("<!doctype html>")
    for drawn in (kestrel.chart("leads"), kestrel.weekly_review("leads"), kestrel.explain("leads", "channel"), kestrel.landing("leads"), kestrel.coverage()):
        assert drawn.to_svg().startswith("<svg"), drawn
    assert kestrel.chart("leads").to_vega_lite()["$schema"].endswith("/v6.json")
    assert kestrel.series("leads", by="channel").to_csv().startswith("period,first,last,channel,value,")
    with pytest.raises(mos.MarketingOSError, match="MOS-Q"):
        kestrel.chart("leads").to_svg(width=1)


def test_a_journal_changes_what_is_told_and_no_figure(kestrel: mos.Snapshot, system: mos.System) -> None:
    told = kestrel.with_journal(KESTREL / "journal.yaml")
    assert told.fingerprint == kestrel.fingerprint
    assert told.scorecard() == kestrel.scorecard()
    assert told.agenda()["actions"] and not kestrel.agenda()["actions"]
    late = JOURNAL.replace("opened_on: 2026-01-12", "opened_on: 2026-02-12").replace("2026-01-30", "2026-02-20")
    facts = system.facts({"leads": LEADS})
    journals: list[str | bytes | dict[str, str | bytes | Path]] = [JOURNAL, JOURNAL.encode(), {"journal.yaml": JOURNAL}]
    for journal in journals:
        assert [action["what"] for action in system.snapshot(facts, "2026-01-31", journal).agenda()["actions"]] == ["Mend the form"]
    assert system.snapshot(facts, "2026-01-31", journal=late).agenda()["actions"] == [], "what came later was not known"
    cells = system.cells(facts, "2026-01-31")
    assert system.snapshot_of(cells, JOURNAL).agenda()["actions"]
    with pytest.raises(mos.MarketingOSError) as raised:
        system.snapshot(facts, "2026-01-31", JOURNAL.replace("ana", "bob"))
    assert raised.value.findings[0].place.path == "actions.form.owner"
    assert system.snapshot(facts, "2026-01-31").journal_findings == ()
    noted = system.snapshot(facts, "2026-01-31", "\ufeff" + JOURNAL)
    assert [(finding.code, str(finding.place)) for finding in noted.journal_findings] == [("MOS-T003", "journal.yaml:1:1")]


def test_reviews_and_reports_take_their_level(kestrel: mos.Snapshot) -> None:
    assert kestrel.agenda()["cadence"] == "weekly"
    assert kestrel.agenda("quarterly")["cadence"] == "quarterly"
    assert kestrel.report()["month"]["label"] == "2026-09"
    assert kestrel.report("2026-08")["month"]["label"] == "2026-08"
    assert "August 2026" in kestrel.report("2026-08").to_markdown()


def test_every_repr_fits_a_line(kestrel: mos.Snapshot) -> None:
    system = mos.System.parse(SMALL_FIRM.replace("Small firm", "A firm with a name " * 12))
    facts = system.facts({"leads": LEADS})
    answers = [kestrel.scorecard(), kestrel.series("leads"), kestrel.escalations(), kestrel.ask({"ask": "snapshot"})]
    for thing in [system, facts, system.snapshot(facts, "2026-01-31"), kestrel, *answers]:
        assert len(repr(thing)) <= 120, repr(thing)
        assert type(thing).__name__ in repr(thing)


def test_kestrel_end_to_end(kestrel: mos.Snapshot) -> None:
    system = mos.System.read(KESTREL / "system.yaml", KESTREL / "plan.yaml")
    kpis = [kpi["id"] for kpi in system.to_dict()["system"]["kpis"]]
    assert [line["kpi"] for line in kestrel.scorecard()["lines"]] == kpis
    assert {finding.severity for finding in kestrel.findings} == {"note"}

    facts = {path.stem: path.read_bytes() for path in (KESTREL / "data").glob("*.csv")}
    lines = {line["kpi"]: line for line in system.snapshot(facts, "2026-08-31").scorecard()["lines"]}
    # What examples/kestrel/README.md says of August.
    assert lines["leads"]["actual"] == {"is": "value", "value": "313", "text": "313"}
    assert lines["leads"]["status"]["target"] == "missed"
    assert lines["cac"]["actual"]["value"] == "4911.675"
    assert lines["website_visits"]["actual"]["is"] == "incomplete"
    assert lines["website_visits"]["coverage"] == {"days": 26, "of": 31}


def test_the_library_is_there_without_a_system() -> None:
    kpis = {kpi["id"]: kpi for kpi in mos.library()}
    assert [variant["id"] for variant in kpis["cac"]["variants"]] == ["fully_loaded", "media_only", "marketing_only"]
    assert kpis["cac"]["variants"][0]["formula"] == "(programme + payroll + tools + content) / new_customers"


def test_two_figures_are_compared_in_words_and_on_the_facts(snapshot: mos.Snapshot) -> None:
    comparison = snapshot.compare("leads", "leads", "quarter")
    assert comparison["same_definition"] and comparison["grain"] == "quarter"
    assert all(aspect["same"] for aspect in comparison["aspects"])
    assert comparison.to_text().startswith("New leads [leads] · New leads [leads]\n")
    with pytest.raises(mos.MarketingOSError):
        comparison.to_csv()


def test_a_snapshot_of_merged_cells_is_that_of_all_rows(system: mos.System, snapshot: mos.Snapshot) -> None:
    header, first, second = LEADS.splitlines()
    day = datetime.date(2026, 1, 31)
    north = system.cells({"leads": f"{header}\n{first}\n"}, day, by=["channel"])
    south = system.cells(system.facts({"leads": f"{header}\n{second}\n"}), "2026-01-31", by="channel", name="south")
    cells = north.merge(south)
    assert cells == south.merge(mos.Cells(str(north)))
    assert hash(cells) == hash(mos.Cells(str(cells)))
    assert repr(cells) == "<Cells as of 2026-01-31, 2 partitions>"
    merged = system.snapshot_of(cells)
    assert merged.fingerprint == snapshot.fingerprint
    request = '{"ask":"series","figure":"leads","by":["channel"]}'
    assert merged.ask_json(request) == system.snapshot_of(str(cells)).ask_json(request) == snapshot.ask_json(request)


def test_cells_that_do_not_belong_together_are_refused(system: mos.System) -> None:
    cells = system.cells({"leads": LEADS}, "2026-01-31")
    for other, code in [(cells, "MOS-Q013"), (system.cells({"leads": LEADS}, "2026-02-28"), "MOS-Q012"), (mos.Cells("{}"), "MOS-Q010")]:
        with pytest.raises(mos.MarketingOSError) as caught:
            cells.merge(other)
        assert caught.value.code == code
    with pytest.raises(mos.MarketingOSError, match="were not made by"):
        system.snapshot_of(cells).series("leads", by=["channel"])

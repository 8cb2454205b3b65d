"""Errors and findings: one family, every attribute, nothing flattened to a string."""

import copy
import datetime
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import LEADS, SMALL_FIRM

import marketingos as mos


def test_every_attribute_of_an_error_in_a_system() -> None:
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.parse({"firm.yaml": SMALL_FIRM.replace("operator: ana", "operator: anna") + "extra: 1\n"})
    error = raised.value
    assert type(error) is mos.MarketingOSError
    assert error.code == "MOS-Q006"
    assert error.message == "the system has errors: 2 errors"
    assert error.help == "mend the findings listed"
    assert error.place == mos.Place("firm.yaml", 5, 11, "operator")
    assert error.findings == (
        mos.Finding(
            code="MOS-M006",
            severity="error",
            place=mos.Place(file="firm.yaml", line=5, column=11, path="operator"),
            message="there is no person `anna`",
            help="did you mean `ana`?",
        ),
        error.findings[1],
    )
    assert (error.findings[1].code, str(error.findings[1].place)) == ("MOS-M001", "firm.yaml:12:1")
    assert str(error).splitlines() == [
        "[MOS-Q006] the system has errors: 2 errors",
        "  firm.yaml:5:11: error[MOS-M006]: there is no person `anna`; did you mean `ana`?",
        f"  {error.findings[1]}",
    ]
    assert repr(error) == "<MarketingOSError MOS-Q006: the system has errors: 2 errors>"
    assert json.loads(error.to_json())["code"] == "MOS-Q006"


def test_an_error_without_places(system: mos.System) -> None:
    with pytest.raises(ValueError, match="^\\[MOS-Q005\\] `2026-02-30` is not a date; write a day") as raised:
        system.snapshot({"leads": LEADS}, "2026-02-30")
    assert isinstance(raised.value, mos.MarketingOSError)
    assert (raised.value.place, raised.value.findings) == (None, ())


def test_unknown_names_are_key_errors_that_can_be_read(snapshot: mos.Snapshot) -> None:
    asks: list[tuple[str, str, Callable[[], object]]] = [
        ("MOS-Q002", "there is no figure `lead`", lambda: snapshot.series("lead")),
        ("MOS-Q004", "`leads` cannot be broken down by `region`", lambda: snapshot.series("leads", by=["region"])),
        ("MOS-Q002", "there is no figure `lead`", lambda: snapshot.ask({"ask": "series", "figure": "lead"})),
    ]
    for code, message, ask in asks:
        with pytest.raises(mos.UnknownNameError) as raised:
            ask()
        assert isinstance(raised.value, KeyError)
        assert isinstance(raised.value, mos.MarketingOSError)
        assert str(raised.value).startswith(f"[{code}] {message}")


@pytest.mark.parametrize(
    "request_text",
    ["", "null", "[]", '{"ask":"everything"}', '{"ask":"scorecard","gain":"month"}', '{"ask":"scorecard","grain":NaN}', '{"ask":"series","figure":"\udc80"}'],
)
def test_requests_that_are_not_understood(snapshot: mos.Snapshot, request_text: str) -> None:
    with pytest.raises(mos.MarketingOSError) as raised:
        snapshot.ask_json(request_text)
    assert raised.value.code == "MOS-Q001"
    assert not isinstance(raised.value, KeyError)


def test_text_that_is_not_utf8_is_placed(system: mos.System, tmp_path: Path) -> None:
    broken = SMALL_FIRM.encode().replace(b"Small", b"Sm\xe4ll")
    path = tmp_path / "latin.yaml"
    path.write_bytes(broken)
    tries: list[tuple[str, Callable[[], object]]] = [
        ("system.yaml:3:9", lambda: mos.System.parse(broken)),
        ("system.yaml:3:9", lambda: mos.System.parse(SMALL_FIRM.replace("Small", "Sm\udce4ll"))),
        (f"{path}:3:9", lambda: mos.System.read(path)),
        ("leads.csv:2:12", lambda: system.facts({"leads": b"created,channel\n2026-01-05,\xff\n"})),
    ]
    for place, call in tries:
        with pytest.raises(mos.MarketingOSError) as raised:
            call()
        assert raised.value.findings[0].code == "MOS-T002"
        assert str(raised.value.place) == place


def test_names_that_are_not_unicode_can_be_told(system: mos.System) -> None:
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.parse({"b\udce4d.yaml": ""})
    assert raised.value.place == mos.Place("b\\udce4d.yaml", 1, 1, "")
    with pytest.raises(mos.MarketingOSError, match="MOS-Q005"):
        system.snapshot({"leads": LEADS}, "\udc80")


def test_errors_and_findings_can_be_pickled_and_copied(snapshot: mos.Snapshot) -> None:
    errors: list[mos.MarketingOSError] = []
    calls: list[Callable[[], object]] = [lambda: mos.System.parse("marketingos: 1"), lambda: snapshot.series("lead")]
    for call in calls:
        with pytest.raises(mos.MarketingOSError) as raised:
            call()
        errors.append(raised.value)
    for error in errors:
        for other in [pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)]:
            assert type(other) is type(error)
            assert str(other) == str(error)
            assert other.findings == error.findings


def test_findings_are_values() -> None:
    place = mos.Place("a.yaml", 1, 2, "kpis")
    finding = mos.Finding("MOS-M001", "warning", place, "a message", "")
    assert str(finding) == "a.yaml:1:2: warning[MOS-M001]: a message"
    assert len({finding, mos.Finding("MOS-M001", "warning", place, "a message", "")}) == 1
    with pytest.raises(AttributeError):
        finding.code = "MOS-M002"  # type: ignore[misc]


def test_the_wrong_type_is_a_type_error(system: mos.System, snapshot: mos.Snapshot) -> None:
    calls: list[Callable[[], object]] = [
        lambda: mos.System.parse(1),  # type: ignore[arg-type]
        lambda: mos.System.read(1),  # type: ignore[arg-type]
        lambda: mos.System.parse({"system.yaml": None}),  # type: ignore[dict-item]
        lambda: system.facts({"leads": 1}),  # type: ignore[dict-item]
        lambda: snapshot.ask({"ask": object()}),
    ]
    for call in calls:
        with pytest.raises(TypeError):
            call()


def test_a_time_of_day_is_not_a_day(system: mos.System) -> None:
    with pytest.raises(mos.MarketingOSError, match="MOS-Q005"):
        system.snapshot({"leads": LEADS}, datetime.datetime(2026, 1, 31, 12))


def test_a_file_that_is_not_there_is_an_os_error(system: mos.System, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        mos.System.read(tmp_path / "none.yaml")
    with pytest.raises(FileNotFoundError):
        system.facts({"leads": tmp_path / "none.csv"})

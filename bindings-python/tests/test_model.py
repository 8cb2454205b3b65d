"""Questions about the model, starting files, and texts that name others, as Python sees them."""

from pathlib import Path

import pytest
from conftest import ROOT

import marketingos as mos

ARCHITECTS = ROOT / "examples" / "architects"
ENTERPRISE = ROOT / "examples" / "enterprise"


@pytest.fixture(scope="module")
def firm() -> mos.Snapshot:
    system = mos.System.read(ARCHITECTS / "system.yaml")
    return system.snapshot({path.stem: path for path in (ARCHITECTS / "data").glob("*.csv")}, "2026-09-30")


def test_the_small_firm_is_asked_everything(firm: mos.Snapshot) -> None:
    # What examples/architects/README.md works out by hand.
    assert [layer["status"] for layer in firm.coverage("our_wall")["layers"]] == ["complete", *["partial"] * 4]
    shipping = firm.whats_shipping()
    assert shipping["week"]["label"] == "2026-W41"
    assert [(item["on"][8:], item["id"], item["who"]) for item in shipping["items"] if item["kind"] == "channel"] == [
        ("05", "open_house", None),
        ("06", "newsletter", "noor"),
    ]
    assert firm.whats_shipping("2026-W41") == shipping
    surfaces = firm.surfaces()
    assert (surfaces["count"], surfaces["people"], surfaces["needs_system"]) == (10, 5, False)
    restart = firm.audit()["restart"]
    assert (restart["hours_per_month"], restart["of_hours_per_month"], restart["unknown_steps"]) == ("4", "12.75", 1)
    assert firm.compounding()["verdict"] == "compounding"
    first = firm.which_first()
    assert first is not None and first["step"] == firm.next_steps()["first"] == "settle_brand"


def test_a_difference_is_told_in_words(firm: mos.Snapshot) -> None:
    text = (ARCHITECTS / "system.yaml").read_text()
    assert firm.diff(ARCHITECTS / "system.yaml")["changes"] == []
    diff = firm.diff(text.replace("owner: { person: bram, from: 2024-01-01, deputy: ines }", "owner: wout", 1))
    assert [change["path"] for change in diff["changes"]] == ["channels.talks.owner"]
    assert diff.to_markdown() == "### What changed\n\n- channel talks: owner was wout, is bram from 2024-01-01, deputy ines\n"


def test_texts_that_are_named_are_found_beside_the_first() -> None:
    ports = mos.System.read(ENTERPRISE / "ports.yaml")
    names = ["ports.yaml", "ports/surfaces.yaml", "ports/running.yaml", "group.yaml"]
    given = {name: (ENTERPRISE / name).read_text() for name in names}
    assert ports.fingerprint == mos.System.parse(given).fingerprint
    assert ports.to_dict()["system"]["parent"]["name"] == mos.System.read(ENTERPRISE / "group.yaml").name


def test_a_text_that_is_named_and_not_there_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "system.yaml"
    path.write_text("marketingos: 1\nname: Firm\ninclude: [people.yaml]\n")
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.read(path)
    assert [(str(finding.code), finding.place.line) for finding in raised.value.findings if finding.place] == [("MOS-T011", 3)]
    (tmp_path / "people.yaml").write_text("marketingos: 1\npeople: { ana: Ana }\n")
    assert mos.System.read(path).to_dict()["system"]["people"][0]["name"] == "Ana"
    # Nothing above the folder is read, whatever a text says.
    path.write_text("marketingos: 1\nname: Firm\ninclude: [../secret.yaml]\n")
    (tmp_path.parent / "secret.yaml").write_text("marketingos: 1\n")
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.read(path)
    assert raised.value.findings[0].code == "MOS-T012"


@pytest.mark.parametrize("framework", ["brand", "marketing", "five_layer_comparison", "five_layer_kernel", "five_components"])
def test_a_starting_file_says_what_to_fill_in(framework: str) -> None:
    findings = mos.System.parse(mos.template(framework)).findings
    assert {finding.code for finding in findings} == {"MOS-M030"}


def test_an_unknown_framework_is_told() -> None:
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.template("five_component")
    assert (raised.value.code, raised.value.help) == ("MOS-Q018", "did you mean `five_components`?")

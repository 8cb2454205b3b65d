"""Systems written in code are those that are written as text."""

import datetime
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from conftest import ROOT, SMALL_FIRM

import marketingos as mos

if TYPE_CHECKING:
    from marketingos import written

# Typed: mypy holds it against the types that are written from the schema.
BUILT: "written.System" = {
    "name": "Small firm",
    "people": {"ana": "Ana"},
    "operator": "ana",
    "brand": {
        "strategy": {
            "decisions": {
                "positioning": {
                    "statement": "Timber only.",
                    "status": "settled",
                    "revisions": [{"on": datetime.date(2026, 1, 15), "reason": "Steel was too much."}],
                }
            }
        }
    },
    "channels": {"newsletter": {"kind": "owned", "rests_on": ["positioning"]}},
    "sources": {
        "leads": {
            "date": "created",
            "dimensions": ["channel"],
            "rows": "events",
            "recorded_from": datetime.date(2026, 1, 1),
            "recorded_until": "as_of",
        }
    },
    "kpis": {
        "leads": {"name": "New leads", "unit": "count of leads", "direction": "higher", "owner": "ana", "count": "leads"}
    },
}


def untyped(value: object) -> "written.System":
    return cast("written.System", value)


def test_a_built_system_is_the_written_one() -> None:
    assert mos.System.build(BUILT).fingerprint == mos.System.parse(SMALL_FIRM).fingerprint


def test_the_version_may_stand_in_it() -> None:
    assert mos.System.build({"marketingos": 1, **BUILT}).fingerprint == mos.System.build(BUILT).fingerprint


def test_numbers_are_exact() -> None:
    def value(number: Any) -> str:
        plan = untyped({"plan": {"targets": {"leads": {"period": "2026-01", "value": number}}}})
        aim = mos.System.build({**BUILT, **plan}).to_dict()["system"]["targets"][0]["aim"]
        return str(aim["value"])

    digits = "12345678901234567890.123456789"
    assert [value(2), value(0.1), value("12.5 %"), value(Decimal("1E+2"))] == ["2", "0.1", "0.125", "100"]
    assert value(Decimal(digits)) == digits


def test_mistakes_name_the_path() -> None:
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.build({**BUILT, "channels": {"fair": {"kind": "earned", "owner": "bob"}}})
    places = [finding.place for finding in raised.value.findings]
    assert [(place.file, place.path) for place in places] == [("system.json", "channels.fair.owner")]


def test_further_texts_are_given_by_name() -> None:
    people = "{ marketingos: 1, people: { ben: Ben } }"
    rest = untyped({key: value for key, value in BUILT.items() if key not in ("people", "operator", "kpis")})
    system = mos.System.build({**rest, "operator": "ben", "include": ["people.yaml"]}, {"people.yaml": people})
    assert [person["id"] for person in system.to_dict()["system"]["people"]] == ["ben"]


@pytest.mark.parametrize("value", [{1}, object(), b"text", datetime.datetime(2026, 1, 1), datetime.time(1), 1j])
def test_what_is_no_part_of_the_format_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match=r"people\.ana: a \w+ is no part of the format"):
        mos.System.build(untyped({**BUILT, "people": {"ana": value}}))


@pytest.mark.parametrize("key", [1, None, True, ("a",)])
def test_keys_are_texts(key: object) -> None:
    with pytest.raises(TypeError, match="people: a key is a text"):
        mos.System.build(untyped({**BUILT, "people": {key: "Ana"}}))


def test_a_system_is_a_mapping() -> None:
    with pytest.raises(TypeError, match="not str"):
        mos.System.build(untyped(SMALL_FIRM))


def test_the_schema_is_the_one_that_is_kept() -> None:
    assert mos.schema() == json.loads((ROOT / "core" / "schema" / "system.schema.json").read_bytes())


def test_the_types_are_written_from_the_schema() -> None:
    script = Path(__file__).resolve().parents[1] / "write_types.py"
    subprocess.run([sys.executable, script, "--check"], check=True)


def test_a_text_is_edited_where_the_value_stands() -> None:
    changed = mos.edit.set(SMALL_FIRM, "kpis.leads.name", "Leads: new")
    assert changed == SMALL_FIRM.replace("name: New leads", 'name: "Leads: new"')
    assert mos.edit.set(SMALL_FIRM, "sources.leads.recorded_from", datetime.date(2026, 1, 1)) == SMALL_FIRM
    assert mos.edit.set("a: 1 # x\n", "a", Decimal("12.50")) == "a: 12.50 # x\n"
    assert mos.edit.remove(changed, "kpis.leads.name") == SMALL_FIRM.replace("name: New leads, ", "")
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.edit.set(SMALL_FIRM, "people.ana.role.words", "x")
    assert raised.value.code == "MOS-Q019"
    with pytest.raises(TypeError, match="value: a set"):
        mos.edit.set(SMALL_FIRM, "people.ana", {1})

"""The Vega-Lite specifications of the cases, held against the schema that Vega-Lite publishes (as Altair ships it)."""

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[1] / "cases"


def specifications() -> list[dict[str, Any]]:
    lines = [json.loads(line) for path in sorted(CASES.glob("*.expected.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line["text"]) for line in lines if isinstance(line, dict) and line.get("as") == "vega_lite"]


def test_there_are_specifications() -> None:
    assert len(specifications()) >= 5


@pytest.mark.parametrize("specification", specifications())
def test_specifications_fit_the_published_schema(specification: dict[str, Any]) -> None:
    altair = pytest.importorskip("altair")
    jsonschema = pytest.importorskip("jsonschema")
    root = altair.vegalite.SCHEMA_URL
    assert specification["$schema"].rsplit("/", 1)[0] == root.rsplit("/", 1)[0]
    schema = json.loads((Path(altair.__file__).parent / "vegalite" / "v6" / "schema" / "vega-lite-schema.json").read_text("utf-8"))
    jsonschema.validate(specification, schema)

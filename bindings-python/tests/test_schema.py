"""The JSON Schema accepts every system that can be read, and refuses what the readers refuse."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import ROOT

import marketingos as mos


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: neither dates nor `yes`, as editors read it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _kind, _form, _starts in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?(0|[1-9][0-9]*)$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(_form), _starts)

VALIDATOR = jsonschema.Draft202012Validator(mos.schema())
TESTS = ROOT / "tests"


def loaded(name: str, text: bytes) -> Any:
    return json.loads(text) if name.endswith(".json") else yaml.load(text, Loader)


def complaints(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def systems() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The texts of every system in the repository, those with mistakes too."""
    for case in sorted((TESTS / "cases").glob("*.json")):
        texts = {}
        for part in json.loads(case.read_bytes())["system"]:
            if "file" in part:
                texts[part["name"]] = (case.parent / part["file"]).read_bytes()
            else:
                texts[part["name"]] = base64.b64decode(part["base64"]) if "base64" in part else part["text"].encode()
        yield case.stem, texts
    for path in sorted((TESTS / "real").glob("*.yaml")):
        yield path.stem, {path.name: path.read_bytes()}
    for folder in sorted({path.parent for path in (ROOT / "examples").rglob("system.yaml") if "target" not in path.parts}):
        names = [path for path in sorted(folder.glob("*.yaml")) if path.name != "evidence.yaml"]
        yield folder.name, {path.name: path.read_bytes() for path in names}
    for framework in ["brand", "marketing", "five_layer_comparison", "five_layer_kernel", "five_components"]:
        yield f"template {framework}", {"system.yaml": mos.template(framework).encode()}
    blocks = re.compile(r"marketingos: 1\n.*?(?=\n[`\"]|\n//[/!] [\"`]|''')", re.DOTALL)
    for source in [ROOT / "README.md", *sorted((ROOT / "core").rglob("*.rs"))]:
        for number, block in enumerate(blocks.findall(source.read_text(encoding="utf-8"))):
            text = re.sub(r"^(//[/!] ?|\s*\.\.\. )", "", block, flags=re.MULTILINE)
            yield f"{source.name}:{number}", {"system.yaml": text.encode()}


def readable(texts: dict[str, bytes]) -> bool:
    try:
        mos.System.parse(texts)
    except mos.MarketingOSError:
        return False
    return True


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(mos.schema())


def test_every_system_that_can_be_read_is_valid() -> None:
    found = {name: texts for name, texts in systems() if readable(texts)}
    assert len(found) >= 40, sorted(found)
    assert {"kestrel", "olist", "standard-kpis", "inheritance", "template five_components"} <= found.keys()
    wrong = {
        (name, file): complaints(loaded(file, text)) for name, texts in found.items() for file, text in texts.items()
    }
    assert {place: said for place, said in wrong.items() if said} == {}


KPI = "unit: EUR, direction: higher"


@pytest.mark.parametrize(
    "text",
    [
        "operater: ana",
        "people: [ana]",
        "people: { Ana: Ana }",
        "people: { ana: { nam: Ana } }",
        "operator: { from: 2026-01-01 }",
        "operator: { person: ana, from: 1 January }",
        "brand: { stategy: {} }",
        "brand: { strategy: { decisions: { a: { status: settled } } } }",
        "brand: { strategy: { decisions: { a: { statement: A, status: done } } } }",
        "brand: { strategy: { decisions: { a: { statement: A, review_months: 0 } } } }",
        "brand: { strategy: { decisions: { a: { statement: A, revisions: [ { on: 2026-01-01 } ] } } } }",
        "channels: { a: { owner: ana } }",
        "channels: { a: { kind: own } }",
        "stages: { a: { metrics: b } }",
        "segments: { a: { name: A } }",
        "assets: { a: { life: short } }",
        "assets: { a: { life_months: 1201 } }",
        "inputs: { a: { kind: quantity } }",
        "tools: { a: { cost: 900 per month } }",
        "workflows: { a: { critical: maybe } }",
        "workflows: { a: { steps: { b: { need: [c] } } } }",
        "campaigns: { a: { goal: A, from: 2026-01-01 } }",
        "campaigns: { a: { goal: A, from: 2026-01-01, to: 2026-02-01, budget: much } }",
        "lessons: { a: { outcome: A, outcome_on: 2026-01-01 } }",
        "lessons: { a: { outcome: A, outcome_on: 2026-01-01, lesson: A, answer: { revised_on: 2026-01-01 } } }",
        "frameworks: { a: { layers: { b: [brand.strateg] } } }",
        "calendar: { week_starts: sundae }",
        "calendar: { week_53: restated }",
        "calendar: { pattern: 4-4-5, year_ends: { weekday: saturday, rule: last } }",
        "min_coverage: most",
        "sources: { a: { rows: events } }",
        "sources: { a: { date: d, rows: hourly } }",
        "sources: { a: { date: d, rows: events, measures: { m: { decimal: '--' } } } }",
        "sources: { a: { date: d, rows: events, recorded_until: now } }",
        "measures: { a: { count: b, sum: b.c } }",
        "measures: { a: {} }",
        "measures: { a: { sum: b } }",
        "measures: { a: { count: b, inputs: { c: d } } }",
        "measures: { a: { summary: { of: b.c, statistic: p100 } } }",
        "measures: { a: { cumulative: { of: b, over: decade } } }",
        "measures: { a: { conversion: { from: b, to: c, within_days: 0 } } }",
        "measures: { a: { credit: { outcome: b, touches: c, rule: linear, half_life_days: 7 } } }",
        "measures: { a: { count: b, where: { c: [] } } }",
        "kpis: { a: { unit: EUR, count: b } }",
        f"kpis: {{ a: {{ {KPI}, count: b, shortest: day }} }}",
        f"kpis: {{ a: {{ {KPI}, count: [b] }} }}",
        "kpis: { a: { unit: euro, direction: higher, count: b } }",
        "plan: { targets: { a: { period: 2026-01, from: 2026-01, to: 2026-02, value: 1 } } }",
        "plan: { targets: { a: { from: 2026-01, value: 1 } } }",
        "plan: { targets: { a: { period: 2026-01, low: 1 } } }",
        "plan: { targets: { a: { period: 2026-01, value: 1k } } }",
        "plan: { targets: { a: { period: 2026-01, at_most: little } } }",
        "plan: { targets: { a: { period: 2026-01, levels: { minimum: 1, good: 2 } } } }",
        "plan: { targets: { a: { period: 2026-01, value: 1, phasing: weekly } } }",
        "plan: { scenarios: { a: { name: A, target: {} } } }",
        "plan: { budget: { period: 2026, lines: {} } }",
        "plan: { budget: { period: 2026, amount: 1 EUR, lines: { a: { amount: 1 EUR, committed: { on: 2026-01-01, amount: 1 EUR } } } } }",
        "plan: { budget: { period: 2026, amount: 1 EUR, lines: { a: { amount: 1 EUR } }, moves: { on: 2026-01-01, from: a } } }",
        "variance: { neutral: much }",
        "variance: { attainment: [most] }",
        f"kpis: {{ a: {{ {KPI}, count: b, chart: {{ course: sideways }} }} }}",
        f"kpis: {{ a: {{ {KPI}, count: b, chart: {{ changes: [ {{ on: 2026-01-01 }} ] }} }} }}",
        f"kpis: {{ a: {{ {KPI}, count: b, redefined: [ {{ on: 2026-01-01 }} ] }} }}",
        "reviews: { a: { cadence: daily, held_by: ana, escalates_to: ana } }",
        "reviews: { a: { cadence: weekly, held_by: ana, escalates_to: ana, minutes: 2000 } }",
        "escalation: { when: no_value, to: owner, by: 10 % }",
        "signals: { window: 121 }",
        "report: { sections: [summery] }",
    ],
)
def test_what_the_readers_refuse_is_refused(text: str) -> None:
    """A mistake in keys or shapes of its own: what is missing elsewhere does not count."""
    key = text.split(":")[0]
    whole = f"marketingos: 1\nname: A\n{text}\n"
    with pytest.raises(mos.MarketingOSError) as raised:
        mos.System.parse(whole)
    # Neither a reference that leads nowhere nor a missing operator.
    codes = {finding.code for finding in raised.value.findings if finding.place.path.split(".")[0] == key}
    assert codes - {"MOS-M006"}, raised.value
    assert complaints(loaded("system.yaml", whole.encode())) != []


def test_a_text_without_a_version_is_refused() -> None:
    assert complaints({"name": "Small firm"}) == ["$: 'marketingos' is a required property"]
    assert complaints({"marketingos": 2}) != []

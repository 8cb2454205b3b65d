"""Runs the cases that all hosts share, through the Python package.

    python tests/run_cases.py            compares every case with its expected lines
    python tests/run_cases.py --accept   writes the expected lines; read them before you commit

A case is `cases/<stem>.json`: a system, facts, an as-of date and questions. What each host
says to it, step by step, must equal `cases/<stem>.expected.jsonl` byte for byte. A step that
fails gives the error's JSON; when there is then nothing to go on with, the case ends there.
"""

import base64
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import marketingos as mos

CASES = sorted((Path(__file__).resolve().parent / "cases").glob("*.json"))


def expected_of(case: Path) -> Path:
    """Where the expected lines of a case are."""
    return case.with_suffix(".expected.jsonl")


def steps(case: Path) -> Iterator[str]:
    """What each step of a case says."""
    written: dict[str, Any] = json.loads(case.read_bytes())

    def content(part: dict[str, Any]) -> bytes:
        if "text" in part:
            return str(part["text"]).encode()
        return base64.b64decode(part["base64"]) if "base64" in part else (case.parent / part["file"]).read_bytes()

    def request(ask: dict[str, Any]) -> str:
        for key in ("evidence", "old"):
            parts = ask.get(key)
            if isinstance(parts, list):
                read = [{"name": part["name"], "text": content(part).decode()} if "file" in part else part for part in parts]
                ask = {**ask, key: read}
        return json.dumps(ask, ensure_ascii=False, separators=(",", ":"))

    try:
        system = mos.System.parse({part["name"]: content(part) for part in written["system"]})
        yield system._handle.findings()
        facts = system.facts(
            {source: part["rows"] if "rows" in part else content(part) for source, part in written["facts"].items()}
        )
        yield facts.to_json()
        snapshot = system.snapshot(facts, written["as_of"])
        if "journal" in written:
            snapshot = snapshot.with_journal({part["name"]: content(part) for part in written["journal"]})
            yield snapshot._handle.journal_findings()
    except mos.MarketingOSError as error:
        yield error.to_json()
        return
    for ask in written["asks"]:
        try:
            yield snapshot.ask_json(request(ask))
        except mos.MarketingOSError as error:
            yield error.to_json()
    for difference in written.get("differences", []):
        try:
            other = mos.System.parse({part["name"]: content(part) for part in difference["system"]}).snapshot(
                {source: content(part) for source, part in difference["facts"].items()}, difference["as_of"]
            )
            yield snapshot.explain_difference(other, **difference["request"]).to_json()
        except mos.MarketingOSError as error:
            yield error.to_json()


def lines(case: Path) -> bytes:
    """The lines of a case, as the expected file holds them."""
    return "".join(f"{line}\n" for line in steps(case)).encode()


def main() -> int:
    """Compares or accepts; the exit code tells whether all is as expected."""
    wrong = 0
    for case in CASES:
        expected, actual = expected_of(case), lines(case)
        if "--accept" in sys.argv[1:]:
            expected.write_bytes(actual)
        elif not expected.is_file() or expected.read_bytes() != actual:
            wrong += 1
            print(f"{case.name}: not as expected")
    print(f"{len(CASES) - wrong} passed, {wrong} failed")
    return 1 if wrong or not CASES else 0


if __name__ == "__main__":
    sys.exit(main())

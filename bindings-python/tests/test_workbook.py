"""Workbooks: written with formulas, read back with what people changed."""

import io
import zipfile
from pathlib import Path

import pytest
from conftest import LEADS, SMALL_FIRM

import marketingos as mos

TARGETS = "plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }\n"


def test_a_workbook_is_written_and_read_back(tmp_path: Path) -> None:
    snapshot = mos.System.parse(SMALL_FIRM + TARGETS).snapshot({"leads": LEADS}, "2026-01-31")
    path = tmp_path / "review.xlsx"
    file = snapshot.to_excel(path)
    assert path.read_bytes() == file == snapshot.to_excel()
    unchanged: dict[str, list[object]] = {"kpis": [], "targets": [], "actuals": [], "budget": [], "moves": [], "findings": []}
    assert snapshot.excel_changes(file) == snapshot.excel_changes(path) == snapshot.excel_changes(bytearray(file)) == unchanged
    assert snapshot.excel_changes(file).to_json().startswith('{"kpis":')


def test_what_differs_is_told(tmp_path: Path) -> None:
    texts = [SMALL_FIRM + TARGETS.replace("value: 3", f"value: {value}") for value in (3, 5)]
    before, after = (mos.System.parse(text).snapshot({"leads": LEADS}, "2026-01-31") for text in texts)
    changes = before.excel_changes(after.to_excel())
    assert changes["targets"] and not changes["kpis"]
    assert changes["targets"][0]["kpi"] == "leads"


def test_what_is_no_workbook_is_refused(snapshot: mos.Snapshot) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("nothing.txt", "here")
    for file_ in (b"", b"PK", archive.getvalue(), snapshot.to_excel()[:-100]):
        with pytest.raises(mos.MarketingOSError) as raised:
            snapshot.excel_changes(file_)
        assert raised.value.help

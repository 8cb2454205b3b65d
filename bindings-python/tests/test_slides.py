"""Decks as PowerPoint files, opened again by the library that wrote them and by an office suite."""

import io
import os
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import KESTREL
from pptx import Presentation

import marketingos as mos

HOSTILE = "</a:t><script>alert(1)</script> & \"it's\" \u202e=1+1\x0b{{x}} 数字"


@pytest.fixture(scope="module", params=["weekly", "monthly", "quarterly"])
def deck(request: pytest.FixtureRequest, kestrel: mos.Snapshot) -> mos.Deck:
    """The example company's."""
    return kestrel.with_journal(KESTREL / "journal.yaml").deck(request.param)


def opened(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def described(shape: Any) -> str:
    return str(shape._element.nvGraphicFramePr.cNvPr.get("descr"))


def test_a_file_says_what_the_core_says(deck: mos.Deck) -> None:
    slides = deck.to_slides()
    pages = opened(deck.to_pptx()).slides
    assert [page.shapes.title.text for page in pages] == [slide["title"] for slide in slides["slides"]]
    charts = 0
    for page, slide in zip(pages, slides["slides"], strict=True):
        drawn = [shape for shape in page.shapes if shape.has_chart]
        assert len(drawn) == len(slide.get("charts", []))
        charts += len(drawn)
        for shape, asked in zip(drawn, slide.get("charts", []), strict=True):
            assert described(shape) == slide["alt"] != ""
            (plot,) = shape.chart.plots
            assert list(plot.categories) == asked["categories"]
            assert [series.name for series in plot.series] == [series["name"] for series in asked["series"]]
            for series, told in zip(plot.series, asked["series"], strict=True):
                # The nearest double to the exact figure, and a gap where there is none.
                assert list(series.values) == [None if value is None else float(Decimal(value)) for value in told["values"]]
        for shape in page.shapes:
            if shape.has_table:
                assert described(shape) == slide["alt"] != ""
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                assert rows[0] == [column["text"] for column in slide["table"]["columns"]]
                assert rows[1:] == [[cell["text"] for cell in row] for row in slide["table"]["rows"]]
        if slide["notes"]:
            assert page.notes_slide.notes_text_frame.text == "\n".join(slide["notes"])
    assert charts >= 5


def test_nothing_lies_outside_its_page(deck: mos.Deck) -> None:
    presentation = opened(deck.to_pptx())
    for page in presentation.slides:
        for shape in page.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_the_same_deck_gives_the_same_bytes(deck: mos.Deck, tmp_path: Path) -> None:
    path = tmp_path / "review.pptx"
    file = deck.to_pptx(path)
    assert path.read_bytes() == file == deck.to_pptx()
    assert str(opened(file).core_properties.modified.date()) == deck["as_of"]


def test_hostile_names_stand_there_literally() -> None:
    system = mos.System.build(
        {
            "name": HOSTILE,
            "people": {"ana": HOSTILE},
            "operator": "ana",
            "sources": {"leads": {"date": "created", "dimensions": ["channel"], "rows": "events", "recorded_from": "2025-01-01", "recorded_until": "as_of"}},
            "kpis": {"leads": {"name": HOSTILE, "unit": "count", "direction": "higher", "owner": "ana", "count": "leads"}},
            "plan": {"targets": {"leads": {"from": "2025-01", "to": "2026-12", "value": 9}}},
        }
    )
    rows = [{"created": f"202{year}-{month:02}-05", "channel": HOSTILE} for year in (5, 6) for month in range(1, 7)]
    deck = system.snapshot({"leads": rows}, "2026-06-30").deck("monthly")
    file = deck.to_pptx()
    # What XML cannot hold is replaced, all else is as it was written.
    name = HOSTILE.replace("\x0b", "\ufffd")
    texts = [shape.text_frame.text for page in opened(file).slides for shape in page.shapes if shape.has_text_frame]
    assert any(name in text for text in texts)
    assert not any("\x0b" in text for text in texts)
    links = [run.hyperlink.address for page in opened(file).slides for shape in page.shapes if shape.has_text_frame
             for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
    assert set(links) == {None}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LEFT OUT: LibreOffice is not installed, so no slide was rendered")
@pytest.mark.parametrize("cadence", ["weekly", "monthly"])
def test_an_office_suite_shows_every_slide(kestrel: mos.Snapshot, cadence: str, tmp_path: Path) -> None:
    deck = kestrel.deck(cadence)
    path = tmp_path / "deck.pptx"
    deck.to_pptx(path)
    # A profile of its own: another one that is open would take the file over.
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)})
    paper = (tmp_path / "deck.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(deck.to_slides()["slides"])


def test_without_the_extra_it_says_what_to_install(snapshot: mos.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pptx", None)
    with pytest.raises(ImportError, match=r"pip install 'marketingos\[slides\]'"):
        snapshot.deck().to_pptx()

"""A deck of slides as a PowerPoint file, with charts that can be edited.

What stands on a slide, which figures a chart shows and how they are written comes from the
core; here it is put into shapes. The colours are IBCS's: actual solid dark, prior year solid
lighter, plan outlined, forecast hatched; green and red only for impact, and never alone.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_Slide = Mapping[str, Any]

_INK, _GREY, _LIGHT, _PAPER = "262626", "767676", "B0B0B0", "FFFFFF"
_GOOD, _BAD = "1B7837", "B2182B"
# Role of a series, or of one of its points: fill, outline, and whether it is hatched.
_FILLS: dict[str, tuple[str | None, str | None, bool]] = {
    "actual": (_INK, None, False),
    "prior_year": (_LIGHT, None, False),
    "plan": (_PAPER, _INK, False),
    "forecast": (_INK, _INK, True),
    "total": (_INK, None, False),
    "base": (None, None, False),
    "favourable": (_GOOD, None, False),
    "adverse": (_BAD, None, False),
    "neutral": (_GREY, None, False),
}
# Role of a line: colour, width in points, dash.
_LINES: dict[str, tuple[str, float, str | None]] = {
    "actual": (_INK, 2.25, None),
    "centre": (_GREY, 1.0, None),
    "limit": (_GREY, 1.0, "DASH"),
    "plan": (_INK, 1.25, "ROUND_DOT"),
    "prior_year": (_LIGHT, 1.75, None),
    "forecast": (_INK, 1.5, "SQUARE_DOT"),
}
_TONES = {"good": _GOOD, "bad": _BAD, "muted": _GREY}

# All in inches, on a page of 13.333 by 7.5.
_LEFT, _WIDTH, _TOP, _HEIGHT = 0.6, 12.13, 1.75, 4.95


def pptx(deck: Mapping[str, Any]) -> bytes:
    """The file of a deck; the same deck gives the same bytes with the same python-pptx."""
    try:
        from pptx import Presentation
        from pptx.util import Inches
    except ImportError as missing:
        raise ImportError("slides need python-pptx: pip install 'marketingos[slides]'") from missing
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    properties = presentation.core_properties
    properties.title, properties.author = _plain(deck["title"]), _plain(deck["system"])
    for number, slide in enumerate(deck["slides"], start=1):
        _add(presentation, deck, slide, number)
    file = io.BytesIO()
    presentation.save(file)
    return _dated(file.getvalue(), deck["as_of"])


def _add(presentation: Any, deck: Mapping[str, Any], slide: _Slide, number: int) -> None:
    # "Title only": the title stays a title for outlines and screen readers.
    page = presentation.slides.add_slide(presentation.slide_layouts[5])
    cover = slide["layout"] == "cover"
    _place(page.shapes.title, _LEFT, 2.4 if cover else 0.4, _WIDTH, 1.1 if cover else 0.85)
    size = 36 if cover else 24 if len(slide["title"]) <= 70 else 19
    _write(page.shapes.title.text_frame, [slide["title"]], size=size, bold=True, anchor="BOTTOM")
    if slide["subtitle"]:
        box = _box(page, _LEFT, 3.55 if cover else 1.25, _WIDTH, 0.45)
        _write(box.text_frame, [slide["subtitle"]], size=20 if cover else 14, colour=_GREY)
    body: dict[str, Callable[[Any, _Slide], None]] = {"points": _points, "table": _table, "charts": _charts, "cover": _lines}
    body[slide["layout"]](page, slide)
    if not cover:
        box = _box(page, _LEFT, 6.95, _WIDTH, 0.35)
        _write(box.text_frame, [f"{deck['footer']}  ·  {number}"], size=10, colour=_GREY)
    if slide["notes"]:
        page.notes_slide.notes_text_frame.text = "\n".join(map(_plain, slide["notes"]))


def _lines(page: Any, slide: _Slide) -> None:
    _write(_box(page, _LEFT, 4.2, _WIDTH, 2.0).text_frame, slide["lines"], size=16)


def _points(page: Any, slide: _Slide) -> None:
    from pptx.util import Pt

    frame = _box(page, _LEFT, _TOP, _WIDTH, _HEIGHT).text_frame
    frame.word_wrap = True
    size = 16 if len(slide["points"]) <= 6 else 13
    for index, point in enumerate(slide["points"]):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        if point["about"]:
            _run(paragraph, f"{point['about']}: ", size, bold=True)
        _run(paragraph, point["text"], size)


def _table(page: Any, slide: _Slide) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches

    columns, rows = slide["table"]["columns"], slide["table"]["rows"]
    height = min(0.36 * (len(rows) + 1), _HEIGHT)
    inches = [Inches(value) for value in (_LEFT, _TOP, _WIDTH, height)]
    frame = page.shapes.add_table(len(rows) + 1, len(columns), *inches)
    _describe(frame, slide["alt"])
    table = frame.table
    table.horz_banding = False
    parts = [column["width"] for column in columns]
    for index, part in enumerate(parts):
        table.columns[index].width = int(Inches(_WIDTH) * part / sum(parts))
    size = 12 if len(rows) <= 9 else 10
    head = [{"text": column["text"], "tone": "plain"} for column in columns]
    for row, cells in enumerate([head, *rows]):
        for index, cell in enumerate(cells):
            place = table.cell(row, index)
            place.vertical_anchor = MSO_ANCHOR.MIDDLE
            place.margin_top = place.margin_bottom = Inches(0.03)
            place.fill.solid()
            place.fill.fore_color.rgb = _rgb("E6E6E6" if row == 0 else _PAPER)
            _write(place.text_frame, [cell["text"]], size=size, bold=row == 0, colour=_TONES.get(cell["tone"], _INK))
            if columns[index]["figure"]:
                place.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _charts(page: Any, slide: _Slide) -> None:
    # Side by side, each as wide as it has categories.
    charts = slide["charts"]
    parts = [len(chart["categories"]) + 3 for chart in charts]
    left = _LEFT
    for chart, part in zip(charts, parts, strict=True):
        width = _WIDTH * part / sum(parts)
        _chart(page, chart, slide["alt"], left, width)
        left += width
    if not charts:
        _write(_box(page, _LEFT, _TOP, _WIDTH, 2.0).text_frame, [slide["alt"]], size=16)


def _chart(page: Any, drawn: Mapping[str, Any], alt: str, left: float, width: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Inches, Pt

    data = CategoryChartData(number_format=drawn["format"])
    data.categories = [_plain(category) for category in drawn["categories"]]
    for series in drawn["series"]:
        data.add_series(_plain(series["name"]), [None if value is None else float(value) for value in series["values"]])
    forms = {
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.COLUMN_STACKED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }
    form = drawn["form"]
    frame = page.shapes.add_chart(forms[form], *[Inches(value) for value in (left, _TOP, width, _HEIGHT)], data)
    _describe(frame, alt)
    chart = frame.chart
    chart.font.size = Pt(12)
    chart.has_title = bool(drawn["title"])
    if chart.has_title:
        _write(chart.chart_title.text_frame, [drawn["title"]], size=12, bold=True)
        chart.chart_title.include_in_layout = False
    named = [series for series in drawn["series"] if series["role"] not in ("base", "favourable", "adverse", "neutral", "total")]
    chart.has_legend = len(named) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.value_axis.has_major_gridlines = False
    # Lengths of bars are compared, so bars begin at zero; the axis of lines is the core's.
    for end, value in zip(("minimum_scale", "maximum_scale"), drawn["axis"], strict=True):
        if value is not None:
            setattr(chart.value_axis, end, float(value))
    chart.value_axis.visible = form == "lines"
    chart.value_axis.tick_labels.number_format = drawn["format"]
    chart.value_axis.tick_labels.number_format_is_linked = False
    # Names of categories stand below negative bars, not on them.
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = _rgb(_GREY)
    plot = chart.plots[0]
    if form == "stacked":
        plot.gap_width, plot.overlap = 40, 100
    elif form != "lines":
        plot.gap_width, plot.overlap = 60, 0
    if form == "bars":
        chart.category_axis.reverse_order = True
    for drawing, series in zip(plot.series, drawn["series"], strict=True):
        if form == "lines":
            _line(drawing, series)
        else:
            _fill(drawing.format, series["role"])
            drawing.invert_if_negative = False
        _mark(drawing, series, form)


def _line(drawing: Any, series: Mapping[str, Any]) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    colour, width, dash = _LINES[series["role"]]
    drawing.smooth = False
    drawing.format.line.color.rgb, drawing.format.line.width = _rgb(colour), Pt(width)
    if dash is not None:
        drawing.format.line.dash_style = MSO_LINE_DASH_STYLE[dash]
    drawing.marker.style = XL_MARKER_STYLE.CIRCLE if series["role"] == "actual" else XL_MARKER_STYLE.NONE
    if series["role"] == "actual":
        drawing.marker.size = 5
        _fill(drawing.marker.format, "actual")


def _mark(drawing: Any, series: Mapping[str, Any], form: str) -> None:
    """Points that differ from their series, and the texts beside points."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.util import Pt

    for mark in series["marks"]:
        point = drawing.points[mark["at"]]
        if form == "lines":
            # A signal has another shape, not only another colour.
            point.marker.style, point.marker.size = XL_MARKER_STYLE.DIAMOND, 11
            _fill(point.marker.format, mark["role"])
        else:
            _fill(point.format, mark["role"])
    for at, text in enumerate(series["labels"]):
        if text is not None:
            label = drawing.points[at].data_label
            label.has_text_frame = True
            # Inside a bar the text stands on its colour.
            _write(label.text_frame, [text], size=11, colour=_PAPER if form == "stacked" else _INK)
            if form == "columns":
                label.position = XL_LABEL_POSITION.OUTSIDE_END
            elif form == "lines":
                label.position = XL_LABEL_POSITION.ABOVE
            label.font.size = Pt(11)


def _fill(shape: Any, role: str) -> None:
    from pptx.enum.dml import MSO_PATTERN_TYPE
    from pptx.util import Pt

    fill, outline, hatched = _FILLS[role]
    if fill is None:
        shape.fill.background()
    elif hatched:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = _rgb(fill), _rgb(_PAPER)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
    if outline is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb, shape.line.width = _rgb(outline), Pt(1.25)


def _box(page: Any, left: float, top: float, width: float, height: float) -> Any:
    from pptx.util import Inches

    return page.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in (left, top, width, height))


def _write(frame: Any, lines: Sequence[str], *, size: int, colour: str = _INK, bold: bool = False, anchor: str | None = None) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = getattr(MSO_ANCHOR, anchor)
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        _run(paragraph, line, size, colour=colour, bold=bold)


def _run(paragraph: Any, text: str, size: int, *, colour: str = _INK, bold: bool = False) -> None:
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = _plain(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _rgb(colour)


def _describe(frame: Any, text: str) -> None:
    """What a screen reader says of a chart or table."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _plain(text))


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)


def _plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def _dated(file: bytes, day: str) -> bytes:
    """The file with the day of the deck in place of the time at which it was made, workbooks inside it too."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = _dated(part, day)
            elif entry.filename == "docProps/core.xml":
                made = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                part = re.sub(made, rb"\g<1>" + f"{day}T00:00:00Z".encode(), part)
            dated = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, part)
    return written.getvalue()

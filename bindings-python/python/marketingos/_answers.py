"""Answers: what a snapshot says, as ordinary dicts and lists that remember their exact text.

An answer is data. It may be changed like any dict or list, which changes neither the
snapshot nor what :meth:`Answer.to_json` gives; copying or pickling it gives a plain dict or
list.
"""

import html
import json
import os
import reprlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ._errors import MarketingOSError

_FRAME = "width: 100%; height: 40em; border: 0"

_SHORT = reprlib.Repr()
_SHORT.maxlevel = 1
_SHORT.maxdict = 3
_SHORT.maxlist = 2
_SHORT.maxstring = _SHORT.maxother = 24

# What asks again for the same, in the form that is added to the request.
_WrittenAs: TypeAlias = Callable[[Mapping[str, Any]], str]


class Answer(dict[str, Any]):
    """An answer that is a JSON object.

    >>> answer = snapshot.ask({"ask": "snapshot"})
    >>> answer["as_of"]
    '2026-01-31'
    >>> answer.to_json().startswith('{"system":"Small firm"')
    True
    """

    def __init__(self, text: str, /) -> None:
        super().__init__(json.loads(text))
        self._text = text

    def to_json(self) -> str:
        """The exact text of the answer, byte for byte the same in every host."""
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_SHORT.repr(dict(self))})"

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class Answers(list[Any]):
    """An answer that is a JSON array.

    >>> january = snapshot.series("leads")[0]
    >>> january["is"], january["value"]
    ('value', '2')
    """

    def __init__(self, text: str, /) -> None:
        super().__init__(json.loads(text))
        self._text = text

    def to_json(self) -> str:
        """The exact text of the answer, byte for byte the same in every host."""
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_SHORT.repr(list(self))})"

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        return list, (list(self),)


class Table(Answers):
    """An answer that is a JSON array, and can also be had as a file of rows.

    >>> snapshot.series("leads").to_csv().splitlines()[1]
    '2026-01,2026-01-01,2026-01-31,2,,31,31,2,'
    """

    def __init__(self, text: str, written_as: _WrittenAs, /) -> None:
        super().__init__(text)
        self._written_as = written_as

    def to_csv(self) -> str:
        """As CSV for a spreadsheet: a row for each item."""
        return self._written_as({"as": "csv"})


class Document(Answer):
    """An answer that people read or look at, so that it can also be had written out or drawn.

    The forms are drawn from the same snapshot when they are asked for; a form that the
    document does not come in is a :class:`MarketingOSError`, which says in which it does.
    Notebooks show the document.

    >>> print(snapshot.scorecard().to_csv().splitlines()[0][:27])
    kpi,name,unit,owner,period,
    >>> snapshot.agenda().to_csv()
    Traceback (most recent call last):
    ...
    marketingos.MarketingOSError: [MOS-Q001] an agenda cannot be written as `csv`; use `text` or `markdown` or `html`, or leave `as` out
    """

    def __init__(self, text: str, written_as: _WrittenAs, /) -> None:
        super().__init__(text)
        self._written_as = written_as

    def to_text(self, width: int | None = None, colour: bool | None = None) -> str:
        """As plain text for a terminal or a message, in lines of at most so many characters.

        >>> print(snapshot.rhythm().to_text(width=60).splitlines()[0])
        What is due
        """
        return self._written_as(_form("text", width=width, colour=colour))

    def to_markdown(self) -> str:
        """As Markdown."""
        return self._written_as(_form("markdown"))

    def to_html(self) -> str:
        """As an HTML page of its own."""
        return self._written_as(_form("html"))

    def to_csv(self) -> str:
        """As CSV for a spreadsheet."""
        return self._written_as(_form("csv"))

    def to_svg(self, width: int | None = None, style: bool | None = None) -> str:
        """As a chart, so many pixels wide; without its ``style`` where the page has one for all.

        >>> snapshot.chart("leads").to_svg(width=480)[:54]
        '<svg xmlns="http://www.w3.org/2000/svg" class="mos" vi'
        """
        return self._written_as(_form("svg", width=width, style=style))

    def to_vega_lite(self) -> dict[str, Any]:
        """As the Vega-Lite specification of a chart, with its data.

        >>> snapshot.chart("leads").to_vega_lite()["$schema"]
        'https://vega.github.io/schema/vega-lite/v6.json'
        """
        return dict(json.loads(self._written_as(_form("vega_lite"))))

    def to_icalendar(self) -> str:
        """As a file of dates that calendars take in.

        >>> snapshot.rhythm("2026-02-28").to_icalendar().splitlines()[0]
        'BEGIN:VCALENDAR'
        """
        return self._written_as(_form("icalendar"))

    def to_yaml(self) -> str:
        """As YAML to write on in a file of one's own."""
        return self._written_as(_form("yaml"))

    def _repr_markdown_(self) -> str | None:
        return self._shown(self.to_markdown)

    def _repr_svg_(self) -> str | None:
        return self._shown(self.to_svg)

    def _repr_html_(self) -> str | None:
        page = self._shown(self.to_html)
        # A page has styles of its own, which must not spill over into the notebook.
        return page and f'<iframe sandbox srcdoc="{html.escape(page)}" style="{_FRAME}"></iframe>'

    @staticmethod
    def _shown(form: Callable[[], str]) -> str | None:
        # Not every document comes in every form, and a notebook takes the best that there is.
        try:
            return form()
        except MarketingOSError:
            return None


class Deck(Document):
    """The slides for a review, as a page and as a PowerPoint file.

    >>> deck = snapshot.deck()
    >>> [slide["is"] for slide in deck["slides"]][:2]
    ['cover', 'points']
    """

    def to_slides(self) -> dict[str, Any]:
        """What stands on each slide, for a program that writes a file of its own.

        >>> snapshot.deck().to_slides()["slides"][0]["layout"]
        'cover'
        """
        return dict(json.loads(self._written_as(_form("slides"))))

    def to_pptx(self, path: str | os.PathLike[str] | None = None) -> bytes:
        """As a PowerPoint file, with charts that can be edited; written to the path, if there is one.

        This needs python-pptx: ``pip install 'marketingos[slides]'``. The same deck gives the same bytes.

        >>> snapshot.deck().to_pptx()[:2]
        b'PK'
        """
        from ._slides import pptx

        return kept(pptx(self.to_slides()), path)


def kept(file: bytes, path: str | os.PathLike[str] | None) -> bytes:
    """The bytes of a file, which are written to the path if there is one."""
    if path is not None:
        # A number would be taken for an open file.
        with open(os.fspath(path), "wb") as written:
            written.write(file)
    return file


def _form(form: str, **style: int | bool | None) -> dict[str, Any]:
    # What is not chosen is left to the core.
    chosen = {name: choice for name, choice in style.items() if choice is not None}
    return {"as": form} | ({form: chosen} if chosen else {})

"""Answers: what a snapshot says, as ordinary dicts and lists that remember their exact text.

An answer is data. It may be changed like any dict or list, which changes neither the
snapshot nor what :meth:`Answer.to_json` gives; copying or pickling it gives a plain dict or
list.
"""

import html
import json
import reprlib
from collections.abc import Callable
from typing import Any

from ._errors import MarketingOSError

_FRAME = "width: 100%; height: 40em; border: 0"

_SHORT = reprlib.Repr()
_SHORT.maxlevel = 1
_SHORT.maxdict = 3
_SHORT.maxlist = 2
_SHORT.maxstring = _SHORT.maxother = 24


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


class Document(Answer):
    """An answer that people read, so that it can also be had written out.

    The forms are drawn from the same snapshot when they are asked for; a form that the
    document does not come in is a :class:`MarketingOSError`. Notebooks show the document.

    >>> print(snapshot.scorecard().to_csv().splitlines()[0][:27])
    kpi,name,unit,owner,period,
    """

    def __init__(self, text: str, written_as: Callable[[str], str], /) -> None:
        super().__init__(text)
        self._written_as = written_as

    def to_text(self) -> str:
        """As plain text for a terminal or a message."""
        return self._written_as("text")

    def to_markdown(self) -> str:
        """As Markdown."""
        return self._written_as("markdown")

    def to_html(self) -> str:
        """As an HTML page of its own."""
        return self._written_as("html")

    def to_csv(self) -> str:
        """As CSV for a spreadsheet."""
        return self._written_as("csv")

    def _repr_markdown_(self) -> str | None:
        return self._shown(self.to_markdown)

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

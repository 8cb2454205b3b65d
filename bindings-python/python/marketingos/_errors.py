"""Findings, and the exceptions that carry them."""

import json
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a text something stands; lines and columns start at 1."""

    __module__ = "marketingos"

    file: str
    line: int
    column: int
    #: The path in the model, such as ``kpis.cac.owner``; empty for the text as a whole.
    path: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth knowing, about an input.

    >>> system = mos.System.parse(SMALL_FIRM)
    >>> facts = system.facts({"leads": "created,channel\\n2026-01-05,paid\\nsoon,paid\\n"})
    >>> facts.findings[0].code, facts.findings[0].severity, facts.findings[0].place.line
    ('MOS-F005', 'warning', 3)
    """

    __module__ = "marketingos"

    #: The stable code, such as ``MOS-M006``.
    code: str
    #: ``error``, ``warning`` or ``note``.
    severity: str
    place: Place
    message: str
    #: How to mend it; may be empty.
    help: str

    def __str__(self) -> str:
        text = f"{self.place}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}; {self.help}" if self.help else text

    @classmethod
    def _of(cls, data: dict[str, Any]) -> Self:
        place = data["place"]
        return cls(
            code=data["code"],
            severity=data["severity"],
            place=Place(place["file"], place["line"], place["column"], place["path"]),
            message=data["message"],
            help=data["help"],
        )


def findings_of(data: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """The findings in parsed JSON."""
    return tuple(map(Finding._of, data))


class MarketingOSError(ValueError):
    """Why a call could not be answered; the base of all exceptions of this package.

    >>> try:
    ...     mos.System.parse("marketingos: 1")
    ... except mos.MarketingOSError as error:
    ...     print(error.code, error.place, error.findings[0].code)
    MOS-Q006 system.yaml:1:1 MOS-M002
    """

    __module__ = "marketingos"

    #: The stable code, such as ``MOS-Q006``.
    code: str
    message: str
    #: How to mend it; may be empty.
    help: str
    #: Everything that was found, errors first.
    findings: tuple[Finding, ...]

    def __init__(self, text: str, /) -> None:
        # The JSON is the only argument, so that pickling and copying need nothing special.
        super().__init__(text)
        data = json.loads(text)
        self.code = data["code"]
        self.message = data["message"]
        self.help = data["help"]
        self.findings = findings_of(data["findings"])

    @property
    def place(self) -> Place | None:
        """The place of the first finding; ``None`` when the input has no places."""
        return self.findings[0].place if self.findings else None

    def to_json(self) -> str:
        """The exact JSON of the error."""
        text: str = self.args[0]
        return text

    def __str__(self) -> str:
        first = f"[{self.code}] {self.message}"
        if self.findings:
            return "\n  ".join([first, *map(str, self.findings)])
        return f"{first}; {self.help}" if self.help else first

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}: {self.message}>"


class UnknownNameError(MarketingOSError, KeyError):
    """A question about a figure or dimension that the system does not have.

    >>> try:
    ...     snapshot.series("lead")
    ... except KeyError as error:
    ...     print(error)
    [MOS-Q002] there is no figure `lead`; did you mean `leads`?
    """

    __module__ = "marketingos"


_UNKNOWN_NAMES = frozenset({"MOS-Q002", "MOS-Q004"})


def error_of(text: str) -> MarketingOSError:
    """The exception for the JSON of an error; the compiled module calls this."""
    known = json.loads(text)["code"] not in _UNKNOWN_NAMES
    return MarketingOSError(text) if known else UnknownNameError(text)

"""Texts and requests on their way into the core: read from files, encoded, named.

Reading files is done here, on the host's side; the core itself does no I/O.
"""

import datetime
import json
import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from . import _marketingos
from ._rows import written

Path: TypeAlias = os.PathLike[str]
Bytes: TypeAlias = bytes | bytearray
Texts: TypeAlias = str | Bytes | Path | Mapping[str, str | Bytes | Path]
Table: TypeAlias = str | Bytes | Path | Iterable[Mapping[str, Any]]


def family(paths: Iterable[str | Path]) -> list[tuple[str, Bytes]]:
    # The core knows which texts are missing, and keeps their names within the folder of the first.
    texts: list[tuple[str, Bytes]] = [(pathlib.Path(path).as_posix(), bytes_of(path)) for path in paths]
    while needed := json.loads(_marketingos.needs([(plain(name), text) for name, text in texts])):
        found = [name for name in needed if os.path.isfile(name)]
        texts.extend((name, bytes_of(name)) for name in found)
        if len(found) < len(needed):
            # The core says which one is missing, and where it is named.
            break
    return texts


def named_texts(texts: str | Path | Mapping[str, str | Path], name: str) -> list[dict[str, str]]:
    if isinstance(texts, Mapping):
        parts = texts
    elif isinstance(texts, str):
        parts = {name: texts}
    else:
        return [{"name": plain(name), "text": decoded(text)} for name, text in family([texts])]
    return [{"name": plain(name), "text": text_in(part)} for name, part in parts.items()]


def named_parts(parts: Texts, name: str) -> list[tuple[str, Bytes]]:
    if isinstance(parts, os.PathLike):
        parts = {os.fspath(parts): parts}
    elif not isinstance(parts, Mapping):
        parts = {name: parts}
    return [(plain(name), content(part)) for name, part in parts.items()]


def request_json(request: Mapping[str, Any]) -> str:
    # Written as other hosts write it, so that errors point at the same column.
    return json.dumps(dict(request), ensure_ascii=False, separators=(",", ":"))


def names(names: Iterable[str]) -> list[str]:
    # A single name is no list of names, although Python would take it letter by letter.
    return [names] if isinstance(names, str) else list(names)


def given(**choices: Any) -> dict[str, Any]:
    # What is not chosen is left to the core.
    return {name: choice for name, choice in choices.items() if choice is not None}


def encoded(text: str | Bytes) -> Bytes:
    # A lone surrogate becomes bytes that are not UTF-8, which the core reports with its place.
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def bytes_of(path: str | Path) -> bytes:
    # A number would be taken for an open file.
    with open(os.fspath(path), "rb") as file:
        return file.read()


def content(table: Table) -> Bytes:
    if isinstance(table, (str, bytes, bytearray)):
        return encoded(table)
    return bytes_of(table) if isinstance(table, os.PathLike) else written(table)


def text_in(part: str | Path) -> str:
    # Bytes that are not UTF-8 become lone surrogates, which the core refuses to read.
    return part if isinstance(part, str) else decoded(bytes_of(part))


def decoded(text: Bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def plain(text: str) -> str:
    # Lone surrogates cannot cross; written as escapes they can be shown in a message.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def iso_day(day: str | datetime.date) -> str:
    return plain(day.isoformat() if isinstance(day, datetime.date) else day)


def short(name: str) -> str:
    return repr(name if len(name) <= 40 else f"{name[:39]}…")

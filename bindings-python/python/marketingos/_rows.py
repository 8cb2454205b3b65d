"""Rows of Python values as JSON text, one row a line; what they mean is the core's business."""

import datetime
import json
import math
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any


def is_json(table: object) -> bool:
    """Whether a table comes as JSON: rows, or the path of a file of them."""
    if isinstance(table, os.PathLike):
        return str(os.fspath(table)).endswith((".json", ".jsonl", ".ndjson"))
    return not isinstance(table, (str, bytes, bytearray))


def written(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows as a JSON array."""
    return ("[" + ",\n".join(map(_row, rows)) + "]").encode("utf-8", "surrogateescape")


def _row(row: object) -> str:
    if not isinstance(row, Mapping):
        # What is no row is counted and told by the core.
        return _value(row)
    members = (f"{json.dumps(str(name), ensure_ascii=False)}:{_value(value)}" for name, value in row.items())
    return "{" + ",".join(members) + "}"


def _value(value: object) -> str:
    match value:
        case Decimal():
            # Its digits, not those of a double.
            return str(value) if value.is_finite() else f'"{value}"'
        case float() if not math.isfinite(value):
            return f'"{value}"'
        case datetime.date():
            return f'"{value.isoformat()}"'
        case _:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""A system of Python's own mappings, lists and values as JSON text; what it means is the core's business."""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal


def text_of(system: Mapping[str, object]) -> bytes:
    """The JSON, which starts with the version."""
    if not isinstance(system, Mapping):
        raise TypeError(f"a system is a mapping of keys to values, not {type(system).__name__}")
    return json.dumps(_plain({"marketingos": 1, **system}, "")).encode()


def json_of(value: object) -> str:
    """The JSON of a value."""
    return json.dumps(_plain(value, "value"))


def _plain(value: object, path: str) -> object:
    match value:
        case None | str() | bool() | int():
            return value
        case float() | Decimal():
            # Text, so that no reader on the way makes a double of it. What is no plain decimal the core tells.
            return format(value, "f") if isinstance(value, Decimal) else repr(value)
        case datetime.date() if not isinstance(value, datetime.datetime):
            return value.isoformat()
        case Mapping():
            return {_key(key, path): _plain(part, f"{path}.{key}") for key, part in value.items()}
        case list() | tuple():
            return [_plain(part, f"{path}[{index}]") for index, part in enumerate(value)]
    raise TypeError(f"{path.lstrip('.')}: a {type(value).__name__} is no part of the format")


def _key(key: object, path: str) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"{path.lstrip('.') or 'the system'}: a key is a text, not {type(key).__name__}")

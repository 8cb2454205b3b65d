"""Writes `python/marketingos/written.py`, the types of a system written in code, from the JSON Schema.

    python bindings-python/write_types.py            writes it
    python bindings-python/write_types.py --check    fails when it would be written differently
"""

import json
import keyword
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "core" / "schema" / "system.schema.json"
WRITTEN = HERE / "python" / "marketingos" / "written.py"

HEAD = '''"""The types of a system that is written in code, for :meth:`marketingos.System.build`.

They mirror the written format key for key; what they accept may still have mistakes that only
reading finds. Written by `write_types.py` from the JSON Schema.
"""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, Required, TypeAlias, TypedDict

Text: TypeAlias = str | int | float | Decimal | bool
'''

# Texts of a form, and what else says the same in Python.
FORMS = {
    "Day": "str | datetime.date",
    "Number": "str | int | float | Decimal",
    "Given": "str | int | float | Decimal",
    "Period": "str | int",
    "YesNo": 'bool | Literal["yes", "no", "true", "false"]',
}
KINDS = {"string": "str", "integer": "int", "number": "int | float | Decimal", "boolean": "bool", "null": "None"}


def expression(schema: Schema) -> str:
    """The type of what a schema allows."""
    return " | ".join(dict.fromkeys(choices(schema)))


def choices(schema: Schema) -> Iterator[str]:
    if "$ref" in schema:
        yield schema["$ref"].rsplit("/", 1)[1]
    elif "enum" in schema:
        yield f"Literal[{', '.join(literal(word) for word in schema['enum'])}]"
    elif "oneOf" in schema:
        yield f"Literal[{', '.join(literal(choice['const']) for choice in schema['oneOf'])}]"
    elif "additionalProperties" in schema:
        if schema["additionalProperties"]:
            yield f"Mapping[str, {expression(schema['additionalProperties'])}]"
        else:
            # A mapping so small that it has no name.
            ((key, value),) = schema["properties"].items()
            yield f"Mapping[Literal[{literal(key)}], {expression(value)}]"
        if "null" in schema["type"]:
            yield "None"
    elif "anyOf" in schema:
        for choice in schema["anyOf"]:
            yield from choices(choice)
    elif schema["type"] == "array":
        yield f"Sequence[{expression(schema['items'])}]"
    elif isinstance(schema["type"], list):
        yield "Text" if "boolean" in schema["type"] else " | ".join(KINDS[kind] for kind in schema["type"] if kind != "null")
        if "null" in schema["type"]:
            yield "None"
    else:
        yield KINDS[schema["type"]]


def literal(word: str | int) -> str:
    return json.dumps(word)


def members(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """The keys of a mapping: name, type, what it is."""
    required = schema.get("required", [])
    for key, value in schema["properties"].items():
        kind = expression({name: part for name, part in value.items() if name != "description"})
        about = value.get("description", "")
        yield key, f"Required[{kind}]" if key in required else kind, about


def typed_dict(name: str, schema: Schema, about: str) -> str:
    keys = list(members(schema))
    if not any(keyword.iskeyword(key) for key, _, _ in keys):
        lines = [f"class {name}(TypedDict, total=False):", f'    """{about}"""']
        for key, kind, what in keys:
            lines += ["", f"    {key}: {kind!r}", f'    """{what}"""']
        return "\n".join(lines) + "\n"
    lines = [f"# {about}", f"{name} = TypedDict(", f'    "{name}",', "    {"]
    for key, kind, what in keys:
        lines += [f"        # {what}", f"        {literal(key)}: {kind!r},"]
    return "\n".join([*lines, "    },", "    total=False,", ")"]) + "\n"


def definition(name: str, schema: Schema) -> str:
    """A type for a definition of the schema; a mapping for which something shorter may stand has two."""
    about = schema.get("description", "").replace("\\", "\\\\")
    if name in FORMS:
        return f'{name}: TypeAlias = {FORMS[name]}\n"""{about}"""\n'
    if schema.get("additionalProperties") is False:
        return typed_dict(name, schema, about)
    full = [choice for choice in schema.get("anyOf", []) if choice.get("additionalProperties") is False and len(choice["properties"]) > 1]
    if not full:
        return f'{name}: TypeAlias = {expression(schema)!r}\n"""{about}"""\n'
    rest = [part for choice in schema["anyOf"] if choice not in full for part in choices(choice)]
    alias = " | ".join([*dict.fromkeys(rest), f"{name}InFull"])
    return typed_dict(f"{name}InFull", full[0], about) + f"\n\n{name}: TypeAlias = {alias!r}\n"


def written() -> str:
    """The whole module."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = [definition(name, part) for name, part in schema["$defs"].items()]
    parts.append(definition("System", {**schema, "required": []}))
    return "\n\n".join([HEAD, *parts])


if __name__ == "__main__":
    if "--check" not in sys.argv:
        WRITTEN.write_text(written(), encoding="utf-8")
    elif WRITTEN.read_text(encoding="utf-8") != written():
        sys.exit(f"{WRITTEN} has drifted: run {Path(__file__).name}")

"""Changing one value of a written text, with every comment and all layout left as they are.

What comes out is read again and must say the same but for that value; what cannot be changed so
is a :class:`marketingos.MarketingOSError`, never a guess. Paths are those of findings.
"""

from . import _marketingos
from ._build import json_of

__all__ = ["remove", "set"]


def set(text: str, path: str, value: object) -> str:
    """The text, YAML or JSON, with a value in place of the one at a path.

    A key that is not there is added at the end of its mapping. Values are those of
    :meth:`marketingos.System.build`: texts, numbers, dates, lists and mappings.

    >>> text = "channels: # where we speak\\n  newsletter: { kind: owned, owner: ana } # since 2024\\n"
    >>> print(mos.edit.set(text, "channels.newsletter.owner", "ben"), end="")
    channels: # where we speak
      newsletter: { kind: owned, owner: ben } # since 2024
    >>> print(mos.edit.set("plan:\\n  name: Plan 2026 # agreed\\n", "plan.targets.leads", {"period": "2026-01", "value": 3}), end="")
    plan:
      name: Plan 2026 # agreed
      targets: { leads: { period: 2026-01, value: 3 } }
    """
    return _marketingos.set(text, path, json_of(value))


def remove(text: str, path: str) -> str:
    """The text without the key or item at a path, the comment beside it included.

    >>> mos.edit.remove("people:\\n  ana: Ana # the founder\\n  ben: Ben\\n", "people.ana")
    'people:\\n  ben: Ben\\n'
    """
    return _marketingos.remove(text, path)

"""The compiled half of the package: handles that take texts and give JSON."""

from collections.abc import Sequence
from typing import Final, Self, final

__all__ = ["Facts", "Snapshot", "System", "__version__", "library"]

__version__: Final[str]

def library() -> str: ...

@final
class System:
    def __new__(cls, sources: Sequence[tuple[str, bytes | bytearray]]) -> Self: ...
    def findings(self) -> str: ...
    def describe(self) -> str: ...
    def facts(
        self,
        csv: Sequence[tuple[str, bytes | bytearray]],
        json: Sequence[tuple[str, bytes | bytearray]],
    ) -> Facts: ...
    def snapshot(self, facts: Facts, as_of: str) -> Snapshot: ...

@final
class Facts:
    def loaded(self) -> str: ...

@final
class Snapshot:
    def ask(self, request: str) -> str: ...

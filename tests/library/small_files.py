"""What the tests of the library share."""

from pathlib import Path
from typing import Protocol

from engine.catalog.files import FileSeen
from engine.library.scan import Root, Scan
from engine.library.scope import Scope

LONG_AGO_S = 3600.0


class Put(Protocol):
    """Write a file, last modified `age_s` ago, and return its path."""

    def __call__(self, name: str | Path, content: bytes = b"photo", age_s: float = LONG_AGO_S) -> Path: ...


def whole_scan(root: Path, *seen: FileSeen) -> Scan:
    """Make up the scan that found these files."""
    return Scan(Root.FOUND, Scope(deep=frozenset({root})), is_whole=True, seen=seen)

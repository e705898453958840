"""Read the written requests."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def read_requests() -> Iterator[tuple[str, str, str]]:
    """Yield (kind, what is typed, the plan in words) of every request."""
    for path in sorted(HERE.glob("*.toml")):
        for typed, meant in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield path.stem, typed, meant

"""Measure where the time of a search goes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Add up seconds by stage."""

    def __init__(self) -> None:
        self.elapsed_s: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside to a stage."""
        start = time.perf_counter()
        yield
        self.elapsed_s[name] = self.elapsed_s.get(name, 0.0) + time.perf_counter() - start

"""A table of recall, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.recall import median_rank, recall_at

_HEADINGS = ("captions", "searched by", "queries", "R@1", "R@5", "R@10", "median rank")


@dataclass(frozen=True, slots=True)
class Row:
    """How often the right photo is among the first 1, 5 and 10, with these captions and these sources."""

    captions: str
    sources: str
    queries: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    median_rank: float

    @classmethod
    def of(cls, captions: str, sources: str, ranks: NDArray[np.int64]) -> "Row":
        """Sum up the ranks of the right photos, 1 = first."""
        first, five, ten = (recall_at(ranks, k) for k in (1, 5, 10))
        return cls(captions, sources, len(ranks), first, five, ten, median_rank(ranks))

    @classmethod
    def of_chance(cls, photos: int, queries: int) -> "Row":
        """Return what a blind draw among so many photos reaches."""
        first, five, ten = (min(k / photos, 1.0) for k in (1, 5, 10))
        return cls("–", "chance", queries, first, five, ten, (photos + 1) / 2)


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured, and what to know when reading it."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def to_text(self) -> str:
        """Return aligned columns."""
        cells = [_HEADINGS, *(_cells(row) for row in self.rows)]
        widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADINGS))]
        lines = ["  ".join(_aligned(line, widths)).rstrip() for line in cells]
        lines.insert(1, "  ".join("─" * width for width in widths))
        return "\n".join([self.title, *self.notes, "", *lines])

    def to_markdown(self) -> str:
        """Return a table as GitHub shows it."""
        cells = [_HEADINGS, ("---", "---", *["---:"] * 5), *(_cells(row) for row in self.rows)]
        lines = [f"| {' | '.join(line)} |" for line in cells]
        return "\n".join([f"**{self.title}**", "", *(f"{note}  " for note in self.notes), "", *lines])

    def to_json(self) -> str:
        """Return one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def _cells(row: Row) -> tuple[str, ...]:
    recalls = (f"{value:.3f}" for value in (row.recall_at_1, row.recall_at_5, row.recall_at_10))
    return (row.captions, row.sources, f"{row.queries:,}", *recalls, f"{row.median_rank:g}")


def _aligned(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Align words to the left and numbers to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]

"""A table of recall, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

import numpy as np

from engine.evaluation.bootstrap import Intervals, intervals_of
from engine.evaluation.ranks import Answer
from engine.learning.recall import median_rank, recall_at

EVERYTHING = "everything"
"""The way to search that the product takes: all that a table shows unless it is asked for details."""

_ANY = "–"
_BRACKETS = "In brackets: 95 % confidence, from 2,000 resamples of the photos."
_QUERIES, _SOURCES = "queries", "searched by"
_HEADINGS = (
    "requests", "understanding", "captions", "retriever", _SOURCES, _QUERIES, "R@1", "R@5", "R@10", "median rank",
    "precision@10",
)  # fmt: skip
_PRECISION = "precision@10: the share of the first ten that do not show what was not to be seen."

_Line: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How often the right photo is among the first 1, 5 and 10: for requests of a kind, with these captions, this
    retriever and these sources. `precision_at_10` is the mean share of the first ten photos that do not show what was
    not to be seen, None for other requests. A blind draw has no intervals."""

    requests: str
    understanding: str
    captions: str
    retriever: str
    sources: str
    queries: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    median_rank: float
    intervals: Intervals | None = None
    precision_at_10: float | None = None

    @classmethod
    def of(cls, captions: str, retriever: str, answers: Sequence[Answer]) -> "Row":
        """Sum up the answers, at least one, to requests of one kind by one way of searching."""
        kind, way, understood = answers[0].kind, answers[0].way, "on" if answers[0].understood else "off"
        ranks = np.array([answer.rank for answer in answers], dtype=np.int64)
        intervals = intervals_of(ranks, np.array([answer.photo_id for answer in answers], dtype=np.int64))
        first, five, ten = (recall_at(ranks, k) for k in (1, 5, 10))
        middle = median_rank(ranks)
        precisions = [answer.precision for answer in answers if answer.precision is not None]
        precision = float(np.mean(precisions)) if precisions else None
        return cls(
            kind, understood, captions, retriever, way, len(ranks), first, five, ten, middle, intervals, precision
        )

    @classmethod
    def of_chance(cls, photos: int, queries: int) -> "Row":
        """Return what a blind draw among so many photos reaches."""
        first, five, ten = (min(k / photos, 1.0) for k in (1, 5, 10))
        return cls(_ANY, _ANY, _ANY, "chance", _ANY, queries, first, five, ten, (photos + 1) / 2)

    @property
    def is_detail(self) -> bool:
        """Whether this tells of some sources only."""
        return self.sources not in (EVERYTHING, _ANY)


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured, and what to know when reading it."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def to_text(self, *, details: bool = False) -> str:
        """Return aligned columns: of searches by everything, or with `details` of each source alone as well."""
        lines = self._lines(details)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        aligned = ["  ".join(_aligned(line, widths, lines[0])).rstrip() for line in lines]
        aligned.insert(1, "  ".join("─" * width for width in widths))
        return "\n".join([self.title, *self.notes, _BRACKETS, _PRECISION, "", *aligned])

    def to_markdown(self, *, details: bool = False) -> str:
        """Return a table as GitHub shows it, of the same rows as the text."""
        headings, *lines = self._lines(details)
        rule = ["---:" if heading == _QUERIES else "---" for heading in headings]
        cells = [f"| {' | '.join(line)} |" for line in (headings, rule, *lines)]
        return "\n".join(
            [f"**{self.title}**", "", *(f"{note}  " for note in (*self.notes, _BRACKETS, _PRECISION)), "", *cells]
        )

    def to_json(self) -> str:
        """Return one JSON object that holds every row and number."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)

    def _lines(self, details: bool) -> list[_Line]:
        """Return the headings and the rows; where all tell of all sources, that need not be said."""
        lines = [_HEADINGS, *(_cells(row) for row in self.rows if details or not row.is_detail)]
        place = _HEADINGS.index(_SOURCES)
        return lines if details else [line[:place] + line[place + 1 :] for line in lines]


def _cells(row: Row) -> _Line:
    labels = (row.requests, row.understanding, row.captions, row.retriever, row.sources, f"{row.queries:,}")
    figures = [f"{recall:.3f}" for recall in (row.recall_at_1, row.recall_at_5, row.recall_at_10)]
    figures.append(f"{row.median_rank:g}")
    if row.intervals:
        figures = [f"{figure} ({own})" for figure, own in zip(figures, _spans(row.intervals), strict=True)]
    return (*labels, *figures, _ANY if row.precision_at_10 is None else f"{row.precision_at_10:.3f}")


def _spans(own: Intervals) -> list[str]:
    recalls = [f"{_short(low)}–{_short(high)}" for low, high in (own.recall_at_1, own.recall_at_5, own.recall_at_10)]
    return [*recalls, "{:g}–{:g}".format(*own.median_rank)]


def _short(share: float) -> str:
    """Return a share as three characters: .07, 1.0."""
    return f"{share:.2f}".lstrip("0")[:3]


def _aligned(line: _Line, widths: Sequence[int], headings: _Line) -> list[str]:
    """Align the number of queries to the right and all else to the left, where decimals stand below each other."""
    return [
        cell.rjust(width) if heading == _QUERIES else cell.ljust(width)
        for cell, width, heading in zip(line, widths, headings, strict=True)
    ]

"""The searchable rows of one kind at one moment."""

from dataclasses import dataclass
from typing import TypeAlias

import numkong
import numpy as np
from numpy.typing import NDArray

from engine.index.photo_set import PhotoSet
from engine.index.vector_index import VectorIndex

_EXACT_ROWS = 20_000

Found: TypeAlias = tuple[NDArray[np.int64], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a search sees; never changed, only replaced as a whole, so that searches need no lock.

    `ids` (ascending), `photo_ids` and `parts`, int64 (n,), are all rows that can be found. The vectors of the rows
    `tail_rows` (t,), ascending, are `tail`, f16 (t, d); those of all others lie in `graph`, which may hold dead and
    tail ones too.
    """

    ids: NDArray[np.int64]
    photo_ids: NDArray[np.int64]
    parts: NDArray[np.int64]
    tail_rows: NDArray[np.int64]
    tail: NDArray[np.float16]
    graph: VectorIndex | None = None

    @classmethod
    def empty(cls) -> "Snapshot":
        """Return a snapshot without rows."""
        none = np.empty(0, dtype=np.int64)
        return cls(none, none, none, none, np.empty((0, 0), dtype=np.float16))

    @property
    def tail_ids(self) -> NDArray[np.int64]:
        """The ids of the tail, ascending."""
        return self.ids[self.tail_rows]

    @property
    def in_graph(self) -> int:
        """How many rows only the graph can find."""
        return len(self.ids) - len(self.tail_rows)

    def search(self, query: NDArray[np.float32], count: int, allowed: PhotoSet | None) -> Found:
        """Return rows and inner products, in no order, among which the `count` best of the `allowed` photos are.

        Up to 20,000 allowed rows are compared one by one (8 ms at most); above that, the graph is asked for as many
        more as will be dropped again.
        """
        fits = None if allowed is None else allowed.holds(self.photo_ids)
        fitting = len(self.ids) if fits is None else int(np.count_nonzero(fits))
        if fitting == len(self.ids):
            fits = None
        elif fits is not None and fitting <= _EXACT_ROWS:
            rows = np.flatnonzero(fits)
            return rows, _products(query, self._vectors(rows))
        rows, scores = self._search_tail(query, count, fits)
        if self.graph is None or not fitting:
            return rows, scores
        share = fitting / len(self.ids) * self.in_graph / len(self.graph)
        near, near_scores = self.graph.search(query, min(len(self.graph), int(count / max(share, 1e-6))))
        near_rows, alive = _places(self.ids, near)
        if fits is not None:
            alive &= fits[near_rows]
        return np.concatenate([rows, near_rows[alive]]), np.concatenate([scores, near_scores[alive]])

    def _search_tail(self, query: NDArray[np.float32], count: int, fits: NDArray[np.bool_] | None) -> Found:
        rows, scores = self.tail_rows, _products(query, self.tail)
        if fits is not None:
            rows, scores = rows[fits[rows]], scores[fits[rows]]
        if len(rows) <= count:
            return rows, scores
        best = np.argpartition(scores, len(rows) - count)[-count:]
        return rows[best], scores[best]

    def _vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        places, in_tail = _places(self.tail_rows, rows)
        if in_tail.all() or self.graph is None:
            return self.tail[places]
        vectors = np.empty((len(rows), self.graph.dimensions), dtype=np.float16)
        vectors[in_tail] = self.tail[places[in_tail]]
        vectors[~in_tail] = self.graph.vectors(self.ids[rows[~in_tail]])
        return vectors


def _places(ascending: NDArray[np.int64], sought: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where numbers lie in `ascending`, and which of them do at all."""
    if not len(ascending):
        return np.zeros(len(sought), dtype=np.int64), np.zeros(len(sought), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ascending, sought), len(ascending) - 1)
    return places, ascending[places] == sought


def _products(query: NDArray[np.float32], vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    if not len(vectors):
        return np.empty(0, dtype=np.float32)
    # Asked for float32 itself, numkong 7.8 takes another way that is twenty times slower.
    return np.asarray(numkong.cdist(query.astype(np.float16)[None], vectors, "dot"), dtype=np.float32).ravel()

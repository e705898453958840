"""Ask a library questions whose answers are known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.requests import RequestKind
from engine.search.candidates import Asked, Evidence
from engine.search.fusion import fuse
from engine.search.query import Filters, Source
from engine.search.service import SearchService

Ways: TypeAlias = Mapping[str, frozenset[Source]]
"""Sources to search by, under the name that the table gives them."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A request as the search takes it, and the photo that answers it. The `reference` is in the question itself, so
    it cannot be the answer and is not ranked."""

    kind: RequestKind
    asked: Asked
    photo_id: int
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the right photo came, 1 = first, for one question by one way of searching."""

    kind: RequestKind
    way: str
    photo_id: int
    rank: int


def rank_answers(
    service: SearchService, questions: Sequence[Question], photos: int, ways: Mapping[RequestKind, Ways]
) -> Iterator[Answer]:
    """Yield for each question, and each way to search of its kind, the rank of its photo among `photos`.

    The search itself is the product's; a source alone is ranked by its own scores, which its weight, different from
    photo to photo, would mix up. A photo that ties with others is ranked behind them, and one that is not found, or of
    which the source says nothing, last.
    """
    for question in questions:
        evidence = service.gather(question.asked, Filters(), frozenset(Source), photos)
        ranked = evidence.photo_ids != (question.reference or -1)
        last = photos - (question.reference is not None)
        for way, sources in ways[question.kind].items():
            scores = fuse(evidence.only(sources)) if len(sources) > 1 else _alone(evidence, *sources)
            rank = _rank(evidence, scores, ranked, question.photo_id) or last
            yield Answer(question.kind, way, question.photo_id, rank)


def _alone(evidence: Evidence, source: Source) -> NDArray[np.float32]:
    own = evidence.scores.get(source)
    return np.full(len(evidence.photo_ids), -np.inf, np.float32) if own is None else np.nan_to_num(own, nan=-np.inf)


def _rank(evidence: Evidence, scores: NDArray[np.float32], ranked: NDArray[np.bool_], photo_id: int) -> int:
    """Return the rank of a photo among those that are `ranked`, 0 where it was not found."""
    own = scores[evidence.photo_ids == photo_id]
    return int(np.count_nonzero(scores[ranked] >= own[0])) if len(own) else 0

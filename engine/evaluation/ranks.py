"""Ask a library questions whose answers are known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.request import RequestKind
from engine.search.candidates import Asked, Evidence
from engine.search.fusion import fuse
from engine.search.query import Filters, Query, Source
from engine.search.service import SearchService

Ways: TypeAlias = Mapping[str, frozenset[Source]]
"""Sources to search by, under the name that the table gives them."""

_FIRST = 10


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A request as the search takes it word by word, `asked`, and as it is understood, `understood`: queries under the
    names that the table gives them. `photo_id` is the photo that answers it, and `unwanted` are photos that must not.
    The `reference` is in the question itself, so it cannot be the answer and is not ranked."""

    kind: RequestKind
    asked: Asked
    understood: Mapping[str, Query]
    photo_id: int
    reference: int | None = None
    unwanted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the right photo came, 1 = first, for one question by one way of searching, and whether the question was
    understood first. `precision` is the share of the first ten that are not unwanted, None where all may come."""

    kind: RequestKind
    way: str
    photo_id: int
    rank: int
    understood: bool = False
    precision: float | None = None


def rank_answers(
    service: SearchService, questions: Sequence[Question], photos: int, ways: Mapping[RequestKind, Ways]
) -> Iterator[Answer]:
    """Yield for each question, each way to search of its kind, and each query that it is understood as, the rank of
    its photo among `photos`.

    The search itself is the product's; a source alone is ranked by its own scores, which its weight, different from
    photo to photo, would mix up. A photo that ties with others is ranked behind them, and one that is not found, or of
    which the source says nothing, last.
    """
    for question in questions:
        yield from _word_by_word(service, question, photos, ways[question.kind])
        for way, query in question.understood.items():
            found = service.rank(query)
            place = np.flatnonzero(found == question.photo_id)
            rank = int(place[0]) + 1 if len(place) else _last(question, photos)
            precision = _precision(question, found)
            yield Answer(question.kind, way, question.photo_id, rank, understood=True, precision=precision)


def _word_by_word(service: SearchService, question: Question, photos: int, ways: Ways) -> Iterator[Answer]:
    evidence = service.gather(question.asked, Filters(), frozenset(Source), photos)
    evidence = evidence.at(np.flatnonzero(evidence.photo_ids != (question.reference or -1)))
    for way, sources in ways.items():
        scores = fuse(evidence.only(sources)) if len(sources) > 1 else _alone(evidence, *sources)
        rank = _rank(evidence, scores, question.photo_id) or _last(question, photos)
        precision = _precision(question, evidence.photo_ids[np.argsort(-scores, kind="stable")])
        yield Answer(question.kind, way, question.photo_id, rank, precision=precision)


def _last(question: Question, photos: int) -> int:
    return photos - (question.reference is not None)


def _alone(evidence: Evidence, source: Source) -> NDArray[np.float32]:
    own = evidence.scores.get(source)
    return np.full(len(evidence.photo_ids), -np.inf, np.float32) if own is None else np.nan_to_num(own, nan=-np.inf)


def _rank(evidence: Evidence, scores: NDArray[np.float32], photo_id: int) -> int:
    """Return the rank of a photo, 0 where it was not found."""
    own = scores[evidence.photo_ids == photo_id]
    return int(np.count_nonzero(scores >= own[0])) if len(own) else 0


def _precision(question: Question, found: NDArray[np.int64]) -> float | None:
    if not question.unwanted:
        return None
    first = found[:_FIRST].tolist()
    return sum(photo_id not in question.unwanted for photo_id in first) / max(len(first), 1)

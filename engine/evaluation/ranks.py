"""Ask a library questions whose answers are known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.embedding.text_encoder import TextEncoder
from engine.search.candidates import Asked
from engine.search.fusion import fuse
from engine.search.query import Filters, Source
from engine.search.service import SearchService

Ways: TypeAlias = Mapping[str, frozenset[Source]]
"""Sources to search by, under the name that the table gives them."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words that describe one photo."""

    text: str
    photo_id: int


def rank_answers(
    service: SearchService,
    encoder: TextEncoder,
    questions: Sequence[Question],
    photos: int,
    ways: Ways,
) -> dict[str, NDArray[np.int64]]:
    """Return for each way to search the rank of each question's photo among `photos`.

    The search itself is the product's; only the queries are encoded together, which is faster. A photo that ties with
    others is ranked behind them, and one that is not found at all last.
    """
    vectors = encoder.encode([question.text for question in questions])
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    for question, vector in zip(questions, vectors, strict=True):
        asked = Asked(question.text, vector)
        evidence = service.gather(asked, Filters(), frozenset(Source), photos)
        for name, sources in ways.items():
            scores = fuse(evidence.only(sources))
            own = scores[evidence.photo_ids == question.photo_id]
            ranks[name].append(int(np.count_nonzero(scores >= own[0])) if len(own) else photos)
    return {name: np.array(found, dtype=np.int64) for name, found in ranks.items()}

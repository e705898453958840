"""Gather the photos that any source finds, and what every source says of each of them."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.embeddings import Kind
from engine.index.indexes import Indexes
from engine.index.matches import Matches
from engine.index.photo_set import PhotoSet
from engine.search.clock import Clock
from engine.search.query import Source
from engine.search.stemmer import Stemmer
from engine.search.stop_words import STOP_WORDS
from engine.search.trust import read_trust
from engine.search.words import WordMatches, search_words

_CANDIDATES = 200
_LEAST_IN_DESCRIPTION = 5

_Number = TypeVar("_Number", np.float32, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A query as the sources understand it: words, their vector (384,), a photo's raw features (1536,).

    Captions are asked by `text_vector`, and so are photos in the text space unless `placed` (384,), of any length, says
    where to look for them: there their hubness counts nothing, for a place that comes of a photo is a hub as they are.
    """

    text: str = ""
    text_vector: NDArray[np.float32] | None = None
    visual: NDArray[np.float32] | None = None
    placed: NDArray[np.float32] | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.visual is None

    def vectors(self) -> dict[Source, "VectorQuery"]:
        """Return for each source that searches vectors what it is asked."""
        asked: dict[Source, VectorQuery] = {}
        if self.text_vector is not None:
            asked[Source.SENTENCE] = VectorQuery(Kind.SENTENCE, self.text_vector)
            asked[Source.PHOTO] = VectorQuery(Kind.PHOTO, self.text_vector)
        if self.placed is not None:
            asked[Source.PHOTO] = VectorQuery(Kind.PHOTO, self.placed, hubness=0)
        if self.visual is not None:
            asked[Source.VISUAL] = VectorQuery(Kind.VISUAL, self.visual)
        return asked


@dataclass(frozen=True, slots=True, eq=False)
class VectorQuery:
    """Which kind of embeddings to search, with what vector (d,), and how far the hubness of photos counts."""

    kind: Kind
    vector: NDArray[np.float32]
    hubness: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The candidates, `photo_ids` ascending (n,), and each source's own score of all of them, float32 (n,), NaN where
    it knows nothing of a photo. `sentences` (n,) is the place of the best sentence in the caption, -1 for none;
    `trust`, float32 (n,), is how far the caption is to be trusted (see `read_trust`); `words` are those that were
    looked for, and `is_description` says whether these were sentences rather than keywords."""

    photo_ids: NDArray[np.int64]
    scores: dict[Source, NDArray[np.float32]]
    sentences: NDArray[np.int64]
    trust: NDArray[np.float32]
    words: tuple[str, ...]
    is_description: bool = False

    @classmethod
    def listing(cls, photo_ids: NDArray[np.int64]) -> "Evidence":
        """Return photos of which nothing was asked, in their order."""
        return cls(photo_ids, {}, np.full(len(photo_ids), -1), np.zeros(len(photo_ids), np.float32), ())

    def at(self, places: NDArray[np.int64]) -> "Evidence":
        """Return what is said of some of the candidates, in their order."""
        scores = {source: own[places] for source, own in self.scores.items()}
        photo_ids, sentences, trust = self.photo_ids[places], self.sentences[places], self.trust[places]
        return replace(self, photo_ids=photo_ids, scores=scores, sentences=sentences, trust=trust)

    def only(self, sources: frozenset[Source]) -> "Evidence":
        """Return what some of the sources say."""
        return replace(self, scores={source: own for source, own in self.scores.items() if source in sources})


class Gatherer:
    """Ask the sources, over one connection, for one thread."""

    def __init__(self, db: Database, indexes: Indexes, stemmer: Stemmer) -> None:
        self._db = db
        self._indexes = indexes
        self._stemmer = stemmer

    def gather(self, asked: Asked, allowed: PhotoSet, sources: frozenset[Source], count: int, clock: Clock) -> Evidence:
        """Let each source name its best photos, at least `count` and 200, then let every source score all of them."""
        wanted = max(count, _CANDIDATES)
        vectors = {source: vector for source, vector in asked.vectors().items() if source in sources}
        with clock.stage("words"):
            words = self._words(asked.text, allowed) if Source.WORDS in sources else WordMatches.none()
        with clock.stage("vectors"):
            found = [self._search(vector, wanted, allowed).photo_ids for vector in vectors.values()]
            photo_ids = np.unique(np.concatenate([words.best(wanted), *found]))
            among = PhotoSet.of(photo_ids)
            matches = {source: self._search(vector, len(photo_ids), among) for source, vector in vectors.items()}
        scores = {source: _spread(photo_ids, own.photo_ids, own.scores, np.nan) for source, own in matches.items()}
        if Source.WORDS in sources:
            scores[Source.WORDS] = _spread(photo_ids, words.photo_ids, words.coverage, 0)
        sentences = matches.get(Source.SENTENCE, Matches.none())
        parts = _spread(photo_ids, sentences.photo_ids, sentences.parts, -1)
        trust = read_trust(self._db, photo_ids)
        return Evidence(photo_ids, scores, parts, trust, words.words, _is_description(asked.text))

    def _search(self, asked: VectorQuery, count: int, allowed: PhotoSet) -> Matches:
        return self._indexes.current(asked.kind, self._db).search(asked.vector, count, allowed, asked.hubness)

    def _words(self, text: str, allowed: PhotoSet) -> WordMatches:
        return search_words(self._db, self._stemmer, text, allowed)


def _is_description(text: str) -> bool:
    """Say whether a text has small words, and enough others, to be more than some keywords."""
    words = text.lower().split()
    content = [word for word in words if word not in STOP_WORDS]
    return _LEAST_IN_DESCRIPTION <= len(content) < len(words)


def _spread(
    photo_ids: NDArray[np.int64], found: NDArray[np.int64], values: NDArray[_Number], missing: float
) -> NDArray[_Number]:
    """Return the value of each of `photo_ids`, `missing` where it is not among those found."""
    spread = np.full(len(photo_ids), missing, dtype=values.dtype)
    wanted = np.isin(found, photo_ids)
    spread[np.searchsorted(photo_ids, found[wanted])] = values[wanted]
    return spread

"""Tell how likely photos show a thing, from their looks alone."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.embeddings import Kind
from engine.learning.tagger import Tagger
from engine.search.memory import Memory
from engine.search.stemmer import Stemmer

SHOWN = 0.5
"""A photo that shows a thing more likely than not counts as showing it."""

_BY_TAGS, _BY_COSINE, _BIAS = 0.85, 4.35, -1.75
_BY_COSINE_ALONE, _BIAS_ALONE = 14.9, -6.8
_SUREST = 0.9997


@dataclass(slots=True)
class _Seen:
    """How likely photos show a thing whose words are at these places of the tagger's, by photo_id; NaN if unknown."""

    tags: list[int]
    likelihood: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))

    def make_room_for(self, photo_ids: NDArray[np.int64]) -> None:
        """Let there be a place for each of the photos."""
        missing = int(photo_ids.max(initial=-1)) + 1 - len(self.likelihood)
        if missing > 0:
            self.likelihood = np.append(self.likelihood, np.full(missing, np.nan, np.float32))


class Sight:
    """Look at photos of a catalog with the classifiers of tags and the visual head together. Held by one thread."""

    def __init__(self, db: Database, stemmer: Stemmer, tagger: Tagger) -> None:
        self._db = db
        self._stemmer = stemmer
        self._tagger = tagger
        self._stems = self._stems_of(tagger.words)
        self._seen = Memory[tuple[str, ...], _Seen](db)

    def likelihood(
        self, photo_ids: NDArray[np.int64], words: Sequence[str], prompts: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the probability that each photo, (n,), shows what any of `words` names; 0 where it was not looked at.

        `prompts` (k, 384) are the vectors of texts that say how such things look; c is the highest cosine of one of
        them to where the visual head places the photo. Where some of the words can be tags, q is the probability that
        at least one of them is right, and the answer is sigmoid(.85 logit q + 4.35 c - 1.75); else it
        is sigmoid(14.9 c - 6.8). The constants are the maximum of the likelihood for 40 things, from "people" to
        "skateboard", by packaging/models/calibrate_search.py: on 704 photos of Flickr8k and COCO by heads and tags that
        had not seen them, where a photo shows what one of its five human captions names, and on 680 of ImageNet for
        people and dogs. Things left out of the fit: of photos at .5 and above 78 % show the thing, and they are 48 % of
        those that do, against 67 % and 31 % by the cosine alone; 98 % of those that do not stay below.

        What was seen of a thing is remembered until the catalog changes: 24 ms for 600 photos the first time.
        """
        seen = self._seen.recall(tuple(words), lambda: _Seen(self._tags(words)))
        seen.make_room_for(photo_ids)
        new = photo_ids[np.isnan(seen.likelihood[photo_ids])]
        seen.likelihood[new] = self._look(new, seen.tags, prompts)
        return seen.likelihood[photo_ids]

    def _look(
        self, photo_ids: NDArray[np.int64], tags: Sequence[int], prompts: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        likelihood = np.zeros(len(photo_ids), dtype=np.float32)
        places, vectors = self._read(photo_ids, Kind.PHOTO)
        if not len(places):
            return likelihood
        cosine = (vectors @ prompts.T).max(axis=1)
        likelihood[places] = _sigmoid(_BY_COSINE_ALONE * cosine + _BIAS_ALONE)
        if tags:
            looked_at, features = self._read(photo_ids[places], Kind.VISUAL)
            odds = self._odds_of_tags(features, tags)
            likelihood[places[looked_at]] = _sigmoid(_BY_TAGS * odds + _BY_COSINE * cosine[looked_at] + _BIAS)
        return likelihood

    def _tags(self, words: Sequence[str]) -> list[int]:
        wanted = set(self._stems_of(words))
        return [place for place, stem in enumerate(self._stems) if stem in wanted]

    def _stems_of(self, words: Iterable[str]) -> list[str]:
        """Return a stem a word; words in a row keep theirs together, so that "red car" is no car."""
        return [" ".join(stem for _, stem in self._stemmer.split(word)) for word in words]

    def _odds_of_tags(self, features: NDArray[np.float32], tags: Sequence[int]) -> NDArray[np.float32]:
        none = np.prod(1 - self._tagger.probability(features, tags), axis=1).clip(1 - _SUREST, _SUREST)
        odds: NDArray[np.float32] = np.log((1 - none) / none).astype(np.float32)
        return odds

    def _read(self, photo_ids: NDArray[np.int64], kind: Kind) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the places (m,) of the photos that have an embedding of a kind, ascending, and these, (m, d)."""
        rows = self._db.execute(
            """SELECT places.key, vector FROM json_each(?) AS places
            JOIN embeddings ON photo_id = places.value AND kind = ? AND part = 0 ORDER BY places.key""",
            [json.dumps(photo_ids.tolist()), kind],
        ).fetchall()
        vectors = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").astype(np.float32)
        places = np.array([place for place, _ in rows], dtype=np.int64)
        return places, vectors.reshape(len(rows), -1) if rows else vectors.reshape(0, len(self._tagger.mean))


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-values))).astype(np.float32)

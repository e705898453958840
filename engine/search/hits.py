"""Turn ranked photos into what somebody sees."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.captions import Standing
from engine.catalog.photos import Photo, describe_photos
from engine.catalog.tags import Tag
from engine.search.candidates import Evidence
from engine.search.explain import Why, explain, find_words
from engine.search.fusion import weigh
from engine.search.stemmer import Stemmer


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found. `score` is evidence in nats, to be compared within one search only.

    `caption` is None where there is none yet, and where it is withheld: `standing` tells the two apart. `grounding` is
    the probability in [0, 1] that the caption is right, None where it is not judged. `tags` come most certain first.
    """

    photo_id: int
    fingerprint: str
    paths: tuple[Path, ...]
    score: float
    caption: str | None
    standing: Standing | None
    grounding: float | None
    tags: tuple[Tag, ...]
    taken_at: str | None
    place: str | None
    why: Why


def describe_hits(
    db: Database, stemmer: Stemmer, evidence: Evidence, fused: NDArray[np.float32], places: NDArray[np.int64]
) -> tuple[Hit, ...]:
    """Return the candidates at these places of the evidence as hits; a photo that has just gone is left out."""
    photo_ids = evidence.photo_ids[places].tolist()
    photos = describe_photos(db, photo_ids)
    words = find_words(db, stemmer, photo_ids, evidence.words)
    ratios = weigh(evidence)
    hits = []
    for photo_id, place in zip(photo_ids, places.tolist(), strict=True):
        photo = photos.get(photo_id)
        if photo and photo.paths:
            why = explain(evidence, ratios, place, photo.caption, words.get(photo_id, ()))
            hits.append(_hit(photo, float(fused[place]), why))
    return tuple(hits)


def _hit(photo: Photo, score: float, why: Why) -> Hit:
    return Hit(
        photo_id=photo.photo_id,
        fingerprint=photo.fingerprint,
        paths=photo.paths,
        score=score,
        caption=photo.caption,
        standing=photo.standing,
        grounding=photo.grounding,
        tags=photo.tags,
        taken_at=photo.taken_at,
        place=photo.place,
        why=why,
    )

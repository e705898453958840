"""Turn ranked photos into what somebody sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.captions import Standing
from engine.catalog.photos import Photo, describe_photos
from engine.catalog.tags import Tag
from engine.search.explain import Why, explain, find_words
from engine.search.fusion import weigh
from engine.search.literal import find_denials
from engine.search.negated import Thing
from engine.search.query import Condition, Query
from engine.search.ranking import Ranking
from engine.search.selection import conditions_of
from engine.search.stemmer import Stemmer


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found. `score` is evidence in nats, to be compared within one search only; `strength` in [0, 1]
    is how likely the photo is what was asked for, from .5 on a strong match.

    `caption` is None where there is none yet, and where it is withheld: `standing` tells the two apart. `grounding` is
    the probability in [0, 1] that the caption is right, None where it is not judged. `tags` come most certain first.
    """

    photo_id: int
    fingerprint: str
    paths: tuple[Path, ...]
    score: float
    strength: float
    caption: str | None
    standing: Standing | None
    grounding: float | None
    tags: tuple[Tag, ...]
    taken_at: str | None
    place: str | None
    why: Why


def describe_hits(
    db: Database, stemmer: Stemmer, ranking: Ranking, query: Query, left_out: Sequence[Condition]
) -> tuple[Hit, ...]:
    """Return ranked photos as hits; one that has just gone is left out."""
    evidence = ranking.evidence
    photo_ids = evidence.photo_ids.tolist()
    photos = describe_photos(db, photo_ids)
    sought = (*evidence.words, *(word for words in query.must for word, _ in stemmer.split(words)))
    words = find_words(db, stemmer, photo_ids, sought, query.phrases)
    passed = tuple(each for each in conditions_of(query) if each not in left_out)
    absent = _absent(stemmer, [photos.get(photo_id) for photo_id in photo_ids], query)
    ratios = weigh(evidence)
    hits = []
    for place, photo_id in enumerate(photo_ids):
        photo = photos.get(photo_id)
        if photo and photo.paths:
            said = explain(evidence, ratios, place, photo.caption, words.get(photo_id, ()))
            why = replace(said, denied=float(ranking.denied[place]), absent=absent[place], passed=passed)
            hits.append(_hit(photo, float(ranking.scores[place]), float(ranking.strengths[place]), why))
    return tuple(hits)


def _absent(stemmer: Stemmer, photos: Sequence[Photo | None], query: Query) -> list[tuple[str, ...]]:
    """Return what each caption says is not there, of what must not be."""
    names = [word for name in query.must_not for word in Thing.of(name).words]
    return find_denials(stemmer, names, [photo.caption if photo and names else None for photo in photos])


def _hit(photo: Photo, score: float, strength: float, why: Why) -> Hit:
    return Hit(
        photo_id=photo.photo_id,
        fingerprint=photo.fingerprint,
        paths=photo.paths,
        score=score,
        strength=strength,
        caption=photo.caption,
        standing=photo.standing,
        grounding=photo.grounding,
        tags=photo.tags,
        taken_at=photo.taken_at,
        place=photo.place,
        why=why,
    )

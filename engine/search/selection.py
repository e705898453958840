"""Select the photos that may be found, and say what would be found otherwise where there is none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from sqlite_utils import Database

from engine.index.photo_set import PhotoSet
from engine.search.filters import Visibility
from engine.search.id_column import read_ids
from engine.search.literal import photos_with_any, photos_with_phrase, photos_with_words
from engine.search.memory import Memory
from engine.search.negated import Thing
from engine.search.query import Condition, Filters, Query
from engine.search.stemmer import Stemmer

_FIELDS = {
    Condition.DATE: ("date_from", "date_to", "days", "months"),
    Condition.TIME: ("weekdays", "hours"),
    Condition.PLACE: ("places",),
    Condition.CAMERA: ("cameras",),
    Condition.FOLDER: ("folder",),
    Condition.FORMAT: ("formats",),
    Condition.KIND: ("kinds",),
    Condition.SHAPE: ("orientation",),
    Condition.TEXT: ("has_text",),
    Condition.CAPTION: ("captioned",),
}
_NO_FILTERS = Filters()
_SILENT = {
    (Condition.DATE, Condition.TIME): "taken_at IS NULL",
    (Condition.PLACE,): "coalesce(district, city, region, country) IS NULL",
}


@dataclass(frozen=True, slots=True)
class Silent:
    """How many photos would pass but for some conditions on their date, or on their place, and have none."""

    about: tuple[Condition, ...]
    photos: int


@dataclass(frozen=True, slots=True)
class Offer:
    """How many photos would pass without one of the conditions."""

    without: Condition
    photos: int


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The photos that may be found. Where none passes, `offers` holds each condition that alone is to blame, the most
    fruitful first, `without_filters` counts the photos that pass when no filter counts, and `left_out` names the
    filters that do not count in `allowed`. Where some pass, `silent` counts those that are not known to."""

    allowed: PhotoSet
    offers: tuple[Offer, ...] = ()
    without_filters: int = 0
    left_out: tuple[Condition, ...] = ()
    silent: tuple[Silent, ...] = ()


class Selector:
    """Apply the conditions of queries, over one connection, for one thread."""

    def __init__(self, db: Database, stemmer: Stemmer) -> None:
        self._db = db
        self._stemmer = stemmer
        self._visibility = Visibility(db)
        self._showing = Memory[Thing, PhotoSet](db)

    def allowed(self, filters: Filters) -> PhotoSet:
        """Return the photos that pass filters."""
        return self._visibility.allowed(filters)

    def select(self, query: Query) -> Selection:
        """Return the photos that pass all conditions of a query, or all but some filters where none does."""
        said = dict(self._said(query))
        allowed = _all_of(self.allowed(query.filters), said) - _beside(query)
        if len(allowed) or not (query.filters or said):
            return Selection(allowed, silent=tuple(self._silent(query, said)))
        return self._relax(query, said)

    def _silent(self, query: Query, said: dict[Condition, PhotoSet]) -> Iterator[Silent]:
        for conditions, lacking in _SILENT.items():
            asked = {each: _asked(query.filters, each) for each in conditions}
            if about := tuple(each for each, names in asked.items() if names):
                without = PhotoSet.of(read_ids(self._db, f"SELECT photo_id AS id FROM photos WHERE {lacking}"))
                dropped: dict[str, Any] = {
                    name: getattr(_NO_FILTERS, name) for names in asked.values() for name in names
                }
                passing = self.allowed(replace(query.filters, **dropped)) - _beside(query)
                if photos := len(_all_of(without & passing, said)):
                    yield Silent(about, photos)

    def _relax(self, query: Query, said: dict[Condition, PhotoSet]) -> Selection:
        visible = self.allowed(Filters()) - _beside(query)
        filters = {each: self.allowed(_only(query.filters, each)) for each in _filters_in(query.filters)}
        every = filters | said
        offers = sorted(
            (Offer(each, len(_all_of(visible, _leaving_out(every, each)))) for each in every),
            key=lambda offer: -offer.photos,
        )
        offers = [offer for offer in offers if offer.photos]
        unfiltered = _all_of(visible, said)
        asks = bool(query.text) or query.visual is not None
        if not (query.relax and asks and filters and len(unfiltered)):
            return Selection(PhotoSet.none(), tuple(offers), len(unfiltered))
        fewest = next((offer.without for offer in offers if offer.without in filters), None)
        allowed = _all_of(visible, _leaving_out(every, fewest)) if fewest else unfiltered
        return Selection(allowed, tuple(offers), len(unfiltered), (fewest,) if fewest else tuple(filters))

    def _said(self, query: Query) -> Iterator[tuple[Condition, PhotoSet]]:
        """Yield the photos that pass each condition on words."""
        visible = self.allowed(Filters())
        must = [photos_with_words(self._db, self._stemmer, words) for words in query.must]
        if found := [photos for photos in must if photos is not None]:
            yield Condition.MUST, reduce(PhotoSet.__and__, found)
        phrases = [phrase for phrase in query.phrases if phrase.strip()]
        if found := [photos_with_phrase(self._db, self._stemmer, phrase) for phrase in phrases]:
            yield Condition.PHRASE, reduce(PhotoSet.__and__, found)
        if query.must_not:
            shown = (self._photos_with(Thing.of(name)) for name in query.must_not)
            yield Condition.MUST_NOT, reduce(PhotoSet.__sub__, shown, visible)

    def _photos_with(self, thing: Thing) -> PhotoSet:
        return self._showing.recall(thing, lambda: photos_with_any(self._db, self._stemmer, thing.words))


def _beside(query: Query) -> PhotoSet:
    """Return the photos that stand beside a query and cannot answer it."""
    own = query.left_out if query.reference is None else query.left_out | {query.reference}
    return PhotoSet.of(np.array(sorted(own), dtype=np.int64))


def conditions_of(query: Query) -> list[Condition]:
    """Return what a query demands of every photo."""
    said = {Condition.MUST: query.must, Condition.MUST_NOT: query.must_not, Condition.PHRASE: query.phrases}
    return [*_filters_in(query.filters), *(each for each, words in said.items() if words)]


def _filters_in(filters: Filters) -> list[Condition]:
    return [each for each in _FIELDS if _only(filters, each)]


def _asked(filters: Filters, condition: Condition) -> list[str]:
    """Return the fields that say what a condition asks for, beside what it leaves out."""
    return [name for name in _FIELDS[condition] if getattr(filters, name) != getattr(_NO_FILTERS, name)]


def _only(filters: Filters, condition: Condition) -> Filters:
    kept: dict[str, Any] = {name: getattr(filters, name) for name in _FIELDS[condition]}
    denied = frozenset(each for each in filters.but_not if _filters_in(each)[:1] == [condition])
    return replace(Filters(), **kept, but_not=denied)


def _leaving_out(sets: dict[Condition, PhotoSet], condition: Condition) -> dict[Condition, PhotoSet]:
    return {each: photos for each, photos in sets.items() if each is not condition}


def _all_of(start: PhotoSet, sets: dict[Condition, PhotoSet]) -> PhotoSet:
    return reduce(PhotoSet.__and__, sets.values(), start)

"""Answer queries on a thread of their own."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.connection import open_reader
from engine.embedding.text_encoder import TextEncoder
from engine.index.indexes import Indexes
from engine.index.photo_set import PhotoSet
from engine.learning.tagger import Tagger
from engine.paths import Home
from engine.search.by_photo import ask_by_photo
from engine.search.candidates import Asked, Evidence, Gatherer
from engine.search.clock import Clock
from engine.search.denial import SURE, doubt
from engine.search.filters import photos_by_date
from engine.search.hits import Hit, describe_hits
from engine.search.negated import Thing
from engine.search.query import Condition, Filters, Query, Source
from engine.search.ranking import Ranking, rank
from engine.search.selection import Offer, Selection, Selector, Silent
from engine.search.sight import Sight
from engine.search.stemmer import Stemmer

__all__ = ["Hit", "Offer", "Results", "SearchService", "Silent"]

_LONGEST_TEXT = 2_000
_BESIDE_DENIED = 250


@dataclass(frozen=True, slots=True)
class Results:
    """The hits, best first, and the seconds of each stage: encode, filter, words, vectors, negation, fuse, describe.

    `strong` is how many of the first hits are strong matches. Where no photo passes all that the query demands,
    `offers` says how many would without each single demand, and `without_filters` how many without any filter;
    `left_out` names the filters that the hits do not keep to, because nothing does.
    `silent` counts the photos that are not among them for want of a date or place.
    """

    hits: tuple[Hit, ...]
    elapsed_s: Mapping[str, float]
    strong: int = 0
    offers: tuple[Offer, ...] = ()
    without_filters: int = 0
    left_out: tuple[Condition, ...] = ()
    silent: tuple[Silent, ...] = ()

    @property
    def relaxed(self) -> bool:
        """Whether the hits do not keep to all filters."""
        return bool(self.left_out)


class SearchService:
    """Search a library from any thread, one search at a time, over one connection.

    The process that writes also calls `refresh` and `keep_up`. Another process may search the same library meanwhile;
    it never writes anything.
    """

    def __init__(self, home: Home, text_encoder: TextEncoder) -> None:
        self._home = home
        self._text_encoder = text_encoder
        self._indexes = Indexes(home.index)
        self._thread = ThreadPoolExecutor(1, "search")
        self._desk: _Desk | None = None
        self._prompts: dict[Thing, NDArray[np.float32]] = {}

    def search(self, query: Query) -> Results:
        """Return the photos that answer a query; raises what `open_reader` raises, and `ModelUnavailable` where
        something must not be in the photos and the classifiers of tags are damaged."""
        return self._thread.submit(self._search, query).result()

    def rank(self, query: Query) -> NDArray[np.int64]:
        """Return the ids of the photos that answer a query, best first, without describing them."""
        return self._thread.submit(lambda: self._rank(query, Clock())[0].evidence.photo_ids).result()

    def gather(self, asked: Asked, filters: Filters, sources: frozenset[Source], count: int) -> Evidence:
        """Return what the sources say before it is weighed, for measuring."""
        return self._thread.submit(self._gather, asked, filters, sources, count).result()

    def refresh(self, db: Database) -> None:
        """Take up what has just been written, so that no search has to."""
        self._indexes.refresh(db)

    def keep_up(self, db: Database, stopped: Callable[[], bool]) -> None:
        """Build and save the indexes where the catalog has changed: minutes in a large library.

        For one background thread of the process that writes, always with the same connection. Raises `CannotWrite`.
        """
        self._indexes.keep_up(db, stopped)

    def close(self) -> None:
        """Finish the search under way and end the thread."""
        if self._desk:
            self._thread.submit(self._desk.close).result()
        self._thread.shutdown()

    def _open(self) -> "_Desk":
        self._desk = self._desk or _Desk(open_reader(self._home.catalog), self._indexes)
        return self._desk

    def _gather(self, asked: Asked, filters: Filters, sources: frozenset[Source], count: int) -> Evidence:
        desk = self._open()
        return desk.gatherer.gather(asked, desk.selector.allowed(filters), sources, count, Clock())

    def _search(self, query: Query) -> Results:
        desk, clock = self._open(), Clock()
        ranking, selection = self._rank(query, clock)
        with clock.stage("describe"):
            hits = describe_hits(desk.db, desk.stemmer, ranking, query, selection.left_out)
        return Results(
            hits,
            clock.elapsed_s,
            ranking.strong,
            selection.offers,
            selection.without_filters,
            selection.left_out,
            selection.silent,
        )

    def _rank(self, query: Query, clock: Clock) -> tuple[Ranking, Selection]:
        desk = self._open()
        with clock.stage("encode"):
            asked = self._ask(query)
            things = {thing: self._encode_prompts(thing) for thing in map(Thing.of, query.must_not)}
        with clock.stage("filter"):
            selection = desk.selector.select(query)
        evidence = desk.gather(asked, query, selection.allowed, clock)
        if query.preferred and evidence.scores:
            timely = desk.selector.allowed(query.preferred).holds(evidence.photo_ids).astype(np.float32)
            evidence = replace(evidence, scores=evidence.scores | {Source.TIME: timely})
        doubts = np.zeros(len(evidence.photo_ids), dtype=np.float32)
        if things:
            with clock.stage("negation"):
                doubts = doubt(desk.sight, evidence, things)
                stays = np.flatnonzero(doubts < SURE)
                evidence, doubts = evidence.at(stays), doubts[stays]
                if not len(stays) and len(selection.allowed):
                    selection = replace(selection, offers=(Offer(Condition.MUST_NOT, len(selection.allowed)),))
        with clock.stage("fuse"):
            return rank(desk.db, evidence, doubts, query), selection

    def _ask(self, query: Query) -> Asked:
        text = _clean(query.text)
        if query.placed is not None:
            return ask_by_photo(text, query, self._text_encoder)
        return Asked(text, self._text_encoder.encode([text])[0] if text else None, query.visual)

    def _encode_prompts(self, thing: Thing) -> NDArray[np.float32]:
        """Return the vectors of a thing's prompts, which are asked for again with each key that is typed."""
        if thing not in self._prompts:
            self._prompts[thing] = self._text_encoder.encode([_clean(prompt) for prompt in thing.prompts])
        return self._prompts[thing]


class _Desk:
    """What the search thread works with; opened, used and closed by it alone."""

    def __init__(self, db: Database, indexes: Indexes) -> None:
        self.db = db
        self.stemmer = Stemmer()
        self.selector = Selector(db, self.stemmer)
        self.gatherer = Gatherer(db, indexes, self.stemmer)

    @cached_property
    def sight(self) -> Sight:
        return Sight(self.db, self.stemmer, Tagger.open())

    def gather(self, asked: Asked, query: Query, allowed: PhotoSet, clock: Clock) -> Evidence:
        """Return the candidates; more of them where some will have to go."""
        count = max(query.limit, 0) + (_BESIDE_DENIED if query.must_not else 0)
        if asked.is_empty:
            with clock.stage("filter"):
                return Evidence.listing(photos_by_date(self.db, allowed, query.sort, count))
        return self.gatherer.gather(asked, allowed, query.sources, count, clock)

    def close(self) -> None:
        self.stemmer.close()
        self.db.close()


def _clean(text: str) -> str:
    return text[:_LONGEST_TEXT].encode("utf-8", "replace").decode().replace("\0", " ").strip()

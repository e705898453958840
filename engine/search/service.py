"""Answer queries on a thread of their own."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from sqlite_utils import Database

from engine.catalog.connection import open_reader
from engine.embedding.text_encoder import TextEncoder
from engine.index.indexes import Indexes
from engine.paths import Home
from engine.search.candidates import Asked, Evidence, Gatherer
from engine.search.clock import Clock
from engine.search.filters import Visibility, newest_photos
from engine.search.fusion import fuse
from engine.search.hits import Hit, describe_hits
from engine.search.query import Filters, Query, Source
from engine.search.stemmer import Stemmer

__all__ = ["Hit", "Results", "SearchService"]

_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Results:
    """The hits, best first, and the seconds of each stage: encode, filter, words, vectors, fuse, describe."""

    hits: tuple[Hit, ...]
    elapsed_s: Mapping[str, float]


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

    def search(self, query: Query) -> Results:
        """Return the photos that answer a query; raises what `open_reader` raises."""
        return self._thread.submit(self._search, query).result()

    def gather(self, asked: Asked, filters: Filters, sources: frozenset[Source], count: int) -> Evidence:
        """Return what the sources say before it is weighed, for measuring."""
        return self._thread.submit(lambda: self._open().gather(asked, filters, sources, count, Clock())).result()

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

    def _search(self, query: Query) -> Results:
        desk, clock, limit = self._open(), Clock(), max(query.limit, 0)
        with clock.stage("encode"):
            asked = self._ask(query)
        evidence = desk.gather(asked, query.filters, query.sources, limit, clock)
        with clock.stage("fuse"):
            fused = fuse(evidence)
            places = np.argsort(-fused, kind="stable")[:limit]
        with clock.stage("describe"):
            hits = describe_hits(desk.db, desk.stemmer, evidence, fused, places)
        return Results(hits, clock.elapsed_s)

    def _ask(self, query: Query) -> Asked:
        text = query.text[:_LONGEST_TEXT].encode("utf-8", "replace").decode().replace("\0", " ").strip()
        return Asked(text, self._text_encoder.encode([text])[0] if text else None, query.visual)


class _Desk:
    """What the search thread works with; opened, used and closed by it alone."""

    def __init__(self, db: Database, indexes: Indexes) -> None:
        self.db = db
        self._visibility = Visibility(db)
        self.stemmer = Stemmer()
        self._gatherer = Gatherer(db, indexes, self.stemmer)

    def gather(self, asked: Asked, filters: Filters, sources: frozenset[Source], count: int, clock: Clock) -> Evidence:
        if asked.is_empty:
            with clock.stage("filter"):
                return Evidence.listing(newest_photos(self.db, filters, count))
        with clock.stage("filter"):
            allowed = self._visibility.allowed(filters)
        return self._gatherer.gather(asked, allowed, sources, count, clock)

    def close(self) -> None:
        self.stemmer.close()
        self.db.close()

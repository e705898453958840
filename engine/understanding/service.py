"""Understand what people look for in a library, as fast as they type."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.connection import open_reader
from engine.search.origin import Origin
from engine.settings import Settings, read_settings
from engine.understanding.dates import Calendar
from engine.understanding.english import english_words
from engine.understanding.library import read_vocabulary
from engine.understanding.plan import QueryPlan
from engine.understanding.vocabulary import Vocabulary

# The share of time that reading the library's names may take while photos come in: two seconds in a hundred.
_MOST_READING = 0.02
# Looking whether it has changed wakes a thread, which is best not done at every keystroke.
LOOK_EVERY_S = 1.0


class UnderstandingService:
    """Understand requests from any thread.

    What the library has is read on a thread of its own: the first request waits for that, later ones are understood
    by what was read last, and have it read again where the catalog has changed. The rules come with the first request
    too, for compiling their patterns takes .15 s, and a window can be shown before that.
    """

    def __init__(self, catalog: Path) -> None:
        self._thread = ThreadPoolExecutor(1, "understanding")
        self._desk = _Desk(catalog)
        self._known: _Known | None = None
        self._refresh: Future[_Known] | None = None
        self._looked_at = 0.0

    def understand(self, text: str, today: date, beside: Origin | None = None) -> QueryPlan:
        """Return the plan for a request, with a photo of this origin `beside` it if there is one.

        Raises what `open_reader` raises, and `ModelUnavailable`.
        """
        from engine.understanding.parse import parse

        known = self._latest()
        return parse(text, known.vocabulary, known.calendar(today), beside)

    def write(self, plan: QueryPlan, today: date, beside: Origin | None = None) -> str:
        """Return words and operators that are understood as a plan; raises what `understand` raises."""
        from engine.understanding.parse import write

        known = self._latest()
        return write(plan, known.vocabulary, known.calendar(today), beside)

    def close(self) -> None:
        """End the thread."""
        self._thread.submit(self._desk.close).result()
        self._thread.shutdown()

    def _latest(self) -> "_Known":
        now = time.monotonic()
        refresh = self._refresh
        if refresh is None or (refresh.done() and now - self._looked_at >= LOOK_EVERY_S):
            if refresh and not refresh.exception():
                self._known = refresh.result()
            refresh = self._refresh = self._thread.submit(self._desk.read)
            self._looked_at = now
        if self._known is None or refresh.done():
            self._known = refresh.result()
        return self._known


@dataclass(frozen=True, slots=True)
class _Known:
    vocabulary: Vocabulary
    settings: Settings

    def calendar(self, today: date) -> Calendar:
        settings, years = self.settings, self.vocabulary.years
        return Calendar(today, southern=settings.southern, week_start=settings.week_start, years=years)


class _Desk:
    """What the thread works with; opened, used and closed by it alone."""

    def __init__(self, catalog: Path) -> None:
        self._catalog = catalog
        self._db: Database | None = None
        self._english: frozenset[str] = frozenset()
        self._version: int | None = None
        self._vocabulary: Vocabulary | None = None
        self._rested_at = 0.0

    def read(self) -> _Known:
        """Return what is set, and what the library has, which is read again where it has changed, and where reading it
        has had its rest."""
        if self._db is None:
            self._db = open_reader(self._catalog)
            self._english = english_words()
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if self._vocabulary is None or (version != self._version and time.monotonic() >= self._rested_at):
            started = time.monotonic()
            self._vocabulary = read_vocabulary(self._db, self._english)
            self._version = version
            ended = time.monotonic()
            self._rested_at = ended + (ended - started) / _MOST_READING
        return _Known(self._vocabulary, read_settings(self._db))

    def close(self) -> None:
        if self._db is not None:
            self._db.close()

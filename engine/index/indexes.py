"""The indexes of one library, each opened when it is first needed, and the thread that keeps them in shape."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.connection import open_reader
from engine.catalog.embeddings import Kind
from engine.errors import CannotWrite
from engine.index.embedding_index import EmbeddingIndex

_LOG = logging.getLogger(__name__)
_ROUND_S = 60.0


class Indexes:
    """One index a kind; a search by words alone never loads the raw visual vectors (150 MB for 100,000 photos)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[Kind, EmbeddingIndex] = {}
        self._opening = threading.Lock()

    def current(self, kind: Kind, db: Database) -> EmbeddingIndex:
        """Return the index of a kind, holding all that the catalog holds now."""
        with self._opening:
            if kind not in self._opened:
                index = EmbeddingIndex(kind, self._folder)
                index.open(db)
                self._opened[kind] = index
        self._opened[kind].refresh(db)
        return self._opened[kind]

    def tend(self, db: Database, stopped: Callable[[], bool]) -> None:
        """Grow and save every index that is open; for one background thread of the process that writes."""
        for index in list(self._opened.values()):
            index.grow(db, stopped)
            try:
                index.save()
            except CannotWrite as error:
                _LOG.warning("%s", error)


class IndexKeeper:
    """Tend the open indexes in a thread, once a minute where the catalog has changed."""

    def __init__(self, indexes: Indexes, catalog: Path, round_s: float = _ROUND_S) -> None:
        self._indexes = indexes
        self._catalog = catalog
        self._round_s = round_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-keeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop within a second or so, keeping what was done."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        db = open_reader(self._catalog)
        seen = None
        while not self._closing.wait(self._round_s):
            version = db.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                self._indexes.tend(db, self._closing.is_set)
                seen = version
        db.close()

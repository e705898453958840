"""The indexes of one library, each opened when it is first needed."""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.embeddings import Kind
from engine.index.embedding_index import EmbeddingIndex

_ASKED_BY_WORDS = (Kind.SENTENCE, Kind.PHOTO)


class Indexes:
    """One index a kind: a search by words alone never loads the raw visual vectors, 150 MB for 100,000 photos."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[Kind, EmbeddingIndex] = {}
        self._opening = threading.Lock()
        self._kept_up_with: int | None = None

    def current(self, kind: Kind, db: Database) -> EmbeddingIndex:
        """Return the index of a kind, holding all that the catalog holds now."""
        with self._opening:
            if kind not in self._opened:
                index = EmbeddingIndex(kind, self._folder)
                index.open(db)
                self._opened[kind] = index
        self._opened[kind].refresh(db)
        return self._opened[kind]

    def refresh(self, db: Database) -> None:
        """Let the indexes that are open take up what is new."""
        for index in list(self._opened.values()):
            index.refresh(db)

    def keep_up(self, db: Database, stopped: Callable[[], bool]) -> None:
        """Grow and save the indexes that words need, and others that are open, where somebody else than this
        connection has written since the last call.

        For one background thread of the process that writes. Raises `CannotWrite`.
        """
        version = db.execute("PRAGMA data_version").fetchone()[0]
        if version == self._kept_up_with:
            return
        for kind in _ASKED_BY_WORDS:
            self.current(kind, db)
        for index in list(self._opened.values()):
            index.grow(db, stopped)
            index.save()
        self._kept_up_with = version

"""The one door to the engine: open a library, add folders, search, and hear what changes."""

import contextlib
from collections.abc import Callable, Iterator, Set
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog import captions, folders, work
from engine.catalog.captions import Caption, CaptionCount, Standing
from engine.catalog.connection import open_reader, open_writer
from engine.catalog.failures import Failure, list_failures
from engine.catalog.folders import Folder, FolderState
from engine.catalog.tags import Tag, read_tags
from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.errors import CannotWrite, CatalogInUse, ModelUnavailable
from engine.indexing.captions import Captioner, captioner_in_use
from engine.indexing.indexing import Indexing
from engine.indexing.lanes import Models, build_lanes
from engine.indexing.progress import Activity, Pace, Progress, RateMeter, measure
from engine.indexing.single_photo import embed_photo
from engine.learning.grounding import Grounding
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.paths import Home
from engine.search.duplicates import Duplicate, Sameness
from engine.search.query import Filters, Orientation, Query, Sort
from engine.search.reference import Reference
from engine.search.references import References
from engine.search.service import Condition, Hit, Offer, Results, SearchService
from engine.settings import Settings, read_settings, write_settings
from engine.understanding.plan import Chip, ChipKind, QueryPlan, Spelling
from engine.understanding.service import UnderstandingService

__all__ = [
    "Activity", "Caption", "CaptionCount", "Captioner", "Chip", "ChipKind", "Condition", "Duplicate", "Engine",
    "Failure", "Filters", "Folder", "FolderState", "Hit", "Home", "Offer", "Orientation", "Pace", "Progress", "Query",
    "QueryPlan", "Reference", "Results", "Sameness", "Settings", "Sort", "Spelling", "Stage", "Standing", "Tag",
]  # fmt: skip

# `status` holds the lock for a moment, to see whether somebody else does.
_LOCK_PATIENCE_S = 0.5
_BY_THE_USER = "the user"


class Engine:
    """A library that is open. One process at a time indexes it; others may open it to search.

    Methods may be called from any thread. Callbacks come on the engine's own threads and must be quick. `captioner` is
    the model in use; where its files are damaged it is None, and `captioner_problem` says what is wrong.
    """

    def __init__(self, home: Home, lock: FileLock | None = None, text_encoder: TextEncoder | None = None) -> None:
        self.home = home
        self.captioner, self.captioner_problem = _captioner(home)
        self._lock = lock
        self._listeners: list[Callable[[Progress], None]] = []
        self._text_encoder = text_encoder or TextEncoder.open()
        self._image_encoder = ImageEncoder.open()
        self._search = SearchService(home, self._text_encoder)
        self._understanding = UnderstandingService(home.catalog)
        self._indexing: Indexing | None = None
        self._head: VisualHead | None = None

    @classmethod
    def open(
        cls,
        home: Home | None = None,
        *,
        leave_out: Set[Stage] = frozenset(),
        head: VisualHead | None = None,
        text_encoder: TextEncoder | None = None,
    ) -> Self:
        """Open a library, made if there is none, and bring it up to date with its folders.

        Stages to `leave_out` stay pending, as do those that the settings switch off. `head` and `text_encoder`
        replace the shipped ones, for measuring. Raises `CatalogInUse`, `CatalogTooNew`, `CatalogDamaged`,
        `CannotWrite` and `ModelUnavailable`.
        """
        home = home or Home.choose()
        lock = _lock(home)
        try:
            open_writer(home.catalog).close()
            engine = cls(home, lock, text_encoder)
            engine._start_indexing(head or VisualHead.open(), leave_out)
        except BaseException:
            lock.release()
            raise
        return engine

    @classmethod
    def open_to_search(cls, home: Home | None = None) -> Self:
        """Open a library that is there, perhaps while another process indexes it; nothing is written.

        Raises `CatalogMissing`, `CatalogTooNew`, `CatalogDamaged` and `ModelUnavailable`.
        """
        home = home or Home.choose()
        open_reader(home.catalog).close()
        return cls(home)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Store what is finished, end all threads and workers, and let others write."""
        try:
            if self._indexing:
                self._indexing.close()
            self._search.close()
            self._understanding.close()
        finally:
            if self._lock:
                self._lock.release()

    def understand(self, text: str) -> QueryPlan:
        """Return how a request is understood today, by what the library has; raises `ModelUnavailable`."""
        return self._understanding.understand(text, date.today())

    def search(self, query: Query) -> Results:
        """Return the photos that answer a query, best first, each with why."""
        results = self._search.search(query)
        if Stage.CAPTION in self.stages:
            self._lift([hit.photo_id for hit in results.hits if hit.standing is None])
        return results

    def embed_photo(self, path: Path) -> NDArray[np.float32]:
        """Return the raw image-encoder output of any photo file, float32 (1536,), to search with as `Query.visual`.

        Raises `UnreadablePhoto`.
        """
        return embed_photo(self.home, self._image_encoder, path)

    def reference(self, photo: Path | int) -> Reference:
        """Return a photo to ask by, a file or a `photo_id`: `reference.about(query)` is the query to search with.

        A file that the library does not know takes half a second. Raises `UnreadablePhoto`, `PhotoStillChanging` and
        `ModelUnavailable`.
        """
        with self._reading() as db:
            return self._references.of(db, photo)

    def settings(self) -> Settings:
        """Return what the user has set."""
        with self._reading() as db:
            return read_settings(db)

    def change_settings(self, settings: Settings) -> None:
        """Store what the user has set; it counts from the next time the library is opened."""
        self._writing.run(lambda db: write_settings(db, settings))

    def add_folder(self, path: Path) -> Folder:
        """Add a folder to the library; raises `FolderUnavailable`, and `CatalogInUse` where another process indexes."""
        return self._writing.add_folder(path)

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder. Its photos leave the results; what is known of them is kept in case they come back."""
        self._writing.remove_folder(folder_id)

    def folders(self) -> list[Folder]:
        """Return the chosen folders."""
        with self._reading() as db:
            return folders.list_folders(db)

    def rescan(self) -> None:
        """Look at all folders again, as a "refresh" button does."""
        self._writing.rescan()

    def pause(self) -> None:
        """Stop indexing until `resume`; search goes on."""
        self._writing.indexer.pause()

    def resume(self) -> None:
        """Go on indexing, also after a full disk or a model that stopped."""
        self._writing.indexer.resume()
        self._writing.rescan()

    def progress(self) -> Progress:
        """Return how far indexing is."""
        if self._indexing:
            return self._indexing.indexer.progress
        with self._reading() as db:
            return measure(db, Activity.IDLE, RateMeter(), set(), (), {})

    def on_change(self, listener: Callable[[Progress], None]) -> None:
        """Call `listener` with the progress whenever something changed, at most about twice a second."""
        self._listeners.append(listener)

    def wait_until_idle(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is left to do; return False if that took longer, or if indexing is paused."""
        return self._writing.indexer.wait_until_idle(timeout_s)

    def failures(self) -> list[Failure]:
        """Return what could not be read or done, with the reason."""
        with self._reading() as db:
            return list_failures(db)

    def retry_failed(self) -> int:
        """Try again what failed; return how many things."""
        return self._writing.run(work.retry_failed)

    def caption(self, photo_id: int) -> Caption | None:
        """Return a photo's caption, where it came from, and how far it can be relied on, also where it is withheld."""
        with self._reading() as db:
            return captions.read_caption(db, photo_id)

    def tags(self, photo_id: int) -> tuple[Tag, ...]:
        """Return words for what a photo shows, most certain first."""
        with self._reading() as db:
            return read_tags(db, [photo_id]).get(photo_id, ())

    def count_captions(self) -> list[CaptionCount]:
        """Return how many captions each model and the user wrote, the most first."""
        with self._reading() as db:
            return captions.count_captions(db)

    def edit_caption(self, photo_id: int, text: str) -> None:
        """Store the user's own words; models never overwrite them."""

        def edit(db: Database) -> None:
            captions.edit_caption(db, photo_id, text)
            work.skip(db, photo_id, Stage.CAPTION, _BY_THE_USER)
            work.enqueue(db, photo_id, Stage.SENTENCES)

        self._writing.run(edit)

    def unlock_caption(self, photo_id: int) -> None:
        """Give a caption back to the models."""

        def unlock(db: Database) -> None:
            captions.unlock_caption(db, photo_id)
            for stage in (Stage.SENTENCES, Stage.CAPTION):
                work.enqueue(db, photo_id, stage)

        self._writing.run(unlock)

    def is_indexed_elsewhere(self) -> bool:
        """Whether another process is at work in this library."""
        if self._indexing:
            return False
        lock = FileLock(self.home.lock, thread_local=False)
        try:
            with lock.acquire(timeout=0):
                return False
        except Timeout:
            return True
        except OSError:
            return False

    @property
    def stages(self) -> frozenset[Stage]:
        """Which stages run in this process."""
        lanes = self._indexing.indexer.lane_names if self._indexing else frozenset()
        return frozenset(stage for stage in Stage if stage in lanes)

    @cached_property
    def _references(self) -> References:
        return References(self._search, self._head or VisualHead.open(), self.embed_photo)

    @property
    def _writing(self) -> Indexing:
        if self._indexing is None:
            raise _in_use(self.home)
        return self._indexing

    def _start_indexing(self, head: VisualHead, leave_out: Set[Stage]) -> None:
        self._head = head
        models = Models(self._text_encoder, self._image_encoder, head, Grounding.open(), Tagger.open())
        left_out = leave_out | self.settings().left_out()
        self._indexing = Indexing(
            self.home,
            self._search,
            lambda known: build_lanes(self.home, known, models, captioner=self.captioner, leave_out=left_out),
            self._tell,
        )

    def _tell(self, progress: Progress) -> None:
        for listener in self._listeners:
            listener(progress)

    def _lift(self, photo_ids: list[int]) -> None:
        """Move photos that somebody looks for up the caption queue."""

        def lift(db: Database) -> None:
            for photo_id in photo_ids:
                work.lift(db, photo_id, Stage.CAPTION)

        if photo_ids:
            self._writing.indexer.submit(lift)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Database]:
        db = open_reader(self.home.catalog)
        try:
            yield db
        finally:
            db.close()


def _captioner(home: Home) -> tuple[Captioner | None, ModelUnavailable | None]:
    """Return the model in use, or what is wrong with it: without captions everything else works."""
    try:
        return captioner_in_use(home), None
    except ModelUnavailable as error:
        return None, error


def _lock(home: Home) -> FileLock:
    """Take the right to write; raise `CatalogInUse`, or `CannotWrite` where the home folder cannot be made."""
    lock = FileLock(home.lock, thread_local=False)
    try:
        home.create()
        lock.acquire(timeout=_LOCK_PATIENCE_S)
    except Timeout:
        raise _in_use(home) from None
    except OSError as error:
        raise CannotWrite("Reverie can't write to its own folder.", f"The system says: {error}.", home.root) from error
    return lock


def _in_use(home: Home) -> CatalogInUse:
    return CatalogInUse("Another Reverie is at work in this library.", "You can search meanwhile.", home.root)

"""A library that is open: who may read it, who may write it, and the threads that keep it up to date."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Set
from types import TracebackType
from typing import Self, TypeVar

from filelock import FileLock, Timeout
from sqlite_utils import Database

from engine.catalog.connection import open_reader, open_writer
from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.errors import Cancelled, CannotWrite, CatalogInUse, ModelUnavailable
from engine.indexing.captions import Captioner, CaptionStage, captioner_in_use
from engine.indexing.indexing import Indexing
from engine.indexing.lanes import Models, build_lanes
from engine.indexing.progress import Progress
from engine.indexing.viewing import ViewingCopies
from engine.learning.grounding import Grounding
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.paths import Home
from engine.search.service import SearchService
from engine.settings import Settings, read_settings
from engine.understanding.service import UnderstandingService

# `status` holds the lock for a moment, to see whether somebody else does.
_LOCK_PATIENCE_S = 0.5
_READING_PATIENCE_S = 10.0

T = TypeVar("T")


class Session:
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
        self._viewing = ViewingCopies(home)
        self._indexing: Indexing | None = None
        self._captioning: CaptionStage | None = None
        self._is_closed = False
        # Held while the indexing is replaced, and by everybody who writes through it.
        self._writer = threading.RLock()
        self._readers, self._is_gone = 0, False
        self._reading_ends = threading.Condition()
        self._head: VisualHead | None = None
        self._leave_out: Set[Stage] = frozenset()

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
            engine._head, engine._leave_out = head, leave_out
            engine._start_indexing()
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
        """Store what is finished, end all threads and workers, and let others write; a second time does nothing.

        Where indexing begins anew just now, that is waited for: nobody else would end its threads.
        """
        with self._writer:
            if not self._is_closed:
                self._is_closed = True
                self._end()

    def settings(self) -> Settings:
        """Return what the user has set."""
        with self._reading() as db:
            return read_settings(db)

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

    def _end(self) -> None:
        try:
            if self._indexing:
                self._indexing.close()
            self._viewing.close()
            self._search.close()
            self._understanding.close()
        finally:
            if self._lock:
                self._lock.release()

    def _start_indexing(self) -> None:
        models = Models(
            self._text_encoder,
            self._image_encoder,
            self._head or VisualHead.open(),
            Grounding.open(),
            Tagger.open(),
        )
        settings = self.settings()
        left_out = self._leave_out | settings.left_out()
        self._captioning = None
        if self.captioner and Stage.CAPTION not in left_out:
            self._captioning = CaptionStage(self.home, self.captioner, models.choose_draft, settings.threads)
        self._indexing = Indexing(
            self.home,
            self._search,
            lambda known: build_lanes(self.home, known, models, captioning=self._captioning, leave_out=left_out),
            self._tell,
            settings,
        )

    def _restart_indexing(self, change: Callable[[], object] = lambda: None) -> None:
        """Begin anew with the settings and the captioner as they are after `change`; a pause stays a pause.

        While `change` runs no worker does. Raises `CatalogInUse` where another process indexes.
        """
        with self._writer:
            before = self._writing
            before.close()
            try:
                change()
            finally:
                self.captioner, self.captioner_problem = _captioner(self.home)
                self._start_indexing()
                if before.indexer.is_paused:
                    self._writing.indexer.pause()

    def _tell(self, progress: Progress) -> None:
        for listener in self._listeners:
            listener(progress)

    @property
    def _writing(self) -> Indexing:
        if self._is_closed:
            raise Cancelled("The library is closed.")
        if self._indexing is None:
            raise _in_use(self.home)
        return self._indexing

    def _write(self, command: Callable[[Database], T]) -> T:
        """Run a command on the writer thread; raise `CatalogInUse` where another process indexes."""
        with self._writer:
            return self._writing.run(command)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Database]:
        with self._reading_ends:
            if self._is_gone:
                raise Cancelled("The library is gone.")
            self._readers += 1
        try:
            with contextlib.closing(open_reader(self.home.catalog)) as db:
                yield db
        finally:
            with self._reading_ends:
                self._readers -= 1
                self._reading_ends.notify_all()

    def _end_reading(self) -> None:
        """Let nobody read from now on, and wait for those who do: SQLite would make the file of the catalog anew."""
        with self._reading_ends:
            self._is_gone = True
            self._reading_ends.wait_for(lambda: not self._readers, _READING_PATIENCE_S)


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

"""The thread that writes: hands out jobs, stores their outcomes, and is the only one to change the catalog."""

import contextlib
import functools
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from engine.catalog import work
from engine.catalog.connection import open_writer, transaction
from engine.errors import (
    Cancelled,
    CannotWrite,
    ModelUnavailable,
    PhotoStillChanging,
    ReverieError,
    UnexpectedError,
    WorkerCrashed,
    WorkerTimeout,
)
from engine.indexing.lane import Lane, Outcome, StageQueue
from engine.indexing.progress import Activity, Progress, RateMeter, measure

_log = logging.getLogger(__name__)

_TICK_S = 1.0
_MOST_ATTEMPTS = 2
_PROGRESS_SHARE = 0.05
_PROGRESS_EVERY_S = 0.5

T = TypeVar("T")


class Indexer:
    """Own the catalog's writing connection and run the lanes in order of their importance.

    `scanning` tells whether a scan is under way, `resting` why no work should be done now, if so, and `notices` what
    else to tell the user. `after_commit` runs on the
    writer thread after changes were stored, about once a second; `on_progress` runs there too, whenever the numbers
    changed.
    """

    def __init__(
        self,
        catalog: Path,
        lanes: Sequence[Lane[Any]],
        *,
        scanning: Callable[[], bool],
        resting: Callable[[], str | None] = lambda: None,
        notices: Callable[[], Iterable[str]] = tuple,
        after_commit: Callable[[Database], None],
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.progress = Progress(Activity.INDEXING)
        self._catalog = catalog
        self._lanes = list(lanes)
        self._scanning = scanning
        self._resting = resting
        self._notices = notices
        self._after_commit = after_commit
        self._on_progress = on_progress
        self._inbox: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._unsaved: list[Outcome] = []
        self._pools = {lane.name: ThreadPoolExecutor(lane.threads, lane.name) for lane in lanes}
        self._meter = RateMeter()
        self._paused = False
        self._rests_because: str | None = None
        self._problem: ReverieError | None = None
        self._closing = threading.Event()
        self._settling = threading.Condition()
        self._settled: Activity | None = None
        self._prepared = False
        self._dry: set[str] = set()
        self._dirty = True
        self._committed_at = 0.0
        self._measured_at = 0.0
        self._measuring_s = 0.0
        self._thread = threading.Thread(target=self._main, name="indexer")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    @property
    def lane_names(self) -> frozenset[str]:
        """Which lanes there are."""
        return frozenset(self._pools)

    @property
    def is_paused(self) -> bool:
        """Whether somebody has asked for a pause."""
        return self._paused

    def submit(self, command: Callable[[Database], T]) -> "Future[T]":
        """Run a command on the writer thread, in a transaction of its own. May be called from any thread."""
        future: Future[T] = Future()

        def run(db: Database) -> None:
            try:
                with transaction(db):
                    result = command(db)
            except BaseException as error:
                if isinstance(error, sqlite3.OperationalError):
                    self._problem = _cannot_save(error)
                future.set_exception(error)
            else:
                future.set_result(result)

        self._post(run)
        return future

    def wake(self) -> None:
        """Look again for something to do."""
        self._post(_nothing)

    def pause(self) -> None:
        """Take no more jobs and give up those that can be given up."""
        self._paused = True
        self._give_up()
        self.wake()

    def resume(self) -> None:
        """Go on, also after a full disk or a lane that stopped."""
        self._paused = False
        self._problem = None
        for lane in self._lanes:
            lane.stopped = None
        while self._unsaved:
            self._post(self._unsaved.pop(0))
        self.wake()

    def wait_until_idle(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is left to do; return False if that took longer, or at once where indexing is paused."""
        with self._settling:
            self._settling.wait_for(lambda: self._settled, timeout_s)
            return self._settled is Activity.IDLE

    def close(self) -> None:
        """Give up what is in hand, store what is finished and end the thread."""
        self._closing.set()
        self.wake()
        for lane in self._lanes:
            lane.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _post(self, message: Outcome) -> None:
        with self._settling:
            self._settled = None
            self._inbox.put(message)

    def _main(self) -> None:
        db = open_writer(self._catalog)
        try:
            while not self._closing.is_set():
                self._step_safely(db)
        finally:
            for pool in self._pools.values():
                pool.shutdown(wait=True, cancel_futures=True)
            self._handle_waiting(db)
            self._after_commit(db)
            db.close()
            with self._settling:
                self._settled = self._settled or Activity.PAUSED
                self._settling.notify_all()

    def _prepare(self, db: Database) -> None:
        with transaction(db):
            work.reset_unfinished(db)
            for lane in self._lanes:
                if isinstance(lane.queue, StageQueue):
                    lane.queue.enqueue_outdated(db)
        self._prepared = True

    def _step_safely(self, db: Database) -> None:
        """Go on after a bug, for a window over a dead thread is worse; pause where the disk lets nothing be written."""
        try:
            self._step(db)
        except sqlite3.OperationalError as error:
            self._problem = _cannot_save(error)
        except Exception:
            _log.exception("bug in the indexer")
            self._closing.wait(_TICK_S)

    def _give_up(self) -> None:
        """Stop what can be stopped, such as a caption half written."""
        for lane in self._lanes:
            lane.cancel()

    def _look_for_rest(self) -> None:
        """Begin or end a rest that somebody else calls for."""
        before, self._rests_because = self._rests_because, self._resting()
        if self._rests_because != before:
            self._dirty = True
            if before is None:
                self._give_up()

    def _step(self, db: Database) -> None:
        self._look_for_rest()
        if not (self._prepared or self._problem):
            self._prepare(db)
        busy = self._assign(db)
        at_rest = not busy and self._inbox.empty() and not self._scanning()
        self._publish(db, at_rest)
        with contextlib.suppress(queue.Empty):
            self._handle(db, self._inbox.get(timeout=_TICK_S))
            self._handle_waiting(db)

    @property
    def _is_at_rest(self) -> bool:
        return bool(self._paused or self._rests_because or self._problem)

    def _assign(self, db: Database) -> bool:
        """Give every lane that may work as many jobs as it takes; return whether anything is in hand."""
        busy: set[str] = set()
        for lane in self._lanes:
            may_claim = not (self._is_at_rest or lane.stopped or busy.intersection(lane.waits_for))
            if may_claim and lane.name not in self._dry:
                self._claim(db, lane)
            if lane.in_hand:
                busy.add(lane.name)
        return bool(busy)

    def _claim(self, db: Database, lane: Lane[Any]) -> None:
        """Hand out jobs; a lane that finds too few is not asked again before something has happened.

        With 100,000 photos pending on a drive that is away, asking takes .1 s, and would be done every second.
        """
        wanted = lane.look_ahead - lane.in_hand
        jobs = lane.queue.claim(db, wanted) if wanted else []
        if len(jobs) < wanted:
            self._dry.add(lane.name)
        for job in jobs:
            lane.in_hand += 1
            self._pools[lane.name].submit(self._work, lane, job)

    def _work(self, lane: Lane[Any], job: Any) -> None:
        self._post(functools.partial(self._finish, lane, job, self._do(lane, job)))

    def _do(self, lane: Lane[Any], job: Any) -> Outcome:
        """Do a job, on a thread of its lane."""
        if self._paused or self._rests_because:
            return functools.partial(self._settle, lane, job, Cancelled("Stopped."))
        try:
            return lane.run(job)
        except ReverieError as error:
            if isinstance(error, PhotoStillChanging):
                self._closing.wait(_TICK_S)
            return functools.partial(self._settle, lane, job, error)
        except Exception as error:
            _log.exception("bug in lane %s", lane.name)
            return functools.partial(self._settle, lane, job, _bug(error))

    def _finish(self, lane: Lane[Any], job: Any, outcome: Outcome, db: Database) -> None:
        """Store an outcome. What a full disk turns away is kept and stored later; a bug is blamed on the job."""
        try:
            with transaction(db):
                outcome(db)
        except sqlite3.OperationalError as error:
            self._problem = _cannot_save(error)
            self._unsaved.append(functools.partial(self._finish, lane, job, outcome))
            return
        except Exception as error:
            _log.exception("the outcome of lane %s could not be stored", lane.name)
            with contextlib.suppress(sqlite3.Error), transaction(db):
                lane.queue.fail(db, job, _bug(error))
        lane.in_hand -= 1
        self._meter.add(lane.name)

    def _settle(self, lane: Lane[Any], job: Any, error: ReverieError, db: Database) -> None:
        """Decide what an error means: try again, blame the photo, stop the lane, or wait for the user."""
        match error:
            case Cancelled() | PhotoStillChanging():
                lane.queue.release(db, job)
            case CannotWrite():
                lane.queue.release(db, job)
                self._problem = error
            case ModelUnavailable():
                lane.queue.release(db, job)
                lane.stopped = error
            case WorkerCrashed() | WorkerTimeout() if lane.queue.count_attempt(db, job) < _MOST_ATTEMPTS:
                lane.queue.release(db, job)
            case _:
                lane.queue.fail(db, job, error)

    def _handle(self, db: Database, message: Outcome) -> None:
        self._dry.clear()
        message(db)
        self._dirty = True

    def _handle_waiting(self, db: Database) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._handle(db, self._inbox.get_nowait())

    def _publish(self, db: Database, at_rest: bool) -> None:
        """Tell others about changes: soon, but never for more than a small share of the writer's time."""
        now, activity = time.monotonic(), self._activity(at_rest)
        is_settled = at_rest or activity is Activity.PAUSED
        if self._dirty and (at_rest or now - self._committed_at > _TICK_S):
            self._after_commit(db)
            self._committed_at = now
        pause_s = max(_PROGRESS_EVERY_S, self._measuring_s / _PROGRESS_SHARE)
        is_news = self._dirty or activity is not self.progress.activity
        if is_news and (is_settled or now - self._measured_at > pause_s):
            self._measure(db, activity)
            self._dirty = False
        with self._settling:
            if is_settled and self._inbox.empty():
                self._settled = activity
                self._settling.notify_all()

    def _measure(self, db: Database, activity: Activity) -> None:
        self._measured_at = time.monotonic()
        stopped = [lane.stopped for lane in self._lanes if lane.stopped]
        problems = [problem for problem in (self._rests_because, self._problem, *stopped) if problem]
        active = {lane.name for lane in self._lanes if not lane.stopped}
        notices = (*map(str, problems), *self._notices())
        paces = {lane.name: pace for lane in self._lanes if (pace := lane.pace()).photos}
        self.progress = measure(db, activity, self._meter, active, notices, paces)
        self._measuring_s = time.monotonic() - self._measured_at
        self._on_progress(self.progress)

    def _activity(self, at_rest: bool) -> Activity:
        if self._is_at_rest:
            return Activity.PAUSED
        if at_rest:
            return Activity.IDLE
        return Activity.SCANNING if self._scanning() else Activity.INDEXING


def _cannot_save(error: sqlite3.OperationalError) -> ReverieError:
    return CannotWrite("The library can't be saved, so indexing has paused.", f"SQLite says: {error}.")


def _bug(error: Exception) -> ReverieError:
    return UnexpectedError("Something in Reverie went wrong with this photo.", f"{type(error).__name__}: {error}")


def _nothing(_db: Database) -> None:
    """Wake the writer thread."""

"""Look after one chosen folder: notice that it comes and goes, and scan it when and where something changed."""

import logging
import math
import threading
import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path

from engine.catalog.folders import Folder
from engine.errors import Cancelled
from engine.library.dirty import DirtyFolders
from engine.library.scan import Root, Scan, scan_folder
from engine.library.scope import Scope
from engine.library.settle import QUIET_S, Settling
from engine.library.watch import FolderWatcher

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """How often to look: at the root, which costs one `stat`, and at everything, about a second for 100,000 files.

    A file is taken once it has been still for `quiet_s`. After a scan of changed folders, the next one waits
    `rest_factor` times as long as that took. A scout that is stopped gets `patience_s` to end.
    """

    quiet_s: float = QUIET_S
    after_change_s: float = QUIET_S + 0.5
    root_s: float = 5.0
    network_root_s: float = 60.0
    watched_rescan_s: float = 6 * 3600.0
    unwatched_rescan_s: float = 30 * 60.0
    rest_factor: float = 4.0
    patience_s: float = 2.0


USUAL = Timing()


class FolderScout:
    """Scan one folder in a thread of its own, so that a file server that hangs holds up no other folder.

    `deliver` is called in that thread with every scan; files that are still being written are not in it yet.
    """

    def __init__(
        self,
        folder: Folder,
        watcher: FolderWatcher,
        deliver: Callable[[int, Scan], None],
        left_out: Callable[[], Set[Path]] = frozenset,
        timing: Timing = USUAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.notice: str | None = None
        self._watcher = watcher
        self._deliver = deliver
        self._left_out = left_out
        self._timing = timing
        self._clock = clock
        self._settling = Settling(timing.quiet_s)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scout-{folder.folder_id}", daemon=True)
        self._dirty = DirtyFolders(folder.path, self._wake.set, clock)
        self._identity: tuple[int, int] | None = None
        self._root: Root | None = None
        self._is_looking = False
        self._root_due = self._whole_due = self._rested = -math.inf

    def start(self) -> None:
        """Begin: watch the folder, scan it whole, then wait for changes."""
        self._thread.start()

    def stop(self) -> bool:
        """End as soon as possible; return False where the thread hangs in a dead disk or file server."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=self._timing.patience_s)
        if not self._thread.is_alive():
            self._watcher.disarm(self.folder.path)
        return not self._thread.is_alive()

    def rescan(self) -> None:
        """Scan the whole folder soon."""
        self._whole_due = -math.inf
        self._wake.set()

    @property
    def is_quiet(self) -> bool:
        """Whether every change that was noticed has been delivered. False until the first scan has been."""
        # A look takes what is due and may leave something new, so it must be over before and not begun after.
        if self._is_looking:
            return False
        return self._dirty.since == math.inf and self._clock() < self._whole_due and not self._is_looking

    def look(self) -> float:
        """Do what is due, and return after how many seconds something else will be."""
        self._is_looking = True
        try:
            self._look_at_root()
            if self._clock() >= self._whole_due:
                self._scan_whole()
            elif self._clock() >= self._dirty_due():
                self._scan_dirty()
        finally:
            self._is_looking = False
        return max(0.0, min(self._root_due, self._whole_due, self._dirty_due()) - self._clock())

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                wait_s = self.look()
            except Cancelled:
                return
            except Exception:
                _log.exception("looking at %s failed", self.folder.path)
                wait_s = self._timing.root_s
            self._wake.wait(wait_s)

    def _dirty_due(self) -> float:
        return max(self._dirty.since + self._timing.after_change_s, self._rested)

    def _look_at_root(self) -> None:
        """Arm and scan a root that is new or another one than before; say once that it is missing."""
        self._root_due = self._clock() + (
            self._timing.network_root_s if self.folder.on_network else self._timing.root_s
        )
        identity = self._identify_root()
        if identity == self._identity and self._root is not None:
            return
        self._identity = identity
        self._dirty.take()
        if identity is None:
            self._watcher.disarm(self.folder.path)
            self._whole_due = math.inf
            self._hand_over(Scan(Root.MISSING, Scope()))
        else:
            self.notice = self._arm()
            self._whole_due = self._clock()

    def _identify_root(self) -> tuple[int, int] | None:
        """Return device and inode. A file server may number its folders anew at any time, so there only the device."""
        try:
            status = self.folder.path.stat()
        except OSError:
            return None
        return status.st_dev, 0 if self.folder.on_network else status.st_ino

    def _arm(self) -> str | None:
        minutes = round(self._timing.unwatched_rescan_s / 60)
        if self.folder.on_network:
            return f"This folder is on the network: Reverie looks for new photos every {minutes} minutes."
        problem = self._watcher.arm(self.folder.path, self._dirty)
        return problem and f"{problem}: Reverie looks for new photos in this folder every {minutes} minutes."

    def _scan_whole(self) -> None:
        self._whole_due = math.inf
        self._dirty.take()
        scan = self._scan(None)
        is_watched = self.notice is None and not scan.has_links
        rescan_s = self._timing.watched_rescan_s if is_watched else self._timing.unwatched_rescan_s
        if scan.has_links and self._settling.restless_folders():
            # What was held back may lie behind a link, where only a whole scan looks.
            rescan_s = self._timing.after_change_s
        self._whole_due = min(self._whole_due, self._clock() + rescan_s)

    def _scan_dirty(self) -> None:
        """Scan what is marked. After an empty or missing root only a whole scan tells what came back."""
        scope = self._dirty.take()
        if self.folder.path in scope.deep:
            # The root itself went, and its watch with it; what is there now may well have the same inode again.
            self.notice = self._arm()
            self._scan_whole()
        elif self._root is Root.FOUND:
            self._scan(scope)
        else:
            self._scan_whole()

    def _scan(self, scope: Scope | None) -> Scan:
        started = self._clock()
        scan = scan_folder(self.folder.path, scope, self._left_out(), self._stop)
        scan = self._settling.hold_back(scan)
        self._hand_over(scan)
        for folder in self._settling.restless_folders():
            self._dirty.mark_files_of(folder)
        self._rested = self._clock() + self._timing.rest_factor * (self._clock() - started)
        return scan

    def _hand_over(self, scan: Scan) -> None:
        is_news = scan.root is not Root.MISSING or self._root is not Root.MISSING
        self._root = scan.root
        if scan.root is Root.MISSING:
            self._identity = self.notice = None
        if is_news:
            self._deliver(self.folder.folder_id, scan)

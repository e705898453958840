"""All chosen folders, each with its scout."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from engine.catalog.folders import Folder
from engine.library.scan import Scan
from engine.library.scout import USUAL, FolderScout, Timing
from engine.library.watch import FolderWatcher


class Library:
    """Keep scans of the chosen folders coming, for `reconcile`.

    `deliver(folder_id, scan)` is called in the scouts' threads and must be quick: put it in the writer's queue. At the
    start comes one whole scan of each folder, or the news that it is missing; later the places that changed, a folder
    that comes or goes, and now and then a whole folder again. Folders that are `skipped` are left out of all scans.
    """

    def __init__(
        self,
        deliver: Callable[[int, Scan], None],
        home: Path,
        timing: Timing = USUAL,
        skipped: Iterable[Path] = (),
    ) -> None:
        self._deliver = deliver
        self._apart = (home, *skipped)
        self._timing = timing
        self._watcher = FolderWatcher()
        self._lock = threading.Lock()
        self._scouts: dict[int, FolderScout] = {}

    def start(self, folders: Iterable[Folder]) -> None:
        """Look after these folders."""
        for folder in folders:
            self.add(folder)

    def add(self, folder: Folder) -> None:
        """Look after one more folder."""
        scout = FolderScout(
            folder, self._watcher, self._deliver, left_out=partial(self._left_out, folder), timing=self._timing
        )
        with self._lock:
            self._scouts[folder.folder_id] = scout
        scout.start()

    def remove(self, folder_id: int) -> None:
        """Leave a folder alone. A chosen folder around it takes its files over with the scan that follows."""
        with self._lock:
            removed = self._scouts.pop(folder_id, None)
        if removed is None:
            return
        removed.stop()
        for scout in self._all():
            if removed.folder.path.is_relative_to(scout.folder.path):
                scout.rescan()

    def rescan(self, folder_id: int | None = None) -> None:
        """Scan a folder soon, or all of them, as the user asks with a button."""
        for scout in self._all():
            if folder_id in (None, scout.folder.folder_id):
                scout.rescan()

    def stop(self) -> None:
        """End all threads but those that hang in a dead disk or file server: they end with the process."""
        scouts = self._all()
        with self._lock:
            self._scouts.clear()
        ended = [scout.stop() for scout in scouts]
        # The watcher is left alone otherwise, for a thread that hangs may hold its lock.
        if all(ended):
            self._watcher.stop()

    @property
    def is_quiet(self) -> bool:
        """Whether every change noticed so far has been delivered; what was delivered may still lie in a queue."""
        return all(scout.is_quiet for scout in self._all())

    @property
    def scanned_now(self) -> frozenset[int]:
        """Which folders are looked at just now, by `folder_id`."""
        return frozenset(scout.folder.folder_id for scout in self._all() if not scout.is_quiet)

    @property
    def notices(self) -> dict[int, str]:
        """One sentence by `folder_id` for each folder that is not watched but looked at on a schedule."""
        return {scout.folder.folder_id: scout.notice for scout in self._all() if scout.notice}

    def _all(self) -> list[FolderScout]:
        with self._lock:
            return list(self._scouts.values())

    def _left_out(self, folder: Folder) -> frozenset[Path]:
        others = (scout.folder.path for scout in self._all())
        return frozenset(path for path in (*self._apart, *others) if path != folder.path)

"""The folders that something happened in since somebody last looked."""

import math
import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.library.scope import Scope

_MANY = 1000


class DirtyFolders:
    """Collect folders from any thread until they are taken; `since` is when the first of them was marked.

    More than 1,000 become the one `root` above them. That also covers a full inotify queue, which loses events without
    a word: it has 16,384 others in it then, and they all come after the loss.
    """

    def __init__(self, root: Path, on_first: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._on_first = on_first
        self._clock = clock
        self.since = math.inf
        self._lock = threading.Lock()
        self._deep: set[Path] = set()
        self._shallow: set[Path] = set()

    def mark_deep(self, folder: Path) -> None:
        """Mark a folder and everything below it."""
        self._mark(self._deep, folder)

    def mark_files_of(self, folder: Path) -> None:
        """Mark the files that lie in a folder itself."""
        self._mark(self._shallow, folder)

    def take(self) -> Scope:
        """Return what is marked, each place once, and start again from nothing."""
        with self._lock:
            deep, shallow = self._deep, self._shallow
            self._deep, self._shallow = set(), set()
            self.since = math.inf
        return Scope.without_overlap(deep, shallow)

    def _mark(self, marked: set[Path], folder: Path) -> None:
        with self._lock:
            is_first = self.since == math.inf
            if is_first:
                self.since = self._clock()
            marked.add(folder)
            if len(self._deep) + len(self._shallow) > _MANY:
                self._deep, self._shallow = {self._root}, set()
        if is_first:
            self._on_first()

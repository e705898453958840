"""Large copies, to look at, of photos that a window cannot read itself: HEIC, AVIF and RAW."""

import os
import threading
from pathlib import Path

from engine.errors import PhotoStillChanging
from engine.indexing.reading import open_decode_worker
from engine.paths import Home
from engine.workers.supervisor import Worker

VIEWING_PX = 4096
_ROOM_BYTES = 512 << 20


class ViewingCopies:
    """JPEGs in Reverie's own folder, made by a worker of their own; the least recently used ones go when there are more
    than `room_bytes`. From any thread, one copy at a time."""

    def __init__(self, home: Home, room_bytes: int = _ROOM_BYTES) -> None:
        self._home = home
        self._room_bytes = room_bytes
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def kept(self, fingerprint: str) -> Path | None:
        """Return a copy that is there already."""
        copy = self._home.viewing_copy(fingerprint)
        try:
            os.utime(copy)
        except OSError:
            return None
        return copy

    def make(self, fingerprint: str, path: Path) -> Path:
        """Return a new copy of the photo that the file at `path` holds.

        Raises `UnreadablePhoto`, `CannotWrite`, `WorkerCrashed`, `WorkerTimeout`, and `PhotoStillChanging` where the
        file holds another photo by now.
        """
        copy = self._home.viewing_copy(fingerprint)
        with self._lock:
            self._worker = self._worker or open_decode_worker(self._home)
            if self._worker.request("fingerprint", {"path": str(path)})["fingerprint"] != fingerprint:
                raise PhotoStillChanging("This photo has just changed.", "Reverie will read it again soon.", path)
            request = {"path": str(path), "preview": str(copy), "preview_px": VIEWING_PX}
            self._worker.request("preview", request)
            self._make_room(copy)
        return copy

    def close(self) -> None:
        """End the worker."""
        if self._worker:
            self._worker.close()

    def _make_room(self, fresh: Path) -> None:
        copies = {copy: copy.stat() for copy in fresh.parent.glob("*.jpg")}
        room = self._room_bytes
        for copy in sorted(copies, key=lambda copy: (copy == fresh, copies[copy].st_mtime_ns), reverse=True):
            room -= copies[copy].st_size
            if room < 0 and copy != fresh:
                copy.unlink(missing_ok=True)

"""Hear from the operating system where something changed; what changed is for a scan to find out."""

import errno
import logging
import os
import sys
import threading
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from engine.library.dirty import DirtyFolders
from engine.library.exclusions import is_inside_skipped, is_skipped_file, is_skipped_folder

# Opening and closing for reading are not among them: Reverie itself does that to every photo.
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileAttribEvent, FileClosedEvent, FileCreatedEvent,
    FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip

# Its one error, "called when the thread is inactive", is what stopping a watch looks like from inside.
logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)


class FolderWatcher:
    """Own the observer that all watched folders share. Safe to call from any thread but the observer's own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}

    def arm(self, root: Path, dirty: DirtyFolders) -> str | None:
        """Mark what changes under `root` from now on; return None, or why that is not possible, as half a sentence.

        Where a limit is reached nothing is watched at all: half of a folder would be worse than none, and other
        programs need watches too.
        """
        self.disarm(root)
        try:
            with self._lock:
                observer = self._running_observer()
                self._watches[root] = observer.schedule(
                    _Marker(root, dirty), os.fspath(root), recursive=True, event_filter=_EVENTS
                )
            _probe_limit(root)
        except OSError as error:
            self.disarm(root)
            return _explain(error)
        return None

    def disarm(self, root: Path) -> None:
        """Stop watching `root`. Needed before a root that came back is armed again: its old watch is deaf."""
        with self._lock:
            watch = self._watches.pop(root, None)
            if watch and self._observer:
                self._observer.unschedule(watch)

    def stop(self) -> None:
        """Stop watching everything and wait until the observer's threads have ended."""
        with self._lock:
            observer, self._observer = self._observer, None
            self._watches.clear()
        if observer:
            observer.stop()
            observer.join()

    def _running_observer(self) -> BaseObserver:
        if self._observer is None:
            observer = Observer()
            observer.start()
            self._observer = observer
        return self._observer


def _probe_limit(root: Path) -> None:
    """Raise `OSError` where no more watches are to be had.

    watchdog 7.1 reports a full limit for the root only, and leaves subfolders deaf in silence. A second observer needs
    a watch of its own, even of the same folder.
    """
    if sys.platform == "linux":
        probe = Observer()
        probe.start()
        try:
            probe.schedule(FileSystemEventHandler(), os.fspath(root), event_filter=[DirMovedEvent])
        finally:
            probe.stop()
            probe.join()


def _explain(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EMFILE):
        return "Linux has reached its limit on watched folders"
    return f"the system does not allow it ({error.strerror})"


class _Marker(FileSystemEventHandler):
    """Turn events of one root into dirty folders. Called in the observer's thread."""

    def __init__(self, root: Path, dirty: DirtyFolders) -> None:
        self._root = root
        self._dirty = dirty

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Mark both sides of a move, and the one side of anything else."""
        self._mark(Path(os.fsdecode(event.src_path)), _may_be_folder(event))
        if event.dest_path:
            self._mark(Path(os.fsdecode(event.dest_path)), event.is_directory)

    def _mark(self, path: Path, may_be_folder: bool) -> None:
        if not path.is_relative_to(self._root):
            self._dirty.mark_deep(self._root)
            return
        inner = path.relative_to(self._root)
        if is_inside_skipped(inner.parent):
            return
        if may_be_folder and not is_skipped_folder(inner.name):
            self._dirty.mark_deep(path)
        if not is_skipped_file(inner.name):
            self._dirty.mark_files_of(path.parent)


def _may_be_folder(event: FileSystemEvent) -> bool:
    """Tell whether an event is about a folder; Windows does not know once it is deleted."""
    return event.is_directory or (sys.platform == "win32" and event.event_type == "deleted")

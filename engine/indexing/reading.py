"""Read files: which photo is it, what does it say of itself, and a thumbnail."""

import contextlib
import queue
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog import files, photos, work
from engine.catalog.files import PendingFile
from engine.catalog.work import Stage
from engine.errors import UnreadablePhoto
from engine.indexing.lane import FileQueue, Lane, Outcome
from engine.paths import Home
from engine.workers.supervisor import Worker, worker_command

READ = "read"

_TIMEOUT_FLOOR_S = 60.0
_RECYCLE_AFTER = 2_000
_MEMORY_LIMIT_BYTES = 1_500_000_000
_STAGES = (Stage.VISUAL, Stage.VIEWS, Stage.TEXT, Stage.CAPTION)


def open_decode_worker(home: Home) -> Worker:
    """Return a worker that reads users' files; it starts at its first request."""
    return Worker(
        worker_command("decode"),
        timeout_floor_s=_TIMEOUT_FLOOR_S,
        recycle_after=_RECYCLE_AFTER,
        memory_limit_bytes=_MEMORY_LIMIT_BYTES,
        log=home.logs / "decode.log",
    )


class Reader:
    """Read files with `threads` decode workers. `known` are the fingerprints that need no second decoding."""

    def __init__(self, home: Home, known: set[str], threads: int) -> None:
        self._home = home
        self._known = known
        self._workers = [open_decode_worker(home) for _ in range(threads)]
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def lane(self) -> Lane[PendingFile]:
        """Return the lane that reads files."""
        return Lane(READ, FileQueue(), self._run, threads=len(self._workers), close=self._close)

    def _run(self, job: PendingFile) -> Outcome:
        try:
            content, facts = self._read(job)
        except UnreadablePhoto:
            if not _is_gone(job.path):
                raise
            return lambda db: files.leave_to_scan(db, job.file_id)
        return lambda db: self._save(db, job, content, facts)

    def _read(self, job: PendingFile) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Return what the content is and, unless that is known already, what the photo says of itself."""
        with self._worker() as worker:
            path = str(job.path)
            content = worker.request("fingerprint", {"path": path})
            thumbnail = self._home.thumbnail(content["fingerprint"])
            facts = None
            if content["fingerprint"] not in self._known or not thumbnail.exists():
                facts = worker.request("decode", {"path": path, "thumbnail": str(thumbnail)})
        return content, facts

    def _save(self, db: Database, job: PendingFile, content: dict[str, Any], facts: dict[str, Any] | None) -> None:
        fingerprint: str = content["fingerprint"]
        photo_id = photos.find_photo(db, fingerprint)
        if photo_id is not None:
            if facts is not None:
                work.retry_photo(db, photo_id)
        elif facts is None:
            self._known.discard(fingerprint)
            files.release_file(db, job.file_id)
            return
        else:
            photo_id = self._add(db, fingerprint, facts)
        files.link_file(db, job.file_id, photo_id, content["size_bytes"], content["mtime_ns"])

    def _add(self, db: Database, fingerprint: str, facts: dict[str, Any]) -> int:
        photo_id = photos.add_photo(db, fingerprint, facts)
        for stage in _STAGES:
            work.enqueue(db, photo_id, stage, _priority(facts))
        self._known.add(fingerprint)
        return photo_id

    @contextlib.contextmanager
    def _worker(self) -> Iterator[Worker]:
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def _close(self) -> None:
        for worker in self._workers:
            worker.close()


def _is_gone(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _priority(facts: dict[str, Any]) -> int:
    """Newest first: the day the photo was taken, 0 where that is not known."""
    return date.fromisoformat(facts["taken_at"][:10]).toordinal() if facts.get("taken_at") else 0

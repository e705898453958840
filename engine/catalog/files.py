"""The files on disk, as last seen, and the photo that each of them holds."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog.connection import now, transaction


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as a scan saw it."""

    path: Path
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file whose content is to be read."""

    file_id: int
    path: Path


def record_files(db: Database, folder_id: int, seen: Iterable[FileSeen]) -> None:
    """Add new files and mark changed ones; both are then pending until their content has been read.

    A changed file keeps its photo until the new content is known, so an edit never makes a photo vanish.
    """
    at = now()
    db.conn.executemany(
        """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, found_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (path) DO UPDATE SET folder_id = excluded.folder_id, size_bytes = excluded.size_bytes,
            mtime_ns = excluded.mtime_ns, state = 'pending', attempts = 0, problem = NULL, advice = NULL
        WHERE size_bytes <> excluded.size_bytes OR mtime_ns <> excluded.mtime_ns""",
        [(folder_id, os.fsencode(file.path), file.size_bytes, file.mtime_ns, at) for file in seen],
    )


def forget_files(db: Database, paths: Iterable[Path]) -> None:
    """Remove files that are gone from a folder that is there."""
    gone = [(os.fsencode(path),) for path in paths]
    photo_ids = [
        row[0]
        for path in gone
        for row in db.execute("SELECT photo_id FROM files WHERE path = ? AND photo_id IS NOT NULL", path)
    ]
    db.conn.executemany("DELETE FROM files WHERE path = ?", gone)
    for photo_id in photo_ids:
        refresh_names(db, photo_id)


def known_stamps(db: Database, folder_id: int, below: Path, deep: bool = True) -> dict[bytes, tuple[int, int]]:
    """Return size and mtime, by encoded path, of the known files in `below`, and with `deep` of all under it.

    100,000 of these take 0.1 s, as `FileSeen` they take 0.9 s.
    """
    start = os.fsencode(below / "_")[:-1]
    separator, end = start[-1:], start[:-1] + bytes([start[-1] + 1])
    rows = db.execute(
        "SELECT path, size_bytes, mtime_ns FROM files WHERE +folder_id = ? AND path >= ? AND path < ?",
        [folder_id, start, end],
    )
    return {path: (size, mtime) for path, size, mtime in rows if deep or separator not in path[len(start) :]}


def claim_files(db: Database, limit: int) -> list[PendingFile]:
    """Take up to `limit` pending files of reachable folders, newest first."""
    with transaction(db):
        rows = db.execute(
            """SELECT file_id, files.path FROM files JOIN folders USING (folder_id)
            WHERE files.state = 'pending' AND folders.state = 'online' ORDER BY mtime_ns DESC, file_id LIMIT ?""",
            [limit],
        ).fetchall()
        db.conn.executemany("UPDATE files SET state = 'running' WHERE file_id = ?", [(row[0],) for row in rows])
    return [PendingFile(file_id, Path(os.fsdecode(path))) for file_id, path in rows]


def release_file(db: Database, file_id: int) -> None:
    """Give a claimed file back unread."""
    db.execute("UPDATE files SET state = 'pending' WHERE file_id = ?", [file_id])


def retry_unreadable(db: Database, folder_id: int) -> None:
    """Make the unreadable files of a folder pending: a drive that comes back may have gone while they were read."""
    db.execute(
        """UPDATE files SET state = 'pending', attempts = 0, problem = NULL, advice = NULL
        WHERE folder_id = ? AND state = 'failed'""",
        [folder_id],
    )


def leave_to_scan(db: Database, file_id: int) -> None:
    """Put a claimed file aside that has gone: the next scan forgets it, or finds it as if it had changed.

    Given back instead, the newest files that are gone would be claimed again and again before all others. Where the
    whole folder has gone nothing is lost: a file that was read before keeps its photo.
    """
    db.execute("DELETE FROM files WHERE file_id = ? AND state = 'running' AND photo_id IS NULL", [file_id])
    db.execute("UPDATE files SET state = 'known', size_bytes = -1 WHERE file_id = ? AND state = 'running'", [file_id])


def link_file(db: Database, file_id: int, photo_id: int, size_bytes: int, mtime_ns: int) -> None:
    """Record which photo a file held when it was of this size and time.

    A file that a scan has found changed since then stays pending, for what was read is old.
    """
    before = _photo_of(db, file_id)
    db.execute(
        """UPDATE files SET photo_id = ?1, size_bytes = ?2, mtime_ns = ?3, state = 'known', attempts = 0,
            problem = NULL, advice = NULL
        WHERE file_id = ?4 AND (state = 'running' OR (size_bytes = ?2 AND mtime_ns = ?3))""",
        [photo_id, size_bytes, mtime_ns, file_id],
    )
    for changed in {photo_id, before}:
        refresh_names(db, changed)


def fail_file(db: Database, file_id: int, problem: str, advice: str) -> None:
    """Record why a file cannot be read; it stays visible and can be tried again."""
    before = _photo_of(db, file_id)
    db.execute(
        """UPDATE files SET state = 'failed', problem = ?, advice = ?, photo_id = NULL
        WHERE file_id = ? AND state = 'running'""",
        [problem, advice, file_id],
    )
    refresh_names(db, before)


def read_again(db: Database, photo_id: int) -> None:
    """Make the files of a photo pending, as if they had just been found."""
    db.execute("UPDATE files SET state = 'pending' WHERE photo_id = ?", [photo_id])


def count_file_attempt(db: Database, file_id: int) -> int:
    """Add one to the attempts that ended with a dead or hanging worker, and return the sum."""
    db.execute("UPDATE files SET attempts = attempts + 1 WHERE file_id = ?", [file_id])
    attempts: int = db.execute("SELECT attempts FROM files WHERE file_id = ?", [file_id]).fetchone()[0]
    return attempts


def refresh_names(db: Database, photo_id: int | None) -> None:
    """Write the names of all files of a photo, and of the folders they lie in, where they can be searched."""
    rows: list[tuple[Any, Any]] = db.execute(
        "SELECT files.path, folders.path FROM files JOIN folders USING (folder_id) WHERE photo_id = ? ORDER BY file_id",
        [photo_id],
    ).fetchall()
    names = " ".join(dict.fromkeys(word for file, root in rows for word in _names(file, root)))
    db.execute("UPDATE words SET names = ? WHERE photo_id = ? AND names <> ?", [names, photo_id, names])


def _photo_of(db: Database, file_id: int) -> int | None:
    row = db.execute("SELECT photo_id FROM files WHERE file_id = ?", [file_id]).fetchone()
    return row[0] if row else None


def _names(file: bytes, root: bytes) -> list[str]:
    path, base = Path(os.fsdecode(file)), Path(os.fsdecode(root))
    inner = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    parts = [base.name, *inner.parts[:-1], inner.stem]
    return [part.encode("utf-8", "replace").decode().replace("_", " ") for part in parts]

"""Bring the catalog in step with what a scan found."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.files import FileSeen, forget_files, known_stamps, record_files, retry_unreadable
from engine.catalog.folders import FolderState, list_folders, mark_scanned, set_folder_state
from engine.library.scan import Root, Scan
from engine.library.scope import Scope


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files were new, had other content, or were gone, and whether the folder can be reached."""

    state: FolderState
    added: int = 0
    changed: int = 0
    gone: int = 0


def reconcile(db: Database, folder_id: int, scan: Scan) -> Changes:
    """Record what a scan found, inside the writer's transaction, and return what changed.

    A missing root, or one that is suddenly empty, takes the folder offline and forgets nothing. A move is a new file
    and a forgotten one: its content leads it back to the same photo. A folder that was removed meanwhile is let be.
    """
    folder = next((folder for folder in list_folders(db) if folder.folder_id == folder_id), None)
    if folder is None:
        return Changes(FolderState.OFFLINE)
    if scan.root is Root.MISSING or (scan.root is Root.EMPTY and known_stamps(db, folder_id, folder.path)):
        set_folder_state(db, folder_id, FolderState.OFFLINE)
        return Changes(FolderState.OFFLINE)
    known = _known(db, folder_id, scan.scope)
    added, changed = _compare(scan.seen, known)
    gone = _gone(scan, known)
    # New files first: a forgotten row's number may be given out again, and a worker may still hold it.
    record_files(db, folder_id, added + changed)
    forget_files(db, gone)
    if folder.state is FolderState.OFFLINE:
        retry_unreadable(db, folder_id)
    set_folder_state(db, folder_id, FolderState.ONLINE)
    if scan.is_whole:
        mark_scanned(db, folder_id)
    return Changes(FolderState.ONLINE, len(added), len(changed), len(gone))


def _known(db: Database, folder_id: int, scope: Scope) -> dict[bytes, tuple[int, int]]:
    known: dict[bytes, tuple[int, int]] = {}
    for folder in scope.shallow:
        known |= known_stamps(db, folder_id, folder, deep=False)
    for folder in scope.deep:
        known |= known_stamps(db, folder_id, folder)
    return known


def _compare(seen: Iterable[FileSeen], known: dict[bytes, tuple[int, int]]) -> tuple[list[FileSeen], list[FileSeen]]:
    added, changed = [], []
    for file in seen:
        stamp = known.get(os.fsencode(file.path))
        if stamp is None:
            added.append(file)
        elif stamp != (file.size_bytes, file.mtime_ns):
            changed.append(file)
    return added, changed


def _gone(scan: Scan, known: dict[bytes, tuple[int, int]]) -> list[Path]:
    missing = known.keys() - {os.fsencode(file.path) for file in scan.seen}
    kept = scan.waiting | scan.unreadable | scan.unfollowed
    paths = (Path(os.fsdecode(path)) for path in missing)
    return [path for path in paths if kept.isdisjoint((path, *path.parents))]

"""The folders that the user chose."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog.connection import now


class FolderState(StrEnum):
    """`OFFLINE` is a folder that cannot be reached now: its photos stay searchable and nothing of it is forgotten."""

    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Folder:
    """A chosen folder. `on_network` folders are rescanned on a schedule instead of watched."""

    folder_id: int
    path: Path
    state: FolderState
    on_network: bool
    scanned_at: str | None


def add_folder(db: Database, path: Path, on_network: bool = False) -> Folder:
    """Add a folder, or return the one that is there already."""
    db.execute(
        "INSERT INTO folders (path, on_network, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [os.fsencode(path), on_network, now()],
    )
    return next(folder for folder in list_folders(db) if folder.path == path)


def remove_folder(db: Database, folder_id: int) -> None:
    """Forget a folder and its files; the photos keep their captions in case they come back."""
    db.execute("DELETE FROM folders WHERE folder_id = ?", [folder_id])


def list_folders(db: Database) -> list[Folder]:
    """Return all chosen folders in the order they were added."""
    return [_folder(row) for row in db.query("SELECT * FROM folders ORDER BY folder_id")]


def set_folder_state(db: Database, folder_id: int, state: FolderState) -> None:
    """Record whether a folder can be reached."""
    db.execute("UPDATE folders SET state = ? WHERE folder_id = ?", [state, folder_id])


def mark_scanned(db: Database, folder_id: int) -> None:
    """Record that a whole scan of a folder has just ended."""
    db.execute("UPDATE folders SET scanned_at = ? WHERE folder_id = ?", [now(), folder_id])


def _folder(row: dict[str, Any]) -> Folder:
    return Folder(
        folder_id=row["folder_id"],
        path=Path(os.fsdecode(row["path"])),
        state=FolderState(row["state"]),
        on_network=bool(row["on_network"]),
        scanned_at=row["scanned_at"],
    )

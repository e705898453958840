"""Which photos may be found at all: those that a file holds, that are not excluded and that pass the filters."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.index.photo_set import PhotoSet
from engine.search.id_column import read_ids
from engine.search.query import Filters

_IN_SIGHT = "files.photo_id IS NOT NULL AND files.photo_id NOT IN (SELECT photo_id FROM excluded_photos)"


class Visibility:
    """Know which photos a connection may find; all visible ones are remembered until the catalog changes."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._version: int | None = None
        self._visible = PhotoSet.of(np.empty(0, dtype=np.int64))

    def allowed(self, filters: Filters) -> PhotoSet:
        """Return the photos in sight that a file holds, also on an offline drive, and that pass the filters.

        15 ms for 100,000 where something has changed or is filtered. A photo without a date passes no date filter.
        """
        if filters:
            return _select(self._db, filters)
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._visible = _select(self._db, filters)
            self._version = version
        return self._visible


def newest_photos(db: Database, filters: Filters, limit: int) -> NDArray[np.int64]:
    """Return the allowed photos, newest first, those without a date last."""
    conditions, parameters = _conditions(filters)
    rows = db.execute(
        f"""SELECT photo_id FROM photos
        WHERE EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.photo_id AND {conditions})
        ORDER BY taken_at DESC, photo_id DESC LIMIT ?""",
        [*parameters, limit],
    )
    return np.array([row[0] for row in rows], dtype=np.int64)


def _select(db: Database, filters: Filters) -> PhotoSet:
    conditions, parameters = _conditions(filters)
    joined = "files JOIN photos USING (photo_id)" if filters else "files"
    return PhotoSet.of(read_ids(db, f"SELECT photo_id AS id FROM {joined} WHERE {conditions}", parameters))


def _conditions(filters: Filters) -> tuple[str, list[str | bytes]]:
    found: list[tuple[str, list[str | bytes]]] = [(_IN_SIGHT, [])]
    if filters.date_from:
        found.append(("taken_at >= ?", [filters.date_from.isoformat()]))
    if filters.date_to:
        found.append(("taken_at < ?", [f"{filters.date_to.isoformat()}T24"]))
    if filters.folder:
        found.append(("files.path >= ? AND files.path < ?", _path_range(filters.folder)))
    if filters.formats:
        marks = ", ".join("?" * len(filters.formats))
        found.append((f"format COLLATE NOCASE IN ({marks})", sorted(filters.formats)))
    return " AND ".join(sql for sql, _ in found), [parameter for _, own in found for parameter in own]


def _path_range(folder: Path) -> list[str | bytes]:
    """Return the first path inside a folder and the first after all of them, so that an index can be used."""
    inside = os.fsencode(folder / "x")[:-1]
    return [inside, inside[:-1] + bytes([inside[-1] + 1])]

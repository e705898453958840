"""Which photos may be found at all: those that a file holds, that are not excluded and that pass the filters."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.imaging.kind import PhotoKind
from engine.index.photo_set import PhotoSet
from engine.search.bursts import photos_in_bursts
from engine.search.id_column import read_ids
from engine.search.query import Filters, Orientation, Sort

_VISIBLE = (
    "SELECT photo_id AS id FROM files "
    "WHERE photo_id IS NOT NULL AND photo_id NOT IN (SELECT photo_id FROM excluded_photos)"
)
_CAPTIONED = "SELECT photo_id AS id FROM captions WHERE standing <> 'withheld'"
_WITH_TEXT = "SELECT photo_id AS id FROM words WHERE text_in_photo <> ''"
_SHAPES = {
    Orientation.LANDSCAPE: "width_px > height_px",
    Orientation.PORTRAIT: "width_px < height_px",
    Orientation.SQUARE: "width_px = height_px",
}
_PLACE_PARTS = ("district", "city", "region", "country")

_Condition: TypeAlias = tuple[str, list[str | bytes]]


class Visibility:
    """Know which photos a connection may find; all visible ones are remembered until the catalog changes."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._version: int | None = None
        self._visible = PhotoSet.none()

    def allowed(self, filters: Filters) -> PhotoSet:
        """Return the photos in sight that a file holds, also on an offline drive, and that pass the filters.

        A photo without a date passes no date filter.
        """
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._visible = PhotoSet.of(read_ids(self._db, _VISIBLE))
            self._version = version
        allowed = self._visible
        for passing in _passing(self._db, filters):
            allowed = allowed & passing
        for wanted, select in ((filters.captioned, _CAPTIONED), (filters.has_text, _WITH_TEXT)):
            if wanted is not None:
                having = PhotoSet.of(read_ids(self._db, select))
                allowed = allowed & having if wanted else allowed - having
        for denied in filters.but_not:
            allowed = allowed - self.allowed(denied)
        return allowed


def photos_by_date(db: Database, allowed: PhotoSet, sort: Sort, limit: int) -> NDArray[np.int64]:
    """Return the first of the allowed photos, the newest ones unless the oldest are wanted, undated ones last."""
    dated = read_ids(
        db, "SELECT photo_id AS id FROM photos WHERE taken_at IS NOT NULL ORDER BY taken_at DESC, photo_id DESC"
    )
    undated = read_ids(db, "SELECT photo_id AS id FROM photos WHERE taken_at IS NULL ORDER BY photo_id DESC")
    ordered = np.concatenate([dated[::-1] if sort is Sort.OLDEST else dated, undated])
    return ordered[allowed.holds(ordered)][:limit]


def _passing(db: Database, filters: Filters) -> Iterator[PhotoSet]:
    """Yield what the facts and the files let through, each by itself: joining them takes twice as long."""
    facts = list(_facts(filters))
    if facts:
        where = " AND ".join(sql for sql, _ in facts)
        parameters = [parameter for _, own in facts for parameter in own]
        yield PhotoSet.of(read_ids(db, f"SELECT photo_id AS id FROM photos WHERE {where}", parameters))
    if filters.kinds:
        yield _of_kinds(db, filters.kinds)
    if filters.folder:
        inside = f"{_VISIBLE} AND path >= ? AND path < ?"
        yield PhotoSet.of(read_ids(db, inside, _path_range(filters.folder)))


def _of_kinds(db: Database, kinds: Collection[PhotoKind]) -> PhotoSet:
    told = read_ids(db, f"SELECT photo_id AS id FROM photos WHERE kind IN ({_marks(kinds)})", sorted(kinds))
    return PhotoSet.of(np.concatenate([told, photos_in_bursts(db)]) if PhotoKind.BURST in kinds else told)


def _facts(filters: Filters) -> Iterator[_Condition]:
    """Yield the conditions on the facts that a photo's file states."""
    moment = _night_by_night(filters.hours)
    if filters.date_from:
        yield f"{moment} >= ?", [filters.date_from.isoformat()]
    if filters.date_to:
        yield f"{moment} < ?", [f"{filters.date_to.isoformat()}T24"]
    yield from _among(f"substr({moment}, 1, 10)", {day.isoformat() for day in filters.days})
    yield from _among(f"substr({moment}, 6, 2)", {f"{month:02}" for month in filters.months})
    yield from _among("substr(taken_at, 12, 2)", {f"{hour:02}" for hour in filters.hours})
    yield from _among(f"strftime('%w', {moment})", {str((day + 1) % 7) for day in filters.weekdays})
    yield from _among("camera COLLATE NOCASE", filters.cameras)
    yield from _among("format COLLATE NOCASE", filters.formats)
    yield from _in_one_of(filters.places)
    if filters.orientation:
        yield _SHAPES[filters.orientation], []


def _night_by_night(hours: Collection[int]) -> str:
    """Return how to read the moment whose day counts: where hours go on past midnight, a night ends as it began."""
    past_midnight = next((hour for hour in range(24) if hour not in hours), 0)
    if not past_midnight or 23 not in hours:
        return "taken_at"
    return f"strftime('%Y-%m-%dT%H:%M:%S', taken_at, '-{past_midnight} hours')"


def _among(value: str, allowed: Collection[str]) -> Iterator[_Condition]:
    if allowed:
        yield f"{value} IN ({_marks(allowed)})", sorted(allowed)


def _in_one_of(places: Collection[str]) -> Iterator[_Condition]:
    if places:
        marks = _marks(places)
        parts = " OR ".join(f"{part} COLLATE NOCASE IN ({marks})" for part in _PLACE_PARTS)
        yield f"({parts})", [*sorted(places)] * len(_PLACE_PARTS)


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _path_range(folder: Path) -> list[str | bytes]:
    """Return the first path inside a folder and the first after all of them, so that an index can be used."""
    inside = os.fsencode(folder / "x")[:-1]
    return [inside, inside[:-1] + bytes([inside[-1] + 1])]

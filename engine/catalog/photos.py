"""The photos: one row for each content, however many files hold it."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog.captions import Standing
from engine.catalog.connection import now
from engine.catalog.tags import Tag, read_tags

_FACTS = (
    "format", "width_px", "height_px", "taken_at", "taken_offset", "camera", "lens", "f_number", "exposure_s", "iso",
    "focal_length_mm", "latitude", "longitude", "altitude_m", "district", "city", "region", "country", "kind",
    "warning",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Photo:
    """What a list of results shows of a photo: `caption` is None where there is none, or where it is withheld, which
    `standing` tells."""

    photo_id: int
    fingerprint: str
    paths: tuple[Path, ...]
    taken_at: str | None
    place: str | None
    caption: str | None
    standing: Standing | None
    grounding: float | None
    tags: tuple[Tag, ...]


def find_photo(db: Database, fingerprint: str) -> int | None:
    """Return the `photo_id` of a content that is known already."""
    row = db.execute("SELECT photo_id FROM photos WHERE fingerprint = ?", [fingerprint]).fetchone()
    return row[0] if row else None


def all_fingerprints(db: Database) -> set[str]:
    """Return the content hashes of all photos that are known."""
    return {row[0] for row in db.execute("SELECT fingerprint FROM photos")}


def add_photo(db: Database, fingerprint: str, facts: Mapping[str, Any]) -> int:
    """Add a photo with what its file says of itself, and return its `photo_id`."""
    columns = ["fingerprint", "added_at", *_FACTS]
    values = [fingerprint, now(), *(facts.get(name) for name in _FACTS)]
    marks = ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO photos ({', '.join(columns)}) VALUES ({marks})", values)
    photo_id: int = db.execute("SELECT last_insert_rowid()").fetchone()[0]
    places = " ".join(facts[part] for part in ("district", "city", "region", "country") if facts.get(part))
    db.execute("INSERT INTO words (photo_id, places) VALUES (?, ?)", [photo_id, places])
    return photo_id


def fingerprint_of(db: Database, photo_id: int) -> str:
    """Return the content hash of a photo."""
    fingerprint: str = db.execute("SELECT fingerprint FROM photos WHERE photo_id = ?", [photo_id]).fetchone()[0]
    return fingerprint


def read_facts(db: Database, photo_id: int) -> dict[str, Any]:
    """Return what the file of a photo says of itself, as it was added."""
    return next(iter(db.query(f"SELECT {', '.join(_FACTS)} FROM photos WHERE photo_id = ?", [photo_id])))


def reachable_path(db: Database, photo_id: int) -> Path | None:
    """Return a file that holds the photo and lies in a folder that is online."""
    row = db.execute(
        """SELECT files.path FROM files JOIN folders USING (folder_id)
        WHERE photo_id = ? AND files.state = 'known' AND folders.state = 'online' ORDER BY file_id""",
        [photo_id],
    ).fetchone()
    return Path(os.fsdecode(row[0])) if row else None


def describe_photos(db: Database, photo_ids: Sequence[int]) -> dict[int, Photo]:
    """Return what a list of results shows."""
    rows = db.query(
        """SELECT photo_id, fingerprint, taken_at, city, region, country, standing, grounding,
            CASE WHEN standing <> 'withheld' THEN captions.text END AS caption
        FROM photos LEFT JOIN captions USING (photo_id)
        WHERE photo_id IN (SELECT value FROM json_each(?))""",
        [json.dumps(list(photo_ids))],
    )
    paths, tags = _paths(db, photo_ids), read_tags(db, photo_ids)
    return {row["photo_id"]: _photo(row, paths.get(row["photo_id"], ()), tags.get(row["photo_id"], ())) for row in rows}


def _paths(db: Database, photo_ids: Sequence[int]) -> dict[int, tuple[Path, ...]]:
    found: dict[int, tuple[Path, ...]] = {}
    for photo_id, path in db.execute(
        "SELECT photo_id, path FROM files WHERE photo_id IN (SELECT value FROM json_each(?)) ORDER BY file_id",
        [json.dumps(list(photo_ids))],
    ):
        found[photo_id] = (*found.get(photo_id, ()), Path(os.fsdecode(path)))
    return found


def _photo(row: Mapping[str, Any], paths: tuple[Path, ...], tags: tuple[Tag, ...]) -> Photo:
    place = ", ".join(part for part in (row["city"], row["region"], row["country"]) if part)
    return Photo(
        photo_id=row["photo_id"],
        fingerprint=row["fingerprint"],
        paths=paths,
        taken_at=row["taken_at"],
        place=place or None,
        caption=row["caption"],
        standing=Standing(row["standing"]) if row["standing"] else None,
        grounding=row["grounding"],
        tags=tags,
    )

"""Everything that is known of one photo, for a panel beside it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog.captions import Caption, read_caption
from engine.catalog.folders import FolderState
from engine.catalog.tags import Tag, read_tags
from engine.imaging.kind import PhotoKind


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A file that holds a photo. `is_online` tells whether its folder can be reached now; `state` is "known" unless
    the file has changed and is to be read again."""

    path: Path
    size_bytes: int
    state: str
    is_online: bool


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """What the files of a photo, its captioner and the user say of it; None or empty where nobody says anything.

    `taken_at` is local time, `YYYY-MM-DDTHH:MM:SS`, and `taken_offset` its distance from UTC, `+02:00`. `caption` is
    there also where it is withheld, as its standing tells. The size is that of the photo as it is seen.
    """

    photo_id: int
    fingerprint: str
    caption: Caption | None
    tags: tuple[Tag, ...]
    text_in_photo: str
    taken_at: str | None
    taken_offset: str | None
    added_at: str
    camera: str | None
    lens: str | None
    f_number: float | None
    exposure_s: float | None
    iso: int | None
    focal_length_mm: float | None
    format: str
    width_px: int
    height_px: int
    kind: PhotoKind | None
    latitude: float | None
    longitude: float | None
    altitude_m: float | None
    district: str | None
    city: str | None
    region: str | None
    country: str | None
    warning: str | None
    files: tuple[PhotoFile, ...]
    is_excluded: bool

    @property
    def place(self) -> str:
        """Return the names of the place, the narrowest first, or an empty text."""
        return ", ".join(part for part in (self.district, self.city, self.region, self.country) if part)


def read_details(db: Database, photo_id: int) -> PhotoDetails | None:
    """Return what is known of a photo, or None where there is no such photo."""
    row = next(
        db.query(
            """SELECT photos.*, coalesce(text_in_photo, '') AS text_in_photo,
                photo_id IN (SELECT photo_id FROM excluded_photos) AS is_excluded
            FROM photos LEFT JOIN words USING (photo_id) WHERE photo_id = ?""",
            [photo_id],
        ),
        None,
    )
    return _details(db, row) if row else None


def _details(db: Database, row: dict[str, Any]) -> PhotoDetails:
    photo_id: int = row["photo_id"]
    found = {
        "kind": PhotoKind(row["kind"]) if row["kind"] else None,
        "is_excluded": bool(row["is_excluded"]),
        "caption": read_caption(db, photo_id),
        "tags": read_tags(db, [photo_id]).get(photo_id, ()),
        "files": _files(db, photo_id),
    }
    return PhotoDetails(**{**row, **found})


def _files(db: Database, photo_id: int) -> tuple[PhotoFile, ...]:
    rows = db.execute(
        """SELECT files.path, size_bytes, files.state, folders.state FROM files JOIN folders USING (folder_id)
        WHERE photo_id = ? ORDER BY file_id""",
        [photo_id],
    )
    return tuple(
        PhotoFile(Path(os.fsdecode(path)), size_bytes, state, folder_state == FolderState.ONLINE)
        for path, size_bytes, state, folder_state in rows
    )

"""Everything that an export tells, a photo file a row."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from engine.catalog.captions import Standing


@dataclass(frozen=True, slots=True)
class CaptionedFile:
    """A file with its caption. `model` wrote it, or the user where that is None."""

    path: Path
    folder: Path
    caption: str
    model: str | None
    standing: Standing
    written_at: str
    taken_at: str | None
    city: str | None
    region: str | None
    country: str | None


def captioned_files(db: Database) -> Iterator[CaptionedFile]:
    """Return all files in sight that have a caption which is not withheld, by path."""
    rows = db.execute(
        """SELECT files.path, folders.path, captions.text, iif(locked, NULL, model), standing, captions.created_at,
            taken_at, city, region, country
        FROM captions JOIN visible_photos USING (photo_id) JOIN files USING (photo_id) JOIN folders USING (folder_id)
        WHERE standing <> ? ORDER BY files.path""",
        [Standing.WITHHELD],
    )
    for path, folder, text, model, standing, *rest in rows:
        yield CaptionedFile(Path(os.fsdecode(path)), Path(os.fsdecode(folder)), text, model, Standing(standing), *rest)

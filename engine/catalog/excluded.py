"""The photos that the user took out of sight."""

import json
from collections.abc import Sequence

from sqlite_utils import Database

from engine.catalog.connection import now


def exclude_photos(db: Database, photo_ids: Sequence[int]) -> None:
    """Take photos out of sight; ids that no photo has are ignored."""
    db.execute(
        """INSERT INTO excluded_photos SELECT photo_id, ? FROM photos
        WHERE photo_id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING""",
        [now(), json.dumps(list(photo_ids))],
    )


def include_photos(db: Database, photo_ids: Sequence[int]) -> None:
    """Take photos back."""
    db.execute(
        "DELETE FROM excluded_photos WHERE photo_id IN (SELECT value FROM json_each(?))", [json.dumps(list(photo_ids))]
    )


def list_excluded(db: Database) -> list[int]:
    """Return the photos out of sight that a file still holds, those last taken out first."""
    rows = db.execute(
        """SELECT photo_id FROM excluded_photos WHERE photo_id IN (SELECT photo_id FROM files)
        ORDER BY excluded_at DESC, photo_id DESC"""
    )
    return [row[0] for row in rows]

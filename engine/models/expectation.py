"""What choosing a model means for a library: how many captions it would write, and how long that would take."""

from dataclasses import dataclass

import psutil
from sqlite_utils import Database

from engine.captioning.profile import STARTER_NAME

STARTER_CORE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many photos a model would caption, those without captions and those that others captioned, and roughly in
    how many seconds; None where nothing is known of its speed."""

    photos: int
    seconds: float | None


def count_to_caption(db: Database, name: str, recipe: str | None) -> int:
    """Count the photos in sight that a model would caption: never those that the user has described.

    The starter leaves captions of other models alone; others replace all but those of their own `recipe`.
    """
    return int(
        db.execute(
            """SELECT count(*) FROM visible_photos LEFT JOIN captions USING (photo_id)
            WHERE captions.photo_id IS NULL OR NOT (locked OR recipe IS ?1 OR ?2 = ?3 AND model IS NOT ?3)""",
            [recipe, name, STARTER_NAME],
        ).fetchone()[0]
    )


def seconds_a_photo(core_seconds: float, threads: int | None) -> float:
    """Spread the work of one core over those that the captioner uses."""
    return core_seconds / max(1, threads or psutil.cpu_count(logical=False) or 1)

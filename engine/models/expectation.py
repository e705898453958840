"""What choosing a model means for a library: how many captions it would write, and how long that would take."""

from dataclasses import dataclass

import psutil
from sqlite_utils import Database

from engine.captioning.profile import STARTER_NAME

STARTER_CORE_SECONDS = 0.3
_LEAST_CORE_SECONDS = 4.0
_CORE_SECONDS_A_PARAMETER = 14e-9


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many photos a model would caption, those without captions and those that others captioned, and roughly in
    how many seconds; None where nothing is known of its speed."""

    photos: int
    seconds: float | None


def count_to_caption(db: Database, name: str, recipe: str | None) -> int:
    """Count the photos in sight that a model would caption, and the files not read yet: most will be photos.

    Those that the user has described are left out. The starter leaves captions of other models alone; others replace
    all but those of their own `recipe`.
    """
    return int(
        db.execute(
            """SELECT (SELECT count(*) FROM visible_photos LEFT JOIN captions USING (photo_id)
            WHERE captions.photo_id IS NULL OR NOT (locked OR recipe IS ?1 OR ?2 = ?3 AND model IS NOT ?3))
            + (SELECT count(*) FROM files WHERE state IN ('pending', 'running') AND photo_id IS NULL)""",
            [recipe, name, STARTER_NAME],
        ).fetchone()[0]
    )


def guess_core_seconds(parameters: int) -> float | None:
    """Guess what a photo takes one core of a model that nobody has measured; None where its size is unknown.

    A line through the estimates of the catalogue, which it meets within a third.
    """
    return _LEAST_CORE_SECONDS + _CORE_SECONDS_A_PARAMETER * parameters if parameters else None


def seconds_a_photo(core_seconds: float, threads: int | None) -> float:
    """Spread the work of one core over those that the captioner uses."""
    return core_seconds / max(1, threads or psutil.cpu_count(logical=False) or 1)

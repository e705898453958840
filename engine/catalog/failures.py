"""Everything that went wrong and is waiting for a second try."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Failure:
    """A photo or file that could not be read, or a stage of it that could not be done. `stage` is "read" for files."""

    path: Path
    stage: str
    problem: str
    advice: str


def list_failures(db: Database) -> list[Failure]:
    """Return all failures, files that cannot be read, or only in part, first."""
    rows = db.execute(
        """SELECT path, 'read' AS stage, problem, advice FROM files WHERE state = 'failed'
        UNION ALL
        SELECT min(path), 'read', warning, '' FROM visible_photos JOIN files USING (photo_id)
        WHERE warning IS NOT NULL GROUP BY photo_id
        UNION ALL
        SELECT min(path), stage, work.problem, work.advice FROM work JOIN files USING (photo_id)
        WHERE work.state = 'failed' AND photo_id NOT IN (SELECT photo_id FROM excluded_photos)
        GROUP BY work.photo_id, stage"""
    )
    failures = [
        Failure(Path(os.fsdecode(path)), stage, problem or "", advice or "") for path, stage, problem, advice in rows
    ]
    return sorted(failures, key=lambda failure: (failure.stage != "read", failure.path))

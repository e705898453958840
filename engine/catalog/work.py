"""What is still to be done for each photo: a queue a stage, held by the catalog so that nothing is lost."""

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from engine.catalog.connection import transaction

_LIFT = 10_000_000
_AGAIN = "SET state = 'pending', attempts = 0, problem = NULL, advice = NULL WHERE state = 'failed'"
_DONE = """UPDATE work SET state = 'done', recipe = ?, problem = NULL, advice = NULL
    WHERE photo_id = ? AND stage = ?"""
_IN_SIGHT = "photo_id NOT IN (SELECT photo_id FROM excluded_photos)"
_VISIBLE = f"EXISTS (SELECT 1 FROM files WHERE files.photo_id = work.photo_id) AND {_IN_SIGHT}"
_REACHABLE = f"""EXISTS (SELECT 1 FROM files JOIN folders USING (folder_id)
    WHERE files.photo_id = work.photo_id AND files.state = 'known' AND folders.state = 'online') AND {_IN_SIGHT}"""


class Stage(StrEnum):
    """The steps after a file has been read, in the order in which they matter."""

    VISUAL = "visual"
    VIEWS = "views"
    TEXT = "text"
    CAPTION = "caption"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many photos stand where in one stage."""

    pending: int
    done: int
    failed: int


def enqueue(db: Database, photo_id: int, stage: Stage, priority: int = 0) -> None:
    """Make a stage pending for a photo, whatever came of it before."""
    db.execute(
        """INSERT INTO work (photo_id, stage, priority) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
        SET state = 'pending', attempts = 0, problem = NULL, advice = NULL""",
        [photo_id, stage, priority],
    )


def enqueue_outdated(db: Database, stage: Stage, recipe: str, replaces_only: str | None = None) -> int:
    """Make pending again what was done, or failed, under another recipe; return how many.

    Captions that the user wrote are left alone, and with `replaces_only` those of all models but that one too.
    """
    return db.execute(
        """UPDATE work SET state = 'pending', attempts = 0, problem = NULL, advice = NULL
        WHERE stage = ? AND state IN ('done', 'failed') AND recipe IS NOT ? AND NOT (
            stage = 'caption' AND photo_id IN (SELECT photo_id FROM captions WHERE locked OR model <> ?))""",
        [stage, recipe, replaces_only],
    ).rowcount


def claim_next(db: Database, stage: Stage, limit: int, reachable_only: bool = False) -> list[int]:
    """Take up to `limit` pending photos of a stage, highest priority first; return their `photo_id`s.

    Photos out of sight and those that no file holds any more are left, and with `reachable_only` those on a drive that
    is away too.
    """
    condition = _REACHABLE if reachable_only else _VISIBLE
    with transaction(db):
        rows = db.execute(
            f"""SELECT photo_id FROM work WHERE stage = ? AND state = 'pending' AND {condition}
            ORDER BY priority DESC, photo_id LIMIT ?""",
            [stage, limit],
        ).fetchall()
        db.conn.executemany(
            "UPDATE work SET state = 'running' WHERE photo_id = ? AND stage = ?", [(row[0], stage) for row in rows]
        )
    return [row[0] for row in rows]


def release(db: Database, photo_id: int, stage: Stage) -> None:
    """Give a claimed photo back undone."""
    db.execute(
        "UPDATE work SET state = 'pending' WHERE photo_id = ? AND stage = ? AND state = 'running'", [photo_id, stage]
    )


def complete(db: Database, photo_id: int, stage: Stage, recipe: str) -> None:
    """Record that a claimed stage is done under a recipe; one that is pending again stays so: what was done is old."""
    db.execute(f"{_DONE} AND state = 'running'", [recipe, photo_id, stage])


def skip(db: Database, photo_id: int, stage: Stage, recipe: str) -> None:
    """Record that a stage need not be done, whatever its state."""
    db.execute(_DONE, [recipe, photo_id, stage])


def fail(db: Database, photo_id: int, stage: Stage, recipe: str, problem: str, advice: str) -> None:
    """Record why a stage cannot be done; it stays visible and can be tried again."""
    db.execute(
        """UPDATE work SET state = 'failed', recipe = ?, problem = ?, advice = ?
        WHERE photo_id = ? AND stage = ?""",
        [recipe, problem, advice, photo_id, stage],
    )


def count_attempt(db: Database, photo_id: int, stage: Stage) -> int:
    """Add one to the attempts that ended with a dead or hanging worker, and return the sum."""
    key = [photo_id, stage]
    db.execute("UPDATE work SET attempts = attempts + 1 WHERE photo_id = ? AND stage = ?", key)
    row = db.execute("SELECT attempts FROM work WHERE photo_id = ? AND stage = ?", key).fetchone()
    return int(row[0])


def lift(db: Database, photo_id: int, stage: Stage) -> None:
    """Move a pending photo to the front of its queue."""
    db.execute(
        "UPDATE work SET priority = priority % ? + ? WHERE photo_id = ? AND stage = ?", [_LIFT, _LIFT, photo_id, stage]
    )


def reset_unfinished(db: Database) -> None:
    """Make pending what a process left claimed when it died."""
    db.execute("UPDATE work SET state = 'pending' WHERE state = 'running'")
    db.execute("UPDATE files SET state = 'pending' WHERE state = 'running'")


def retry_failed(db: Database) -> int:
    """Make everything that failed pending again; return how many."""
    return db.execute(f"UPDATE work {_AGAIN}").rowcount + db.execute(f"UPDATE files {_AGAIN}").rowcount


def retry_photo(db: Database, photo_id: int) -> None:
    """Make everything that failed for one photo pending again."""
    db.execute(f"UPDATE work {_AGAIN} AND photo_id = ?", [photo_id])


def count_stages(db: Database) -> dict[Stage, StageCount]:
    """Return how far every stage is, for photos in sight that a file holds; what is claimed counts as pending."""
    counts = {stage: {"pending": 0, "done": 0, "failed": 0} for stage in Stage}
    counted = f"SELECT stage, state, count(*) FROM work WHERE {_VISIBLE} GROUP BY stage, state"
    for stage, state, number in db.execute(counted):
        counts[Stage(stage)]["pending" if state == "running" else state] += number
    return {stage: StageCount(**numbers) for stage, numbers in counts.items()}

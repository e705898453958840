"""Captions: one a photo, with where it came from; the user's own words are never overwritten."""

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from engine.captioning.profile import STARTER_NAME
from engine.catalog.connection import now


class Standing(StrEnum):
    """How far a caption can be relied on. `YOURS`: the user's own words. `CONFIDENT`: it fits its photo. `UNCERTAIN`:
    it may not fit, or nobody has judged it yet. `WITHHELD`: it does not fit and the starter wrote it, which can do no
    better; it is kept, but neither shown nor searched.
    """

    YOURS = "yours"
    CONFIDENT = "confident"
    UNCERTAIN = "uncertain"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption and its provenance. `locked` means that the user wrote or edited it.

    `grounding` is the probability in [0, 1] that it is right, None for the user's words and where it is not judged.
    """

    photo_id: int
    text: str
    generated_text: str | None
    model: str | None
    prompt_version: str | None
    locked: bool
    created_at: str
    standing: Standing
    grounding: float | None


@dataclass(frozen=True, slots=True)
class CaptionCount:
    """How many photos have a caption by a model, or by the user where `model` is None."""

    model: str | None
    captions: int


def save_generated(db: Database, photo_id: int, text: str, model: str, prompt_version: str, recipe: str) -> bool:
    """Store what a model wrote, not judged yet; return False, changing nothing, where the user's words stand."""
    changed = db.execute(
        """INSERT INTO captions (photo_id, text, generated_text, model, prompt_version, recipe, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (photo_id) DO UPDATE
        SET text = excluded.text, generated_text = excluded.generated_text, model = excluded.model,
            prompt_version = excluded.prompt_version, recipe = excluded.recipe, created_at = excluded.created_at,
            standing = 'uncertain', grounding = NULL
        WHERE locked = 0""",
        [photo_id, text, text, model, prompt_version, recipe, now()],
    ).rowcount
    if changed:
        _write_words(db, photo_id)
    return bool(changed)


def judge_caption(db: Database, photo_id: int, standing: Standing, grounding: float | None) -> None:
    """Store how far a model's caption can be relied on; its words are found accordingly."""
    db.execute(
        "UPDATE captions SET standing = ?, grounding = ? WHERE photo_id = ? AND locked = 0",
        [standing, grounding, photo_id],
    )
    _write_words(db, photo_id)


def edit_caption(db: Database, photo_id: int, text: str) -> None:
    """Store the user's words and lock them."""
    db.execute(
        """INSERT INTO captions (photo_id, text, locked, standing, created_at) VALUES (?, ?, 1, 'yours', ?)
        ON CONFLICT (photo_id) DO UPDATE
        SET text = excluded.text, locked = 1, standing = 'yours', grounding = NULL, created_at = excluded.created_at""",
        [photo_id, text, now()],
    )
    _write_words(db, photo_id)


def unlock_caption(db: Database, photo_id: int) -> None:
    """Let models write this caption again; what a model wrote before the edit comes back, if there was anything."""
    db.execute(
        """UPDATE captions SET text = coalesce(generated_text, text), locked = 0, standing = 'uncertain'
        WHERE photo_id = ?""",
        [photo_id],
    )
    _write_words(db, photo_id)


def restore_caption(db: Database, caption: Caption) -> str | None:
    """Put back a caption as it was once read; return the recipe it was made by, None for the user's own words."""
    db.execute(
        """INSERT INTO captions (photo_id, text, generated_text, model, prompt_version, locked, created_at, standing,
            grounding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (photo_id) DO UPDATE
        SET text = excluded.text, generated_text = excluded.generated_text, model = excluded.model,
            prompt_version = excluded.prompt_version, locked = excluded.locked, created_at = excluded.created_at,
            standing = excluded.standing, grounding = excluded.grounding""",
        [
            caption.photo_id,
            caption.text,
            caption.generated_text,
            caption.model,
            caption.prompt_version,
            caption.locked,
            caption.created_at,
            caption.standing,
            caption.grounding,
        ],
    )
    _write_words(db, caption.photo_id)
    row = db.execute("SELECT recipe FROM captions WHERE photo_id = ? AND NOT locked", [caption.photo_id]).fetchone()
    return row[0] if row else None


def remove_caption(db: Database, photo_id: int) -> None:
    """Forget a caption as if there had never been one."""
    db.execute("DELETE FROM captions WHERE photo_id = ?", [photo_id])
    db.execute("UPDATE words SET caption = '', uncertain_caption = '' WHERE photo_id = ?", [photo_id])


def read_caption(db: Database, photo_id: int) -> Caption | None:
    """Return the caption of a photo."""
    row = next(db.query("SELECT * FROM captions WHERE photo_id = ?", [photo_id]), None)
    if row is None:
        return None
    return Caption(
        photo_id=photo_id,
        text=row["text"],
        generated_text=row["generated_text"],
        model=row["model"],
        prompt_version=row["prompt_version"],
        locked=bool(row["locked"]),
        created_at=row["created_at"],
        standing=Standing(row["standing"]),
        grounding=row["grounding"],
    )


def count_captions(db: Database) -> list[CaptionCount]:
    """Count the captions of photos that a file holds by who wrote them, the most first."""
    rows = db.execute(
        """SELECT CASE WHEN locked THEN NULL ELSE model END AS author, count(*) FROM captions
        WHERE photo_id IN (SELECT photo_id FROM files) GROUP BY author ORDER BY count(*) DESC, author"""
    )
    return [CaptionCount(*row) for row in rows]


def captions_by_fingerprint(db: Database) -> dict[str, str]:
    """Return all captions that are not withheld, under the content hashes of their photos."""
    rows = db.execute(
        "SELECT fingerprint, text FROM captions JOIN photos USING (photo_id) WHERE standing != ?", [Standing.WITHHELD]
    )
    return dict(rows.fetchall())


def _write_words(db: Database, photo_id: int) -> None:
    """Let the words of a caption be found, apart from each other those that can be relied on and those that cannot.

    The starter's never can: even where it is right, its words are a guess at what the visual embedding says better.
    """
    db.execute(
        """UPDATE words SET
            caption = iif(standing = 'yours' OR standing = 'confident' AND model IS NOT ?1, captions.text, ''),
            uncertain_caption = iif(standing = 'uncertain' OR standing = 'confident' AND model IS ?1, captions.text, '')
        FROM captions WHERE captions.photo_id = words.photo_id AND words.photo_id = ?2""",
        [STARTER_NAME, photo_id],
    )

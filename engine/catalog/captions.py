"""Captions: one a photo, with where it came from; the user's own words are never overwritten."""

from dataclasses import dataclass

from sqlite_utils import Database

from engine.catalog.connection import now


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption and its provenance. `locked` means that the user wrote or edited it."""

    photo_id: int
    text: str
    generated_text: str | None
    model: str | None
    prompt_version: str | None
    locked: bool
    created_at: str


def save_generated(db: Database, photo_id: int, text: str, model: str, prompt_version: str, recipe: str) -> bool:
    """Store what a model wrote; return False, changing nothing that is shown, where the user's words stand."""
    changed = db.execute(
        """INSERT INTO captions (photo_id, text, generated_text, model, prompt_version, recipe, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (photo_id) DO UPDATE
        SET text = excluded.text, generated_text = excluded.generated_text, model = excluded.model,
            prompt_version = excluded.prompt_version, recipe = excluded.recipe, created_at = excluded.created_at
        WHERE locked = 0""",
        [photo_id, text, text, model, prompt_version, recipe, now()],
    ).rowcount
    if changed:
        _write_words(db, photo_id, text)
    return bool(changed)


def edit_caption(db: Database, photo_id: int, text: str) -> None:
    """Store the user's words and lock them."""
    db.execute(
        """INSERT INTO captions (photo_id, text, locked, created_at) VALUES (?, ?, 1, ?) ON CONFLICT (photo_id)
        DO UPDATE SET text = excluded.text, locked = 1, created_at = excluded.created_at""",
        [photo_id, text, now()],
    )
    _write_words(db, photo_id, text)


def unlock_caption(db: Database, photo_id: int) -> None:
    """Let models write this caption again; what a model wrote before the edit comes back, if there was anything."""
    db.execute("UPDATE captions SET text = coalesce(generated_text, text), locked = 0 WHERE photo_id = ?", [photo_id])
    caption = read_caption(db, photo_id)
    if caption:
        _write_words(db, photo_id, caption.text)


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
    )


def captions_by_fingerprint(db: Database) -> dict[str, str]:
    """Return all captions under the content hashes of their photos."""
    return dict(db.execute("SELECT fingerprint, text FROM captions JOIN photos USING (photo_id)").fetchall())


def _write_words(db: Database, photo_id: int, text: str) -> None:
    db.execute("UPDATE words SET caption = ? WHERE photo_id = ?", [text, photo_id])

"""Tags: single words for what a photo shows, with how certain each of them is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Tag:
    """A word, and the probability in [0, 1] that it is right."""

    word: str
    probability: float


def replace_tags(db: Database, photo_id: int, tags: Sequence[Tag]) -> None:
    """Store these as a photo's only tags; they are found by word."""
    db.execute("DELETE FROM tags WHERE photo_id = ?", [photo_id])
    db.conn.executemany("INSERT INTO tags VALUES (?, ?, ?)", [(photo_id, tag.word, tag.probability) for tag in tags])
    words = ", ".join(sorted(tag.word for tag in tags))
    db.execute("UPDATE words SET tags = ?1 WHERE photo_id = ?2 AND tags <> ?1", [words, photo_id])


def read_tags(db: Database, photo_ids: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
    """Return the tags of photos, most certain first; photos without any are left out."""
    found: dict[int, tuple[Tag, ...]] = {}
    for photo_id, word, probability in db.execute(
        """SELECT photo_id, word, probability FROM tags WHERE photo_id IN (SELECT value FROM json_each(?))
        ORDER BY photo_id, probability DESC, word""",
        [json.dumps(list(photo_ids))],
    ):
        found[photo_id] = (*found.get(photo_id, ()), Tag(word, probability))
    return found

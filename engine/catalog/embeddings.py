"""Embeddings as f16 BLOBs: the truth from which every index is built."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

_F16 = np.dtype("<f2")


class Kind(StrEnum):
    """`VISUAL`: the image encoder's output, 768-d, raw. `PHOTO`: the photo in the text space through the visual head,
    384-d, unit. `SENTENCE`: one a caption sentence, 384-d, unit."""

    VISUAL = "visual"
    PHOTO = "photo"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class EmbeddingTable:
    """All embeddings of one kind, row by row: ids int64 (n,), photo_ids int64 (n,), parts int64 (n,), vectors f16
    (n, d), hubness float32 (n,), zero where a kind has none."""

    ids: NDArray[np.int64]
    photo_ids: NDArray[np.int64]
    parts: NDArray[np.int64]
    vectors: NDArray[np.float16]
    hubness: NDArray[np.float32]


def replace_embeddings(
    db: Database,
    photo_id: int,
    kind: Kind,
    recipe: str,
    vectors: NDArray[np.floating],
    hubness: Sequence[float] | None = None,
) -> list[int]:
    """Store the rows of `vectors` (n, d) as the photo's embeddings of a kind; return their new `embedding_id`s.

    Ids are never used twice, so an index that still holds an old id can be behind but not wrong.
    Raises `ValueError` on anything that is not finite.
    """
    stored = np.ascontiguousarray(vectors, dtype=_F16)
    if not np.isfinite(stored).all():
        raise ValueError(f"embedding of photo {photo_id} is not finite")
    db.execute("DELETE FROM embeddings WHERE photo_id = ? AND kind = ?", [photo_id, kind])
    ids = []
    for part, row in enumerate(stored):
        hub = None if hubness is None else float(hubness[part])
        cursor = db.execute(
            "INSERT INTO embeddings (photo_id, kind, part, recipe, vector, hubness) VALUES (?, ?, ?, ?, ?, ?)",
            [photo_id, kind, part, recipe, row.tobytes(), hub],
        )
        ids.append(int(cursor.lastrowid or 0))
    return ids


def embedding_ids(db: Database, kind: Kind) -> NDArray[np.int64]:
    """Return the ids of all embeddings of a kind, ascending."""
    rows = db.execute("SELECT embedding_id FROM embeddings WHERE kind = ? ORDER BY embedding_id", [kind])
    return np.fromiter((row[0] for row in rows), dtype=np.int64)


def read_embeddings(db: Database, kind: Kind, after_id: int = 0) -> EmbeddingTable:
    """Return the embeddings of a kind whose id is above `after_id`, ascending by id."""
    rows = db.execute(
        """SELECT embedding_id, photo_id, part, vector, coalesce(hubness, 0) FROM embeddings
        WHERE kind = ? AND embedding_id > ? ORDER BY embedding_id""",
        [kind, after_id],
    ).fetchall()
    return EmbeddingTable(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        photo_ids=np.array([row[1] for row in rows], dtype=np.int64),
        parts=np.array([row[2] for row in rows], dtype=np.int64),
        vectors=np.frombuffer(b"".join(row[3] for row in rows), dtype=_F16).reshape(len(rows), -1 if rows else 0),
        hubness=np.array([row[4] for row in rows], dtype=np.float32),
    )


def read_vector(db: Database, photo_id: int, kind: Kind) -> NDArray[np.float32] | None:
    """Return the first embedding of a kind of one photo, float32 (d,)."""
    row = db.execute(
        "SELECT vector FROM embeddings WHERE photo_id = ? AND kind = ? ORDER BY part", [photo_id, kind]
    ).fetchone()
    return np.frombuffer(row[0], dtype=_F16).astype(np.float32) if row else None

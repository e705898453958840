"""Embeddings as f16 BLOBs: the truth from which every index is built."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

_F16 = np.dtype("<f2")


class Kind(StrEnum):
    """`VISUAL`: the image encoder's output, 1536-d, raw. `PHOTO`: the photo in the text space through the visual head,
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


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Raw image-encoder output of one photo, float32 (1536,), and the recipe it was made by."""

    recipe: str
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PhotoVector:
    """Where a photo lies in the text space, unit float32 (384,), its hubness, and the recipe both were made by."""

    recipe: str
    vector: NDArray[np.float32]
    hubness: float


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


def embedding_keys(db: Database, kind: Kind, after_id: int = 0) -> NDArray[np.int64]:
    """Return (embedding_id, photo_id, part), int64 (n, 3), of a kind's embeddings above `after_id`, ascending by id.

    An index alone answers it: no vector is read, and 300,000 keys take .2 s.
    """
    rows = db.execute(
        """SELECT embedding_id, photo_id, part FROM embeddings
        WHERE kind = ? AND embedding_id > ? ORDER BY embedding_id""",
        [kind, after_id],
    )
    return np.array(rows.fetchall(), dtype=np.int64).reshape(-1, 3)


def newest_embedding_id(db: Database, kind: Kind) -> int:
    """Return the highest id of a kind, or 0."""
    row = db.execute("SELECT max(embedding_id) FROM embeddings WHERE kind = ?", [kind]).fetchone()
    return row[0] or 0


def read_embeddings(db: Database, kind: Kind) -> EmbeddingTable:
    """Return all embeddings of a kind, ascending by id."""
    return _read_table(db, "kind = ?", kind)


def read_embeddings_by_id(db: Database, ids: Sequence[int]) -> EmbeddingTable:
    """Return the embeddings with these ids, all of one kind, ascending by id; what is gone is left out."""
    return _read_table(db, "embedding_id IN (SELECT value FROM json_each(?))", json.dumps(ids))


def as_stored(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round a vector as storing it does, so that what is made of it now is what will be made of it later."""
    return vector.astype(_F16).astype(np.float32)


def read_features(db: Database, photo_id: int) -> Features | None:
    """Return the raw image-encoder output that is stored for a photo."""
    row = db.execute(
        "SELECT recipe, vector FROM embeddings WHERE photo_id = ? AND kind = ?", [photo_id, Kind.VISUAL]
    ).fetchone()
    return Features(row[0], np.frombuffer(row[1], dtype=_F16).astype(np.float32)) if row else None


def read_photo_vector(db: Database, photo_id: int) -> PhotoVector | None:
    """Return where a photo lies in the text space."""
    row = db.execute(
        "SELECT recipe, vector, hubness FROM embeddings WHERE photo_id = ? AND kind = ?", [photo_id, Kind.PHOTO]
    ).fetchone()
    return PhotoVector(row[0], np.frombuffer(row[1], dtype=_F16).astype(np.float32), row[2] or 0.0) if row else None


def _read_table(db: Database, condition: str, parameter: str) -> EmbeddingTable:
    rows = db.execute(
        f"""SELECT embedding_id, photo_id, part, vector, coalesce(hubness, 0) FROM embeddings
        WHERE {condition} ORDER BY embedding_id""",
        [parameter],
    ).fetchall()
    return EmbeddingTable(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        photo_ids=np.array([row[1] for row in rows], dtype=np.int64),
        parts=np.array([row[2] for row in rows], dtype=np.int64),
        vectors=np.frombuffer(b"".join(row[3] for row in rows), dtype=_F16).reshape(len(rows), -1 if rows else 0),
        hubness=np.array([row[4] for row in rows], dtype=np.float32),
    )

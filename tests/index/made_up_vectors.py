"""Photos with made-up vectors, written into a real catalog."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog import embeddings, photos
from engine.catalog.connection import transaction
from engine.catalog.embeddings import Kind


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return rows of length one."""
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@dataclass
class Vectors:
    """Write photos and vectors that lie in clusters, as real ones do."""

    db: Database
    random: np.random.Generator
    dimensions: int = 48

    def photos(self, count: int) -> list[int]:
        """Add photos."""
        with transaction(self.db):
            facts = {"format": "jpeg", "width_px": 1, "height_px": 1}
            return [photos.add_photo(self.db, self.random.bytes(16).hex(), facts) for _ in range(count)]

    def clustered(self, count: int) -> NDArray[np.float32]:
        """Return unit vectors around 40 centres."""
        centres = np.random.default_rng(1).standard_normal((40, self.dimensions))
        noise = self.random.standard_normal((count, self.dimensions))
        return unit(centres[self.random.integers(0, 40, count)] + 0.8 * noise)

    def embed(
        self, photo_ids: list[int], kind: Kind, per_photo: int = 1, hubness: float | None = None
    ) -> NDArray[np.float32]:
        """Store `per_photo` new vectors for each photo and return them all."""
        vectors = self.clustered(len(photo_ids) * per_photo)
        with transaction(self.db):
            for row, photo_id in enumerate(photo_ids):
                own = vectors[row * per_photo : (row + 1) * per_photo]
                hubs = None if hubness is None else [hubness] * per_photo
                embeddings.replace_embeddings(self.db, photo_id, kind, "recipe", own, hubs)
        return vectors

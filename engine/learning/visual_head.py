"""Place photos in the text space: the shipped map from the image encoder's output to where captions lie."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.embedding.recipe import recipe_of
from engine.embedding.shipped_models import shipped_model
from engine.learning.ridge import AffineMap
from engine.paths import SHIPPED_MODELS

SHIPPED_HEAD = "visual_head.npz"
HELDOUT_HEAD = "visual_head_heldout.npz"
BANK = "caption_bank.npy"
NEIGHBOURS = 10
_SHORT_FINGERPRINT = 16


@dataclass(frozen=True, slots=True)
class VisualHead:
    """Hold the affine map (1536 -> 384) and a bank of unit caption vectors (m, 384) that stand for any query."""

    to_text: AffineMap
    bank: NDArray[np.float32]
    recipe: str
    trained_on: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def open(cls, folder: Path = SHIPPED_MODELS, name: str = SHIPPED_HEAD) -> "VisualHead":
        """Load a shipped head; raise `ModelUnavailable` if it is missing or damaged.

        `HELDOUT_HEAD` is made by the same recipe without the test photos of the data sets: it is for measuring.
        """
        model, bank = shipped_model(name, folder), shipped_model(BANK, folder)
        with model.reading() as path, np.load(path) as stored:
            to_text = AffineMap(stored["weight"].astype(np.float32), stored["bias"].astype(np.float32))
            trained_on = frozenset(stored["trained_on"].astype(str).tolist())
        with bank.reading() as path:
            captions = np.load(path).astype(np.float32)
        return cls(to_text, captions, recipe_of(model.sha256, bank.sha256, str(NEIGHBOURS)), trained_on)

    def project(self, features: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return unit vectors (n, 384) in the text space and their hubness (n,) for image features (n, 1536).

        The score of a photo for a query is `2 * cosine - hubness`, where hubness is the mean cosine to the ten
        nearest captions of the bank: a photo that lies close to everything has to come closer still.
        Source: cross-domain similarity local scaling, Conneau et al. 2018, arXiv 1710.04087, section 2.3.
        """
        placed = self.to_text.apply(features)
        vectors = placed / np.linalg.norm(placed, axis=1, keepdims=True)
        nearest = np.partition(vectors @ self.bank.T, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        return vectors, nearest.mean(axis=1)

    def has_seen(self, fingerprint: str) -> bool:
        """Tell whether this head was trained on the photo with this content hash."""
        return fingerprint[:_SHORT_FINGERPRINT] in self.trained_on

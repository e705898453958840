"""Encode photos into the image encoder's own space."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.embedding.onnx_session import OnnxSession
from engine.embedding.recipe import recipe_of
from engine.embedding.shipped_models import shipped_model
from engine.embedding.views import VIEWS_VERSION
from engine.paths import SHIPPED_MODELS


class ImageEncoder:
    """DINOv2 ViT-S/14: 224 px views of photos to [CLS, mean of patches] of its last two layers, not normalised."""

    dimensions = 1536

    def __init__(self, session: OnnxSession, recipe: str) -> None:
        self._session = session
        self.recipe = recipe

    @classmethod
    def open(cls, folder: Path = SHIPPED_MODELS) -> "ImageEncoder":
        """Load the shipped encoder; raise `ModelUnavailable` if the file is missing or damaged.

        A run keeps to one thread: two photos side by side take 30 ms each, one after the other on two threads 36.
        """
        model = shipped_model("image_encoder.onnx", folder)
        return cls(OnnxSession.open(model.path, most_threads=1), recipe_of(model.sha256, VIEWS_VERSION))

    def encode(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return features (n, 1536) of RGB views (n, 224, 224, 3).

        Views go through the model one by one: its int8 scales are taken over a whole batch, so that in a batch of
        eight a photo's neighbours would move its features (cosine .998). One by one costs 7 % and makes every result
        a function of its own pixels.
        """
        features = np.empty((len(pixels), self.dimensions), np.float32)
        for row in range(len(pixels)):
            features[row] = self._session.run(pixels=pixels[row : row + 1])[0]
        return features

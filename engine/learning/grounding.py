"""Judge how well a caption fits its photo: models also write fluent captions of what is not there."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.embedding.recipe import recipe_of
from engine.embedding.shipped_models import shipped_model
from engine.paths import SHIPPED_MODELS

GROUNDING = "grounding.json"


@dataclass(frozen=True, slots=True)
class Grounding:
    """Hold the weights of a logistic regression, calibrated on captions of photos that nothing here was trained on.

    A caption whose probability stays below `threshold` is not to be relied on.
    """

    cosine: float
    hubness: float
    bias: float
    threshold: float
    recipe: str

    @classmethod
    def open(cls, folder: Path = SHIPPED_MODELS) -> "Grounding":
        """Load the shipped weights; raise `ModelUnavailable` if they are missing or damaged."""
        model = shipped_model(GROUNDING, folder)
        with model.reading() as path:
            stored = json.loads(path.read_text("utf-8"))
            return cls(
                cosine=float(stored["cosine"]),
                hubness=float(stored["hubness"]),
                bias=float(stored["bias"]),
                threshold=float(stored["threshold"]),
                recipe=recipe_of(model.sha256),
            )

    def judge(self, sentences: NDArray[np.floating], photo: NDArray[np.floating], hubness: float) -> float:
        """Return the probability in [0, 1] that a caption is right about its photo.

        `sentences` are the unit vectors (k, 384), at least one, of the caption's sentences; `photo` (384,) is where the
        visual head places the photo, and `hubness` its hubness. The probability is
        sigmoid(cosine x c + hubness x h + bias), where c is the cosine between the photo and the mean direction of the
        sentences: details may miss, but a caption as a whole points towards its photo.
        Source of the calibration: Platt, Probabilistic Outputs for Support Vector Machines (1999).
        """
        direction = sentences.mean(axis=0)
        cosine = float(direction @ photo / np.linalg.norm(direction))
        return 1 / (1 + math.exp(-(self.cosine * cosine + self.hubness * hubness + self.bias)))

"""Name what a photo shows in single words: one small classifier a word over the image encoder's output."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.tags import Tag
from engine.embedding.recipe import recipe_of
from engine.embedding.shipped_models import shipped_model
from engine.paths import SHIPPED_MODELS

TAGS = "tags.npz"
_MOST_TAGS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Tagger:
    """Hold a logistic regression a word: `words` (V,), `weight` (1536, V), `bias` (V,) and the probability from which
    a word is a tag, `threshold` (V,); features are standardised by `mean` and `deviation` (1536,). All float32.
    """

    words: tuple[str, ...]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: NDArray[np.float32]
    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]
    recipe: str

    @classmethod
    def open(cls, folder: Path = SHIPPED_MODELS) -> "Tagger":
        """Load the shipped classifiers; raise `ModelUnavailable` if they are missing or damaged."""
        model = shipped_model(TAGS, folder)
        with model.reading() as path, np.load(path) as stored:
            return cls(
                words=tuple(stored["words"].astype(str).tolist()),
                weight=stored["weight"].astype(np.float32),
                bias=stored["bias"].astype(np.float32),
                threshold=stored["threshold"].astype(np.float32),
                mean=stored["mean"].astype(np.float32),
                deviation=stored["deviation"].astype(np.float32),
                recipe=recipe_of(model.sha256, str(_MOST_TAGS)),
            )

    def tag(self, features: NDArray[np.float32]) -> tuple[Tag, ...]:
        """Return at most eight tags, most certain first, for raw image features (1536,): the words whose probability
        reaches the threshold of their word."""
        probability = self.probability(features)
        likeliest = np.argsort(-probability, kind="stable")
        chosen = likeliest[probability[likeliest] >= self.threshold[likeliest]][:_MOST_TAGS]
        return tuple(Tag(self.words[place], float(probability[place])) for place in chosen)

    def probability(
        self, features: NDArray[np.float32], places: Sequence[int] | slice = slice(None)
    ) -> NDArray[np.float32]:
        """Return how likely each word, or each at some places of `words`, is, (..., V), for raw image features
        (..., 1536).

        It is sigmoid(standardised features @ weight + bias).
        """
        weight = self.weight[:, places] / self.deviation[:, None]
        evidence = features @ weight + (self.bias[places] - self.mean @ weight)
        chances: NDArray[np.float32] = np.exp(-np.logaddexp(0, -evidence))
        return chances

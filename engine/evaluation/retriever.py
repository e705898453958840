"""What finds photos: a text encoder, and the visual head that was fitted to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.embedding.text_encoder import TextEncoder
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead
from engine.paths import SHIPPED_MODELS

_PLAIN_MODELS = SHIPPED_MODELS / "plain"


@dataclass(frozen=True, slots=True)
class Retriever:
    """A pair under the name that the table gives it. "trained" is the one that searches in the product."""

    name: str
    text_encoder: TextEncoder
    head: VisualHead
    _known: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def trained(cls, head: VisualHead) -> "Retriever":
        """Return the shipped text encoder with the shipped head or its held-out twin; raise `ModelUnavailable`."""
        return cls("trained", TextEncoder.open(), head)

    @classmethod
    def plain(cls) -> "Retriever | None":
        """Return the off-the-shelf text encoder with a held-out head, or None: installed packages come without it.

        Raises `ModelUnavailable` where a file is missing or damaged.
        """
        if not _PLAIN_MODELS.is_dir():
            return None
        return cls("plain", TextEncoder.open(_PLAIN_MODELS), VisualHead.open(_PLAIN_MODELS, HELDOUT_HEAD))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries, (n, 384); the same are asked of several libraries, so they are kept."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self.text_encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)

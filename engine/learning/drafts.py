"""Choose among drafts of a caption the one that fits the photo best."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedding.sentences import encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.learning.visual_head import VisualHead


def choose_draft(drafts: Sequence[str], features: NDArray[np.float32], head: VisualHead, encoder: TextEncoder) -> str:
    """Return the draft whose direction in the text space is nearest to where the head places image features (1536,).

    Drafts are captions with at least one word. The head sees all views of a photo, where a small captioner sees one.
    """
    if len(drafts) == 1:
        return drafts[0]
    directions = np.stack([encode_caption(encoder, draft).mean(axis=0) for draft in drafts])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    photo, _ = head.project(features[np.newaxis])
    return drafts[int(np.argmax(directions @ photo[0]))]

"""Of several drafts of a caption the one that fits the photo is taken."""

from pathlib import Path

import numpy as np
import pytest
import skimage

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.visual import all_views, open_thumbnail
from engine.learning.drafts import choose_draft
from engine.learning.visual_head import VisualHead

SAMPLES = Path(skimage.__file__).parent / "data"
DRAFTS = ["A train at a station.", "A cat looks into the camera.", "A plate of pasta on a table."]


@pytest.mark.parametrize("first", range(len(DRAFTS)))
def test_the_draft_that_fits_is_taken_wherever_it_stands(first: int) -> None:
    features = ImageEncoder.open().encode(all_views(open_thumbnail(SAMPLES / "chelsea.png"))).mean(axis=0)
    drafts = [*DRAFTS[first:], *DRAFTS[:first]]
    assert choose_draft(drafts, features, VisualHead.open(), TextEncoder.open()) == "A cat looks into the camera."


def test_a_single_draft_needs_no_choice() -> None:
    features = np.full(ImageEncoder.dimensions, np.nan, np.float32)
    assert choose_draft(["A train."], features, VisualHead.open(), TextEncoder.open()) == "A train."

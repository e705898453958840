"""All lanes of an indexer, the most important first."""

from collections.abc import Set
from typing import Any

import psutil

from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.captions import Captioner, CaptionStage
from engine.indexing.lane import Lane
from engine.indexing.reading import Reader
from engine.indexing.sentences import sentence_lane
from engine.indexing.text import text_lane
from engine.indexing.visual import VisualStage
from engine.learning.visual_head import VisualHead
from engine.paths import Home

_CORES_A_READER = 4


def build_lanes(
    home: Home,
    known: set[str],
    encoders: tuple[TextEncoder, ImageEncoder, VisualHead],
    *,
    captioner: Captioner | None,
    leave_out: Set[Stage],
) -> list[Lane[Any]]:
    """Return the lanes in the order of their importance, without the stages to `leave_out`.

    `known` are the fingerprints that the catalog holds.
    """
    text_encoder, image_encoder, head = encoders
    visual = VisualStage(home, image_encoder, head)
    readers = max(1, (psutil.cpu_count(logical=False) or 1) // _CORES_A_READER)
    lanes: list[Lane[Any]] = [
        Reader(home, known, readers).lane(),
        visual.first_view(),
        sentence_lane(text_encoder),
        visual.all_views(),
        text_lane(home),
        *([CaptionStage(home, captioner).lane()] if captioner else []),
    ]
    return [lane for lane in lanes if lane.name not in leave_out]

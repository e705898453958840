"""All lanes of an indexer, the most important first."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import psutil

from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.captions import Captioner, CaptionStage
from engine.indexing.lane import Lane, PhotoJob
from engine.indexing.reading import Reader
from engine.indexing.sentences import sentence_lane
from engine.indexing.text import text_lane
from engine.indexing.visual import VisualStage
from engine.learning.drafts import choose_draft
from engine.learning.grounding import Grounding
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.paths import Home

_CORES_A_READER = 4


@dataclass(frozen=True, slots=True)
class Models:
    """The models that photos and captions are looked at with."""

    text_encoder: TextEncoder
    image_encoder: ImageEncoder
    head: VisualHead
    grounding: Grounding
    tagger: Tagger

    def choose_draft(self, job: PhotoJob, drafts: Sequence[str]) -> str:
        """Return the caption that fits a photo best; the first of a photo that has not been looked at."""
        if job.features is None:
            return drafts[0]
        return choose_draft(drafts, job.features.vector, self.head, self.text_encoder)


def build_lanes(
    home: Home,
    known: set[str],
    models: Models,
    *,
    captioner: Captioner | None,
    threads: int | None,
    leave_out: Set[Stage],
) -> list[Lane[Any]]:
    """Return the lanes in the order of their importance, without the stages to `leave_out`.

    `known` are the fingerprints that the catalog holds; so many `threads` are for the captioner.
    """
    visual = VisualStage(home, models.image_encoder, models.head, models.tagger)
    readers = max(1, (psutil.cpu_count(logical=False) or 1) // _CORES_A_READER)
    lanes: list[Lane[Any]] = [
        Reader(home, known, readers).lane(),
        visual.first_view(),
        sentence_lane(models.text_encoder, models.grounding),
        visual.all_views(),
        text_lane(home),
        *([CaptionStage(home, captioner, models.choose_draft, threads).lane()] if captioner else []),
    ]
    return [lane for lane in lanes if lane.name not in leave_out]

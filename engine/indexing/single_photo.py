"""Look at one photo outside the library: embed it to search with, or caption it and judge the caption."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalog.captions import Standing
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.sentences import encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.imaging.thumbnails import THUMBNAIL_PX
from engine.indexing.captions import Captioner, open_caption_worker
from engine.indexing.reading import open_decode_worker
from engine.indexing.sentences import standing_of
from engine.indexing.visual import all_views, open_thumbnail
from engine.learning.drafts import choose_draft
from engine.learning.grounding import Grounding
from engine.learning.visual_head import VisualHead
from engine.paths import Home


def look_at_photo(home: Home, encoder: ImageEncoder, path: Path) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """Return what the library would know of a photo: the mean of the encoder's output over all views, float32 (1536,),
    and the fields of `PhotoFacts`; raise `UnreadablePhoto`."""
    with (
        tempfile.TemporaryDirectory(prefix="reverie-") as folder,
        contextlib.closing(open_decode_worker(home)) as worker,
    ):
        thumbnail = Path(folder) / "photo.jpg"
        facts = worker.request("decode", {"path": str(path), "thumbnail": str(thumbnail)})
        features: NDArray[np.float32] = encoder.encode(all_views(open_thumbnail(thumbnail))).mean(axis=0)
    return features, facts


def embed_photo(home: Home, encoder: ImageEncoder, path: Path) -> NDArray[np.float32]:
    """Return the mean of the encoder's output over all views, float32 (1536,); raise `UnreadablePhoto`."""
    return look_at_photo(home, encoder, path)[0]


def caption_photo(home: Home, captioner: Captioner, path: Path) -> str:
    """Return what the model writes of a photo; raise `UnreadablePhoto`, `ModelUnavailable` or `CaptionRejected`."""
    with (
        _small_copy(home, path, max(captioner.image_px, THUMBNAIL_PX)) as copy,
        contextlib.closing(open_caption_worker(home, captioner.model, captioner.mmproj)) as worker,
    ):
        answer = worker.request("caption", {"image": str(copy)})
    drafts: list[str] = [answer["text"], *answer["drafts"]]
    if len(drafts) == 1:
        return drafts[0]
    features = embed_photo(home, ImageEncoder.open(), path)
    return choose_draft(drafts, features, VisualHead.open(), TextEncoder.open())


def judge_photo(home: Home, path: Path, text: str, model: str) -> Standing:
    """Return how far what a model wrote of a photo can be relied on; raise `UnreadablePhoto` or `ModelUnavailable`."""
    grounding = Grounding.open()
    vectors, hubness = VisualHead.open().project(embed_photo(home, ImageEncoder.open(), path)[np.newaxis])
    sentences = encode_caption(TextEncoder.open(), text)
    return standing_of(grounding, grounding.judge(sentences, vectors[0], float(hubness[0])), model)


@contextlib.contextmanager
def _small_copy(home: Home, path: Path, size_px: int) -> Iterator[Path]:
    """Have a worker read the user's file and give us a JPEG of our own for a moment."""
    with (
        tempfile.TemporaryDirectory(prefix="reverie-") as folder,
        contextlib.closing(open_decode_worker(home)) as worker,
    ):
        copy = Path(folder) / "photo.jpg"
        worker.request("preview", {"path": str(path), "preview": str(copy), "preview_px": size_px})
        yield copy

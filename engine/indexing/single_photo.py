"""Look at one photo outside the library: embed it to search with, or caption it and judge the caption."""

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.catalog.captions import Standing
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.sentences import encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.embedding.views import whole_view
from engine.imaging.thumbnails import THUMBNAIL_PX
from engine.indexing.captions import Captioner, open_caption_worker
from engine.indexing.reading import open_decode_worker
from engine.indexing.sentences import standing_of
from engine.indexing.visual import all_views, open_thumbnail
from engine.learning.drafts import choose_draft
from engine.learning.grounding import Grounding
from engine.learning.visual_head import VisualHead
from engine.paths import Home
from engine.search.references import Look
from engine.workers.supervisor import Worker

_LOOK_EVERY_S = 0.2
_TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


def look_at_photo(home: Home, encoder: ImageEncoder, path: Path) -> Look:
    """Return what the library would know of a photo; raise `UnreadablePhoto`."""
    with (
        tempfile.TemporaryDirectory(prefix="reverie-") as folder,
        contextlib.closing(open_decode_worker(home)) as worker,
    ):
        thumbnail = Path(folder) / "photo.jpg"
        facts = worker.request("decode", {"path": str(path), "thumbnail": str(thumbnail)})
        features: NDArray[np.float32] = encoder.encode(all_views(open_thumbnail(thumbnail))).mean(axis=0)
        return Look(features, look_turned(encoder, thumbnail), facts)


def look_turned(encoder: ImageEncoder, thumbnail: Path) -> NDArray[np.float32]:
    """Return the encoder's output of one view each of a photo that is turned by 90, 180 and 270 degrees, float32
    (3, 1536), or of none where the thumbnail is missing or damaged; .1 s."""
    try:
        photo = open_thumbnail(thumbnail)
    except OSError:
        return np.empty((0, encoder.dimensions), dtype=np.float32)
    return encoder.encode(np.stack([whole_view(photo.transpose(turn)) for turn in _TURNS]))


def embed_photo(home: Home, encoder: ImageEncoder, path: Path) -> NDArray[np.float32]:
    """Return the mean of the encoder's output over all views, float32 (1536,); raise `UnreadablePhoto`."""
    return look_at_photo(home, encoder, path).features


def caption_photo(home: Home, captioner: Captioner, path: Path, stop: threading.Event | None = None) -> str:
    """Return what the model writes of a photo; raise `UnreadablePhoto`, `ModelUnavailable` or `CaptionRejected`.

    Once `stop` is set it is given up within seconds, with `Cancelled`, also while the model is loaded.
    """
    with (
        _small_copy(home, path, max(captioner.image_px, THUMBNAIL_PX)) as copy,
        contextlib.closing(open_caption_worker(home, captioner.model, captioner.mmproj)) as worker,
        _closed_by(stop or threading.Event(), worker),
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
def _closed_by(stop: threading.Event, worker: Worker) -> Iterator[None]:
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK_EVERY_S):
            if stop.is_set():
                worker.close()
                return

    watching = threading.Thread(target=watch, name="give up caption")
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


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

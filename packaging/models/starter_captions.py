"""Caption the test photos with the shipped starter, through llama.cpp and all that Reverie does with a caption."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from photo_sets import PhotoSet
from sources import CACHE, SHIPPED
from tqdm import tqdm
from view_features import thumbnail

from engine.captioning.identity import file_identity
from engine.captioning.service import CaptionService
from engine.embedding.text_encoder import TextEncoder
from engine.errors import CaptionRejected
from engine.learning.drafts import choose_draft
from engine.learning.visual_head import VisualHead

STARTER = SHIPPED / "starter"


def starter_captions(
    photo_set: PhotoSet, features: NDArray[np.float32], head: VisualHead, encoder: TextEncoder
) -> list[str]:
    """Return a caption for each test photo with features (n, 1536), "" where none came; kept in `build/models` for this
    starter and head."""
    version = file_identity(STARTER / "model.gguf")[:6] + file_identity(STARTER / "mmproj.gguf")[:6] + head.recipe
    cached = CACHE / f"{photo_set.name}-captions-{version}.csv"
    if not cached.is_file():
        captions = list(_write(photo_set, features, head, encoder))
        with cached.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([caption] for caption in captions)
    with cached.open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file)]


def _write(photo_set: PhotoSet, features: NDArray[np.float32], head: VisualHead, encoder: TextEncoder) -> Iterator[str]:
    photos = [photo for photo, held in zip(photo_set.photos, photo_set.test_part(), strict=True) if held]
    service = CaptionService()
    service.handle("load", {"model": STARTER / "model.gguf", "mmproj": STARTER / "mmproj.gguf"})
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "thumbnail.png"
        for photo, own in zip(tqdm(photos, photo_set.name), features, strict=True):
            thumbnail(photo).save(picture)
            try:
                answer = service.handle("caption", {"image": picture})
                yield choose_draft([answer["text"], *answer["drafts"]], own, head, encoder)
            except CaptionRejected:
                yield ""
    service.close()

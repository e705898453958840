"""Caption the test photos with the shipped starter, through llama.cpp and all that Reverie does with a caption."""

import csv
from collections.abc import Iterator

from photo_sets import PhotoSet
from sources import CACHE, SHIPPED
from tqdm import tqdm
from view_features import thumbnail

from engine.captioning.caption import describe_with_retry
from engine.captioning.identity import file_identity
from engine.captioning.picture import fit_picture
from engine.captioning.vision_model import VisionModel
from engine.errors import CaptionRejected

STARTER = SHIPPED / "starter"


def starter_captions(photo_set: PhotoSet) -> list[str]:
    """Return a caption for each test photo, "" where none came; kept in `build/models` for this starter."""
    version = file_identity(STARTER / "model.gguf")[:6] + file_identity(STARTER / "mmproj.gguf")[:6]
    cached = CACHE / f"{photo_set.name}-captions-{version}.csv"
    if not cached.is_file():
        with cached.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([caption] for caption in _write(photo_set))
    with cached.open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file)]


def _write(photo_set: PhotoSet) -> Iterator[str]:
    photos = [photo for photo, held in zip(photo_set.photos, photo_set.test_part(), strict=True) if held]
    with VisionModel.open(STARTER / "model.gguf", STARTER / "mmproj.gguf") as model:
        for photo in tqdm(photos, photo_set.name):
            picture = fit_picture(thumbnail(photo).convert("RGB"), model.profile)
            try:
                yield describe_with_retry(model.describe, picture, model.profile).text
            except CaptionRejected:
                yield ""

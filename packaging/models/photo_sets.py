"""Read the photos and captions that the visual head is trained and measured on."""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sources import REPOSITORY

DATA = REPOSITORY.parent / "shared" / "data"
HELD_OUT_GROUPS = 477  # three galleries of 159, as many photos as the first figures were measured on


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """Photos in the order of their names, the texts of each, and how much each photo counts in training.

    Texts that are no captions but names have another style, which is not to be learned from photos.
    """

    name: str
    photos: tuple[Path, ...]
    texts: tuple[tuple[str, ...], ...]
    importance: float = 1.0
    has_captions: bool = True

    def test_part(self) -> NDArray[np.bool_]:
        """Mark the fifth that is held out, the same for everybody (see the README beside the data)."""
        chosen = np.random.default_rng(7).permutation(len(self.photos))[: len(self.photos) // 5]
        mask = np.zeros(len(self.photos), bool)
        mask[chosen] = True
        return mask


def read_photo_sets() -> list[PhotoSet]:
    """Return Flickr8k and COCO with human captions, and ImageNet with class names, which count a quarter."""
    return [_captioned("flickr8k"), _captioned("coco"), _named("imagenet_sample")]


def read_caption_groups() -> list[tuple[str, ...]]:
    """Return the captions of 4,444 COCO photos that are not in the photo sets, photo by photo, to learn from."""
    return _all_caption_groups()[:-HELD_OUT_GROUPS]


def read_heldout_caption_groups() -> list[tuple[str, ...]]:
    """Return the captions of 477 more, which nothing learns from."""
    return _all_caption_groups()[-HELD_OUT_GROUPS:]


def _all_caption_groups() -> list[tuple[str, ...]]:
    captions: dict[str, list[str]] = defaultdict(list)
    with gzip.open(DATA / "coco_captions.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            captions[row["image_id"]].append(row["caption"])
    return [tuple(group) for group in captions.values()]


def read_bank_captions(count: int) -> list[str]:
    """Return one caption each of the first `count` of those photos."""
    return [captions[0] for captions in read_caption_groups()[:count]]


def _captioned(name: str) -> PhotoSet:
    captions: dict[str, list[str]] = defaultdict(list)
    with (DATA / name / "captions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            captions[row["photo"]].append(row["caption"])
    photos = _photos(name)
    return PhotoSet(name, photos, tuple(tuple(captions[photo.name]) for photo in photos))


def _named(name: str) -> PhotoSet:
    photos = _photos(name)
    names = [photo.stem.split("_", 1)[1].replace("_", " ") for photo in photos]
    texts = tuple((each, f"a photo of a {each}") for each in names)
    return PhotoSet(name, photos, texts, importance=0.25, has_captions=False)


def _photos(name: str) -> tuple[Path, ...]:
    return tuple(sorted((DATA / name / "photos").iterdir()))

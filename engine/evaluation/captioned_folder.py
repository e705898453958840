"""Folders that hold photos and what people say of each of them."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from engine.errors import FolderUnavailable

_LAYOUT = "Reverie looks for photos/ and for captions.csv with the columns photo and caption."


class Part(StrEnum):
    """Which photos to measure. `AUTO`: all of them, or the test part where the visual head was trained on some."""

    AUTO = "auto"
    ALL = "all"
    TEST = "test"
    TRAIN = "train"


@dataclass(frozen=True, slots=True)
class CaptionedPhoto:
    """A photo and its human captions, at least one."""

    path: Path
    captions: tuple[str, ...]


def read_captioned_folder(folder: Path) -> list[CaptionedPhoto]:
    """Return the photos that have captions, in the order of their names; raise `FolderUnavailable`."""
    captions: defaultdict[str, list[str]] = defaultdict(list)
    try:
        with (folder / "captions.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if caption := row["caption"].strip():
                    captions[row["photo"]].append(caption)
    except (OSError, KeyError, AttributeError, UnicodeDecodeError, csv.Error) as error:
        raise FolderUnavailable("Can't read the captions of this folder.", _LAYOUT, folder) from error
    paths = {name: folder / "photos" / name for name in sorted(captions)}
    photos = [CaptionedPhoto(path, tuple(captions[name])) for name, path in paths.items() if path.is_file()]
    if not photos:
        raise FolderUnavailable("There are no photos with captions in this folder.", _LAYOUT, folder)
    return photos


def choose_part(photos: Sequence[CaptionedPhoto], part: Part) -> tuple[CaptionedPhoto, ...]:
    """Return a part of photos that are sorted by name: a fifth, drawn with seed 7, is the test part."""
    if part in (Part.AUTO, Part.ALL):
        return tuple(photos)
    drawn = np.random.default_rng(7).permutation(len(photos))[: len(photos) // 5]
    is_test = np.isin(np.arange(len(photos)), drawn)
    return tuple(photo for photo, test in zip(photos, is_test, strict=True) if test == (part is Part.TEST))

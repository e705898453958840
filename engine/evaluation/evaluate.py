"""Measure how well photos are found: by their looks alone, with human captions, with the captions of a library."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.captions import captions_by_fingerprint
from engine.catalog.connection import open_reader
from engine.evaluation.captioned_folder import CaptionedPhoto, Part, read_captioned_folder
from engine.evaluation.library import MeasuredLibrary
from engine.evaluation.plan import Plan, make_plan
from engine.evaluation.table import Row, Table
from engine.paths import Home
from engine.search.query import Source

_EVERYTHING = frozenset(Source)
_BY_LOOKS = {
    "visual head": frozenset({Source.PHOTO}),
    "names": frozenset({Source.WORDS}),
    "everything": _EVERYTHING,
}
_BY_CAPTIONS = {
    "sentences": frozenset({Source.SENTENCE}),
    "words": frozenset({Source.WORDS}),
    "everything": _EVERYTHING,
    "all but sentences": _EVERYTHING - {Source.SENTENCE},
    "all but words": _EVERYTHING - {Source.WORDS},
    "all but visual head": _EVERYTHING - {Source.PHOTO},
}


def evaluate(
    folder: Path, part: Part = Part.AUTO, own: Home | None = None, tell: Callable[[str], None] = lambda _: None
) -> Table:
    """Index photos in a library of its own, ask for each by each of its captions, return how high it came.

    With human captions, each caption in turn is the query and the photo's other captions are its caption. `own` is a
    library whose captions of the same photos are measured too, where it has any. `tell` hears what is being done.
    Raises `FolderUnavailable`.
    """
    plan = make_plan(read_captioned_folder(folder), part)
    name = folder.resolve().name
    with tempfile.TemporaryDirectory(prefix="reverie-evaluate-") as temporary:
        photos = _link(plan.photos, Path(temporary) / name / "photos")
        rows = tuple(_measure(plan, photos, Path(temporary), own, tell))
    return Table(f"{name}: {len(plan.photos):,} photos, asked for in the words of people", rows, plan.notes)


def _link(photos: Sequence[CaptionedPhoto], folder: Path) -> Path:
    """Make a folder of just these photos; where links are not allowed, of copies."""
    folder.mkdir(parents=True)
    for photo in photos:
        try:
            (folder / photo.path.name).symlink_to(photo.path.resolve())
        except OSError:
            shutil.copyfile(photo.path, folder / photo.path.name)
    return folder


def _measure(plan: Plan, folder: Path, place: Path, own: Home | None, tell: Callable[[str], None]) -> Iterator[Row]:
    home = Home(place / "library")
    yield Row.of_chance(len(plan.photos), sum(len(photo.captions) for photo in plan.photos))
    tell("Indexing the photos, one view of each")
    with MeasuredLibrary.open(home, folder, plan.photos, plan.head, all_views=False) as library:
        yield from _rows("none, one view", library.rank(_BY_LOOKS))
    tell("Indexing all views")
    with MeasuredLibrary.open(home, folder, plan.photos, plan.head) as library:
        yield from _rows("none, all views", library.rank(_BY_LOOKS))
    if captions := _captions_of(own):
        tell("Measuring with the captions of your library")
        copied = Home(Path(shutil.copytree(home.root, place / "captioned library")))
        with MeasuredLibrary.open(copied, folder, plan.photos, plan.head) as library:
            count = library.take_captions(captions)
            yield from _rows(f"your library's, of {count}", library.rank(_BY_CAPTIONS) if count else {})
    tell("Measuring with human captions")
    with MeasuredLibrary.open(home, folder, plan.photos, plan.head) as library:
        yield from _rows("human", library.rank_by_other_captions(_BY_CAPTIONS))


def _rows(captions: str, ranks: Mapping[str, NDArray[np.int64]]) -> list[Row]:
    return [Row.of(captions, way, found) for way, found in ranks.items()]


def _captions_of(own: Home | None) -> dict[str, str]:
    if own is None or not own.catalog.exists():
        return {}
    db = open_reader(own.catalog)
    try:
        return captions_by_fingerprint(db)
    finally:
        db.close()

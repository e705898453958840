"""Measure how well photos are found: by looks, with captions of a model or of people, plain or trained, however asked.

The rows are those of the ablation in Reasoning-Augmented Representations for Multimodal Retrieval, arXiv 2602.07125:
captions are its corpus enhancement, and human ones stand in for those of a strong model; understanding is its query
enhancement.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence, Set
from pathlib import Path

from engine.evaluation.captioned_folder import CaptionedPhoto, Part, read_captioned_folder
from engine.evaluation.experiment import Experiment
from engine.evaluation.plan import make_plan
from engine.evaluation.request import RequestKind
from engine.evaluation.table import Row, Table
from engine.paths import Home


def evaluate(
    folder: Path,
    part: Part = Part.AUTO,
    own: Home | None = None,
    tell: Callable[[str], None] = lambda _: None,
    kinds: Set[RequestKind] = frozenset(RequestKind),
) -> Table:
    """Index photos in a library of its own, ask for each by each of its captions, return how high it came.

    A caption is asked as it is, amid filler, as a change of another photo, and without something, as far as these are
    `kinds` to ask; the last three word by word, and as they are understood. With human captions, the photo's other
    captions are its caption. `own` is a library whose captions of the same photos are measured too, where it has any.
    `tell` hears what is being done. Raises `FolderUnavailable`, and `ModelUnavailable` where a shipped file is damaged.
    """
    plan = make_plan(read_captioned_folder(folder), part)
    name = folder.resolve().name
    with tempfile.TemporaryDirectory(prefix="reverie-evaluate-") as temporary:
        photos = _link(plan.photos, Path(temporary) / "folder" / name / "photos")
        experiment = Experiment(plan, photos, Path(temporary) / "libraries", tell, kinds)
        rows = sorted(_measure(experiment, own), key=_place_of)
    title = f"{name}: {len(plan.photos):,} photos, asked for in the words of people"
    return Table(title, tuple(rows), (*plan.notes, *experiment.notes))


def _link(photos: Sequence[CaptionedPhoto], folder: Path) -> Path:
    """Make a folder of just these photos; where links are not allowed, of copies."""
    folder.mkdir(parents=True)
    for photo in photos:
        try:
            (folder / photo.path.name).symlink_to(photo.path.resolve())
        except OSError:
            shutil.copyfile(photo.path, folder / photo.path.name)
    return folder


def _measure(experiment: Experiment, own: Home | None) -> Iterator[Row]:
    yield experiment.chance()
    yield from experiment.one_view()
    yield from experiment.no_captions()
    if own and own.catalog.exists():
        yield from experiment.own_captions(own)
    yield from experiment.starter_captions()
    yield from experiment.human_captions()


def _place_of(row: Row) -> int:
    """Return where the requests of a row stand in the table; what holds for any stands first."""
    kinds = list(RequestKind)
    return kinds.index(RequestKind(row.requests)) if row.requests in kinds else -1

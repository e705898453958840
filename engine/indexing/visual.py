"""Make photos searchable by what they show, and tag them: by one view at once, by all views when there is time."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sqlite_utils import Database

from engine.catalog import captions, embeddings, files, tags, work
from engine.catalog.embeddings import Features, Kind, PhotoVector, as_stored
from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.onnx_session import usable_threads
from engine.embedding.views import other_views, whole_view
from engine.errors import UnreadablePhoto
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue
from engine.indexing.reading import READ
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.paths import Home

_ONE_VIEW, _ALL_VIEWS = "one view", "all views"
_Views = Callable[[Image.Image], NDArray[np.uint8]]


class VisualStage:
    """Embed photos by their thumbnails, one photo a thread, and tag them.

    Features are kept, so that another visual head or tagger costs a product a photo and not another encoding.
    """

    def __init__(self, home: Home, encoder: ImageEncoder, head: VisualHead, tagger: Tagger) -> None:
        self._home = home
        self._encoder = encoder
        self._head = head
        self._tagger = tagger

    def first_view(self) -> Lane[PhotoJob]:
        """Return the lane that embeds the whole photo as one view; what all views gave before is at least as good."""
        made = [self._features_recipe(name) for name in (_ONE_VIEW, _ALL_VIEWS)]
        return self._lane(Stage.VISUAL, lambda image: whole_view(image)[np.newaxis], made, ())

    def all_views(self) -> Lane[PhotoJob]:
        """Return the lane that replaces the one view by the mean of all views."""
        waits_for = (READ, Stage.VISUAL, Stage.SENTENCES)
        return self._lane(Stage.VIEWS, all_views, [self._features_recipe(_ALL_VIEWS)], waits_for)

    def _features_recipe(self, name: str) -> str:
        return f"{self._encoder.recipe} {name}"

    def _recipe(self, features: str) -> str:
        return f"{features} {self._head.recipe} {self._tagger.recipe}"

    def _lane(self, stage: Stage, views: _Views, made: list[str], waits_for: tuple[str, ...]) -> Lane[PhotoJob]:
        """Return a lane that makes features by the first recipe of `made`, unless some by any of them are there."""
        queue = StageQueue(stage, self._recipe(made[0]))
        threads = usable_threads()
        return Lane(stage, queue, lambda job: self._run(job, queue, views, made), threads=threads, waits_for=waits_for)

    def _run(self, job: PhotoJob, queue: StageQueue, views: _Views, made: list[str]) -> Outcome:
        features = job.features
        if features is None or features.recipe not in made:
            thumbnail = self._home.thumbnail(job.fingerprint)
            try:
                image = open_thumbnail(thumbnail)
            except OSError:
                # It is gone, or a power cut has left it empty.
                thumbnail.unlink(missing_ok=True)
                return lambda db: _ask_for_thumbnail(db, job, queue)
            vector = self._encoder.encode(views(image)).mean(axis=0)
            features = Features(made[0], as_stored(vector))
        vectors, hubness = self._head.project(features.vector[np.newaxis])
        photo = PhotoVector(f"{features.recipe} {self._head.recipe}", vectors[0], float(hubness[0]))
        found = self._tagger.tag(features.vector)

        def save(db: Database) -> None:
            if features is not job.features:
                vector = features.vector[np.newaxis]
                embeddings.replace_embeddings(db, job.photo_id, Kind.VISUAL, features.recipe, vector)
            _place(db, job.photo_id, photo)
            tags.replace_tags(db, job.photo_id, found)
            queue.complete(db, job)
            if queue.stage is Stage.VISUAL and features.recipe == self._features_recipe(_ALL_VIEWS):
                work.skip(db, job.photo_id, Stage.VIEWS, self._recipe(features.recipe))

        return save


def open_thumbnail(path: Path) -> Image.Image:
    """Return our own thumbnail of a photo, decoded."""
    with Image.open(path) as image:
        return image.convert("RGB")


def all_views(image: Image.Image) -> NDArray[np.uint8]:
    """Return the whole view and the others, uint8 (6, 224, 224, 3)."""
    return np.concatenate([whole_view(image)[np.newaxis], other_views(image)])


def _place(db: Database, photo_id: int, photo: PhotoVector) -> None:
    """Store where a photo lies in the text space; where that is new, what a model wrote of it is judged again."""
    before = embeddings.read_photo_vector(db, photo_id)
    if before and before.recipe == photo.recipe:
        return
    embeddings.replace_embeddings(db, photo_id, Kind.PHOTO, photo.recipe, photo.vector[np.newaxis], [photo.hubness])
    caption = captions.read_caption(db, photo_id)
    if caption and not caption.locked:
        work.enqueue(db, photo_id, Stage.SENTENCES)


def _ask_for_thumbnail(db: Database, job: PhotoJob, queue: StageQueue) -> None:
    queue.fail(db, job, UnreadablePhoto("The small copy of this photo is missing.", "It is made again from the photo."))
    files.read_again(db, job.photo_id)

"""Caption photos with the model in use, one by one, once they are searchable."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.captioning.gguf_header import read_pair
from engine.captioning.identity import caption_recipe
from engine.captioning.profile import STARTER_NAME, choose_profile
from engine.catalog import captions, work
from engine.catalog.work import Stage
from engine.errors import Cancelled, ModelUnavailable, WorkerCrashed, WorkerTimeout
from engine.imaging.thumbnails import THUMBNAIL_PX
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue
from engine.indexing.progress import Pace
from engine.indexing.reading import READ, open_decode_worker
from engine.models.installed import InstalledModel
from engine.models.store import model_in_use
from engine.paths import Home
from engine.workers.supervisor import Worker, worker_command

_RECYCLE_AFTER = 300
# A model of several gigabytes may take minutes to load, and minutes a caption on a small machine, twice with a retry.
_TIMEOUT_FLOOR_S = 600.0
_MOST_CRASHES = 3


@dataclass(frozen=True, slots=True)
class Captioner:
    """The model in use: its files, its name, the recipe of its captions and how large it wants to see photos."""

    name: str
    recipe: str
    model: Path
    mmproj: Path
    image_px: int

    @property
    def replaces_only(self) -> str | None:
        """Whose captions of old it writes anew, or None for those of all models: the starter keeps better ones."""
        return self.name if self.name == STARTER_NAME else None


def captioner_in_use(home: Home) -> Captioner:
    """Return the model that the user chose, else the starter; raise `ModelUnavailable` where its files are damaged."""
    return captioner_of(model_in_use(home))


def captioner_of(installed: InstalledModel) -> Captioner:
    """Return what captions with an installed model; raise `ModelUnavailable` where its files are damaged."""
    profile = choose_profile(*read_pair(installed.model, installed.mmproj))
    recipe = caption_recipe(installed.model, installed.mmproj, profile)
    return Captioner(installed.name, recipe, installed.model, installed.mmproj, profile.image_px)


class CaptionStage:
    """Ask the caption worker; look at the thumbnail where that is large enough for the model.

    Where it writes several drafts, `choose` takes one. None leaves the number of `threads` to the platform.
    """

    def __init__(
        self,
        home: Home,
        captioner: Captioner,
        choose: Callable[[PhotoJob, Sequence[str]], str],
        threads: int | None = None,
    ) -> None:
        self._home = home
        self._captioner = captioner
        self._choose = choose
        self._queue = StageQueue(
            Stage.CAPTION,
            captioner.recipe,
            needs_file=captioner.image_px > THUMBNAIL_PX,
            replaces_only=captioner.replaces_only,
        )
        self._pace = Pace()
        self._decoder = open_decode_worker(home)
        self._worker = open_caption_worker(home, captioner.model, captioner.mmproj, threads)

    def lane(self) -> Lane[PhotoJob]:
        """Return the lane that captions photos."""
        waits_for = (READ, Stage.VISUAL, Stage.SENTENCES, Stage.VIEWS)
        return Lane(
            Stage.CAPTION,
            self._queue,
            self._run,
            waits_for=waits_for,
            cancel=self._worker.cancel,
            close=self._close,
            pace=lambda: self._pace,
        )

    def _run(self, job: PhotoJob) -> Outcome:
        self._give_up_on_crashes()
        self._load()
        started = time.monotonic()
        answer = self._caption(job)
        text = self._choose(job, [answer["text"], *answer.get("drafts", [])])
        self._pace = self._pace.after(time.monotonic() - started)
        prompt_version = self._worker.opening_result["prompt_version"]

        def save(db: Database) -> None:
            if captions.save_generated(
                db, job.photo_id, text, self._captioner.name, prompt_version, self._captioner.recipe
            ):
                work.enqueue(db, job.photo_id, Stage.SENTENCES)
            self._queue.complete(db, job)

        return save

    def _load(self) -> None:
        """Start the worker and load the model; where that crashes, no photo is to blame."""
        try:
            self._worker.start()
        except (WorkerCrashed, WorkerTimeout) as error:
            raise Cancelled("The captioning model could not be loaded.", error.detail) from error

    def _caption(self, job: PhotoJob) -> dict[str, Any]:
        if not self._queue.needs_file:
            return self._worker.request("caption", {"image": str(self._home.thumbnail(job.fingerprint))})
        preview = self._home.preview(job.fingerprint)
        size_px = self._captioner.image_px
        self._decoder.request("preview", {"path": str(job.path), "preview": str(preview), "preview_px": size_px})
        try:
            return self._worker.request("caption", {"image": str(preview)})
        finally:
            preview.unlink(missing_ok=True)

    def _give_up_on_crashes(self) -> None:
        """After three crashes in a row leave the GPU alone; after three more stop and say so."""
        if self._worker.crashes_in_a_row < _MOST_CRASHES:
            return
        method, params = self._worker.opening or ("load", {})
        if params.get("gpu") is False:
            raise ModelUnavailable(
                "The captioning model keeps crashing, so captions have stopped.",
                "Choose another model, or try this one again. Search goes on without new captions.",
            )
        self._worker.opening = (method, {**params, "gpu": False})
        self._worker.crashes_in_a_row = 0

    def _close(self) -> None:
        self._worker.close()
        self._decoder.close()


def open_caption_worker(home: Home, model: Path, mmproj: Path, threads: int | None = None) -> Worker:
    """Return a worker that loads a model pair at its first request."""
    return Worker(
        worker_command("caption"),
        opening=("load", {"model": str(model), "mmproj": str(mmproj), "threads": threads}),
        timeout_floor_s=_TIMEOUT_FLOOR_S,
        recycle_after=_RECYCLE_AFTER,
        log=home.logs / "caption.log",
    )

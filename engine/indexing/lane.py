"""A lane takes jobs of one kind from the catalog's queue and does them away from the writer thread."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sqlite_utils import Database

from engine.catalog import captions, files, photos, work
from engine.catalog.embeddings import Features, read_features
from engine.catalog.work import Stage
from engine.errors import ReverieError
from engine.indexing.progress import Pace

Outcome = Callable[[Database], None]
"""What the writer thread does with a finished job, inside a transaction."""

JobT = TypeVar("JobT")


class Queue(Protocol[JobT]):
    """Where jobs come from and where they go when they do not end well. Called by the writer thread only."""

    def claim(self, db: Database, limit: int) -> list[JobT]: ...
    def release(self, db: Database, job: JobT) -> None: ...
    def fail(self, db: Database, job: JobT, error: ReverieError) -> None: ...
    def count_attempt(self, db: Database, job: JobT) -> int: ...


@dataclass(slots=True)
class Lane(Generic[JobT]):
    """One kind of work: `run` does a job on one of `threads` threads and returns what is to be written.

    While a lane named in `waits_for` has work, this one rests. `cancel` gives up the jobs in hand; both it and `close`
    may come from any thread. `pace` tells how much has been done since the library was opened. `stopped` holds the
    reason why a lane takes no more jobs.
    """

    name: str
    queue: Queue[JobT]
    run: Callable[[JobT], Outcome]
    threads: int = 1
    waits_for: tuple[str, ...] = ()
    cancel: Callable[[], None] = lambda: None
    close: Callable[[], None] = lambda: None
    pace: Callable[[], Pace] = Pace
    in_hand: int = 0
    stopped: ReverieError | None = field(default=None)

    @property
    def look_ahead(self) -> int:
        """How many jobs may be in hand: each thread finds its next one waiting."""
        return self.threads + 1


class FileQueue:
    """Files whose content is to be read."""

    def claim(self, db: Database, limit: int) -> list[files.PendingFile]:
        return files.claim_files(db, limit)

    def release(self, db: Database, job: files.PendingFile) -> None:
        files.release_file(db, job.file_id)

    def fail(self, db: Database, job: files.PendingFile, error: ReverieError) -> None:
        files.fail_file(db, job.file_id, error.title, error.detail)

    def count_attempt(self, db: Database, job: files.PendingFile) -> int:
        return files.count_file_attempt(db, job.file_id)


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """A photo and what stages need to know of it. `path` is a file of it that can be reached now; `features` are what
    an earlier run of the image encoder left."""

    photo_id: int
    fingerprint: str
    path: Path | None
    caption: str
    features: Features | None = None


class StageQueue:
    """Photos for which a stage is pending; `needs_file` leaves out those whose drive is away.

    Where the recipe has changed, a stage is done again; captions with `replaces_only` only where that model wrote them.
    """

    def __init__(
        self, stage: Stage, recipe: str, *, needs_file: bool = False, replaces_only: str | None = None
    ) -> None:
        self.stage = stage
        self.recipe = recipe
        self.needs_file = needs_file
        self._replaces_only = replaces_only

    def enqueue_outdated(self, db: Database) -> None:
        """Make pending again what was done under another recipe."""
        work.enqueue_outdated(db, self.stage, self.recipe, self._replaces_only)

    def claim(self, db: Database, limit: int) -> list[PhotoJob]:
        return [_photo_job(db, photo_id) for photo_id in work.claim_next(db, self.stage, limit, self.needs_file)]

    def release(self, db: Database, job: PhotoJob) -> None:
        work.release(db, job.photo_id, self.stage)

    def fail(self, db: Database, job: PhotoJob, error: ReverieError) -> None:
        work.fail(db, job.photo_id, self.stage, self.recipe, error.title, error.detail)

    def count_attempt(self, db: Database, job: PhotoJob) -> int:
        return work.count_attempt(db, job.photo_id, self.stage)

    def complete(self, db: Database, job: PhotoJob) -> None:
        """Record that the stage is done for this photo."""
        work.complete(db, job.photo_id, self.stage, self.recipe)


def _photo_job(db: Database, photo_id: int) -> PhotoJob:
    caption = captions.read_caption(db, photo_id)
    return PhotoJob(
        photo_id=photo_id,
        fingerprint=photos.fingerprint_of(db, photo_id),
        path=photos.reachable_path(db, photo_id),
        caption=caption.text if caption else "",
        features=read_features(db, photo_id),
    )

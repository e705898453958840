"""The one door to the engine: open a library, add folders, search, and hear what changes."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.access.captions import CaptionAccess
from engine.access.models import ModelAccess, ModelShelf
from engine.access.photos import PhotoAccess
from engine.captioning.profile import STARTER_NAME
from engine.catalog import folders, work
from engine.catalog.captions import Caption, CaptionCount, Standing
from engine.catalog.details import PhotoDetails, PhotoFile
from engine.catalog.facets import Country, Facet, Facets
from engine.catalog.failures import Failure, list_failures
from engine.catalog.folders import Folder, FolderState
from engine.catalog.meta import read_meta, write_meta
from engine.catalog.photos import Photo
from engine.catalog.tags import Tag
from engine.catalog.work import Stage
from engine.erasure import erase_home
from engine.export.captions import ExportFormat
from engine.imaging.kind import PhotoKind
from engine.indexing.captions import Captioner
from engine.indexing.progress import Activity, Pace, Progress, RateMeter, measure
from engine.indexing.single_photo import embed_photo, look_at_photo, look_turned
from engine.learning.visual_head import VisualHead
from engine.models.catalogue import ModelOffer
from engine.models.expectation import Expectation
from engine.models.installed import InstalledModel
from engine.paths import RESOURCES, Home
from engine.search.duplicates import Duplicate, Sameness
from engine.search.explain import SourceMatch, Why, WordMatch
from engine.search.query import Condition, Filters, Orientation, Query, Sort, Source
from engine.search.reference import Reference
from engine.search.references import References
from engine.search.service import Hit, Offer, Results, Silent
from engine.settings import Appearance, QuietHours, Settings, write_settings
from engine.understanding.plan import Chip, Guidance, QueryPlan, Spelling
from engine.understanding.rewrite import rewrite

__all__ = [
    "RESOURCES", "Activity", "Appearance", "Caption", "CaptionCount", "Captioner", "Chip", "Condition", "Country",
    "Duplicate", "Engine", "Expectation", "ExportFormat", "Facet", "Facets", "Failure", "Filters", "Folder",
    "FolderState", "Guidance", "Hit", "Home", "InstalledModel", "ModelOffer", "ModelShelf", "Offer", "Orientation",
    "Pace", "Photo", "PhotoDetails", "PhotoFile", "PhotoKind", "Progress", "Query", "QueryPlan", "QuietHours",
    "Reference", "Results", "Sameness", "Settings", "Silent", "Sort", "Source", "SourceMatch", "Spelling", "Stage",
    "Standing", "Tag", "Why", "WordMatch",
]  # fmt: skip


_WINDOW = "window."


class Engine(PhotoAccess, CaptionAccess, ModelAccess):
    """A library that is open, with all that can be done with it.

    Methods may be called from any thread. Callbacks come on the engine's own threads and must be quick. `captioner` is
    the model in use; where its files are damaged it is None, and `captioner_problem` says what is wrong.
    """

    def understand(self, text: str, reference: Reference | None = None) -> QueryPlan:
        """Return how a request is understood today, by what the library has and by the photo beside it, if there is
        one; the words of a question that the photo answers are not looked for. Raises `ModelUnavailable`."""
        plan = self._understanding.understand(text, date.today(), reference.origin if reference else None)
        return plan.without_description() if reference and reference.answer(text) else plan

    def write(self, plan: QueryPlan, reference: Reference | None = None) -> str:
        """Return words and operators that are understood as this plan, as after a chip was removed from another."""
        return self._understanding.write(plan, date.today(), reference.origin if reference else None)

    def search(self, query: Query) -> Results:
        """Return the photos that answer a query, best first, each with why."""
        results = self._search.search(query)
        if Stage.CAPTION in self.stages:
            self._lift([hit.photo_id for hit in results.hits if hit.standing is None])
        return results

    def rewrite(self, plan: QueryPlan, caption: str | None = None) -> QueryPlan | None:
        """Return a plan that the captioning model has made shorter, or None: it takes up to a second and a half.

        `caption` is that of the reference photo, if there is one. The starter is too small to be asked, and rules are
        enough for most requests. Not for the thread that draws.
        """
        if self._captioning is None or self.captioner is None or self.captioner.name == STARTER_NAME:
            return None
        return rewrite(plan, self._captioning.ask, caption)

    def embed_photo(self, path: Path) -> NDArray[np.float32]:
        """Return the raw image-encoder output of any photo file, float32 (1536,), to search with as `Query.visual`.

        Raises `UnreadablePhoto`.
        """
        return embed_photo(self.home, self._image_encoder, path)

    def reference(self, photo: Path | int) -> Reference:
        """Return a photo to ask by, a file or a `photo_id`: `reference.about(query)` is the query to search with.

        A file that the library does not know takes half a second. Raises `UnreadablePhoto`, `PhotoStillChanging` and
        `ModelUnavailable`.
        """
        with self._reading() as db:
            return self._references.of(db, photo)

    def change_settings(self, settings: Settings) -> None:
        """Store what the user has set. It counts at once; where lanes change, indexing begins anew: a second or two."""
        with self._writer:
            before = self.settings()
            self._write(lambda db: write_settings(db, settings))
            if settings.asks_to_begin_anew(before):
                self._restart_indexing()
            else:
                self._writing.follow(settings)

    def erase(self) -> None:
        """Close the library and delete everything that Reverie made for it; photos lie elsewhere and stay.

        Raises `CatalogInUse` where another process indexes, and `CannotWrite` where something cannot be deleted.
        """
        with self._writer:
            self._writing.indexer.pause()
            self.close()
            self._end_reading()
            erase_home(self.home)

    def remember(self, name: str, value: Any) -> None:
        """Keep something of the window's own, fit for JSON, until it is opened again."""
        self._write(lambda db: write_meta(db, f"{_WINDOW}{name}", value))

    def recall(self, name: str, default: Any = None) -> Any:
        """Return what was kept under this name."""
        with self._reading() as db:
            return read_meta(db, f"{_WINDOW}{name}", default)

    def add_folder(self, path: Path) -> Folder:
        """Add a folder to the library; raises `FolderUnavailable`, and `CatalogInUse` where another process indexes."""
        with self._writer:
            return self._writing.add_folder(path)

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder. Its photos leave the results; what is known of them is kept in case they come back."""
        with self._writer:
            self._writing.remove_folder(folder_id)

    def folders(self) -> list[Folder]:
        """Return the chosen folders."""
        with self._reading() as db:
            return folders.list_folders(db)

    def rescan(self, folder_id: int | None = None) -> None:
        """Look at a folder again, or at all of them, as a "refresh" button does."""
        with self._writer:
            self._writing.rescan(folder_id)

    def folders_scanned_now(self) -> frozenset[int]:
        """Return the folders that are looked at just now, by `folder_id`."""
        indexing = self._indexing
        return indexing.scanned_now if indexing else frozenset()

    def pause(self) -> None:
        """Stop indexing until `resume`; search goes on."""
        with self._writer:
            self._writing.indexer.pause()

    def resume(self) -> None:
        """Go on indexing, also after a full disk or a model that stopped, and also on battery or in quiet hours."""
        with self._writer:
            self._writing.resume()

    def progress(self) -> Progress:
        """Return how far indexing is."""
        if self._indexing:
            return self._indexing.indexer.progress
        with self._reading() as db:
            return measure(db, Activity.IDLE, RateMeter(), set(), (), {})

    def on_change(self, listener: Callable[[Progress], None]) -> None:
        """Call `listener` with the progress whenever something changed, at most about twice a second."""
        self._listeners.append(listener)

    def wait_until_idle(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is left to do; return False if that took longer, or if indexing is paused."""
        return self._writing.indexer.wait_until_idle(timeout_s)

    def failures(self) -> list[Failure]:
        """Return what could not be read or done, with the reason."""
        with self._reading() as db:
            return list_failures(db)

    def retry_failed(self) -> int:
        """Try again what failed; return how many things."""
        return self._write(work.retry_failed)

    @cached_property
    def _references(self) -> References:
        head = self._head or VisualHead.open()
        return References(
            self._search,
            head,
            lambda path: look_at_photo(self.home, self._image_encoder, path),
            lambda fingerprint: look_turned(self._image_encoder, self.home.thumbnail(fingerprint)),
        )

    def _lift(self, photo_ids: list[int]) -> None:
        """Move photos that somebody looks for up the caption queue."""

        def lift(db: Database) -> None:
            for photo_id in photo_ids:
                work.lift(db, photo_id, Stage.CAPTION)

        # Nobody waits for this: while indexing begins anew it is left out.
        if photo_ids and self._writer.acquire(blocking=False):
            try:
                self._writing.indexer.submit(lift)
            finally:
                self._writer.release()

"""The one door to the engine: open a library, add folders, search, and hear what changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.access.captions import CaptionAccess
from engine.access.photos import PhotoAccess
from engine.catalog import folders, work
from engine.catalog.captions import Caption, CaptionCount, Standing
from engine.catalog.details import PhotoDetails, PhotoFile
from engine.catalog.facets import Country, Facet, Facets
from engine.catalog.failures import Failure, list_failures
from engine.catalog.folders import Folder, FolderState
from engine.catalog.photos import Photo
from engine.catalog.tags import Tag
from engine.catalog.work import Stage
from engine.imaging.kind import PhotoKind
from engine.indexing.captions import Captioner
from engine.indexing.progress import Activity, Pace, Progress, RateMeter, measure
from engine.indexing.single_photo import embed_photo
from engine.paths import RESOURCES, Home
from engine.search.explain import SourceMatch, Why, WordMatch
from engine.search.query import Filters, Orientation, Query, Sort, Source
from engine.search.service import Hit, Results
from engine.settings import Settings, write_settings

__all__ = [
    "RESOURCES",
    "Activity", "Caption", "CaptionCount", "Captioner", "Country", "Engine", "Facet", "Facets", "Failure", "Filters",
    "Folder", "FolderState", "Hit", "Home", "Orientation", "Pace", "Photo", "PhotoDetails", "PhotoFile", "PhotoKind",
    "Progress", "Query", "Results", "Settings", "Sort", "Source", "SourceMatch", "Stage",
    "Standing", "Tag", "Why", "WordMatch",
]  # fmt: skip


class Engine(PhotoAccess, CaptionAccess):
    """A library that is open, with all that can be done with it.

    Methods may be called from any thread. Callbacks come on the engine's own threads and must be quick. `captioner` is
    the model in use; where its files are damaged it is None, and `captioner_problem` says what is wrong.
    """

    def search(self, query: Query) -> Results:
        """Return the photos that answer a query, best first, each with why."""
        results = self._search.search(query)
        if Stage.CAPTION in self.stages:
            self._lift([hit.photo_id for hit in results.hits if hit.standing is None])
        return results

    def embed_photo(self, path: Path) -> NDArray[np.float32]:
        """Return the raw image-encoder output of any photo file, float32 (1536,), to search with as `Query.visual`.

        Raises `UnreadablePhoto`.
        """
        return embed_photo(self.home, self._image_encoder, path)

    def change_settings(self, settings: Settings) -> None:
        """Store what the user has set; it counts from the next time the library is opened."""
        self._write(lambda db: write_settings(db, settings))

    def add_folder(self, path: Path) -> Folder:
        """Add a folder to the library; raises `FolderUnavailable`, and `CatalogInUse` where another process indexes."""
        return self._writing.add_folder(path)

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder. Its photos leave the results; what is known of them is kept in case they come back."""
        self._writing.remove_folder(folder_id)

    def folders(self) -> list[Folder]:
        """Return the chosen folders."""
        with self._reading() as db:
            return folders.list_folders(db)

    def rescan(self, folder_id: int | None = None) -> None:
        """Look at a folder again, or at all of them, as a "refresh" button does."""
        self._writing.rescan(folder_id)

    def folders_scanned_now(self) -> frozenset[int]:
        """Return the folders that are looked at just now, by `folder_id`."""
        return self._indexing.scanned_now if self._indexing else frozenset()

    def pause(self) -> None:
        """Stop indexing until `resume`; search goes on."""
        self._writing.indexer.pause()

    def resume(self) -> None:
        """Go on indexing, also after a full disk or a model that stopped."""
        self._writing.indexer.resume()
        self._writing.rescan()

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

    def _lift(self, photo_ids: list[int]) -> None:
        """Move photos that somebody looks for up the caption queue."""

        def lift(db: Database) -> None:
            for photo_id in photo_ids:
                work.lift(db, photo_id, Stage.CAPTION)

        if photo_ids:
            self._writing.indexer.submit(lift)

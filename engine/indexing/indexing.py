"""Everything that writes, put together: watched folders, the indexer with its lanes, backups and indexes on disk."""

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from engine.catalog import folders
from engine.catalog.backup import back_up_daily
from engine.catalog.connection import open_reader
from engine.catalog.folders import Folder
from engine.catalog.photos import all_fingerprints
from engine.errors import ReverieError
from engine.indexing.indexer import Indexer
from engine.indexing.lane import Lane
from engine.indexing.progress import Progress
from engine.indexing.rest import Rest
from engine.library.library import Library
from engine.library.network import is_on_network
from engine.library.new_folder import check_new_folder
from engine.library.reconcile import reconcile
from engine.library.scan import Scan
from engine.paths import Home
from engine.search.service import SearchService
from engine.settings import Settings

_log = logging.getLogger(__name__)

_UPKEEP_EVERY_S = 60.0
_ANSWER_S = 60.0

T = TypeVar("T")


class Indexing:
    """Keep a library in step with its folders. Methods may be called from any thread."""

    def __init__(
        self,
        home: Home,
        search: SearchService,
        make_lanes: Callable[[set[str]], list[Lane[Any]]],
        on_progress: Callable[[Progress], None],
        settings: Settings,
    ) -> None:
        self._home = home
        self._search = search
        self._closing = threading.Event()
        self._rest = Rest(settings)
        self._library = Library(self._deliver, home.root, skipped=settings.skipped_folders)
        db = open_reader(home.catalog)
        known, chosen = all_fingerprints(db), folders.list_folders(db)
        db.close()
        self.indexer = Indexer(
            home.catalog,
            make_lanes(known),
            scanning=lambda: not self._library.is_quiet,
            resting=self._rest.reason,
            notices=self._folder_notices,
            after_commit=search.refresh,
            on_progress=on_progress,
        )
        self._library.start(chosen)
        self.indexer.start()
        self._upkeep = threading.Thread(target=self._keep_up, name="upkeep")
        self._upkeep.start()

    def run(self, command: Callable[[Database], T]) -> T:
        """Run a command on the writer thread and wait for its result."""
        return self.indexer.submit(command).result(_ANSWER_S)

    def add_folder(self, path: Path) -> Folder:
        """Add a folder and start to scan it; raise `FolderUnavailable` with a sentence for the user."""

        def add(db: Database) -> Folder:
            chosen = [folder.path for folder in folders.list_folders(db)]
            real = check_new_folder(path, chosen, self._home.root)
            folder = folders.add_folder(db, real, is_on_network(real))
            self._library.add(folder)
            return folder

        return self.run(add)

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder; captions are kept in case it comes back."""
        self.run(lambda db: folders.remove_folder(db, folder_id))
        self._library.remove(folder_id)

    def follow(self, settings: Settings) -> None:
        """Rest when these settings say so."""
        self._rest.follow(settings)
        self.indexer.wake()

    def resume(self) -> None:
        """Go on after a pause or a problem, and also where there is reason to rest; look at all folders again."""
        self._rest.overrule()
        self.indexer.resume()
        self.rescan()

    def rescan(self, folder_id: int | None = None) -> None:
        """Look at a folder again, or at all of them."""
        self._library.rescan(folder_id)
        self.indexer.wake()

    @property
    def scanned_now(self) -> frozenset[int]:
        """Which folders are looked at just now, by `folder_id`."""
        return self._library.scanned_now

    def close(self) -> None:
        """Stop watching, store what is finished and end all threads."""
        self._closing.set()
        self._library.stop()
        self.indexer.close()
        self._upkeep.join()

    def _deliver(self, folder_id: int, scan: Scan) -> None:
        self.indexer.submit(lambda db: reconcile(db, folder_id, scan)).add_done_callback(_log_failure)

    def _folder_notices(self) -> Iterable[str]:
        return self._library.notices.values()

    def _keep_up(self) -> None:
        """Back up once a day, and bring the indexes on disk up to date every minute, away from the writer thread."""
        db = open_reader(self._home.catalog)
        try:
            while not self._closing.wait(_UPKEEP_EVERY_S):
                self._upkeep_once(db)
        finally:
            self._upkeep_once(db)
            db.close()

    def _upkeep_once(self, db: Database) -> None:
        try:
            back_up_daily(self._home.catalog, self._home.backups)
            self._search.keep_up(db, self._closing.is_set)
        except ReverieError as error:
            _log.warning("%s", error)
        except Exception:
            _log.exception("upkeep failed")


def _log_failure(done: "Future[Any]") -> None:
    if error := done.exception():
        _log.error("a scan could not be stored", exc_info=error)

"""The whole way from a real folder to a real catalog: threads, watchdog and all."""

import errno
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_files import Put
from sqlite_utils import Database

from engine.catalog import folders
from engine.catalog.connection import transaction
from engine.catalog.folders import Folder, FolderState
from engine.errors import Cancelled
from engine.library import scan as scanning
from engine.library import scout as scouting
from engine.library.library import Library
from engine.library.reconcile import reconcile
from engine.library.scan import Scan
from engine.library.scout import Timing

TIMEOUT_S = 20.0
QUICK = Timing(quiet_s=0.3, after_change_s=0.05, root_s=0.05, network_root_s=0.05, patience_s=0.3)


class Follower:
    """Be the writer: take scans out of the queue and store them, until the catalog is as expected."""

    def __init__(self, db: Database, home: Path) -> None:
        self.db = db
        self._scans: queue.SimpleQueue[tuple[int, Scan]] = queue.SimpleQueue()
        self.library = Library(lambda folder_id, scan: self._scans.put((folder_id, scan)), home, QUICK)

    def add(self, path: Path, on_network: bool = False) -> Folder:
        with transaction(self.db):
            folder = folders.add_folder(self.db, path, on_network)
        self.library.add(folder)
        return folder

    def follow_until(self, is_there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while not is_there():
            self.follow_one(deadline - time.monotonic())

    def follow_one(self, timeout_s: float = TIMEOUT_S) -> Scan:
        folder_id, scan = self._scans.get(timeout=max(0.0, timeout_s))
        with transaction(self.db):
            reconcile(self.db, folder_id, scan)
        return scan

    def expect(self, *paths: Path) -> None:
        self.follow_until(lambda: self.known() == {*paths})

    def known(self) -> set[Path]:
        return {Path(os.fsdecode(path)) for (path,) in self.db.execute("SELECT path FROM files").fetchall()}

    def state(self, folder: Folder) -> FolderState:
        return next(other.state for other in folders.list_folders(self.db) if other.folder_id == folder.folder_id)


@pytest.fixture
def follower(db: Database, tmp_path: Path) -> Iterator[Follower]:
    follower = Follower(db, tmp_path / "reverie")
    yield follower
    follower.library.stop()


def test_photos_that_come_change_and_go_are_followed(root: Path, put: Put, follower: Follower) -> None:
    first = put("first.jpg")
    follower.add(root)
    follower.expect(first)
    second = put("2020/second.jpg")
    follower.expect(first, second)
    moved = root / "2020" / "moved.jpg"
    first.rename(moved)
    follower.expect(moved, second)
    renamed = (root / "2020").rename(root / "2021")
    follower.expect(renamed / "moved.jpg", renamed / "second.jpg")
    shutil.rmtree(renamed)
    put("notes.txt")
    follower.expect()


def test_an_atomic_save_is_one_changed_file(root: Path, put: Put, follower: Follower) -> None:
    path = put("1.jpg")
    put("2.jpg")
    follower.add(root)
    follower.follow_until(lambda: len(follower.known()) == 2)
    (root / "1.jpg.tmp").write_bytes(b"a longer edit")
    (root / "1.jpg.tmp").rename(path)
    size = "SELECT size_bytes FROM files WHERE path = ?"
    follower.follow_until(lambda: follower.db.execute(size, [os.fsencode(path)]).fetchone() == (13,))
    assert len(follower.known()) == 2


def test_a_photo_that_is_still_being_written_is_only_recorded_in_full(root: Path, follower: Follower) -> None:
    follower.add(root)
    follower.follow_one()
    with (root / "slow.jpg").open("wb") as file:
        for _ in range(5):
            file.write(b"part")
            file.flush()
            waiting = follower.follow_one()
            while not waiting.waiting:
                waiting = follower.follow_one()
            assert follower.known() == set()
    follower.expect(root / "slow.jpg")
    assert follower.db.execute("SELECT size_bytes FROM files").fetchone() == (20,)


def test_a_fresh_photo_behind_a_link_comes_once_it_is_still(root: Path, follower: Follower, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.jpg").write_bytes(b"photo")
    (root / "link.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    follower.add(root)
    follower.expect(root / "link.jpg")


def test_a_drive_that_is_unplugged_and_plugged_in_again_loses_nothing(root: Path, put: Put, follower: Follower) -> None:
    path = put("1.jpg")
    folder = follower.add(root)
    follower.expect(path)
    root.rename(root.with_name("unplugged"))
    follower.follow_until(lambda: follower.state(folder) is FolderState.OFFLINE)
    assert follower.known() == {path}
    root.with_name("unplugged").rename(root)
    follower.follow_until(lambda: follower.state(folder) is FolderState.ONLINE)
    new = put("2.jpg")
    follower.expect(path, new)


def test_a_root_that_is_deleted_and_made_again_is_heard_again(root: Path, put: Put, follower: Follower) -> None:
    folder = follower.add(root)
    follower.expect()
    shutil.rmtree(root)
    follower.follow_until(lambda: follower.state(folder) is FolderState.OFFLINE)
    root.mkdir()
    follower.follow_until(lambda: follower.state(folder) is FolderState.ONLINE)
    follower.expect(put("1.jpg"))


def test_one_folder_that_hangs_holds_up_no_other(
    root: Path, put: Put, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("hanging/1.jpg")
    path = put("fine/2.jpg")
    released = threading.Event()
    real = os.scandir

    def scandir(folder: str | bytes | Path) -> object:
        # A dead file server answers after minutes, with an error.
        if Path(os.fsdecode(folder)) == root / "hanging" and not released.wait(TIMEOUT_S):
            raise OSError(errno.EHOSTDOWN, "Host is down")
        return real(folder)

    monkeypatch.setattr(scanning.os, "scandir", scandir)
    follower.add(root / "hanging", on_network=True)
    follower.add(root / "fine")
    follower.expect(path)
    assert not follower.library.is_quiet
    released.set()
    follower.expect(path, root / "hanging/1.jpg")


def test_a_library_stops_although_one_folder_hangs(
    root: Path, put: Put, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("1.jpg")
    hanging, released = threading.Event(), threading.Event()

    def scan_folder(*_arguments: object) -> None:
        hanging.set()
        released.wait(TIMEOUT_S)
        raise Cancelled("stopped")

    monkeypatch.setattr(scouting, "scan_folder", scan_folder)
    follower.add(root)
    assert hanging.wait(TIMEOUT_S)
    follower.library.stop()
    assert not released.is_set()
    released.set()


def test_a_library_is_quiet_once_everything_has_been_delivered(root: Path, put: Put, follower: Follower) -> None:
    for number in range(20):
        put(f"{number}/1.jpg")
        follower.add(root / str(number))
    deadline = time.monotonic() + TIMEOUT_S
    while not follower.library.is_quiet:
        assert time.monotonic() < deadline
    for _ in range(20):
        follower.follow_one(timeout_s=0)
    assert len(follower.known()) == 20


def test_an_outer_folder_takes_over_what_an_inner_one_leaves(root: Path, put: Put, follower: Follower) -> None:
    put("inner/1.jpg")
    put("2.jpg")
    inner = follower.add(root / "inner")
    outer = follower.add(root)
    follower.expect(root / "inner/1.jpg", root / "2.jpg")
    with transaction(follower.db):
        folders.remove_folder(follower.db, inner.folder_id)
    follower.library.remove(inner.folder_id)
    follower.expect(root / "inner/1.jpg", root / "2.jpg")
    assert {row[0] for row in follower.db.execute("SELECT folder_id FROM files")} == {outer.folder_id}


def test_reveries_own_folder_is_left_out(root: Path, put: Put, db: Database) -> None:
    put("Reverie/thumbnails/ab/1.jpg")
    path = put("2.jpg")
    follower = Follower(db, root / "Reverie")
    try:
        follower.add(root)
        follower.expect(path)
    finally:
        follower.library.stop()


def test_network_folders_and_their_schedule_are_named(root: Path, put: Put, follower: Follower) -> None:
    path = put("1.jpg")
    folder = follower.add(root, on_network=True)
    follower.expect(path)
    assert follower.library.notices == {
        folder.folder_id: "This folder is on the network: Reverie looks for new photos every 30 minutes."
    }
    later = put("2.jpg")
    follower.library.rescan()
    follower.expect(path, later)


def test_all_threads_end(root: Path, put: Put, follower: Follower) -> None:
    before = set(threading.enumerate())
    put("1.jpg")
    follower.add(root)
    follower.expect(root / "1.jpg")
    follower.library.stop()
    assert set(threading.enumerate()) <= before

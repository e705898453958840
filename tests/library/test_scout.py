"""A scout looks when something is due and not before; here its clock is ours and its thread never starts."""

import logging
import math
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_files import Put

from engine.catalog.folders import Folder, FolderState
from engine.library import scout as scouting
from engine.library.dirty import DirtyFolders
from engine.library.scan import Root, Scan
from engine.library.scout import FolderScout, Timing
from engine.library.watch import FolderWatcher

TIMING = Timing(quiet_s=0, after_change_s=2, root_s=5, network_root_s=60, watched_rescan_s=1000, unwatched_rescan_s=120)


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class DeafWatcher(FolderWatcher):
    """Hear nothing, so that a test alone says what is marked; `problem` is the answer to arming."""

    def __init__(self) -> None:
        super().__init__()
        self.armed: list[Path] = []
        self.problem: str | None = None

    def arm(self, root: Path, dirty: DirtyFolders) -> str | None:  # noqa: ARG002
        self.armed.append(root)
        return self.problem


class Scouting:
    """A scout, its clock, and what it delivered."""

    def __init__(self, root: Path, on_network: bool = False) -> None:
        self.clock = Clock()
        self.watcher = DeafWatcher()
        self.scans: list[Scan] = []
        folder = Folder(7, root, FolderState.ONLINE, on_network, None)
        self.scout = FolderScout(folder, self.watcher, self._deliver, timing=TIMING, clock=self.clock)

    def _deliver(self, folder_id: int, scan: Scan) -> None:
        assert folder_id == 7
        self.scans.append(scan)

    def look_after(self, seconds: float) -> list[Scan]:
        """Let time pass, look, and return what was delivered."""
        self.clock.now_s += seconds
        self.scans.clear()
        self.wait_s = self.scout.look()
        return list(self.scans)

    def mark(self, folder: Path) -> None:
        self.scout._dirty.mark_files_of(folder)


@pytest.fixture
def at(root: Path) -> Scouting:
    return Scouting(root)


def names(scan: Scan) -> set[str]:
    return {file.path.name for file in scan.seen}


def test_the_first_look_watches_the_folder_and_scans_it_whole(at: Scouting, root: Path, put: Put) -> None:
    put("1.jpg")
    assert not at.scout.is_quiet
    (scan,) = at.look_after(0)
    assert scan.is_whole
    assert names(scan) == {"1.jpg"}
    assert at.watcher.armed == [root]
    assert at.scout.is_quiet
    assert at.wait_s == TIMING.root_s


def test_a_changed_folder_is_scanned_alone_and_only_after_a_moment(at: Scouting, root: Path, put: Put) -> None:
    put("a/1.jpg")
    put("2.jpg")
    at.look_after(0)
    at.mark(root / "a")
    assert not at.scout.is_quiet
    assert at.look_after(1) == []
    assert at.wait_s == 1
    (scan,) = at.look_after(1)
    assert not scan.is_whole
    assert names(scan) == {"1.jpg"}
    assert at.scout.is_quiet


def test_a_mark_on_the_root_itself_begins_anew(at: Scouting, root: Path, put: Put) -> None:
    """A root that is deleted and made again may get the same inode, and its old watch is deaf."""
    put("1.jpg")
    at.look_after(0)
    at.scout._dirty.mark_deep(root)
    (scan,) = at.look_after(2)
    assert scan.is_whole
    assert at.watcher.armed == [root, root]


def test_a_file_that_is_not_still_is_looked_at_again(at: Scouting, put: Put) -> None:
    put("1.jpg", age_s=-86400)
    (scan,) = at.look_after(0)
    assert scan.seen == ()
    assert not at.scout.is_quiet
    (scan,) = at.look_after(2)
    assert names(scan) == {"1.jpg"}
    assert at.scout.is_quiet


def test_a_scan_that_took_long_is_followed_by_a_rest(
    at: Scouting, root: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("1.jpg")
    at.look_after(0)
    real = scouting.scan_folder

    def slow(*arguments: object) -> Scan:
        at.clock.now_s += 10
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(scouting, "scan_folder", slow)
    at.mark(root)
    assert len(at.look_after(2)) == 1
    at.mark(root)
    assert at.look_after(39) == []
    assert len(at.look_after(1)) == 1


def test_a_missing_root_is_told_once_and_scanned_when_it_is_back(at: Scouting, root: Path, put: Put) -> None:
    put("1.jpg")
    at.look_after(0)
    root.rename(root.with_name("unplugged"))
    (scan,) = at.look_after(5)
    assert scan.root is Root.MISSING
    assert at.scout.is_quiet
    assert at.look_after(5) == at.look_after(5) == []
    root.with_name("unplugged").rename(root)
    (scan,) = at.look_after(5)
    assert scan.is_whole
    assert names(scan) == {"1.jpg"}
    assert at.watcher.armed == [root, root]


def test_a_root_that_is_missing_at_the_start_is_told(at: Scouting, root: Path) -> None:
    root.rmdir()
    (scan,) = at.look_after(0)
    assert scan.root is Root.MISSING
    assert at.look_after(5) == []


def test_a_root_that_was_replaced_is_watched_and_scanned_anew(at: Scouting, root: Path, put: Put) -> None:
    put("1.jpg")
    at.look_after(0)
    root.rename(root.with_name("old"))
    put("2.jpg")
    (scan,) = at.look_after(5)
    assert names(scan) == {"2.jpg"}
    assert at.watcher.armed == [root, root]


def test_a_root_that_cannot_be_listed_is_tried_again_soon(
    at: Scouting, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("1.jpg")
    with monkeypatch.context() as patch:
        # As root, which tests often run as, no permission stops anybody.
        patch.setattr(os, "scandir", lambda path: (_ for _ in ()).throw(PermissionError(13, "no", path)))
        (scan,) = at.look_after(0)
        assert scan.root is Root.MISSING
        assert at.look_after(5) == []
    (scan,) = at.look_after(5)
    assert names(scan) == {"1.jpg"}


def test_an_emptied_root_that_fills_again_is_scanned_whole(at: Scouting, root: Path, put: Put) -> None:
    (scan,) = at.look_after(0)
    assert scan.root is Root.EMPTY
    put("a/1.jpg")
    at.mark(root)
    (scan,) = at.look_after(2)
    assert scan.is_whole
    assert names(scan) == {"1.jpg"}


def test_a_watched_folder_is_rarely_scanned_again_and_one_that_cannot_be_watched_often(root: Path, put: Put) -> None:
    put("1.jpg")
    watched, unwatched = Scouting(root), Scouting(root)
    unwatched.watcher.problem = "Linux has reached its limit on watched folders"
    for at in (watched, unwatched):
        at.look_after(0)
    assert (len(watched.look_after(120)), len(unwatched.look_after(120))) == (0, 1)
    assert len(watched.look_after(880)) == 1
    assert watched.scout.notice is None
    assert unwatched.scout.notice == (
        "Linux has reached its limit on watched folders: Reverie looks for new photos in this folder every 2 minutes."
    )


def test_a_folder_on_the_network_is_not_watched_but_scanned_on_a_schedule(root: Path, put: Put) -> None:
    put("1.jpg")
    at = Scouting(root, on_network=True)
    at.look_after(0)
    assert at.watcher.armed == []
    assert at.wait_s == 60
    assert at.look_after(60) == []
    assert len(at.look_after(60)) == 1
    assert at.scout.notice == "This folder is on the network: Reverie looks for new photos every 2 minutes."


def test_what_lies_behind_links_is_scanned_on_a_schedule(at: Scouting, root: Path, put: Put, tmp_path: Path) -> None:
    put("1.jpg")
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    at.look_after(0)
    assert len(at.look_after(120)) == 1


def test_a_user_can_ask_for_a_scan(at: Scouting, put: Put) -> None:
    put("1.jpg")
    at.look_after(0)
    at.scout.rescan()
    assert not at.scout.is_quiet
    assert len(at.look_after(0)) == 1


@pytest.fixture
def started(at: Scouting) -> Iterator[Scouting]:
    yield at
    at.scout.stop()


def test_a_bug_in_one_look_does_not_end_the_scout(
    started: Scouting, put: Put, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([RuntimeError("a bug"), math.inf])
    done = started.scout._stop

    def look() -> float:
        answer = next(looks)
        if isinstance(answer, Exception):
            started.scout._wake.set()
            raise answer
        done.set()
        return 0.0

    monkeypatch.setattr(started.scout, "look", look)
    with caplog.at_level(logging.ERROR):
        started.scout.start()
        assert done.wait(20)
    assert "a bug" in caplog.text

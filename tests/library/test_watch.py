"""What happens in a watched folder is marked, with the real watchdog on real folders."""

import ctypes
import errno
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_files import Put
from watchdog.observers import inotify_c

from engine.library.dirty import DirtyFolders
from engine.library.scope import Scope
from engine.library.watch import FolderWatcher

TIMEOUT_S = 20.0


class Marks:
    """Gather what a watcher marks, until it is enough."""

    def __init__(self, root: Path) -> None:
        self._marked = threading.Event()
        self.dirty = DirtyFolders(root, self._marked.set)
        self.deep: set[Path] = set()
        self.shallow: set[Path] = set()

    def wait_for(self, is_enough: Callable[["Marks"], bool]) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while not is_enough(self):
            assert self._marked.wait(deadline - time.monotonic()), f"only {self.deep} and {self.shallow} were marked"
            self._marked.clear()
            scope = self.dirty.take()
            self.deep |= scope.deep
            self.shallow |= scope.shallow

    def wait_for_files_of(self, *folders: Path) -> None:
        self.wait_for(lambda marks: {*folders} <= marks.shallow)


@pytest.fixture
def watcher() -> Iterator[FolderWatcher]:
    watcher = FolderWatcher()
    yield watcher
    watcher.stop()


@pytest.fixture
def marks(root: Path) -> Marks:
    return Marks(root)


def test_new_changed_moved_and_deleted_photos_mark_their_folders(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    for name in ("changed/1.jpg", "left/1.jpg", "deleted/1.jpg", "new/x.txt", "entered/x.txt"):
        put(name)
    assert watcher.arm(root, marks.dirty) is None
    put("new/1.jpg")
    (root / "changed/1.jpg").write_bytes(b"other")
    (root / "left/1.jpg").rename(root / "entered/1.jpg")
    (root / "deleted/1.jpg").unlink()
    marks.wait_for_files_of(*(root / name for name in ("new", "changed", "left", "entered", "deleted")))


def test_photos_that_are_moved_in_and_out_mark_their_folders(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    leaving = put("a/leaving.jpg")
    (root / "b").mkdir()
    arriving = root.parent / "arriving.jpg"
    arriving.write_bytes(b"photo")
    watcher.arm(root, marks.dirty)
    leaving.rename(root.parent / "left.jpg")
    arriving.rename(root / "b" / "arriving.jpg")
    marks.wait_for_files_of(root / "a", root / "b")


def test_an_atomic_save_marks_the_folder(root: Path, put: Put, watcher: FolderWatcher, marks: Marks) -> None:
    put("a/1.jpg")
    watcher.arm(root, marks.dirty)
    (root / "a" / ".1.jpg.tmp").write_bytes(b"edited")
    (root / "a" / ".1.jpg.tmp").rename(root / "a" / "1.jpg")
    marks.wait_for_files_of(root / "a")


def test_folders_that_come_go_or_are_renamed_are_marked_on_both_sides(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    for name in ("before/a/1.jpg", "deleted/1.jpg", "left/1.jpg"):
        put(name)
    arriving = root.parent / "arriving"
    (arriving / "deep").mkdir(parents=True)
    watcher.arm(root, marks.dirty)
    (root / "before").rename(root / "after")
    shutil.rmtree(root / "deleted")
    (root / "left").rename(root.parent / "left")
    arriving.rename(root / "arrived")
    expected = {root / name for name in ("before", "after", "deleted", "left", "arrived")}
    marks.wait_for(lambda marks: expected <= marks.deep)


def test_a_renamed_folder_is_heard_under_its_new_name(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    (root / "before").mkdir()
    watcher.arm(root, marks.dirty)
    (root / "before").rename(root / "after")
    marks.wait_for(lambda marks: root / "after" in marks.deep)
    put("after/2.jpg")
    marks.wait_for_files_of(root / "after")


def test_odd_names_are_marked_as_they_are(root: Path, watcher: FolderWatcher, marks: Marks) -> None:
    odd = Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9"))
    odd.mkdir()
    watcher.arm(root, marks.dirty)
    (odd / "1.jpg").write_bytes(b"1")
    marks.wait_for_files_of(odd)


def test_reading_photos_writing_other_files_and_filling_caches_marks_nothing(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    put("read/1.jpg")
    put("@eaDir/x.txt")
    watcher.arm(root, marks.dirty)
    (root / "read/1.jpg").read_bytes()
    put("read/notes.txt")
    put("read/._1.jpg")
    put("@eaDir/1.jpg/thumb.jpg")
    put("last.jpg")
    marks.wait_for_files_of(root)
    assert (marks.deep, marks.shallow) == (set(), {root})


def test_a_root_that_came_back_is_heard_once_it_is_armed_again(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    watcher.arm(root, marks.dirty)
    shutil.rmtree(root)
    marks.wait_for(lambda marks: root in marks.deep)
    root.mkdir()
    assert watcher.arm(root, marks.dirty) is None
    put("1.jpg")
    marks.wait_for_files_of(root)


def test_a_root_that_is_disarmed_is_not_heard_while_another_is(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks
) -> None:
    (root / "deaf").mkdir()
    (root / "heard").mkdir()
    deaf = Marks(root / "deaf")
    heard = Marks(root / "heard")
    watcher.arm(root / "deaf", deaf.dirty)
    watcher.arm(root / "heard", heard.dirty)
    watcher.disarm(root / "deaf")
    watcher.disarm(root / "deaf")
    put("deaf/1.jpg")
    put("heard/1.jpg")
    heard.wait_for_files_of(root / "heard")
    assert deaf.dirty.take() == Scope()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits how many folders may be watched")
@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_reached_limit_is_said_and_gives_all_watches_back(
    root: Path, put: Put, watcher: FolderWatcher, marks: Marks, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    """watchdog 7.1 says nothing where the limit is reached below the root.

    The kernel's limit is everybody's on this machine, so what is replaced is the one function that asks it.
    """
    for number in range(5):
        put(f"{number}/1.jpg")
    real_add, real_remove = inotify_c.inotify_add_watch, inotify_c.inotify_rm_watch
    held: set[tuple[int, int]] = set()

    def add(fd: int, path: bytes, mask: int) -> int:
        if len(held) >= left:
            ctypes.set_errno(errno.ENOSPC)
            return -1
        wd = real_add(fd, path, mask)
        held.add((fd, wd))
        return int(wd)

    def remove(fd: int, wd: int) -> int:
        held.discard((fd, wd))
        return int(real_remove(fd, wd))

    monkeypatch.setattr(inotify_c, "inotify_add_watch", add)
    monkeypatch.setattr(inotify_c, "inotify_rm_watch", remove)
    assert watcher.arm(root, marks.dirty) == "Linux has reached its limit on watched folders"
    assert held == set()


def test_a_root_that_is_not_there_cannot_be_watched(root: Path, watcher: FolderWatcher, marks: Marks) -> None:
    problem = watcher.arm(root / "nowhere", marks.dirty)
    assert problem is not None
    assert "No such file" in problem

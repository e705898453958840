"""Look at what lies in a folder, without opening a file and without the catalog."""

import os
import stat
import threading
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.catalog.files import FileSeen
from engine.errors import Cancelled
from engine.library.exclusions import (
    is_hidden,
    is_in_cloud,
    is_inside_skipped,
    is_skipped_file,
    is_skipped_folder,
    name_in_cloud,
)
from engine.library.links import Links, is_junction
from engine.library.spelling import fold, spell_as_on_disk


class Root(StrEnum):
    """`EMPTY` is a folder with nothing visible in it, as an unplugged drive often leaves its mount point behind."""

    FOUND = "found"
    EMPTY = "empty"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Scope:
    """Folders to look at: `deep` ones with everything below them, `shallow` ones only for their own files."""

    deep: frozenset[Path] = frozenset()
    shallow: frozenset[Path] = frozenset()

    def covers(self, path: Path) -> bool:
        """Tell whether a file lies where this scope looks."""
        return path.parent in self.shallow or not self.deep.isdisjoint(path.parents)


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a scope.

    `waiting` files are there, but not to be read yet: still being written, or only in the cloud. Nobody could look at
    or below `unreadable` folders, and nobody looked behind `unfollowed` links. What was known of all three still holds.
    """

    root: Root
    scope: Scope
    is_whole: bool = False
    seen: tuple[FileSeen, ...] = ()
    waiting: frozenset[Path] = frozenset()
    unreadable: frozenset[Path] = frozenset()
    unfollowed: frozenset[Path] = frozenset()
    has_links: bool = False


def scan_folder(
    root: Path,
    scope: Scope | None = None,
    left_out: Set[Path] = frozenset(),
    stop: threading.Event | None = None,
) -> Scan:
    """Return what lies in the chosen folder `root`, or in a `scope` inside it; `left_out` folders are not entered.

    A root that is another disk at the end than it was at the start counts as missing. Symbolic links out of the folder
    are followed in whole scans only. Raises `Cancelled` once `stop` is set.
    """
    device = device_of(root)
    walk = _Walk(root, left_out, stop or threading.Event())
    covered = Scope(frozenset((root,))) if scope is None else scope
    if device is not None:
        covered = walk.take_scope(covered)
    if device is not None and scope is None:
        walk.follow_links()
    return Scan(
        root=_state(root, device),
        scope=covered,
        is_whole=scope is None,
        seen=tuple(walk.seen),
        waiting=frozenset(walk.waiting),
        unreadable=frozenset(walk.unreadable),
        unfollowed=frozenset((*walk.links.broken, *walk.links.pending)),
        has_links=walk.links.any_followed,
    )


def device_of(root: Path) -> int | None:
    """Return the device that a folder lies on, or None where it is no folder or cannot be reached."""
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev if stat.S_ISDIR(status.st_mode) else None


def _state(root: Path, device: int | None) -> Root:
    try:
        with os.scandir(root) as entries:
            has_content = any(not entry.name.startswith(".") for entry in entries)
    except OSError:
        return Root.MISSING
    if device is None or device_of(root) != device:
        return Root.MISSING
    return Root.FOUND if has_content else Root.EMPTY


class _Walk:
    """One scan under way. The paths are `str` up to the last moment: 100,000 `Path`s cost as much as all the rest."""

    def __init__(self, root: Path, left_out: Set[Path], stop: threading.Event) -> None:
        self._root = root
        self._left_out = {folder for folder in left_out if folder.is_relative_to(root)}
        self._left_out_folded = {fold(os.fspath(folder)) for folder in self._left_out}
        self._stop = stop
        self._behind_link = False
        self.seen: list[FileSeen] = []
        self.waiting: set[Path] = set()
        self.unreadable: set[Path] = set()
        self.links = Links(root, left_out)

    def take_scope(self, scope: Scope) -> Scope:
        """Look at a scope, and return it with the folders as the disk spells them."""
        deep = {folder: self._spell(folder) for folder in scope.deep if self._is_ours(folder)}
        shallow = {folder: self._spell(folder) for folder in scope.shallow if self._is_ours(folder)}
        for folder in sorted(filter(None, deep.values())):
            self._take_tree(folder)
        for folder in sorted({*filter(None, shallow.values())} - set(deep.values())):
            self._list(os.fspath(folder))
        return Scope(_both(deep), _both(shallow))

    def follow_links(self) -> None:
        """Look at what the links lead to, and the links there in turn: folders first, files that are left then."""
        self._behind_link = True
        files: list[tuple[Path, os.stat_result]] = []
        while self.links.pending:
            link = self.links.pending.popleft()
            status = self.links.follow(link)
            if status is not None and stat.S_ISDIR(status.st_mode):
                self._take_tree(link)
            elif status is not None and stat.S_ISREG(status.st_mode):
                files.append((link, status))
        for link, status in files:
            if not self.links.is_in_visited_folder(link):
                self._take_file(os.fspath(link), status)

    def _is_ours(self, folder: Path) -> bool:
        if not folder.is_relative_to(self._root) or any(folder.is_relative_to(other) for other in self._left_out):
            return False
        return not is_inside_skipped(folder.relative_to(self._root))

    def _spell(self, folder: Path) -> Path | None:
        try:
            return spell_as_on_disk(self._root, folder)
        except OSError:
            return folder

    def _take_tree(self, folder: Path) -> None:
        stack = [os.fspath(folder)]
        while stack:
            stack += sorted(self._list(stack.pop()), reverse=True)

    def _list(self, folder: str) -> list[str]:
        """Take the files of a folder, and return the folders in it that are to be entered."""
        if self._stop.is_set():
            raise Cancelled("Looking through the folder was stopped.", path=Path(folder))
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError:
            self.unreadable.add(Path(folder))
            return []
        return [entry.path for entry in found if self._take(entry)]

    def _take(self, entry: os.DirEntry[str]) -> bool:
        """Take one entry if it is a photo, and return True if it is a folder to enter."""
        try:
            if entry.is_symlink():
                self.links.pending.append(Path(entry.path))
            elif entry.is_dir(follow_symlinks=False):
                return self._is_entered(entry)
            elif not is_skipped_file(entry.name) and entry.is_file(follow_symlinks=False):
                self._take_file(entry.path, entry.stat(follow_symlinks=False))
            elif original := name_in_cloud(entry.name):
                self.waiting.add(Path(entry.path).with_name(original))
        except FileNotFoundError:
            pass
        except OSError:
            self.unreadable.add(Path(entry.path))
        return False

    def _take_file(self, path: str, status: os.stat_result) -> None:
        if is_in_cloud(status):
            self.waiting.add(Path(path))
        else:
            self.seen.append(FileSeen(Path(path), status.st_size, status.st_mtime_ns))

    def _is_entered(self, entry: os.DirEntry[str]) -> bool:
        status = entry.stat(follow_symlinks=False)
        if is_skipped_folder(entry.name) or is_hidden(status):
            return False
        if is_junction(status):
            self.links.pending.append(Path(entry.path))
            return False
        if self._behind_link and not self.links.is_first_visit(Path(entry.path).stat()):
            return False
        return fold(entry.path) not in self._left_out_folded or not self._is_left_out(Path(entry.path))

    def _is_left_out(self, folder: Path) -> bool:
        return any(folder.samefile(other) for other in self._left_out if other.exists())


def _both(spelled: dict[Path, Path | None]) -> frozenset[Path]:
    return frozenset((*spelled, *filter(None, spelled.values())))

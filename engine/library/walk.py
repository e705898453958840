"""Walk through folders and pick out the photos, by their names alone."""

import os
import stat
import threading
from collections.abc import Set
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
from engine.library.scope import Scope
from engine.library.spelling import fold, spell_as_on_disk


class Walk:
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
        """Look at a scope, and return it together with its folders as the disk spells them."""
        asked = Scope(self._ours(scope.deep), self._ours(scope.shallow))
        listed = Scope.without_overlap(self._spelled(asked.deep), self._spelled(asked.shallow))
        for folder in sorted(listed.deep):
            self._take_tree(folder)
        for folder in sorted(listed.shallow):
            self._list(os.fspath(folder))
        return Scope(asked.deep | listed.deep, asked.shallow | listed.shallow)

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

    def _ours(self, folders: Set[Path]) -> frozenset[Path]:
        return frozenset(folder for folder in folders if self._is_ours(folder))

    def _is_ours(self, folder: Path) -> bool:
        if not folder.is_relative_to(self._root) or any(folder.is_relative_to(other) for other in self._left_out):
            return False
        return not is_inside_skipped(folder.relative_to(self._root))

    def _spelled(self, folders: Set[Path]) -> set[Path]:
        """Return the folders that are there, or that nobody can tell, as the disk spells them."""
        spelled = set()
        for folder in folders:
            try:
                found = spell_as_on_disk(self._root, folder)
            except OSError:
                found = folder
            if found is not None:
                spelled.add(found)
        return spelled

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

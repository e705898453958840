"""Symbolic links: followed out of a folder, never round in circles, and to each place once."""

import os
import stat
from collections import deque
from collections.abc import Set
from pathlib import Path

from engine.library.exclusions import is_inside_skipped, is_skipped_file, is_skipped_folder

_JUNCTION = 0xA0000003  # stat.IO_REPARSE_TAG_MOUNT_POINT, which only exists on Windows


def is_junction(status: os.stat_result) -> bool:
    """Tell whether a folder is a Windows junction: a link in all but name."""
    return getattr(status, "st_reparse_tag", 0) == _JUNCTION


class Links:
    """The links met in one scan.

    A link is left alone where it leads to what is looked at anyway: another place in the same folder, another chosen
    folder, or a place that another link led to already. It is left alone too where it leads upwards: that is a loop.
    """

    def __init__(self, root: Path, left_out: Set[Path]) -> None:
        self._root = Path(os.path.realpath(root))
        self._left_out = left_out
        self._visited: set[tuple[int, int]] = set()
        self.pending: deque[Path] = deque()
        self.broken: set[Path] = set()
        self.any_followed = False

    def follow(self, link: Path) -> os.stat_result | None:
        """Return the status of what a link leads to, or None where it is left alone.

        A link to nowhere is `broken`: the drive that it leads to may be unplugged.
        """
        try:
            status, target = link.stat(), link.resolve(strict=True)
        except (OSError, RuntimeError):
            self.broken.add(link)
            return None
        is_folder = stat.S_ISDIR(status.st_mode)
        is_skipped = is_skipped_folder(link.name) if is_folder else is_skipped_file(link.name)
        if is_skipped or self._is_seen_anyway(target, is_folder) or self._leads_up(link, target):
            return None
        if not self.is_first_visit(status):
            return None
        self.any_followed = True
        return status

    def is_first_visit(self, status: os.stat_result) -> bool:
        """Tell whether a file or folder has not been met behind a link before, and remember it."""
        identity = (status.st_dev, status.st_ino)
        is_first = identity not in self._visited
        self._visited.add(identity)
        return is_first

    def is_in_visited_folder(self, link: Path) -> bool:
        """Tell whether the file that a link leads to was found where it really lies, behind another link."""
        target = link.resolve()
        try:
            status = target.parent.stat()
        except OSError:
            self.broken.add(link)
            return True
        return (status.st_dev, status.st_ino) in self._visited and not is_skipped_file(target.name)

    def _is_seen_anyway(self, target: Path, is_folder: bool) -> bool:
        owners = [folder for folder in (self._root, *self._left_out) if target.is_relative_to(folder)]
        owner = max(owners, key=lambda folder: len(folder.parts), default=None)
        if owner != self._root:
            return owner is not None
        inner = target.relative_to(self._root)
        name_skipped = is_skipped_folder(inner.name) if is_folder else is_skipped_file(inner.name)
        return not name_skipped and not is_inside_skipped(inner.parent)

    def _leads_up(self, link: Path, target: Path) -> bool:
        return self._root.is_relative_to(target) or link.parent.resolve().is_relative_to(target)

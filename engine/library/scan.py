"""Look at what lies in a folder, without opening a file and without the catalog."""

import os
import stat
import threading
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.catalog.files import FileSeen
from engine.library.scope import Scope
from engine.library.walk import Walk


class Root(StrEnum):
    """`EMPTY` is a folder with nothing visible in it, as an unplugged drive often leaves its mount point behind."""

    FOUND = "found"
    EMPTY = "empty"
    MISSING = "missing"


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
    walk = Walk(root, left_out, stop or threading.Event())
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

"""Wait until a file is still: one that is being copied or saved is half a photo."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.catalog.files import FileSeen
from engine.library.scan import Scan

QUIET_S = 2.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What a file was at the last look, and since when it has been that."""

    file: FileSeen
    since: float


class Settling:
    """Hold back the files that changed less than `quiet_s` ago.

    A file last modified longer ago than that is still at once. Any other is still when two looks, `quiet_s` apart, find
    the same size and time: so one with a time in the future, from a camera or a server with another clock, waits once
    and not for ever.
    """

    def __init__(self, quiet_s: float = QUIET_S, clock: Callable[[], float] = time.time) -> None:
        self._quiet_s = quiet_s
        self._clock = clock
        self._looks: dict[Path, _Look] = {}

    def hold_back(self, scan: Scan) -> Scan:
        """Return the scan with the files that are not still yet moved from `seen` to `waiting`."""
        now = self._clock()
        restless = {file.path: look for file in scan.seen if (look := self._look(file, now))}
        elsewhere = {path: look for path, look in self._looks.items() if not scan.scope.covers(path)}
        self._looks = elsewhere | restless
        if not restless:
            return scan
        still = tuple(file for file in scan.seen if file.path not in restless)
        return replace(scan, seen=still, waiting=scan.waiting | restless.keys())

    def restless_folders(self) -> set[Path]:
        """Return the folders to look at again."""
        return {path.parent for path in self._looks}

    def _look(self, file: FileSeen, now: float) -> _Look | None:
        """Return what is to be remembered of a file, or None where it is still."""
        look = self._looks.get(file.path)
        if look is None and now - file.mtime_ns / 1e9 >= self._quiet_s:
            return None
        if look is None or look.file != file or now < look.since:
            return _Look(file, now)
        return look if now - look.since < self._quiet_s else None

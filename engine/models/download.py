"""Download a file so that nothing is fetched twice and nothing damaged is kept. The one place that uses the network.

It does so when the user asks for a model, and for nothing else.
"""

import errno
import hashlib
import re
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from engine.errors import Cancelled, CannotWrite, DownloadFailed, ModelUnavailable, ReverieError
from engine.models.catalogue import RemoteFile

RESERVE_BYTES = 256 << 20

_BLOCK_BYTES = 1 << 18
_SILENCE_S = 30.0
_MOST_FAILURES = 5
_FIRST_BACK_OFF_S = 1.0
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_RANGE_REFUSED = 416
_DISK_ERRORS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO))


def fetch(file: RemoteFile, target: Path, on_bytes: Callable[[int], None], stop: threading.Event) -> None:
    """Bring a whole file to `target`, going on where an earlier try ended; `on_bytes` hears how much is there.

    A cut connection is tried again, a few times while nothing comes. What has come stays in a `.part` file until the
    hash of the whole is right.

    Raises:
        Cancelled: `stop` is set; the next call goes on from here.
        DownloadFailed: there is no connection, or the server does not give the file.
        ModelUnavailable: the file is not the one that the catalogue describes; what came is thrown away.
        CannotWrite: the disk is full.

    """
    part = target.with_name(f"{target.name}.part")
    failures = 0
    while (before := size_of(part)) < file.size_bytes:
        try:
            _fetch_more(file, part, on_bytes, stop)
        except (OSError, HTTPException) as error:
            failures = 1 if size_of(part) > before else failures + 1
            if failures >= _MOST_FAILURES or not _may_pass(error, part):
                raise _explain(error, part) from error
            if stop.wait(_FIRST_BACK_OFF_S * 2.0**failures):
                raise _paused() from error
    _check(file, part)
    part.replace(target)


def size_of(path: Path) -> int:
    """Return the size of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def check_room(folder: Path, size_bytes: int) -> None:
    """Raise `ModelUnavailable` where a disk has not enough room for so much more."""
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < size_bytes + RESERVE_BYTES:
        raise ModelUnavailable(
            "There is not enough room on the disk for this model.",
            f"It needs {size_bytes / 1e9:.1f} GB, and {free_bytes / 1e9:.1f} GB are free.",
            folder,
        )


def _fetch_more(file: RemoteFile, part: Path, on_bytes: Callable[[int], None], stop: threading.Event) -> None:
    """Append what is missing for as long as the connection lasts."""
    have = size_of(part)
    request = urllib.request.Request(file.url, headers={"User-Agent": "Reverie", "Accept-Encoding": "identity"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    with urllib.request.urlopen(request, timeout=_SILENCE_S) as response:
        goes_on = response.status == 206
        if _total(response) not in (None, file.size_bytes):
            part.unlink(missing_ok=True)
            raise ModelUnavailable(
                "This model is another one now than Reverie's catalogue describes.",
                "Download it yourself and import it, if you trust its source.",
            )
        have = have if goes_on else 0
        with part.open("ab" if goes_on else "wb") as writing:
            while have < file.size_bytes:
                if stop.is_set():
                    raise _paused()
                block = response.read(min(_BLOCK_BYTES, file.size_bytes - have))
                if not block:
                    raise ConnectionError("the connection was cut")
                writing.write(block)
                have += len(block)
                on_bytes(have)


def _total(response: HTTPResponse) -> int | None:
    """Return the size of the whole file, where the server tells it."""
    told = re.search(r"/(\d+)$", response.headers.get("Content-Range", ""))
    size = told[1] if told else response.headers.get("Content-Length")
    return int(size) if size else None


def _may_pass(error: Exception, part: Path) -> bool:
    """Tell whether trying again helps; a part that a server cannot go on from is thrown away first."""
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        if error.code == _RANGE_REFUSED:
            part.unlink(missing_ok=True)
        return error.code in _PASSING or error.code == _RANGE_REFUSED
    return not _is_of_the_disk(error)


def _is_of_the_disk(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in _DISK_ERRORS and not isinstance(error, urllib.error.URLError)


def _explain(error: Exception, part: Path) -> ReverieError:
    if _is_of_the_disk(error):
        return CannotWrite(
            "The model can't be saved.", f"{error}. Make room, and go on with the download.", part.parent
        )
    if isinstance(error, urllib.error.HTTPError):
        return DownloadFailed("The model can't be downloaded.", f"The server answers: {error.code} {error.reason}.")
    return DownloadFailed(
        "There is no connection to the server.",
        "Try again later: what has come so far is kept. Search needs no network.",
    )


def _paused() -> Cancelled:
    return Cancelled("The download was paused.")


def _check(file: RemoteFile, part: Path) -> None:
    with part.open("rb") as reading:
        found = hashlib.file_digest(reading, "sha256").hexdigest()
    if found != file.sha256:
        part.unlink()
        raise ModelUnavailable(
            "The download is damaged, or another file than Reverie expects.",
            f"{file.url.rpartition('/')[2]} has the SHA-256 {found}, and Reverie's catalogue says {file.sha256}.",
        )

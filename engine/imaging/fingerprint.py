"""A photo's identity: a hash of its file's content, so that a moved or renamed photo stays the same photo."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PhotoStillChanging
from engine.imaging.photo_file import open_photo_file

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """BLAKE2b-128 of a file's content in hex, with the size and time that the content had."""

    hex: str
    size_bytes: int
    mtime_ns: int


def fingerprint_file(path: Path) -> Fingerprint:
    """Hash the content of the file at `path`.

    Raises `PhotoStillChanging` where size or time changed meanwhile, `UnreadablePhoto` where it cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    with open_photo_file(path) as file:
        before = os.fstat(file.fileno())
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
        after = path.stat()
    if _changed(before, after):
        raise PhotoStillChanging(
            "This file changed while it was being read.", "Reverie looks at it again once it is still.", path
        )
    return Fingerprint(digest.hexdigest(), after.st_size, after.st_mtime_ns)


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino)

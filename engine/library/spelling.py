"""One folder, several spellings: disks that ignore case or Unicode form answer to all of them, but list one."""

import os
import unicodedata
from pathlib import Path


def fold(name: str) -> str:
    """Return what all spellings of a name have in common on a disk that ignores case and Unicode form."""
    return unicodedata.normalize("NFC", name).casefold()


def spell_as_on_disk(root: Path, folder: Path) -> Path | None:
    """Return `folder` as the listings from `root` down to it spell it, or None where they do not name it.

    macOS may report `Café` in one Unicode form and list it in the other, and after a rename of `trip` to `Trip` still
    finds `trip`: either way one photo would become two files. Raises `OSError` where a listing cannot be read.
    """
    spelled = root
    for name in folder.relative_to(root).parts:
        try:
            found = _find_name(spelled, name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if found is None:
            return None
        spelled /= found
    return spelled


def _find_name(folder: Path, name: str) -> str | None:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    if name in names:
        return name
    return next((other for other in names if fold(other) == fold(name)), None)

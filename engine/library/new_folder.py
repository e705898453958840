"""Whether a folder can be added to the library."""

import os
from collections.abc import Iterable
from pathlib import Path

from engine.errors import FolderAlreadyAdded, FolderUnavailable


def check_new_folder(path: Path, chosen: Iterable[Path], home: Path) -> Path:
    """Return the real path to add for `path`, or raise `FolderUnavailable` with a sentence for the user.

    A folder inside a chosen one is refused (`FolderAlreadyAdded`), for a file belongs to one folder. A folder around a
    chosen one is accepted: the inner folder keeps its files, whether its drive is plugged in or not, and the outer one
    leaves it out. `home` is Reverie's own folder; it is refused, but a folder around it is not.
    """
    folder = _resolve(path)
    _check_listable(folder, path)
    if _contains(home, folder):
        raise FolderUnavailable(
            "This folder can't be added: Reverie keeps its own files in it.", "Choose the folder of your photos.", path
        )
    for other in chosen:
        if _contains(other, folder):
            part = "" if _is_same(folder, other) else f": it is part of {other}"
            raise FolderAlreadyAdded(
                f"This folder is in your library already{part}.", "There is nothing to do: its photos are found.", path
            )
    return folder


def _resolve(path: Path) -> Path:
    try:
        return path.expanduser().resolve(strict=True)
    except FileNotFoundError as error:
        raise FolderUnavailable(
            "This folder is not there.", "Check its name, or plug in the drive that it is on.", path
        ) from error
    except (OSError, RuntimeError) as error:
        raise FolderUnavailable("This folder can't be reached.", f"The system says: {error}.", path) from error


def _check_listable(folder: Path, path: Path) -> None:
    try:
        with os.scandir(folder):
            pass
    except NotADirectoryError as error:
        raise FolderUnavailable("This is a file, not a folder.", "Choose the folder it lies in.", path) from error
    except PermissionError as error:
        raise FolderUnavailable(
            "You have no permission to open this folder.", "Change its permissions, or choose another one.", path
        ) from error
    except OSError as error:
        raise FolderUnavailable("This folder can't be read.", f"The system says: {error}.", path) from error


def _contains(outer: Path, inner: Path) -> bool:
    """Tell whether a folder is `outer` or lies in it, however the disk spells either."""
    return any(_is_same(folder, outer) for folder in (inner, *inner.parents))


def _is_same(folder: Path, other: Path) -> bool:
    try:
        return folder == other or folder.samefile(other)
    except OSError:
        return False

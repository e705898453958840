"""Open a user's file for reading only, and say in plain words why that may fail."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import UnreadablePhoto


@contextmanager
def open_photo_file(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for reading; an empty file, a folder or pipe, and every `OSError` become `UnreadablePhoto`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadablePhoto("This is not a photo: it is a folder or a device.", path=path)
        if status.st_size == 0:
            raise UnreadablePhoto("Can't read this photo: the file is empty.", path=path)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadablePhoto(*_explain(error), path=path) from error


def _explain(error: OSError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "Can't read this photo: the file is gone.", "It was moved or deleted meanwhile."
        case PermissionError():
            return "Can't read this photo: you have no permission to open it.", "Check the file's permissions."
        case _:
            return "Can't read this photo: the disk reports an error.", error.strerror or ""

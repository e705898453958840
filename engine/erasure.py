"""Delete everything that Reverie knows."""

import contextlib
import logging
import shutil
from pathlib import Path

from engine.errors import CannotWrite
from engine.paths import Home


def erase_home(home: Home) -> None:
    """Delete what Reverie made in its home, and the home itself if nothing else lies in it.

    Nothing else is touched: somebody may have chosen a home that holds things of his own. Raises `CannotWrite`.
    """
    _close_logs(home.logs)
    try:
        for path in home.everything():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(
            "Not everything could be deleted.", f"Delete this folder yourself: {home.root}. ({error})", home.root
        ) from error
    with contextlib.suppress(OSError):
        home.root.rmdir()


def _close_logs(folder: Path) -> None:
    """Stop logging into a folder: some systems delete no file that is open."""
    log = logging.getLogger()
    for handler in log.handlers[:]:
        if isinstance(handler, logging.FileHandler) and Path(handler.baseFilename).is_relative_to(folder):
            log.removeHandler(handler)
            handler.close()

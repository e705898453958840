"""Write our own small JPEGs: the thumbnail that everything later reads, and the preview for a captioner."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from PIL import Image

from engine.errors import CannotWrite

THUMBNAIL_PX = 512
THUMBNAIL_QUALITY = 88
PREVIEW_QUALITY = 92


def shrunk(image: Image.Image, longest_side_px: int) -> Image.Image:
    """Return a copy of `image` within a square of `longest_side_px`, never enlarged."""
    small = image.copy()
    small.thumbnail((longest_side_px, longest_side_px))
    return small


def write_jpeg(image: Image.Image, target: Path, quality: int = THUMBNAIL_QUALITY) -> None:
    """Write `image` (RGB) to `target` whole or not at all, making its folder; raise `CannotWrite` where that fails.

    A crash leaves at most a file named `.*.part`. Nothing waits for the disk: a thumbnail can be made again.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        image.save(part, "JPEG", quality=quality)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _explain(error, target) from error


def _explain(error: OSError, target: Path) -> CannotWrite:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotWrite("The disk is full.", "Free some space and Reverie goes on.", target)
    return CannotWrite("Reverie can't write its thumbnails.", error.strerror or str(error), target)

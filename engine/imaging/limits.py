"""How large a photo may be: what its pixels need in memory against what is free."""

from pathlib import Path

import psutil
from PIL import Image

from engine.errors import UnreadablePhoto

MAX_MEGAPIXELS = 300
"""Decoded pixels, however much memory is free; a 400-megapixel PNG can be a file of 49 kB."""

# Pillow's own limit counts pixels before it knows how few of them a JPEG draft decodes; ours counts after that.
Image.MAX_IMAGE_PIXELS = None


def check_memory(width_px: int, height_px: int, bytes_per_pixel: int, path: Path) -> None:
    """Raise `UnreadablePhoto` where decoding this many pixels takes too many of them or half of the free memory."""
    pixels = width_px * height_px
    if pixels <= MAX_MEGAPIXELS * 1e6 and pixels * bytes_per_pixel <= psutil.virtual_memory().available // 2:
        return
    raise UnreadablePhoto(
        f"Can't read this photo: at {round(pixels / 1e6)} megapixels it needs more memory than is free.",
        "Save a smaller copy if you want to find it here.",
        path,
    )

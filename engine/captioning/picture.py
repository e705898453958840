"""Bring one of our own JPEGs to the size a captioner looks at."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.captioning.profile import Fit, ModelProfile
from engine.errors import UnreadablePhoto


def read_picture(path: Path, profile: ModelProfile) -> NDArray[np.uint8]:
    """Return the picture as (height, width, 3) uint8 RGB; raise `UnreadablePhoto` where it cannot be decoded.

    Only JPEGs that Reverie wrote come here: oriented, sRGB, at most a few megapixels.
    """
    try:
        with Image.open(path) as image:
            return fit_picture(image.convert("RGB"), profile)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePhoto("Can't read the thumbnail of this photo.", f"{error}.", path) from error


def fit_picture(image: Image.Image, profile: ModelProfile) -> NDArray[np.uint8]:
    """Resize an RGB image as the profile says; pictures are never enlarged where the shape is kept."""
    size = profile.image_px
    if profile.fit is Fit.STRETCH:
        image = image.resize((size, size), Image.Resampling.BICUBIC)
    else:
        image.thumbnail((size, size), Image.Resampling.BICUBIC, reducing_gap=None)
    return np.ascontiguousarray(image, dtype=np.uint8)

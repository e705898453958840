"""Encode six views of every photo as the product would: from its thumbnail. Takes half a second a photo on 2 cores."""

from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from photo_sets import PhotoSet
from PIL import Image
from sources import CACHE
from tqdm import tqdm

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.views import other_views, whole_view
from engine.imaging.decode import open_photo
from engine.imaging.thumbnails import THUMBNAIL_PX, THUMBNAIL_QUALITY


def view_features(photo_set: PhotoSet, encoder: ImageEncoder) -> NDArray[np.float32]:
    """Return (n, 6, 1536), the whole view first; kept in `build/models` for the next time."""
    cached = CACHE / f"{photo_set.name}-{encoder.recipe}.npy"
    if not cached.is_file():
        photos = tqdm(photo_set.photos, photo_set.name)
        np.save(cached, np.stack([encoder.encode(six_views(thumbnail(photo))) for photo in photos]))
    return np.load(cached)


def thumbnail(photo: Path) -> Image.Image:
    """Return what is left of a photo after Reverie has stored its thumbnail."""
    stored = BytesIO()
    open_photo(photo, THUMBNAIL_PX).save(stored, "JPEG", quality=THUMBNAIL_QUALITY)
    return Image.open(stored).convert("RGB")


def six_views(photo: Image.Image) -> NDArray[np.uint8]:
    return np.concatenate([whole_view(photo)[None], other_views(photo)])

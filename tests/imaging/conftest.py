"""Fixtures of the imaging tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sample_photos import corners_picture

SavePhoto = Callable[..., Path]


@pytest.fixture
def save_photo(tmp_path: Path) -> SavePhoto:
    """Save a picture (the corners, unless another is given) under a name and return where it lies."""

    def save(name: str, image: Image.Image | None = None, **options: Any) -> Path:
        path = tmp_path / name
        (image or corners_picture()).save(path, **options)
        return path

    return save

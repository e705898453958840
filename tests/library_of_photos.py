"""Real photos to index: those that the scikit-image wheel carries."""

import importlib.util
import os
import shutil
from pathlib import Path

NAMES = ("astronaut.png", "chelsea.png", "coffee.png", "coins.png", "motorcycle_left.png", "rocket.jpg")
_LONG_AGO = (1_500_000_000, 1_500_000_000)


def sample_photo(name: str) -> Path:
    """Return the path of a sample photo."""
    found = importlib.util.find_spec("skimage")
    assert found
    assert found.origin
    return Path(found.origin).parent / "data" / name


def copy_photos(folder: Path, names: tuple[str, ...] = NAMES) -> Path:
    """Copy sample photos into a new folder and return it; they are old, so that none is waited for to settle."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(sample_photo(name), folder / name)
        os.utime(folder / name, _LONG_AGO)
    return folder

"""A photo that what is looked for resembles: of the library, of a file, or of the clipboard."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.grid.thumbnails import read_square
from engine.api import Engine, Reference
from engine.errors import UnreadablePhoto

_PICTURE_PX = 96


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What the engine searches by, and a small picture and a name to show for it."""

    reference: Reference
    picture: QImage
    name: str


def like_photo(engine: Engine, photo_id: int) -> Likeness:
    """Take a photo of the library. For a background thread, as all of these; raises `ReverieError`."""
    reference, photo = engine.reference(photo_id), engine.describe_photos([photo_id])[photo_id]
    picture = read_square(engine.thumbnail(photo.fingerprint), _PICTURE_PX)
    return Likeness(reference, picture, photo.paths[0].name if photo.paths else "")


def like_file(engine: Engine, path: Path) -> Likeness:
    """Take any photo file."""
    reference = engine.reference(path)
    if reference.photo_id is not None:
        return like_photo(engine, reference.photo_id)
    return Likeness(reference, read_square(path, _PICTURE_PX), path.name)


def like_image(engine: Engine, image: QImage, name: str) -> Likeness:
    """Take a picture that no file holds; a file of ours holds it for a moment."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        if not image.save(str(path)):
            raise UnreadablePhoto("Can't read this picture.", "The program it comes from gave only a part of it.")
        found = like_file(engine, path)
    return Likeness(found.reference, found.picture, name)

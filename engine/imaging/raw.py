"""RAW photos through the JPEG that the camera put into them; LibRaw develops those that carry none."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image

from engine.imaging.exif import Tags, read_tags

if TYPE_CHECKING:
    import rawpy

_TURN_BY_FLIP = {3: Image.Transpose.ROTATE_180, 5: Image.Transpose.ROTATE_90, 6: Image.Transpose.ROTATE_270}


@dataclass(frozen=True, slots=True)
class RawContent:
    """A RAW file's preview (perhaps not yet decoded), how to turn it where it does not say so itself, the oriented
    size of the photo, and the tags of the file around the preview."""

    preview: Image.Image
    turn: Image.Transpose | None
    width_px: int
    height_px: int
    tags: Tags


def read_raw(file: BinaryIO, longest_side_px: int) -> RawContent | None:
    """Read a RAW file, or return None where LibRaw does not know it.

    The embedded preview is taken where it has `longest_side_px` or half the photo's size, else the sensor's pixels.
    """
    import rawpy  # 160 ms and numpy, so only for those who have RAW photos

    try:
        with rawpy.imread(file) as raw:
            sizes = raw.sizes
            size = (sizes.height, sizes.width) if sizes.flip in (5, 6) else (sizes.width, sizes.height)
            turn = _TURN_BY_FLIP.get(sizes.flip)
            preview = _embedded_preview(raw)
            if preview is None or max(preview.size) < min(longest_side_px, max(size) // 2):
                preview, turn = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True)), None
    except rawpy.LibRawFileUnsupportedError:
        return None
    return RawContent(preview, turn, *size, _container_tags(file))


def _embedded_preview(raw: "rawpy.RawPy") -> Image.Image | None:
    import rawpy

    try:
        preview = raw.extract_thumb().data
        if isinstance(preview, bytes):
            return Image.open(io.BytesIO(preview), formats=["JPEG"])
        return Image.fromarray(preview)
    except (rawpy.LibRawError, OSError, SyntaxError, ValueError):
        return None


def _container_tags(file: BinaryIO) -> Tags:
    """Read the tags of RAW formats that are TIFF inside; the others leave them to the preview's own EXIF."""
    exif = Image.Exif()
    file.seek(0)
    try:
        exif.load_from_fp(file)
    except Exception:  # not a TIFF, or one that fails in as many ways as there are tag types
        return Tags()
    return read_tags(exif)

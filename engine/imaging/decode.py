"""Turn any photo file into oriented sRGB pixels, no larger than asked for. Runs in the decode worker only."""

import warnings
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageFile

from engine.errors import ReverieError, UnreadablePhoto
from engine.imaging.exif import Tags, read_tags
from engine.imaging.formats import HEAD_BYTES, PhotoFormat, identify, is_cut_off, say_why_not
from engine.imaging.limits import check_memory
from engine.imaging.photo_file import open_photo_file
from engine.imaging.raw import read_raw
from engine.imaging.srgb import to_resizable, to_srgb

_PILLOW_NAMES = {PhotoFormat.WEBP: "WEBP", PhotoFormat.HEIC: "HEIF"}
_DECODED_AT_ONCE = ("WEBP", "AVIF", "HEIF")
_PIXEL_BYTES = {"1": 2, "L": 1, "RGB": 4, "RGBA": 4, "CMYK": 4}
_TURN_BY_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_ORIENTATION_TAG = 0x0112


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """Pixels (RGB, sRGB, oriented) with what the file says about itself; the size is the whole photo's, oriented."""

    image: Image.Image
    format: PhotoFormat
    width_px: int
    height_px: int
    tags: Tags
    info: dict[str | tuple[int, int], Any]
    warning: str | None = None


def open_photo(path: Path, longest_side_px: int) -> Image.Image:
    """Return the photo at `path` oriented, in sRGB, mode RGB, shrunk to `longest_side_px` (never enlarged)."""
    return decode_photo(path, longest_side_px).image


def decode_photo(path: Path, longest_side_px: int) -> DecodedPhoto:
    """Decode the photo at `path` once; raise `UnreadablePhoto` with a sentence that says what is wrong with it."""
    with open_photo_file(path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of every odd EXIF tag; a photo is shown in spite of them
        head = file.read(HEAD_BYTES)
        photo_format = identify(head, path.suffix)
        if photo_format is None:
            raise UnreadablePhoto(say_why_not(head), path=path)
        try:
            return _decode(file, photo_format, longest_side_px, path)
        except ReverieError:
            raise
        except Exception as error:  # decoders fail on hostile files in ways that nobody has listed
            _raise_if_environment(error, path)
            return _decode_what_is_left(file, photo_format, longest_side_px, path)


def _raise_if_environment(error: Exception, path: Path) -> None:
    """Pass on what is not the file's fault: decoders' own `OSError`s carry no errno, the disk's do."""
    if isinstance(error, MemoryError):
        raise UnreadablePhoto("Can't read this photo: it needs more memory than is free.", path=path) from error
    if isinstance(error, OSError) and error.errno is not None:
        raise error


def _decode_what_is_left(file: BinaryIO, photo_format: PhotoFormat, longest_side_px: int, path: Path) -> DecodedPhoto:
    """Decode a damaged file as far as it goes, once; refuse it where nothing but one colour comes out."""
    cut_off = is_cut_off(file, photo_format)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        decoded = _decode(file, photo_format, longest_side_px, path)
        blank = decoded.image.getcolors(maxcolors=1) is not None
    except ReverieError:
        raise
    except Exception as error:
        raise _unreadable(cut_off, path) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    if blank:
        raise _unreadable(cut_off, path)
    part = "The end of this file is missing." if cut_off else "Part of this file is damaged."
    return replace(decoded, warning=f"{part} What is left is shown.")


def _unreadable(cut_off: bool, path: Path) -> UnreadablePhoto:
    reason = "the file is cut off" if cut_off else "the file is damaged or of an unusual kind"
    return UnreadablePhoto(f"Can't read this photo: {reason}.", "Copy it again if you have another copy.", path)


def _decode(file: BinaryIO, photo_format: PhotoFormat, longest_side_px: int, path: Path) -> DecodedPhoto:
    file.seek(0)
    if photo_format is PhotoFormat.RAW:
        return _decode_raw(file, longest_side_px, path)
    if photo_format is PhotoFormat.HEIC:
        _register_heif()
    image = Image.open(file, formats=[_PILLOW_NAMES.get(photo_format, photo_format)])
    width_px, height_px = image.size
    pixels = _shrink(image, longest_side_px, path)
    exif = _read_exif(image)
    orientation = exif.get(_ORIENTATION_TAG, 1)
    if orientation in _SIDEWAYS:
        width_px, height_px = height_px, width_px
    pixels = _turn(pixels, _TURN_BY_ORIENTATION.get(orientation))
    return DecodedPhoto(pixels, photo_format, width_px, height_px, read_tags(exif), image.info)


def _decode_raw(file: BinaryIO, longest_side_px: int, path: Path) -> DecodedPhoto:
    raw = read_raw(file, longest_side_px)
    if raw is None:  # a plain TIFF that is named as RAW, or a camera that LibRaw does not know yet
        return _decode(file, PhotoFormat.TIFF, longest_side_px, path)
    pixels = _shrink(raw.preview, longest_side_px, path)
    exif = _read_exif(raw.preview)
    turn = _TURN_BY_ORIENTATION.get(exif[_ORIENTATION_TAG]) if _ORIENTATION_TAG in exif else raw.turn
    tags = raw.tags if raw.tags.taken() != (None, None) else read_tags(exif)
    return DecodedPhoto(_turn(pixels, turn), PhotoFormat.RAW, raw.width_px, raw.height_px, tags, raw.preview.info)


@cache
def _register_heif() -> None:
    import pi_heif  # type: ignore[import-untyped]  # 80 ms and libheif, so only for those who have HEIC photos

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _shrink(image: Image.Image, longest_side_px: int, path: Path) -> Image.Image:
    """Return `image` as sRGB within a square of `longest_side_px`, not yet turned.

    A JPEG draft skips most of the decoding, and turning the small picture is cheap: a 24-megapixel JPEG takes 81 ms in
    this order and 242 ms when it is turned first.
    """
    scale = 2 * longest_side_px / max(image.size)
    full_size_px = image.size
    if scale < 1:
        image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    buffered_whole = image.info.get("progressive") or image.format in _DECODED_AT_ONCE
    check_memory(*(full_size_px if buffered_whole else image.size), _bytes_per_pixel(image), path)
    icc_profile = image.info.get("icc_profile")
    pixels = to_resizable(image)
    pixels.thumbnail((longest_side_px, longest_side_px))
    pixels = to_srgb(pixels, icc_profile)
    pixels.info = {}
    return pixels


def _bytes_per_pixel(image: Image.Image) -> int:
    if image.info.get("progressive"):
        return 6  # libjpeg keeps the coefficients of the whole photo, whatever the draft
    return _PIXEL_BYTES.get(image.mode, 8) + (6 if image.format in _DECODED_AT_ONCE else 0)


def _turn(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)


def _read_exif(image: Image.Image) -> Image.Exif:
    """Read the EXIF of a loaded image; a photo with EXIF that nobody can parse is shown as one without."""
    try:
        return image.getexif()
    except Exception:
        return Image.Exif()

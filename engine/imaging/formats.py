"""Which files are photos: by name before they are opened, by content once they are."""

import os
import re
from enum import StrEnum
from typing import BinaryIO


class PhotoFormat(StrEnum):
    """A photo's real format, in the words that people use for it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    BMP = "BMP"
    TIFF = "TIFF"
    AVIF = "AVIF"
    HEIC = "HEIC"
    RAW = "RAW"


# fmt: off
RAW_SUFFIXES = frozenset({
    ".3fr", ".ari", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc",
    ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".rwz", ".sr2",
    ".srf", ".srw", ".x3f",
})
PHOTO_SUFFIXES = RAW_SUFFIXES | {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".bmp", ".dib", ".tif", ".tiff",
    ".avif", ".avifs", ".heic", ".heif", ".heics", ".heifs", ".hif",
}
# fmt: on
HEAD_BYTES = 512

_TIFF_HEADS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), PhotoFormat.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PhotoFormat.PNG),
    (re.compile(rb"GIF8[79]a"), PhotoFormat.GIF),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), PhotoFormat.WEBP),
    (re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL), PhotoFormat.BMP),
    (re.compile(rb"IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW|FOVb|\0MRM|II\x1a\0\0\0HEAPCCDR"), PhotoFormat.RAW),
)
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"))

_UNSUPPORTED_PICTURES = (
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"8BPS", "Photoshop documents"),
    (b"\0\0\1\0", "Windows icons"),
)
_STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"FLV", "a video"),
    (b"\0\0\1\xba", "a video"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def is_photo_name(name: str) -> bool:
    """Tell whether a file of this name is worth opening; macOS's `._` companions are not."""
    # A tenth of the time that a `PurePath` takes, and there may be 100,000 names.
    return not name.startswith("._") and os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES  # noqa: PTH122


def identify(head: bytes, suffix: str = "") -> PhotoFormat | None:
    """Name the format of a file from its first `HEAD_BYTES`, or return None where it is no photo that we read.

    Most RAW formats are TIFF files inside, so for those alone the file name's `suffix` decides.
    """
    if head.startswith(_TIFF_HEADS):
        return PhotoFormat.RAW if suffix.lower() in RAW_SUFFIXES or head[8:10] == b"CR" else PhotoFormat.TIFF
    if head[4:8] == b"ftyp":
        return _identify_by_brands(head)
    return next((photo_format for signature, photo_format in _SIGNATURES if signature.match(head)), None)


def _identify_by_brands(head: bytes) -> PhotoFormat | None:
    """Read the major and compatible brands of an ISO base media file (ISO/IEC 14496-12, `ftyp`)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[start : start + 4] for start in range(16, end, 4))}
    if b"crx " in brands:
        return PhotoFormat.RAW
    if brands & {b"avif", b"avis"}:
        return PhotoFormat.AVIF
    return PhotoFormat.HEIC if brands & _HEIF_BRANDS else None


def say_why_not(head: bytes) -> str:
    """Return the sentence that tells a person why a file that `identify` does not know cannot be shown."""
    for start, name in _UNSUPPORTED_PICTURES:
        if head.startswith(start):
            return f"Can't read this photo: Reverie does not read {name}."
    stranger = _name_stranger(head)
    if stranger:
        return f"This file is not a photo: it is {stranger}."
    if not head.strip(b"\0"):
        return "Can't read this photo: the file holds nothing but zeros."
    return "Can't read this photo: the file is damaged, or its format is unknown."


def _name_stranger(head: bytes) -> str | None:
    for start, name in _STRANGERS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF":
        return "a sound recording" if head[8:12] == b"WAVE" else "a video"
    if head[4:8] in (b"ftyp", b"moov", b"mdat"):
        return "a video"
    return _name_text(head)


def _name_text(head: bytes) -> str | None:
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return None
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if b"<svg" in start:
        return "a drawing (SVG)"
    return "text" if _is_utf8(head) else None


def _is_utf8(head: bytes) -> bool:
    try:
        head[: HEAD_BYTES - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= HEAD_BYTES - 8
    return True


def is_cut_off(file: BinaryIO, photo_format: PhotoFormat) -> bool:
    """Tell whether a damaged file's end is missing, as far as its format says where it should end."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65536))
    tail = file.read()
    file.seek(0)
    head = file.read(12)
    match photo_format:
        case PhotoFormat.JPEG:
            return b"\xff\xd9" not in tail
        case PhotoFormat.PNG:
            return b"IEND" not in tail
        case PhotoFormat.GIF:
            return not tail.endswith(b";")
        case PhotoFormat.WEBP:
            return int.from_bytes(head[4:8], "little") + 8 > size
        case PhotoFormat.AVIF | PhotoFormat.HEIC:
            return _media_boxes_end(file, size) != size
        case _:
            return False


def _media_boxes_end(file: BinaryIO, size: int) -> int:
    """Add up the top-level boxes of an ISO base media file; more than `size` means that the end is missing."""
    position = 0
    while position < size:
        file.seek(position)
        header = file.read(16)
        length = int.from_bytes(header[:4], "big")
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < 8:
            return size
        position += length
    return position

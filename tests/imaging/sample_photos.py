"""Photos made at test time: a picture whose four corners tell how it lies, and a RAW file built from its parts."""

import io
import struct
from pathlib import Path
from typing import Any

from PIL import Image

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (40, 60, 200), (230, 200, 40)
FILES = Path(__file__).parent / "files"


def corners_picture(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Red, green, blue, yellow: top left, top right, bottom left, bottom right."""
    width, height = size
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def corner_names(image: Image.Image) -> str:
    """Name the four quarters of a decoded `corners_picture` in reading order, such as "RGBY"."""
    quarters = image.resize((2, 2), Image.Resampling.BOX)
    return "".join(_nearest_colour(quarters.getpixel((x, y))) for y in (0, 1) for x in (0, 1))


def _nearest_colour(pixel: tuple[int, ...]) -> str:
    colours = {"R": RED, "G": GREEN, "B": BLUE, "Y": YELLOW}
    return min(colours, key=lambda name: sum((a - b) ** 2 for a, b in zip(pixel, colours[name], strict=True)))


def jpeg_bytes(image: Image.Image, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def build_dng(preview: bytes | None, *, orientation: int = 1, size: tuple[int, int] = (192, 128)) -> bytes:
    """Build the smallest DNG that LibRaw opens: uncompressed Bayer pixels of even grey and, perhaps, a JPEG preview."""
    width, height = size
    pixels = struct.pack("<H", 8000) * (width * height)
    blobs = [pixels, preview or b""]
    main: dict[int, tuple[str, Any]] = {
        254: ("I", [0]),
        256: ("I", [width]),
        257: ("I", [height]),
        258: ("H", [16]),
        259: ("H", [1]),
        262: ("H", [32803]),
        271: ("s", b"Reverie\0"),
        272: ("s", b"Reverie Test One\0"),
        273: ("blob", 0),
        274: ("H", [orientation]),
        277: ("H", [1]),
        278: ("I", [height]),
        279: ("I", [len(pixels)]),
        330: ("ifd", 1),
        33421: ("H", [2, 2]),
        33422: ("B", [0, 1, 1, 2]),
        34665: ("ifd", 2),
        50706: ("B", [1, 4, 0, 0]),
        50708: ("s", b"Reverie Test One\0"),
        50721: ("r", [(1, 1), (0, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1), (0, 1), (1, 1)]),
    }
    small: dict[int, tuple[str, Any]] = {254: ("I", [1])}
    if preview:
        preview_size = Image.open(io.BytesIO(preview)).size
        small |= {
            256: ("I", [preview_size[0]]),
            257: ("I", [preview_size[1]]),
            258: ("H", [8, 8, 8]),
            259: ("H", [7]),
            262: ("H", [6]),
            273: ("blob", 1),
            277: ("H", [3]),
            278: ("I", [preview_size[1]]),
            279: ("I", [len(preview)]),
        }
    photo: dict[int, tuple[str, Any]] = {
        0x829D: ("R", [(28, 10)]),
        0x8827: ("H", [400]),
        0x9003: ("s", b"2023:07:14 08:09:10\0"),
    }
    return _pack_tiff([main, small, photo], blobs)


def _pack_tiff(ifds: list[dict[int, tuple[str, Any]]], blobs: list[bytes]) -> bytes:
    """Lay out a little-endian TIFF: header, blobs, then each directory with its long values behind it."""
    data = bytearray(b"II*\0\0\0\0\0")
    blob_offsets = []
    for blob in blobs:
        blob_offsets.append(len(data))
        data += blob + b"\0" * (len(blob) % 2)
    offsets: dict[int, int] = {}
    for number in reversed(range(len(ifds))):
        offsets[number] = len(data)
        data += _pack_ifd(ifds[number], len(data), blob_offsets, offsets)
    data[4:8] = struct.pack("<I", offsets[0])
    return bytes(data)


def _pack_ifd(
    ifd: dict[int, tuple[str, Any]], start: int, blob_offsets: list[int], ifd_offsets: dict[int, int]
) -> bytes:
    types = {"B": 1, "s": 2, "H": 3, "I": 4, "R": 5, "r": 10}
    entries, behind = b"", b""
    behind_start = start + 2 + 12 * len(ifd) + 4
    for tag, (kind, value) in sorted(ifd.items()):
        if kind in ("blob", "ifd"):
            offset = blob_offsets[value] if kind == "blob" else ifd_offsets[value]
            packed, count, code = struct.pack("<I", offset), 1, 4
        elif kind in "Rr":
            packed, count = b"".join(struct.pack("<2I" if kind == "R" else "<2i", *pair) for pair in value), len(value)
            code = types[kind]
        else:
            packed = value if kind == "s" else struct.pack(f"<{len(value)}{kind}", *value)
            count, code = len(value), types[kind]
        if len(packed) > 4:
            entries += struct.pack("<HHII", tag, code, count, behind_start + len(behind))
            behind += packed + b"\0" * (len(packed) % 2)
        else:
            entries += struct.pack("<HHI", tag, code, count) + packed.ljust(4, b"\0")
    return struct.pack("<H", len(ifd)) + entries + b"\0\0\0\0" + behind

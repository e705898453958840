"""What is left of a damaged photo is shown; what cannot be shown says why in one sentence."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PIL import Image
from sample_photos import FILES, build_dng, corner_names, corners_picture

from engine.errors import UnreadablePhoto
from engine.imaging import limits
from engine.imaging.decode import decode_photo, open_photo

SavePhoto = Callable[..., Path]


def _refusal(path: Path) -> str:
    with pytest.raises(UnreadablePhoto) as refused:
        decode_photo(path, 512)
    assert refused.value.path == path
    return refused.value.title


def _cut(path: Path, fraction: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * fraction)])
    return path


def _noisy(size: tuple[int, int] = (640, 480)) -> Image.Image:
    return Image.blend(corners_picture(size), Image.effect_noise(size, 90).convert("RGB"), 0.4)


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "tif"])
def test_a_photo_whose_end_is_missing_is_shown_with_a_warning(save_photo: SavePhoto, suffix: str) -> None:
    photo = decode_photo(_cut(save_photo(f"a.{suffix}", _noisy()), 0.6), 256)
    assert photo.warning is not None
    assert photo.warning.endswith("What is left is shown.")
    assert (photo.width_px, photo.height_px) == (640, 480)
    assert corner_names(photo.image)[:2] == "RG"


def test_a_cut_off_jpeg_says_that_its_end_is_missing(save_photo: SavePhoto) -> None:
    photo = decode_photo(_cut(save_photo("a.jpg", _noisy()), 0.6), 256)
    assert photo.warning == "The end of this file is missing. What is left is shown."


def test_after_a_damaged_photo_the_next_one_is_read_strictly(save_photo: SavePhoto) -> None:
    broken = _cut(save_photo("a.jpg", _noisy()), 0.6)
    assert decode_photo(broken, 256).warning
    assert decode_photo(broken, 256).warning
    assert decode_photo(save_photo("b.jpg"), 256).warning is None


@pytest.mark.parametrize(
    ("suffix", "bytes_left"), [("jpg", 100), ("jpg", 600), ("png", 30), ("png", 45), ("gif", 200), ("webp", 60)]
)
def test_a_file_of_which_nothing_is_left_is_cut_off(save_photo: SavePhoto, suffix: str, bytes_left: int) -> None:
    path = save_photo(f"a.{suffix}", _noisy())
    path.write_bytes(path.read_bytes()[:bytes_left])
    assert _refusal(path) == "Can't read this photo: the file is cut off."


@pytest.mark.parametrize("suffix", ["webp", "avif"])
def test_formats_without_halves_are_refused_when_cut(save_photo: SavePhoto, suffix: str) -> None:
    assert _refusal(_cut(save_photo(f"a.{suffix}", _noisy()), 0.6)) == "Can't read this photo: the file is cut off."


@pytest.mark.parametrize("fraction", [0.5, 0.9])
def test_a_cut_off_heic_is_refused(tmp_path: Path, fraction: float) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes((FILES / "turned.heic").read_bytes())
    assert _refusal(_cut(path, fraction)) == "Can't read this photo: the file is cut off."


@pytest.mark.parametrize("fraction", [0.02, 0.5])
def test_a_cut_off_raw_is_refused(tmp_path: Path, fraction: float) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(build_dng(None))
    assert _refusal(_cut(path, fraction)) == "Can't read this photo: the file is damaged or of an unusual kind."


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.touch()
    assert _refusal(path) == "Can't read this photo: the file is empty."


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "bmp", "tif", "avif"])
def test_flipped_bytes_give_a_photo_or_a_sentence(save_photo: SavePhoto, suffix: str) -> None:
    good = save_photo(f"a.{suffix}", _noisy((160, 120)))
    content = good.read_bytes()
    for step in range(40):
        damaged = bytearray(content)
        for place in range(step * 7 % 97, len(damaged), 211 + step):
            damaged[place] ^= 1 << (step % 8)
        good.write_bytes(damaged)
        assert _outcome(good).startswith(("RGB", "Can't read this photo:", "This file is not a photo:"))


def _outcome(path: Path) -> str:
    try:
        return open_photo(path, 128).mode
    except UnreadablePhoto as refused:
        return refused.title


def _png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("side", "megapixels"), [(20_000, 400), (1_000_000, 1_000_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, side: int, megapixels: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(_png_header(side, side))
    before = psutil.Process().memory_info().rss
    sentence = f"Can't read this photo: at {megapixels} megapixels it needs more memory than is free."
    assert _refusal(path) == sentence
    assert psutil.Process().memory_info().rss - before < 100e6


def test_a_large_photo_is_refused_where_memory_is_short(save_photo: SavePhoto, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_photo("a.png", Image.new("RGB", (3000, 2000)))
    free = psutil.virtual_memory()
    monkeypatch.setattr(limits.psutil, "virtual_memory", lambda: free._replace(available=40_000_000))
    assert _refusal(path) == "Can't read this photo: at 6 megapixels it needs more memory than is free."


def test_a_large_jpeg_needs_little_memory(save_photo: SavePhoto, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_photo("a.jpg", Image.new("RGB", (3000, 2000), "red"))
    free = psutil.virtual_memory()
    monkeypatch.setattr(limits.psutil, "virtual_memory", lambda: free._replace(available=40_000_000))
    assert open_photo(path, 512).size == (512, 341)


def test_a_jpeg_header_of_65535_pixels_a_side_without_pixels_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (64, 64)).save(file, "JPEG")
    content = bytearray(file.getvalue())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert _refusal(path).startswith("Can't read this photo: ")

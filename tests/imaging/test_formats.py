"""Photos are told by name before they are opened and by content afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sample_photos import FILES, build_dng, corner_names, corners_picture, jpeg_bytes

from engine.errors import UnreadablePhoto
from engine.imaging.decode import decode_photo
from engine.imaging.formats import is_photo_name


@pytest.mark.parametrize("name", ["a.jpg", "A.JPEG", "b.Heic", "c.CR3", "d.dng", "e.tiff", "f.avif", "ein Bild.PNG"])
def test_a_photo_is_told_by_its_suffix(name: str) -> None:
    assert is_photo_name(name)


@pytest.mark.parametrize("name", ["a.txt", "jpg", ".jpg", "._a.jpg", "a.jpg.part", "a.mp4", "a.svg", "a.xmp"])
def test_other_names_are_left_alone(name: str) -> None:
    assert not is_photo_name(name)


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.jpg", "JPEG"),
        ("a.png", "PNG"),
        ("a.webp", "WebP"),
        ("a.gif", "GIF"),
        ("a.bmp", "BMP"),
        ("a.tif", "TIFF"),
        ("a.avif", "AVIF"),
    ],
)
def test_each_format_is_decoded(save_photo: Callable[..., Path], name: str, format_name: str) -> None:
    photo = decode_photo(save_photo(name), 512)
    assert photo.format == format_name
    assert corner_names(photo.image) == "RGBY"


@pytest.mark.parametrize("name", ["a.png", "a.heic", "a.nef", "a.gif"])
def test_a_wrongly_named_jpeg_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(jpeg_bytes(corners_picture()))
    assert decode_photo(path, 512).format == "JPEG"


def test_a_tiff_that_is_named_as_raw_is_read_by_its_content(save_photo: Callable[..., Path]) -> None:
    path = save_photo("a.tif")
    photo = decode_photo(path.rename(path.with_suffix(".cr2")), 512)
    assert (photo.format, corner_names(photo.image)) == ("TIFF", "RGBY")


def test_heic_is_decoded_and_turned() -> None:
    photo = decode_photo(FILES / "turned.heic", 512)
    assert photo.format == "HEIC"
    assert (photo.width_px, photo.height_px) == photo.image.size == (64, 96)
    assert corner_names(photo.image) == "BRYG"


def test_raw_is_seen_through_its_preview(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(build_dng(jpeg_bytes(corners_picture())))
    photo = decode_photo(path, 96)
    assert (photo.format, photo.width_px, photo.height_px) == ("RAW", 192, 128)
    assert corner_names(photo.image) == "RGBY"


def test_a_raw_preview_is_turned_as_the_raw_file_says(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(build_dng(jpeg_bytes(corners_picture()), orientation=6))
    photo = decode_photo(path, 96)
    assert (photo.width_px, photo.height_px, photo.image.size) == (128, 192, (64, 96))
    assert corner_names(photo.image) == "BRYG"


@pytest.mark.parametrize("preview", [None, "tiny"])
def test_raw_without_a_useful_preview_is_developed(tmp_path: Path, preview: str | None) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(build_dng(jpeg_bytes(corners_picture((16, 12))) if preview else None, orientation=6))
    photo = decode_photo(path, 96)
    assert photo.image.size == (64, 96)
    low, high = photo.image.convert("L").getextrema()
    assert high - low <= 3, "the sensor saw one even grey"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n%abc", "This file is not a photo: it is a PDF document."),
        (b"PK\x03\x04" + b"\0" * 60, "This file is not a photo: it is a ZIP archive or an office document."),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 60, "This file is not a photo: it is a video."),
        (b"Dear diary,\nno photo today.\n", "This file is not a photo: it is text."),
        ("Liebes Tagebuch, schöne Grüße.\n".encode() * 100, "This file is not a photo: it is text."),
        (b"<!DOCTYPE html><html><body>404</body></html>", "This file is not a photo: it is a web page."),
        (b"<?xml version='1.0'?><svg xmlns='x'></svg>", "This file is not a photo: it is a drawing (SVG)."),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 60, "Can't read this photo: Reverie does not read JPEG XL."),
        (b"\0" * 5000, "Can't read this photo: the file holds nothing but zeros."),
        (bytes(range(128, 256)) * 9, "Can't read this photo: the file is damaged, or its format is unknown."),
    ],
)
def test_what_is_no_photo_is_refused_with_what_it_is(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(content)
    with pytest.raises(UnreadablePhoto) as refused:
        decode_photo(path, 512)
    assert refused.value.title == sentence
    assert refused.value.path == path

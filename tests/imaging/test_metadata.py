"""When, where and with what a photo was taken, as far as its file says so and says what is possible."""

import dataclasses
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational
from sample_photos import FILES, build_dng, corners_picture, jpeg_bytes

from engine.imaging.decode import decode_photo
from engine.imaging.metadata import PhotoFacts, read_facts

SavePhoto = Callable[..., Path]

PHOTO, GPS = 0x8769, 0x8825
ORIGINAL, DIGITIZED, CHANGED = 0x9003, 0x9004, 0x0132
MAKE, MODEL, LENS = 0x010F, 0x0110, 0xA434


def _exif(main: dict[int, Any] | None = None, photo: dict[int, Any] | None = None, **gps: Any) -> Image.Exif:
    exif = Image.Exif()
    exif.update(main or {})
    if photo:
        exif.get_ifd(PHOTO).update(photo)
    names = {"lat_ref": 1, "lat": 2, "lon_ref": 3, "lon": 4, "alt_ref": 5, "alt": 6}
    if gps:
        exif.get_ifd(GPS).update({names[name]: value for name, value in gps.items()})
    return exif


def _facts(path: Path) -> PhotoFacts:
    facts = read_facts(decode_photo(path, 512), path.name)
    json.dumps(dataclasses.asdict(facts), allow_nan=False)
    return facts


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
def test_facts_are_read_from_each_format(save_photo: SavePhoto, suffix: str) -> None:
    exif = _exif(
        {MAKE: "NIKON CORPORATION", MODEL: "NIKON D750"},
        {
            ORIGINAL: "2019:08:11 17:32:05",
            0x9011: "+02:00",
            LENS: "AF-S Nikkor 50mm f/1.8G",
            0x829A: IFDRational(1, 250),
            0x829D: IFDRational(28, 10),
            0x8827: 400,
            0x920A: IFDRational(50, 1),
        },
        lat_ref="S",
        lat=(33.0, 51.0, 24.12),
        lon_ref="E",
        lon=(151.0, 12.0, 54.0),
        alt_ref=b"\1",
        alt=IFDRational(45, 10),
    )
    facts = _facts(save_photo(f"a.{suffix}", exif=exif.tobytes()))
    assert (facts.taken_at, facts.taken_offset) == ("2019-08-11T17:32:05", "+02:00")
    assert (facts.camera, facts.lens) == ("NIKON D750", "AF-S Nikkor 50mm f/1.8G")
    assert (facts.exposure_s, facts.f_number, facts.iso, facts.focal_length_mm) == (0.004, 2.8, 400, 50)
    assert (facts.latitude, facts.longitude, facts.altitude_m) == (-33.8567, 151.215, -4.5)
    assert (facts.width_px, facts.height_px, facts.warning) == (96, 64, None)


def test_facts_are_read_from_heic() -> None:
    facts = _facts(FILES / "turned.heic")
    assert (facts.format, facts.taken_at, facts.taken_offset) == ("HEIC", "2024-06-01T18:30:05", "+02:00")
    assert (facts.camera, facts.kind) == ("Apple iPhone 15", "selfie")
    assert (facts.latitude, facts.longitude) == (48.858222, 2.2945)


def test_facts_are_read_from_raw_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(build_dng(jpeg_bytes(corners_picture())))
    facts = _facts(path)
    assert (facts.format, facts.taken_at, facts.camera) == ("RAW", "2023-07-14T08:09:10", "Reverie Test One")
    assert (facts.f_number, facts.iso) == (2.8, 400)


def test_a_photo_without_exif_has_none_and_its_mtime_is_no_guess(save_photo: SavePhoto) -> None:
    facts = _facts(save_photo("IMG_20240102_030405.jpg"))
    known = {name for name, value in dataclasses.asdict(facts).items() if value is not None}
    assert known == {"format", "width_px", "height_px"}


@pytest.mark.parametrize(
    ("photo", "main", "taken_at"),
    [
        ({ORIGINAL: "2001:02:03 04:05:06", DIGITIZED: "2002:01:01 00:00:00"}, {}, "2001-02-03T04:05:06"),
        ({DIGITIZED: "2002:01:01 00:00:00"}, {CHANGED: "2003:01:01 00:00:00"}, "2002-01-01T00:00:00"),
        ({}, {CHANGED: "2003:01:01 00:00:00"}, "2003-01-01T00:00:00"),
        ({ORIGINAL: "0000:00:00 00:00:00"}, {CHANGED: "2003:01:01 00:00:00"}, "2003-01-01T00:00:00"),
        ({ORIGINAL: "2001-02-03T04:05:06.123"}, {}, "2001-02-03T04:05:06"),
        ({ORIGINAL: "2024:02:29 23:59:59"}, {}, "2024-02-29T23:59:59"),
        ({ORIGINAL: "2023:02:29 12:00:00"}, {}, None),
        ({ORIGINAL: "2023:13:01 12:00:00"}, {}, None),
        ({ORIGINAL: "2023:01:01 24:00:00"}, {}, None),
        ({ORIGINAL: "2023:01:01 12:60:00"}, {}, None),
        ({ORIGINAL: "    :  :     :  :  "}, {}, None),
        ({ORIGINAL: "yesterday"}, {}, None),
        ({ORIGINAL: ""}, {}, None),
        ({ORIGINAL: "1066:10:14 09:00:00"}, {}, None),
    ],
)
def test_the_first_possible_date_counts(
    save_photo: SavePhoto, photo: dict[int, str], main: dict[int, str], taken_at: str | None
) -> None:
    assert _facts(save_photo("a.jpg", exif=_exif(main, photo))).taken_at == taken_at


def test_a_date_in_the_future_is_impossible(save_photo: SavePhoto) -> None:
    later = (datetime.now() + timedelta(days=9)).strftime("%Y:%m:%d %H:%M:%S")
    assert _facts(save_photo("a.jpg", exif=_exif({}, {ORIGINAL: later}))).taken_at is None


@pytest.mark.parametrize(
    ("offset", "expected"),
    [("+05:30", "+05:30"), ("-0800", "-08:00"), ("Z", "+00:00"), ("+25:00", None), ("   :  ", None), ("CEST", None)],
)
def test_the_offset_is_that_of_the_date(save_photo: SavePhoto, offset: str, expected: str | None) -> None:
    exif = _exif({}, {ORIGINAL: "2020:01:01 10:00:00", 0x9011: offset, 0x9012: "+09:00"})
    assert _facts(save_photo("a.jpg", exif=exif)).taken_offset == expected


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 80D", "Canon EOS 80D"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("Google", "Pixel 8", "Google Pixel 8"),
        ("OLYMPUS CORPORATION  ", "E-M5MarkII      ", "OLYMPUS CORPORATION E-M5MarkII"),
        (None, "Pixel 8", "Pixel 8"),
        ("Apple", None, "Apple"),
        ("", " \0", None),
        ("LÜCKE", "K-1", "LÜCKE K-1"),
    ],
)
def test_the_camera_is_named_once(save_photo: SavePhoto, make: str | None, model: str | None, camera: str) -> None:
    exif = _exif({tag: text.encode() for tag, text in ((MAKE, make), (MODEL, model)) if text is not None})
    assert _facts(save_photo("a.jpg", exif=exif)).camera == camera


@pytest.mark.parametrize(
    ("lat_ref", "lon_ref", "expected"),
    [
        ("N", "E", (48.5, 2.25)),
        ("N", "W", (48.5, -2.25)),
        ("S", "E", (-48.5, 2.25)),
        ("S", "W", (-48.5, -2.25)),
        ("s", "w\0", (-48.5, -2.25)),
        ("", "E", (None, None)),
        ("X", "E", (None, None)),
    ],
)
def test_hemispheres_are_signs(
    save_photo: SavePhoto, lat_ref: str, lon_ref: str, expected: tuple[float | None, float | None]
) -> None:
    exif = _exif(lat_ref=lat_ref, lat=(48.0, 30.0, 0.0), lon_ref=lon_ref, lon=(2.0, 15.0, 0.0))
    facts = _facts(save_photo("a.jpg", exif=exif))
    assert (facts.latitude, facts.longitude) == expected


@pytest.mark.parametrize(
    "latitude",
    [
        (IFDRational(0, 0), IFDRational(0, 0), IFDRational(0, 0)),
        (IFDRational(48, 0), IFDRational(30, 1), IFDRational(0, 1)),
        (91.0, 0.0, 0.0),
        (1.0, 2.0, 3.0, 4.0),
    ],
)
def test_a_malformed_position_is_none(save_photo: SavePhoto, latitude: tuple[Any, ...]) -> None:
    exif = _exif({MODEL: "X100"}, lat_ref="N", lat=latitude, lon_ref="E", lon=(2.0, 15.0, 0.0))
    facts = _facts(save_photo("a.jpg", exif=exif))
    assert (facts.latitude, facts.longitude, facts.country) == (None, None, None)
    assert facts.camera == "X100"


def test_zero_zero_is_no_position(save_photo: SavePhoto) -> None:
    exif = _exif(lat_ref="N", lat=(0.0, 0.0, 0.0), lon_ref="E", lon=(0.0, 0.0, 0.0))
    assert _facts(save_photo("a.jpg", exif=exif)).latitude is None


def test_zeros_and_infinities_of_a_camera_are_unknown(save_photo: SavePhoto) -> None:
    exif = _exif({}, {0x829D: IFDRational(0, 1), 0x829A: IFDRational(1, 0), 0x8827: 0, 0x920A: IFDRational(0, 0)})
    facts = _facts(save_photo("a.jpg", exif=exif))
    assert (facts.f_number, facts.exposure_s, facts.iso, facts.focal_length_mm) == (None, None, None, None)


@pytest.mark.parametrize("kept", [7, 9, 20, 40, 60, 90])
def test_cut_off_exif_never_fails_a_photo(save_photo: SavePhoto, kept: int) -> None:
    whole = _exif({MAKE: "Canon", MODEL: "EOS"}, {ORIGINAL: "2001:02:03 04:05:06"}, lat_ref="N").tobytes()
    facts = _facts(save_photo("a.jpg", exif=whole[:kept]))
    assert (facts.width_px, facts.taken_at) == (96, None)


def test_exif_full_of_noise_never_fails_a_photo(save_photo: SavePhoto) -> None:
    whole = bytearray(_exif({MAKE: "Canon", MODEL: "EOS"}, {ORIGINAL: "2001:02:03 04:05:06"}, lat_ref="N").tobytes())
    for step in range(60):
        noisy = bytearray(whole)
        for place in range(8 + step % 5, len(noisy), 5 + step % 11):
            noisy[place] = (noisy[place] * 7 + step * 31 + 13) % 256
        assert _facts(save_photo("a.jpg", exif=bytes(noisy))).format == "JPEG"


@pytest.mark.parametrize(
    "name", ["Screenshot_20240102-030405.png", "Screen Shot 2020-01-02 at 10.11.12.png", "Bildschirmfoto 2022.png"]
)
def test_a_screenshot_is_told_by_its_name(save_photo: SavePhoto, name: str) -> None:
    assert _facts(save_photo(name)).kind == "screenshot"


def test_a_screenshot_is_told_by_its_comment(save_photo: SavePhoto) -> None:
    exif = _exif({0x0131: "17.1"}, {0x9286: b"ASCII\0\0\0Screenshot"})
    assert _facts(save_photo("IMG_0001.PNG", exif=exif)).kind == "screenshot"


def test_a_screenshot_is_told_by_its_software(save_photo: SavePhoto) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Software", "gnome-screenshot")
    assert _facts(save_photo("a.png", pnginfo=text)).kind == "screenshot"


def test_a_panorama_is_told_by_camera_and_shape(save_photo: SavePhoto) -> None:
    wide = Image.new("RGB", (900, 300))
    assert _facts(save_photo("a.jpg", wide, exif=_exif({MODEL: "Pixel 8"}))).kind == "panorama"
    assert _facts(save_photo("banner.jpg", wide)).kind is None


def test_a_panorama_is_told_by_its_xmp(save_photo: SavePhoto) -> None:
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf GPano:ProjectionType='equirectangular'/></x:xmpmeta>"
    assert _facts(save_photo("a.jpg", Image.new("RGB", (600, 300)), xmp=xmp)).kind == "panorama"

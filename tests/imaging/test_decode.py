"""Every kind of pixel comes out oriented, in sRGB, and no larger than asked for."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from sample_photos import corner_names, corners_picture

from engine.imaging.decode import decode_photo, open_photo

SavePhoto = Callable[..., Path]

# How the stored corners (in reading order) have to be seen, by EXIF orientation.
SEEN = {1: "RGBY", 2: "GRYB", 3: "YBGR", 4: "BYRG", 5: "RBGY", 6: "BRYG", 7: "YGBR", 8: "GYRB"}


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_is_seen_upright(save_photo: SavePhoto, orientation: int, suffix: str) -> None:
    photo = decode_photo(save_photo(f"a.{suffix}", exif=_exif(orientation)), 512)
    assert corner_names(photo.image) == SEEN[orientation]
    assert (photo.width_px, photo.height_px) == photo.image.size == ((96, 64) if orientation < 5 else (64, 96))


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_impossible_orientation_is_ignored(save_photo: SavePhoto, orientation: int) -> None:
    assert corner_names(open_photo(save_photo("a.jpg", exif=_exif(orientation)), 512)) == "RGBY"


def test_a_turned_photo_is_shrunk_as_it_is_seen(save_photo: SavePhoto) -> None:
    path = save_photo("a.jpg", corners_picture((1200, 800)), exif=_exif(6))
    photo = decode_photo(path, 300)
    assert photo.image.size == (200, 300)
    assert (photo.width_px, photo.height_px) == (800, 1200)
    assert corner_names(photo.image) == "BRYG"


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "tif"])
def test_a_small_photo_is_never_enlarged(save_photo: SavePhoto, suffix: str) -> None:
    assert open_photo(save_photo(f"a.{suffix}"), 512).size == (96, 64)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "I", "F", "LAB"])
def test_each_colour_mode_becomes_rgb(save_photo: SavePhoto, mode: str) -> None:
    stripes = Image.linear_gradient("L").resize((300, 200))
    if mode in ("I;16", "I"):
        image = Image.fromarray((np.asarray(stripes).astype(np.uint16) * 257).astype(np.uint16))
        image = image if mode == "I;16" else Image.fromarray(np.asarray(stripes).astype(np.int32) * 1000 - 99)
    elif mode == "LAB":
        transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
        image = ImageCms.applyTransform(stripes.convert("RGB"), transform)
    else:
        image = stripes.convert("RGBA").convert("P").convert("PA") if mode == "PA" else stripes.convert(mode)
    saved_by_pillow = {"PA": "png", "YCbCr": "jpg"}
    if mode == "PA":
        image = image.convert("P")
    photo = open_photo(save_photo(f"a.{saved_by_pillow.get(mode, 'tif')}", image), 100)
    assert (photo.mode, photo.size) == ("RGB", (100, 67))
    grey = np.asarray(photo.convert("L")).astype(int)
    assert grey[:5].mean() < 40, "black at the top"
    assert grey[-5:].mean() > 200, "white at the bottom"
    assert np.ptp(np.asarray(photo).astype(int), axis=2).max() <= 12, "grey stays grey"


def test_16_bit_png_keeps_its_brightness(save_photo: SavePhoto) -> None:
    grey = Image.fromarray(np.full((40, 40), 32896, np.uint16))
    assert open_photo(save_photo("a.png", grey), 512).getpixel((5, 5)) == (128, 128, 128)


@pytest.mark.parametrize("suffix", ["png", "webp", "gif", "tif", "avif"])
def test_transparency_is_seen_on_white(save_photo: SavePhoto, suffix: str) -> None:
    image = corners_picture().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 48, 32))
    options = {"lossless": True} if suffix == "webp" else {}
    assert open_photo(save_photo(f"a.{suffix}", image, **options), 512).getpixel((10, 10)) == (255, 255, 255)


def test_a_transparent_palette_colour_is_seen_on_white(save_photo: SavePhoto) -> None:
    image = corners_picture().quantize(4)
    path = save_photo("a.png", image, transparency=image.getpixel((10, 10)))
    photo = open_photo(path, 512)
    assert photo.getpixel((10, 10)) == (255, 255, 255)
    assert photo.getpixel((80, 10))[1] > 100


@pytest.fixture
def swapped_profile() -> bytes:
    """A profile whose red and green are swapped against sRGB's, so that using it cannot be missed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = [profile[at : at + 12] for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)]
    places = {bytes(entry[:4]): int.from_bytes(entry[4:8], "big") for entry in entries}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    profile[red : red + 20], profile[green : green + 20] = profile[green : green + 20], profile[red : red + 20]
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
def test_an_embedded_profile_is_turned_into_srgb(save_photo: SavePhoto, swapped_profile: bytes, suffix: str) -> None:
    red = Image.new("RGB", (64, 64), (200, 20, 20))
    pixel = open_photo(save_photo(f"a.{suffix}", red, icc_profile=swapped_profile), 512).getpixel((9, 9))
    assert pixel[1] > 150 > pixel[0], f"what the profile calls red is green: {pixel}"


def test_srgb_photos_keep_their_colours(save_photo: SavePhoto) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert open_photo(save_photo("a.png", icc_profile=srgb), 512).getpixel((5, 5)) == (200, 30, 30)


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 200])
def test_a_damaged_profile_is_ignored(save_photo: SavePhoto, profile: bytes) -> None:
    assert open_photo(save_photo("a.png", icc_profile=profile), 512).getpixel((5, 5)) == (200, 30, 30)


def test_a_profile_of_another_colour_space_is_ignored(save_photo: SavePhoto) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert open_photo(save_photo("a.png", icc_profile=lab), 512).getpixel((5, 5)) == (200, 30, 30)


@pytest.mark.parametrize("suffix", ["gif", "png", "webp", "tif", "avif", "mpo"])
def test_of_many_frames_the_first_is_seen(save_photo: SavePhoto, suffix: str) -> None:
    others = [Image.new("RGB", (96, 64), "black"), Image.new("RGB", (96, 64), "white")]
    path = save_photo(f"a.{suffix}", corners_picture(), save_all=True, append_images=others)
    assert corner_names(open_photo(path, 512)) == "RGBY"


def test_an_mpo_photo_is_a_jpeg_and_gets_its_draft(save_photo: SavePhoto) -> None:
    path = save_photo("a.mpo", corners_picture((1600, 1200)), save_all=True, append_images=[corners_picture()])
    photo = decode_photo(path.rename(path.with_suffix(".jpg")), 400)
    assert (photo.format, photo.width_px, photo.image.size) == ("JPEG", 1600, (400, 300))


def test_a_panorama_of_150_megapixels_is_legitimate(tmp_path: Path) -> None:
    strip = Image.new("L", (30000, 5000), 90)
    file = io.BytesIO()
    strip.save(file, "JPEG", quality=30)
    path = tmp_path / "pano.jpg"
    path.write_bytes(file.getvalue())
    photo = decode_photo(path, 512)
    assert (photo.width_px, photo.height_px, photo.image.size) == (30000, 5000, (512, 85))

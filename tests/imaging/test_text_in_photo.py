"""Words in photos are read verbatim, noise is not recorded, and nothing is fetched for it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.errors import ModelUnavailable, UnreadablePhoto
from engine.imaging.service import DecodeService
from engine.imaging.text_in_photo import _MODELS, TextReader, _open_reader, read_text

SavePhoto = Callable[..., Path]
PHOTOS = Path(__file__).resolve().parents[3] / "shared" / "data" / "coco" / "photos"


def _sign(*lines: str, size: tuple[int, int] = (1200, 900), height_px: int = 60) -> Image.Image:
    """Draw a white sign with dark letters in front of an evening sky."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((245, 245, 240), (size[0] // 8, size[1] // 8, size[0] * 7 // 8, size[1] * 7 // 8))
    font = ImageFont.load_default(height_px)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((size[0] // 6, size[1] // 6 + number * height_px * 2), line, (30, 30, 60), font)
    return image


def test_a_sign_is_read_verbatim_in_reading_order(save_photo: SavePhoto) -> None:
    path = save_photo("a.jpg", _sign("Harbour Street 17", "Fresh Fish Daily", "closed on Mondays"))
    assert read_text(path).split("\n") == ["Harbour Street 17", "Fresh Fish Daily", "closed on Mondays"]


def test_a_turned_photo_is_read_upright(save_photo: SavePhoto) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = save_photo("a.jpg", _sign("Platform 9").transpose(Image.Transpose.ROTATE_90), exif=exif)
    assert read_text(path) == "Platform 9"


def test_small_letters_in_a_large_photo_are_read(save_photo: SavePhoto) -> None:
    path = save_photo("a.jpg", _sign("Room 312 second floor", size=(4000, 3000), height_px=90))
    assert read_text(path) == "Room 312 second floor"


@pytest.mark.parametrize("kind", ["even", "gradient", "noise"])
def test_a_picture_without_text_has_none(save_photo: SavePhoto, kind: str) -> None:
    pictures = {
        "even": Image.new("RGB", (900, 600), "skyblue"),
        "gradient": Image.radial_gradient("L").resize((900, 600)).convert("RGB"),
        "noise": Image.effect_noise((900, 600), 60).convert("RGB"),
    }
    assert read_text(save_photo("a.jpg", pictures[kind])) == ""


def test_a_single_sign_is_taken_for_noise(save_photo: SavePhoto) -> None:
    assert read_text(save_photo("a.jpg", _sign("7"))) == ""


def test_the_thumbnail_serves_for_the_first_glance(save_photo: SavePhoto, tmp_path: Path) -> None:
    empty = save_photo("thumbnail.jpg", Image.linear_gradient("L").resize((512, 384)).convert("RGB"))
    assert read_text(tmp_path / "not-opened.jpg", empty) == ""


def test_a_thumbnail_that_shows_text_makes_the_photo_be_read(save_photo: SavePhoto) -> None:
    sign = _sign("Museum of Art")
    thumbnail = save_photo("thumbnail.jpg", sign.resize((512, 384)))
    assert read_text(save_photo("a.jpg", sign), thumbnail) == "Museum of Art"


def test_without_its_thumbnail_the_photo_is_read(save_photo: SavePhoto, tmp_path: Path) -> None:
    assert read_text(save_photo("a.jpg", _sign("Museum of Art")), tmp_path / "missing.jpg") == "Museum of Art"


def test_the_worker_reads_text(save_photo: SavePhoto) -> None:
    answer = DecodeService().handle("read_text", {"path": str(save_photo("a.jpg", _sign("Bakery")))})
    assert answer == {"text": "Bakery"}


def test_a_damaged_photo_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(UnreadablePhoto):
        read_text(path)


def test_missing_models_say_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="can't be loaded"):
        TextReader(tmp_path)


def test_idle_threads_sleep_and_are_few() -> None:
    for session in _open_reader().sessions.values():
        options = session.get_session_options()
        assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"
        assert 1 <= options.intra_op_num_threads <= 2
        assert session.get_providers() == ["CPUExecutionProvider"]


def test_reading_opens_no_socket_and_fetches_no_model(save_photo: SavePhoto) -> None:
    before = sorted((file.name, file.stat().st_mtime_ns) for file in _MODELS.iterdir())
    path = save_photo("a.jpg", _sign("Bakery"))
    code = (
        "import sys\n"
        "sockets = []\n"
        "sys.addaudithook(lambda event, args: sockets.append(event) if event.startswith('socket.') else None)\n"
        "from pathlib import Path\n"
        "from engine.imaging.text_in_photo import read_text\n"
        "print(read_text(Path(sys.argv[1])), sockets)\n"
    )
    result = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert result.stdout == "Bakery []\n"
    assert result.stderr == ""
    assert sorted((file.name, file.stat().st_mtime_ns) for file in _MODELS.iterdir()) == before


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="needs the photos in ../shared/data")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("000000525891.jpg", "STOP"),
        ("000000107438.jpg", "ARDNAMURCHAN POINT"),
        ("000000379349.jpg", "Make yourself comfortable!"),
        ("000000000790.jpg", ""),
    ],
)
def test_real_photos_are_read(name: str, text: str) -> None:
    assert text in read_text(PHOTOS / name).split("\n")

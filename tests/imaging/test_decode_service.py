"""The decode worker answers with plain values and writes only where it is told to."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from sample_photos import corner_names, corners_picture

from engine.errors import UnreadablePhoto
from engine.imaging.service import DecodeService

SavePhoto = Callable[..., Path]


def _size(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


@pytest.fixture
def service() -> DecodeService:
    return DecodeService()


def test_a_photo_is_fingerprinted(service: DecodeService, save_photo: SavePhoto) -> None:
    path = save_photo("a.jpg")
    answer = service.handle("fingerprint", {"path": str(path)})
    assert len(answer["fingerprint"]) == 32
    assert (answer["size_bytes"], answer["mtime_ns"]) == (path.stat().st_size, path.stat().st_mtime_ns)


def test_decoding_writes_a_thumbnail_and_returns_facts(
    service: DecodeService, save_photo: SavePhoto, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = save_photo("a.jpg", corners_picture((3000, 2000)), exif=exif)
    target = tmp_path / "thumbnails" / "ab" / "ab12.jpg"
    facts = json.loads(json.dumps(service.handle("decode", {"path": str(path), "thumbnail": str(target)})))
    assert (facts["format"], facts["width_px"], facts["height_px"]) == ("JPEG", 2000, 3000)
    with Image.open(target) as thumbnail:
        assert thumbnail.size == (341, 512)
        assert corner_names(thumbnail) == "BRYG"
        assert not thumbnail.getexif()


def test_one_decoding_gives_thumbnail_and_preview(
    service: DecodeService, save_photo: SavePhoto, tmp_path: Path
) -> None:
    path = save_photo("a.png", corners_picture((1500, 900)))
    thumbnail, preview = tmp_path / "t.jpg", tmp_path / "p.jpg"
    service.handle(
        "decode", {"path": str(path), "thumbnail": str(thumbnail), "preview": str(preview), "preview_px": 1000}
    )
    assert (_size(thumbnail), _size(preview)) == ((512, 307), (1000, 600))


def test_a_preview_smaller_than_the_thumbnail_shrinks_only_itself(
    service: DecodeService, save_photo: SavePhoto, tmp_path: Path
) -> None:
    path = save_photo("a.png", corners_picture((1500, 900)))
    thumbnail, preview = tmp_path / "t.jpg", tmp_path / "p.jpg"
    service.handle(
        "decode", {"path": str(path), "thumbnail": str(thumbnail), "preview": str(preview), "preview_px": 250}
    )
    assert (_size(thumbnail), _size(preview)) == ((512, 307), (250, 150))


def test_a_preview_is_made_alone(service: DecodeService, save_photo: SavePhoto, tmp_path: Path) -> None:
    path, preview = save_photo("a.png", corners_picture((1500, 900))), tmp_path / "p.jpg"
    answer = service.handle("preview", {"path": str(path), "preview": str(preview), "preview_px": 750})
    assert answer == {"width_px": 750, "height_px": 450}
    assert _size(preview) == (750, 450)


def test_a_damaged_photo_is_an_answer_and_leaves_no_thumbnail(service: DecodeService, tmp_path: Path) -> None:
    path, target = tmp_path / "a.jpg", tmp_path / "t.jpg"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(UnreadablePhoto, match="it is a PDF document"):
        service.handle("decode", {"path": str(path), "thumbnail": str(target)})
    assert not target.exists()


def test_a_name_that_is_no_valid_text_is_decoded(service: DecodeService, save_photo: SavePhoto, tmp_path: Path) -> None:
    path = save_photo("a.jpg").rename(tmp_path / os.fsdecode(b"caf\xe9.jpg"))
    target = tmp_path / "t.jpg"
    request = json.loads(json.dumps({"path": str(path), "thumbnail": str(target)}))
    assert service.handle("decode", request)["width_px"] == 96
    assert target.exists()


def test_the_photo_itself_stays_as_it_is(service: DecodeService, save_photo: SavePhoto, tmp_path: Path) -> None:
    path = save_photo("a.jpg")
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino, path.stat().st_nlink)
    service.handle("fingerprint", {"path": str(path)})
    service.handle("decode", {"path": str(path), "thumbnail": str(tmp_path / "t.jpg")})
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino, path.stat().st_nlink) == before


def test_an_unknown_request_is_a_bug(service: DecodeService) -> None:
    with pytest.raises(ValueError, match="unknown method 'rotate'"):
        service.handle("rotate", {"path": "a.jpg"})


def test_heavy_libraries_wait_until_a_photo_needs_them() -> None:
    names = "numpy", "cv2", "rawpy", "pi_heif", "rapidocr", "onnxruntime"
    code = f"import sys, engine.imaging.service; print([name for name in {names} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"

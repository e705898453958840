"""Our own JPEGs are written whole or not at all."""

import errno
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sample_photos import corners_picture

from engine.errors import CannotWrite
from engine.imaging.thumbnails import shrunk, write_jpeg


def test_a_thumbnail_is_written_into_a_new_folder(tmp_path: Path) -> None:
    target = tmp_path / "ab" / "abcd.jpg"
    write_jpeg(corners_picture(), target)
    with Image.open(target) as written:
        assert (written.format, written.size, written.mode) == ("JPEG", (96, 64), "RGB")
        assert "progressive" not in written.info
    assert list(target.parent.iterdir()) == [target]


def test_a_thumbnail_replaces_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    target.write_bytes(b"old")
    write_jpeg(corners_picture(), target)
    assert target.read_bytes().startswith(b"\xff\xd8\xff")


def test_nothing_is_enlarged() -> None:
    assert shrunk(corners_picture(), 512).size == (96, 64)
    assert shrunk(corners_picture((2000, 1000)), 512).size == (512, 256)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "The disk is full."),
        (errno.EROFS, "Reverie can't write its thumbnails."),
    ],
)
def test_a_disk_that_takes_no_more_says_so_and_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    target = tmp_path / "a.jpg"
    target.write_bytes(b"old")

    def run_out(self: Image.Image, path: Path, *args: Any, **options: Any) -> None:
        path.write_bytes(b"half")
        raise OSError(number, "no more")

    monkeypatch.setattr(Image.Image, "save", run_out)
    with pytest.raises(CannotWrite) as refused:
        write_jpeg(corners_picture(), target)
    assert (refused.value.title, refused.value.path) == (sentence, target)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.jpg": b"old"}


def test_a_file_in_place_of_the_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "ab").write_bytes(b"in the way")
    with pytest.raises(CannotWrite, match="Reverie can't write its thumbnails"):
        write_jpeg(corners_picture(), tmp_path / "ab" / "a.jpg")

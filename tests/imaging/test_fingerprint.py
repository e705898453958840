"""A photo is its content: the same bytes are the same photo, whatever the file is called."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import PhotoStillChanging, UnreadablePhoto
from engine.imaging import fingerprint
from engine.imaging.fingerprint import fingerprint_file


def test_the_fingerprint_is_blake2b_of_the_content(save_photo: Callable[..., Path]) -> None:
    path = save_photo("a.png")
    found = fingerprint_file(path)
    assert found.hex == hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    assert (found.size_bytes, found.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)


def test_a_copy_is_the_same_photo_and_an_edit_another(save_photo: Callable[..., Path], tmp_path: Path) -> None:
    path = save_photo("a.png")
    copy = tmp_path / "elsewhere.jpeg"
    copy.write_bytes(path.read_bytes())
    edit = save_photo("b.png", Image.new("RGB", (96, 64), "red"))
    assert fingerprint_file(copy).hex == fingerprint_file(path).hex != fingerprint_file(edit).hex


def test_a_file_of_many_chunks_is_hashed_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(os.urandom(3 * fingerprint._CHUNK_BYTES + 17))
    assert fingerprint_file(path).hex == hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


@pytest.mark.parametrize("change", ["grow", "replace"])
def test_a_file_that_changes_while_it_is_read_is_tried_again_later(
    save_photo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path, other = save_photo("a.png"), save_photo("b.png")

    class InterruptedHash:
        def __init__(self, digest_size: int) -> None:
            self.digest_size = digest_size

        def update(self, chunk: bytes) -> None:
            if change == "grow" and path.stat().st_size == len(chunk):
                path.write_bytes(chunk + b"more")
            elif other.exists():
                other.replace(path)

    monkeypatch.setattr(fingerprint.hashlib, "blake2b", InterruptedHash)
    with pytest.raises(PhotoStillChanging):
        fingerprint_file(path)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("missing", "Can't read this photo: the file is gone."),
        ("empty", "Can't read this photo: the file is empty."),
        ("folder", "This is not a photo: it is a folder or a device."),
        ("pipe", "This is not a photo: it is a folder or a device."),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, kind: str, sentence: str) -> None:
    path = tmp_path / "a.jpg"
    match kind:
        case "empty":
            path.touch()
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    with pytest.raises(UnreadablePhoto) as refused:
        fingerprint_file(path)
    assert refused.value.title == sentence


def test_a_file_closed_to_us_says_so(save_photo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadablePhoto, match="you have no permission to open it"):
        fingerprint_file(save_photo("a.png"))


def test_a_name_that_is_no_valid_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    path.write_bytes(b"content")
    assert fingerprint_file(path).size_bytes == 7

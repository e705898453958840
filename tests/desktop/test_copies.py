"""Copies of the photo that somebody brings are named as such."""

from pathlib import Path

import pytest
from library_of_photos import sample_photo
from PIL import Image
from PySide6.QtWidgets import QApplication

from desktop.grid.layout import Section
from desktop.search.answer import answer, with_copies
from desktop.search.likeness import like_file
from desktop.search.request import Request
from engine.api import Engine, Sameness


def test_a_copy_of_a_photo_that_is_brought_has_a_section_of_its_own(
    library: Engine, qapp: QApplication, tmp_path: Path
) -> None:
    with Image.open(sample_photo("chelsea.png")) as photo:
        photo.resize((300, 200)).save(tmp_path / "small.jpg")
    found = answer(library, Request(likeness=like_file(library, tmp_path / "small.jpg")))
    assert found.sections[0] == Section("Nearly the same as your photo", 1)
    assert found.hits[int(found.photo_ids[0])].paths[0].name == "chelsea.png"
    assert sum(section.photos for section in found.sections) == len(found.photo_ids)


@pytest.mark.parametrize(
    ("copies", "sections"),
    [
        ([], [("", 3), ("Less likely", 4)]),
        ([(Sameness.EXACT, 1)], [("Copies of your photo", 1), ("Similar photos", 2), ("Less likely", 4)]),
        (
            [(Sameness.EXACT, 1), (Sameness.NEAR, 2)],
            [("Copies of your photo", 1), ("Nearly the same as your photo", 2), ("Less likely", 4)],
        ),
        ([(Sameness.NEAR, 5)], [("Nearly the same as your photo", 3), ("Less likely", 4)]),
    ],
)
def test_copies_are_divided_from_the_strong_matches(
    copies: list[tuple[Sameness, int]], sections: list[tuple[str, int]]
) -> None:
    divided = with_copies((Section("", 3), Section("Less likely", 4)), copies)
    assert [(section.title, section.photos) for section in divided] == sections


def test_the_very_pixels_are_told_from_what_is_nearly_the_same(
    library: Engine, qapp: QApplication, tmp_path: Path
) -> None:
    with Image.open(sample_photo("chelsea.png")) as photo:
        photo.save(tmp_path / "same.tiff")
    found = answer(library, Request(likeness=like_file(library, tmp_path / "same.tiff")))
    assert found.sections[0] == Section("Copies of your photo", 1)

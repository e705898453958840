"""Photos to ask by, looked up in a real library of real photos."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from library_of_photos import copy_photos, sample_photo
from PIL import Image

from engine.api import Engine, Home, Query, Sameness, Stage
from engine.errors import UnreadablePhoto
from engine.search.origin import Origin
from engine.search.reference import Reference

LEFT_OUT = {Stage.CAPTION, Stage.TEXT}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample photos, and beside them a cat twice, a rocket stored otherwise and a small cup of coffee."""
    folder = copy_photos(tmp_path_factory.mktemp("library") / "photos")
    shutil.copy(folder / "chelsea.png", folder / "again.png")
    with Image.open(folder / "coffee.png") as photo:
        photo.convert("RGB").resize((300, 200)).save(folder / "small.jpg", quality=60)
    with Image.open(folder / "rocket.jpg") as photo:
        photo.save(folder / "rocket.tiff")
    with Image.open(folder / "coins.png") as photo:
        photo.transpose(Image.Transpose.ROTATE_90).save(folder / "turned.jpg", quality=80)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine.open(Home(tmp_path_factory.mktemp("home")), leave_out=LEFT_OUT) as engine:
        engine.add_folder(folder)
        assert engine.wait_until_idle(120)
        yield engine


def test_a_photo_of_the_library_is_recognised_with_all_its_files_and_its_copies(engine: Engine, folder: Path) -> None:
    cat = engine.reference(folder / "chelsea.png")
    assert [copy.sameness for copy in cat.duplicates] == [Sameness.EXACT]
    assert {path.name for path in cat.duplicates[0].paths} == {"chelsea.png", "again.png"}
    assert cat.photo_id == cat.duplicates[0].photo_id
    coffee = engine.reference(folder / "coffee.png")
    assert [[path.name for path in copy.paths] for copy in coffee.duplicates] == [["coffee.png"], ["small.jpg"]]
    small = coffee.duplicates[1]
    assert coffee.sameness(small.photo_id) is small.sameness is Sameness.NEAR
    assert coffee.sameness(cat.duplicates[0].photo_id) is None


def test_a_photo_is_looked_up_by_its_id_as_by_its_file(engine: Engine, folder: Path) -> None:
    by_file = engine.reference(folder / "rocket.jpg")
    assert by_file.photo_id is not None
    by_id = engine.reference(by_file.photo_id)
    np.testing.assert_array_equal(by_id.visual, by_file.visual)
    np.testing.assert_array_equal(by_id.placed, by_file.placed)
    assert by_id.duplicates == by_file.duplicates


def test_pixels_are_recognised_in_files_of_another_kind(engine: Engine, folder: Path) -> None:
    rocket = engine.reference(folder / "rocket.jpg")
    assert [(copy.paths[0].name, copy.sameness) for copy in rocket.duplicates] == [
        ("rocket.jpg", Sameness.EXACT),
        ("rocket.tiff", Sameness.EXACT),
    ]


def test_a_photo_that_the_library_lacks_finds_its_copies_there(engine: Engine, tmp_path: Path) -> None:
    with Image.open(sample_photo("chelsea.png")) as photo:
        photo.crop((20, 20, 420, 280)).save(tmp_path / "cropped.png")
    reference = engine.reference(tmp_path / "cropped.png")
    assert reference.photo_id is None
    (cat,) = reference.duplicates
    assert cat.sameness is Sameness.NEAR
    assert {path.name for path in cat.paths} == {"chelsea.png", "again.png"}


def test_a_turned_photo_is_recognised(engine: Engine, folder: Path, tmp_path: Path) -> None:
    coins = engine.reference(folder / "coins.png")
    assert [copy.paths[0].name for copy in coins.duplicates] == ["coins.png", "turned.jpg"]
    with Image.open(folder / "chelsea.png") as photo:
        photo.transpose(Image.Transpose.ROTATE_180).save(tmp_path / "head_over.jpg")
    (cat,) = engine.reference(tmp_path / "head_over.jpg").duplicates
    assert folder / "chelsea.png" in cat.paths
    assert cat.sameness is Sameness.NEAR


def test_pixels_are_recognised_in_a_file_that_the_library_lacks(engine: Engine, folder: Path, tmp_path: Path) -> None:
    with Image.open(folder / "coffee.png") as photo:
        photo.save(tmp_path / "stored.tiff")
    found = engine.reference(tmp_path / "stored.tiff").duplicates
    assert [(copy.paths[0].name, copy.sameness) for copy in found] == [
        ("coffee.png", Sameness.EXACT),
        ("small.jpg", Sameness.NEAR),
    ]


def test_a_search_by_a_photo_finds_others_like_it(engine: Engine, folder: Path) -> None:
    reference = engine.reference(folder / "coffee.png")
    hits = engine.search(reference.about(Query(limit=3))).hits
    assert hits[0].paths[0].name == "small.jpg"
    assert reference.photo_id not in {hit.photo_id for hit in hits}
    changed = engine.search(reference.about(Query("a striped cat with green eyes and whiskers"))).hits
    others = [hit.paths[0].name for hit in changed if not reference.sameness(hit.photo_id)]
    assert others[0] in {"chelsea.png", "again.png"}


def test_a_caption_of_the_photo_is_what_it_is(engine: Engine, folder: Path) -> None:
    photo_id = engine.reference(folder / "rocket.jpg").photo_id
    assert photo_id is not None
    engine.edit_caption(photo_id, "A rocket on its pad.")
    reference = engine.reference(photo_id)
    assert reference.answer("what is this?") == reference.caption == "A rocket on its pad."
    assert reference.about(Query("at night")).caption == "A rocket on its pad."


def test_a_photo_that_is_not_there_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto):
        engine.reference(10_000)
    with pytest.raises(UnreadablePhoto):
        engine.reference(tmp_path / "nowhere.jpg")


def test_questions_about_a_photo_are_told_from_changes() -> None:
    nothing = np.zeros(1, dtype=np.float32)
    origin = Origin(datetime(2019, 7, 4, 21, 30), None, "Rome", "Lazio", "Italy", "Canon EOS 5D")
    known = Reference(nothing, nothing, origin=origin, caption="Anna.")
    when, where = "It was taken on 4 July 2019 at 21:30.", "It was taken in Rome, Lazio, Italy."
    assert known.answer("When was this taken?") == known.answer("how old is this photo?") == when
    assert known.answer("where is this") == known.answer("which city is this?") == where
    assert (
        known.answer("Who is she?") == known.answer("what's that") == known.answer("who is in the picture") == "Anna."
    )
    assert known.answer("where was this taken and when") == f"{where} {when}"
    assert known.answer("who is this, where and when was it?") == f"Anna. {where} {when}"
    assert known.answer("what camera was this taken with?") == "It was taken with a Canon EOS 5D."
    changes = (
        "at night",
        "the same place in winter",
        "where the dog sits",
        "this but in snow",
        "what if it was snowing",
    )
    others = ("what else did we see that day", "who else was there", "what does this place look like at night")
    for change in (*changes, *others, "how would this look at night", "where we sit on the beach"):
        assert known.answer(change) is None
    unknown = Reference(nothing, nothing)
    assert unknown.answer("who's this") == "It has no caption yet."
    assert unknown.answer("when was that?") == "The photo doesn't say when it was taken."
    assert unknown.answer("where was it?") == "The photo doesn't say where it was taken."
    assert unknown.answer("what camera is it") == "The photo doesn't say what it was taken with."

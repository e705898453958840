"""What a window shows and changes of a library: lists, details, copies to look at, captions with undo, exclusion."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import copy_photos, sample_photo
from PIL import Image

from engine.api import Engine, Facet, Filters, Home, Query, Sort, Stage
from engine.catalog import captions, work
from engine.errors import FolderUnavailable, PhotoStillChanging
from engine.imaging.fingerprint import fingerprint_file
from engine.indexing.viewing import VIEWING_PX, ViewingCopies

WAIT_S = 120.0
PHOTOS = ("chelsea.png", "coffee.png")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_photos(tmp_path_factory.mktemp("photos"), PHOTOS)


@pytest.fixture(scope="module")
def engine(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A library without captions, whose captions "a model" writes in the tests."""
    home = Home(tmp_path_factory.mktemp("home"))
    with Engine.open(home, leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(WAIT_S)
        yield engine


@pytest.fixture
def cat(engine: Engine) -> int:
    return engine.search(Query("a cat")).hits[0].photo_id


def write_as_a_model(engine: Engine, photo_id: int, text: str) -> None:
    def write(db: object) -> None:
        captions.save_generated(db, photo_id, text, "Model", "1", "recipe")
        work.skip(db, photo_id, Stage.CAPTION, "recipe")
        work.enqueue(db, photo_id, Stage.SENTENCES)

    engine._write(write)
    assert engine.wait_until_idle(WAIT_S)


def fingerprint(path: Path) -> str:
    return fingerprint_file(path).hex


def size_of(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as image:
        return image.size


def test_photos_are_listed_and_described(engine: Engine, cat: int) -> None:
    listed = engine.list_photos()
    assert sorted(listed) == sorted(engine.list_photos(Filters(), Sort.OLDEST))
    described = engine.describe_photos(listed)
    assert {photo.paths[0].name for photo in described.values()} == set(PHOTOS)
    assert engine.thumbnail(described[cat].fingerprint).exists()
    details = engine.photo_details(cat)
    assert (details.width_px, details.height_px, details.format) == (451, 300, "PNG")
    assert details.files[0].is_online
    assert engine.facets().total == len(engine.recent()) == 2
    assert engine.duplicates() == []


def test_bursts_are_counted_among_the_kinds_where_there_are_any(engine: Engine, photos: Path) -> None:
    assert engine.facets().kinds == ()
    renamed = (photos / "coffee.png").rename(photos / "IMG_1_BURST001.png")
    engine.rescan()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.facets().kinds == (Facet("burst", 1),)
    renamed.rename(photos / "coffee.png")
    engine.rescan()
    assert engine.wait_until_idle(WAIT_S)


def test_an_excluded_photo_is_not_found_and_stays_so(engine: Engine, cat: int) -> None:
    engine.exclude([cat])
    assert cat not in {hit.photo_id for hit in engine.search(Query("a cat")).hits}
    assert cat not in engine.list_photos()
    assert engine.excluded() == [cat]
    with Engine.open_to_search(engine.home) as other:
        assert cat not in {hit.photo_id for hit in other.search(Query("a cat")).hits}
    engine.include([cat])
    assert engine.search(Query("a cat")).hits[0].photo_id == cat
    assert engine.excluded() == []


def test_a_photo_is_copied_to_look_at_and_the_copy_outlives_the_drive(
    engine: Engine, cat: int, photos: Path, tmp_path: Path
) -> None:
    before = sorted(photos.iterdir())
    copy = engine.viewing_copy(cat)
    assert copy.is_relative_to(engine.home.root)
    assert size_of(copy) == (451, 300)
    assert sorted(photos.iterdir()) == before
    photos.rename(tmp_path / "unplugged")
    engine.rescan()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.viewing_copy(cat) == copy
    copy.unlink()
    with pytest.raises(FolderUnavailable, match="can't be reached"):
        engine.viewing_copy(cat)
    (tmp_path / "unplugged").rename(photos)
    engine.rescan()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.viewing_copy(cat) == copy


def test_copies_to_look_at_are_large_but_bounded_and_never_of_another_photo(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    large = tmp_path / "large.png"
    Image.new("RGB", (5000, 2500), "teal").save(large)
    copies = ViewingCopies(home, room_bytes=1)
    large_fingerprint = fingerprint(large)
    with pytest.raises(PhotoStillChanging):
        copies.make("0" * 32, large)
    first = copies.make(large_fingerprint, large)
    assert size_of(first) == (VIEWING_PX, VIEWING_PX // 2)
    second = copies.make(fingerprint(sample_photo("chelsea.png")), sample_photo("chelsea.png"))
    assert (first.exists(), second.exists()) == (False, True)
    assert copies.kept(large_fingerprint) is None
    assert copies.kept(second.stem) == second
    copies.close()


def test_an_edit_of_a_models_caption_can_be_taken_back(engine: Engine, cat: int) -> None:
    write_as_a_model(engine, cat, "A ginger cat looks at the camera.")
    before = engine.caption(cat)
    assert before.grounding
    engine.edit_caption(cat, "Minka in Gothenburg.")
    assert engine.wait_until_idle(WAIT_S)
    assert engine.caption(cat).locked
    engine.restore_caption(cat, before)
    assert engine.wait_until_idle(WAIT_S)
    assert engine.caption(cat) == before
    hit = next(hit for hit in engine.search(Query("a ginger cat")).hits if hit.photo_id == cat)
    assert hit.why.sentence == "A ginger cat looks at the camera."
    assert engine.progress().stages[Stage.CAPTION].pending == 1


def test_an_edit_of_the_users_own_words_can_be_taken_back(engine: Engine, cat: int) -> None:
    engine.edit_caption(cat, "Minka in Gothenburg.")
    before = engine.caption(cat)
    engine.edit_caption(cat, "Somebody else's cat.")
    engine.restore_caption(cat, before)
    assert engine.caption(cat) == before


def test_a_first_caption_can_be_taken_back_to_none(engine: Engine, cat: int) -> None:
    coffee = next(int(photo_id) for photo_id in engine.list_photos() if photo_id != cat)
    assert engine.caption(coffee) is None
    engine.edit_caption(coffee, "Breakfast in Uppsala.")
    assert engine.wait_until_idle(WAIT_S)
    engine.restore_caption(coffee, None)
    assert engine.wait_until_idle(WAIT_S)
    assert engine.caption(coffee) is None
    hit = next(hit for hit in engine.search(Query("Uppsala")).hits if hit.photo_id == coffee)
    assert (hit.caption, hit.why.sentence, hit.why.words) == (None, None, ())


def test_a_caption_can_be_asked_for_again(engine: Engine, cat: int) -> None:
    write_as_a_model(engine, cat, "A cat.")
    engine.edit_caption(cat, "Minka.")
    assert engine.wait_until_idle(WAIT_S)
    pending = engine.progress().stages[Stage.CAPTION].pending
    engine.recaption([cat])
    assert engine.wait_until_idle(WAIT_S)
    assert not engine.caption(cat).locked
    assert engine.progress().stages[Stage.CAPTION].pending == pending + 1


def test_duplicates_and_recent_photos_are_listed(engine: Engine, cat: int, photos: Path) -> None:
    shutil.copy(photos / "chelsea.png", photos / "again.png")
    engine.rescan()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.duplicates() == [cat]
    assert len(engine.photo_details(cat).files) == 2

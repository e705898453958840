"""Captions in a library: written by a real model, searchable, replaced by recipe, never against the user."""

from pathlib import Path

import pytest
from library_of_photos import copy_photos
from tiny_gguf import Pair

from engine.api import Engine, Home, Query, Stage
from engine.indexing.captions import captioner_in_use
from engine.models.store import import_pair, remove_model, use_model

WAIT_S = 180.0
PHOTOS = ("coffee.png", "motorcycle_left.png", "astronaut.png")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return copy_photos(tmp_path / "photos", PHOTOS)


def install(home: Home, pair: Pair, name: str) -> None:
    import_pair(home, pair.model, pair.mmproj, lambda model, mmproj: None, name)
    use_model(home, name)


def index(home: Home, *folders: Path) -> Engine:
    engine = Engine.open(home, leave_out={Stage.TEXT})
    for folder in folders:
        engine.add_folder(folder)
    assert engine.wait_until_idle(WAIT_S)
    return engine


def test_photos_are_captioned_and_found_by_their_captions(home: Home, photos: Path, reference_pair: Pair) -> None:
    install(home, reference_pair, "reference")
    with index(home, photos) as engine:
        assert engine.failures() == []
        counts = engine.progress().stages
        assert counts[Stage.CAPTION].done == counts[Stage.SENTENCES].done == len(PHOTOS)
        hits = engine.search(Query("anything")).hits
        captions = {hit.photo_id: engine.caption(hit.photo_id) for hit in hits}
        assert len(captions) == len(PHOTOS)
        for caption in captions.values():
            assert caption.text.endswith(".")
            assert len(caption.text.split()) > 3
            assert (caption.model, caption.locked) == ("reference", False)
        found = engine.search(Query(captions[hits[0].photo_id].text)).hits[0]
        assert found.why.sentence == captions[found.photo_id].text


def test_a_model_that_writes_nonsense_fails_photo_by_photo_with_a_reason(
    home: Home, photos: Path, tiny_pair: Pair
) -> None:
    install(home, tiny_pair, "tiny")
    with index(home, photos) as engine:
        assert engine.progress().stages[Stage.VISUAL].done == len(PHOTOS)
        failures = engine.failures()
        assert {failure.stage for failure in failures} == {Stage.CAPTION}
        assert all(failure.problem.endswith(".") for failure in failures)


def test_captions_of_another_model_are_replaced_but_the_users_words_stay(
    home: Home, photos: Path, tiny_pair: Pair, reference_pair: Pair
) -> None:
    install(home, tiny_pair, "tiny")
    with index(home, photos) as engine:
        coffee = engine.search(Query("a cup of coffee")).hits[0].photo_id
        engine.edit_caption(coffee, "The first coffee in the new flat.")
    install(home, reference_pair, "reference")
    with index(home) as engine:
        assert engine.progress().stages[Stage.CAPTION].failed == 0
        assert engine.caption(coffee).text == "The first coffee in the new flat."
        others = {hit.photo_id for hit in engine.search(Query("anything")).hits} - {coffee}
        assert {engine.caption(photo_id).model for photo_id in others} == {"reference"}


def test_without_a_model_everything_else_works_and_captions_wait(home: Home, photos: Path, tiny_pair: Pair) -> None:
    install(home, tiny_pair, "tiny")
    remove_model(home, "tiny")
    assert captioner_in_use(home) is None
    with index(home, photos) as engine:
        assert engine.progress().stages[Stage.CAPTION].pending == len(PHOTOS)
        assert engine.search(Query("a cup of coffee")).hits[0].paths[0].name == "coffee.png"


def test_a_damaged_model_stops_captions_and_nothing_else(home: Home, photos: Path, tiny_pair: Pair) -> None:
    install(home, tiny_pair, "tiny")
    model = captioner_in_use(home).model
    model.write_bytes(model.read_bytes()[:20])
    with index(home, photos) as engine:
        assert engine.captioner is None
        assert engine.captioner_problem.title.endswith(".")
        assert engine.progress().stages[Stage.CAPTION].pending == len(PHOTOS)
        assert engine.search(Query("a cup of coffee")).hits[0].paths[0].name == "coffee.png"

"""Captions in a library: written by a real model, searchable, replaced by recipe, never against the user."""

from pathlib import Path

import pytest
from library_of_photos import copy_photos, sample_photo
from tiny_gguf import Pair

from engine.api import CaptionCount, Engine, Home, Query, Settings, Stage, Standing
from engine.captioning.profile import STARTER_NAME
from engine.catalog.connection import open_reader
from engine.indexing.captions import captioner_in_use
from engine.models.store import import_pair, remove_model, use_model
from engine.search.explain import Column

WAIT_S = 180.0
PHOTOS = ("coffee.png", "motorcycle_left.png", "astronaut.png")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return copy_photos(tmp_path / "photos", PHOTOS)


@pytest.fixture
def better_pair(starter_pair: Pair, tmp_path: Path) -> Pair:
    """Another model that really describes photos: the starter with other bytes at its end, which change nothing."""
    pair = Pair(tmp_path / "better.gguf", starter_pair.mmproj)
    pair.model.write_bytes(starter_pair.model.read_bytes() + bytes(32))
    return pair


def install(home: Home, pair: Pair, name: str) -> None:
    import_pair(home, pair.model, pair.mmproj, lambda model, mmproj: None, name)
    use_model(home, name)


def index(home: Home, *folders: Path) -> Engine:
    engine = Engine.open(home, leave_out={Stage.TEXT})
    for folder in folders:
        engine.add_folder(folder)
    assert engine.wait_until_idle(WAIT_S)
    return engine


def test_a_search_moves_what_it_finds_to_the_head_of_the_caption_queue(home: Home, photos: Path) -> None:
    with Engine.open(home, leave_out={Stage.TEXT, Stage.CAPTION}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(WAIT_S)
    with Engine.open(home, leave_out={Stage.TEXT}) as engine:
        engine.pause()
        engine.remember("the queue is there", True)
        last = caption_queue(home)[-1]
        word = engine.describe_photos([last])[last].paths[0].stem.partition("_")[0]
        assert [hit.photo_id for hit in engine.search(Query(word, limit=1)).hits] == [last]
        engine.remember("the lift is done", True)
        assert caption_queue(home)[0] == last


def caption_queue(home: Home) -> list[int]:
    """Return the photos that wait for a caption, the next one first."""
    db = open_reader(home.catalog)
    sql = "SELECT photo_id FROM work WHERE stage = 'caption' AND state = 'pending' ORDER BY priority DESC, photo_id"
    waiting = [photo_id for (photo_id,) in db.execute(sql)]
    db.close()
    return waiting


def test_photos_are_captioned_by_the_starter_and_found_by_their_captions(home: Home, photos: Path) -> None:
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
            assert (caption.model, caption.locked) == (STARTER_NAME, False)
        shown = [hit for hit in hits if hit.caption]
        assert all(engine.caption(hit.photo_id).standing is Standing.WITHHELD for hit in hits if not hit.caption)
        for hit in shown:
            found = {other.photo_id: other for other in engine.search(Query(hit.caption)).hits}
            assert any(match.column is Column.CAPTION for match in found[hit.photo_id].why.words)


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
    home: Home, photos: Path, better_pair: Pair
) -> None:
    with index(home, photos) as engine:
        coffee = engine.search(Query("a cup of coffee")).hits[0].photo_id
        engine.edit_caption(coffee, "The first coffee in the new flat.")
        assert engine.count_captions() == [CaptionCount(STARTER_NAME, 2), CaptionCount(None, 1)]
    install(home, better_pair, "Better")
    with Engine.open_to_search(home) as engine:
        assert engine.captioner.name == "Better"
        assert engine.count_captions() == [CaptionCount(STARTER_NAME, 2), CaptionCount(None, 1)]
    with index(home) as engine:
        assert engine.progress().stages[Stage.CAPTION].failed == 0
        assert engine.caption(coffee).text == "The first coffee in the new flat."
        assert engine.count_captions() == [CaptionCount("Better", 2), CaptionCount(None, 1)]
        assert engine.progress().paces[Stage.CAPTION].photos == 2


def test_the_starter_goes_on_where_a_removed_model_left_off_and_keeps_its_captions(
    home: Home, photos: Path, better_pair: Pair
) -> None:
    """Whoever removes a large model to make room on the disk must not lose the hours that it wrote."""
    install(home, better_pair, "Better")
    with index(home, photos) as engine:
        assert engine.count_captions() == [CaptionCount("Better", len(PHOTOS))]
    remove_model(home, "Better")
    (photos / "moon.png").write_bytes(sample_photo("moon.png").read_bytes())
    with index(home) as engine:
        assert engine.captioner.name == STARTER_NAME
        assert engine.count_captions() == [CaptionCount("Better", len(PHOTOS)), CaptionCount(STARTER_NAME, 1)]


def test_a_failure_of_one_model_is_another_chance_for_the_next(home: Home, photos: Path, tiny_pair: Pair) -> None:
    install(home, tiny_pair, "tiny")
    with index(home, photos) as engine:
        assert engine.progress().stages[Stage.CAPTION].failed == len(PHOTOS)
    remove_model(home, "tiny")
    with index(home) as engine:
        assert engine.failures() == []
        assert engine.count_captions() == [CaptionCount(STARTER_NAME, len(PHOTOS))]


def test_captions_can_be_switched_off_for_good(home: Home, photos: Path) -> None:
    with Engine.open(home) as engine:
        engine.change_settings(Settings(captions=False))
    with index(home, photos) as engine:
        assert Stage.CAPTION not in engine.stages
        assert engine.progress().stages[Stage.CAPTION].pending == len(PHOTOS)
        assert engine.progress().paces == {}
        assert engine.count_captions() == []


def test_a_damaged_starter_stops_captions_and_nothing_else(damaged_starter: Path, home: Home, photos: Path) -> None:
    with index(home, photos) as engine:
        assert engine.captioner is None
        assert engine.captioner_problem.path == damaged_starter
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

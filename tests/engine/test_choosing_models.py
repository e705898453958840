"""Models of an open library: imported, tried, chosen and removed without opening it again."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import copy_photos
from tiny_gguf import Pair

from engine.api import CaptionCount, Engine, Home, Stage
from engine.captioning.profile import STARTER_NAME
from engine.errors import Cancelled, CatalogInUse, ModelUnavailable
from engine.indexing import single_photo
from engine.models.catalogue import read_catalogue
from engine.models.store import import_pair
from engine.workers.supervisor import Worker

WAIT_S = 180.0
PHOTOS = ("chelsea.png", "coffee.png")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    photos = copy_photos(tmp_path / "photos", PHOTOS)
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.TEXT}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(WAIT_S)
        yield engine


@pytest.fixture
def better(engine: Engine, starter_pair: Pair, tmp_path: Path) -> str:
    """Another model that really describes photos: the starter with other bytes at its end."""
    pair = Pair(tmp_path / "better.gguf", starter_pair.mmproj)
    pair.model.write_bytes(starter_pair.model.read_bytes() + bytes(32))
    import_pair(engine.home, pair.model, pair.mmproj, lambda model, mmproj: None, "Better")
    return "Better"


def test_a_library_begins_with_the_starter_and_offers_others(engine: Engine) -> None:
    shelf = engine.models()
    assert [model.name for model in shelf.installed] == [shelf.in_use] == [STARTER_NAME]
    assert shelf.offers == read_catalogue()
    assert shelf.downloaded == {}
    assert engine.expect_captions(STARTER_NAME).photos == 0


def test_a_chosen_model_captions_at_once_and_a_removed_one_keeps_its_captions(engine: Engine, better: str) -> None:
    cat, coffee = (int(photo_id) for photo_id in engine.list_photos())
    engine.edit_caption(cat, "Minka.")
    assert engine.expect_captions(better).photos == 1
    engine.use_model("better")
    assert engine.models().in_use == engine.captioner.name == better
    assert engine.wait_until_idle(WAIT_S)
    assert (engine.caption(coffee).model, engine.caption(cat).text) == (better, "Minka.")
    assert engine.expect_captions(better).photos == 0
    engine.remove_model(better)
    assert engine.models().in_use == STARTER_NAME
    assert engine.wait_until_idle(WAIT_S)
    assert set(engine.count_captions()) == {CaptionCount(better, 1), CaptionCount(None, 1)}
    assert engine.expect_captions(STARTER_NAME).photos == 0


def test_a_damaged_model_does_not_keep_others_from_being_shown(engine: Engine, better: str) -> None:
    model = engine.models().installed[1].model
    model.write_bytes(model.read_bytes()[:20])
    assert [model.name for model in engine.models().installed] == [STARTER_NAME, better]
    assert engine.expect_captions(better).photos == len(PHOTOS)
    with pytest.raises(ModelUnavailable):
        engine.try_model(better, int(engine.list_photos()[0]))


def test_what_a_model_on_offer_would_take_is_told_before_it_is_fetched(engine: Engine) -> None:
    offer = read_catalogue()[0]
    expected = engine.expect_captions(offer.model_id)
    assert expected.photos == len(PHOTOS)
    assert 0 < expected.seconds <= len(PHOTOS) * offer.core_seconds


def test_what_an_imported_model_would_take_is_guessed_and_files_not_read_yet_count(engine: Engine, better: str) -> None:
    expected = engine.expect_captions(better)
    assert expected.photos == len(PHOTOS)
    assert expected.seconds
    engine.pause()
    copy_photos(engine.folders()[0].path, ("coins.png",))
    engine.rescan()
    until = time.monotonic() + WAIT_S
    while engine.expect_captions(better).photos == len(PHOTOS) and time.monotonic() < until:
        threading.Event().wait(0.05)
    assert engine.expect_captions(better).photos == len(PHOTOS) + 1


def test_a_trial_is_given_up_while_the_model_loads(
    engine: Engine, better: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Worker([sys.executable, "-c", "input(); input(); input()"], opening=("load", {}))
    monkeypatch.setattr(single_photo, "open_caption_worker", lambda *_given: hanging)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(Cancelled):
        engine.try_model(better, int(engine.list_photos()[0]), stop)
    assert not hanging.is_running


def test_an_imported_model_is_tried_on_a_photo_of_ones_own(engine: Engine, tiny_pair: Pair, better: str) -> None:
    photo_id = int(engine.list_photos()[0])
    before = engine.caption(photo_id)
    assert engine.try_model(better, photo_id).endswith(".")
    assert engine.caption(photo_id) == before
    assert engine.import_model(tiny_pair.model, tiny_pair.mmproj, "Tiny").name == "Tiny"
    assert [model.name for model in engine.models().installed] == [STARTER_NAME, "Better", "Tiny"]
    assert engine.models().in_use == STARTER_NAME


def test_a_model_that_is_not_there_changes_nothing(engine: Engine) -> None:
    for change in (engine.use_model, engine.remove_model):
        with pytest.raises(ModelUnavailable):
            change("nothing")
    with pytest.raises(ModelUnavailable, match="comes with Reverie"):
        engine.remove_model(STARTER_NAME)
    assert engine.models().in_use == STARTER_NAME
    assert engine.wait_until_idle(WAIT_S)


def test_only_the_process_that_indexes_chooses(engine: Engine, better: str) -> None:
    with Engine.open_to_search(engine.home) as other, pytest.raises(CatalogInUse):
        other.use_model(better)
    assert engine.models().in_use == STARTER_NAME

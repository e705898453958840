"""What the user sets is kept and counts at once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from library_of_photos import copy_photos

from engine.api import Activity, Appearance, Engine, Home, Query, QuietHours, Settings, Stage
from engine.errors import Cancelled

WAIT_S = 120.0
PHOTOS = ("chelsea.png", "coffee.png")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def engine(home: Home, tmp_path: Path) -> Iterator[Engine]:
    """A library of two photos, one of them in a folder of its own, without captions."""
    copy_photos(tmp_path / "photos", PHOTOS[:1])
    copy_photos(tmp_path / "photos" / "work", PHOTOS[1:])
    with Engine.open(home, leave_out={Stage.CAPTION}) as engine:
        engine.change_settings(Settings(text_in_photos=False))
        engine.add_folder(tmp_path / "photos")
        assert engine.wait_until_idle(WAIT_S)
        yield engine


def test_all_settings_are_kept(engine: Engine) -> None:
    chosen = Settings(
        captions=False,
        text_in_photos=False,
        pause_on_battery=True,
        quiet_hours=QuietHours(time(22, 30), time(7)),
        threads=2,
        skipped_folders=(Path("/photos/work"),),
        appearance=Appearance.DARK,
        grid_captions=True,
    )
    engine.change_settings(chosen)
    assert engine.settings() == chosen
    with Engine.open_to_search(engine.home) as other:
        assert other.settings() == chosen


def test_a_folder_that_is_skipped_leaves_the_library_and_comes_back(engine: Engine, tmp_path: Path) -> None:
    before = engine.settings()
    engine.change_settings(replace(before, skipped_folders=(tmp_path / "photos" / "work",)))
    assert engine.wait_until_idle(WAIT_S)
    assert [hit.paths[0].name for hit in engine.search(Query("coffee")).hits] == ["chelsea.png"]
    engine.change_settings(before)
    assert engine.wait_until_idle(WAIT_S)
    assert engine.search(Query("coffee")).hits[0].paths[0].name == "coffee.png"


def test_stages_are_switched_on_while_the_library_is_open(engine: Engine) -> None:
    assert Stage.TEXT not in engine.stages
    engine.pause()
    engine.change_settings(replace(engine.settings(), text_in_photos=True))
    assert Stage.TEXT in engine.stages
    assert not engine.wait_until_idle(WAIT_S)
    assert engine.progress().activity is Activity.PAUSED
    engine.resume()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.progress().stages[Stage.TEXT].done == len(PHOTOS)


def test_quiet_hours_count_at_once_and_can_be_overruled(engine: Engine) -> None:
    engine.change_settings(replace(engine.settings(), quiet_hours=QuietHours(time(0), time(23, 59, 59, 999999))))
    assert not engine.wait_until_idle(WAIT_S)
    assert "quiet hours" in engine.progress().notices[0]
    engine.resume()
    assert engine.wait_until_idle(WAIT_S)
    assert engine.progress().notices == ()


def test_the_window_keeps_things_of_its_own(engine: Engine) -> None:
    assert engine.recall("history", []) == []
    engine.remember("history", ["a cat", "a cup of coffee"])
    assert engine.recall("history") == ["a cat", "a cup of coffee"]


def test_closing_waits_for_indexing_that_begins_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, start, before = threading.Event(), engine._start_indexing, threading.enumerate()

    def tell_and_start() -> None:
        begun.set()
        start()

    monkeypatch.setattr(engine, "_start_indexing", tell_and_start)
    chosen = replace(engine.settings(), text_in_photos=True)
    change = threading.Thread(target=engine.change_settings, args=(chosen,))
    change.start()
    assert begun.wait(WAIT_S)
    engine.close()
    change.join()
    added = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not {"indexer", "upkeep"}.intersection(added)


def test_a_library_that_is_closed_takes_no_changes(engine: Engine) -> None:
    engine.close()
    with pytest.raises(Cancelled, match="closed"):
        engine.change_settings(Settings(text_in_photos=True))

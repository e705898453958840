"""The first run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import copy_photos
from PySide6.QtCore import QMimeData, QPoint, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.bridge import Bridge
from desktop.library.welcome import Step, Welcome
from desktop.settings.downloads import Downloads
from engine.api import Engine, Home, Stage


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's Pictures, with photos in it."""
    pictures = copy_photos(tmp_path / "Pictures", ("coffee.png", "rocket.jpg"))
    monkeypatch.setattr(QStandardPaths, "standardLocations", lambda _kind: [str(pictures)])
    return pictures


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        yield engine


def open_welcome(qtbot: QtBot, background: Background, engine: Engine) -> Welcome:
    welcome = Welcome(engine, background, Downloads(engine))
    qtbot.addWidget(welcome)
    welcome.resize(900, 700)
    welcome.show()
    qtbot.waitUntil(lambda: bool(welcome.folders.ticked()))
    return welcome


def go_on(qtbot: QtBot, welcome: Welcome, until: Step) -> None:
    qtbot.mouseClick(welcome.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: welcome.step is until)


def drop(welcome: Welcome, *paths: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(path) for path in paths])
    event = QDropEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    welcome.folders.dropEvent(event)


def test_the_first_run_leads_from_a_welcome_to_an_indexed_library(
    qtbot: QtBot, background: Background, engine: Engine, pictures: Path
) -> None:
    welcome = open_welcome(qtbot, background, engine)
    go_on(qtbot, welcome, Step.FOLDERS)
    assert welcome.folders.ticked() == [pictures]
    go_on(qtbot, welcome, Step.CAPTIONER)
    with qtbot.waitSignal(welcome.finished):
        qtbot.mouseClick(welcome.go_on, Qt.MouseButton.LeftButton)
    assert engine.wait_until_idle(60)
    assert engine.progress().photos == 2
    qtbot.waitUntil(lambda: not Welcome.is_wanted(engine))


def test_each_captioner_tells_what_it_takes_for_the_photos_found(
    qtbot: QtBot, background: Background, engine: Engine, pictures: Path
) -> None:
    welcome = open_welcome(qtbot, background, engine)
    bridge = Bridge(engine, welcome)
    bridge.progressed.connect(welcome.show_progress)
    go_on(qtbot, welcome, Step.FOLDERS)
    go_on(qtbot, welcome, Step.CAPTIONER)
    qtbot.waitUntil(lambda: all("for 2 photos" in welcome.models.card(key).card.facts for key in welcome.models.keys))
    for key in welcome.models.keys:
        for part in ("MB", "of memory", "licence: "):
            assert part in welcome.models.card(key).card.facts
    welcome.on_battery.click()
    qtbot.waitUntil(lambda: engine.settings().pause_on_battery)


def test_dropped_folders_are_added_and_a_missing_one_is_told(
    qtbot: QtBot, background: Background, engine: Engine, pictures: Path, tmp_path: Path
) -> None:
    more, missing = copy_photos(tmp_path / "More", ("coins.png",)), tmp_path / "gone"
    welcome = open_welcome(qtbot, background, engine)
    go_on(qtbot, welcome, Step.FOLDERS)
    drop(welcome, more / "coins.png", missing)
    qtbot.mouseClick(welcome.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "not there" in welcome.problem)
    assert welcome.step is Step.FOLDERS
    assert {folder.path for folder in engine.folders()} == {pictures, more}


def test_it_can_be_skipped(qtbot: QtBot, background: Background, engine: Engine, pictures: Path) -> None:
    welcome = open_welcome(qtbot, background, engine)
    with qtbot.waitSignal(welcome.finished):
        qtbot.mouseClick(welcome.skip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not Welcome.is_wanted(engine))
    assert engine.folders() == []


def test_a_first_run_that_was_broken_off_goes_on_where_it_was(
    qtbot: QtBot, background: Background, engine: Engine, pictures: Path
) -> None:
    welcome = open_welcome(qtbot, background, engine)
    go_on(qtbot, welcome, Step.FOLDERS)
    go_on(qtbot, welcome, Step.CAPTIONER)
    qtbot.waitUntil(lambda: engine.recall("welcome step") == Step.CAPTIONER)
    again = open_welcome(qtbot, background, engine)
    finished = QSignalSpy(again.finished)
    qtbot.waitUntil(lambda: again.step is Step.CAPTIONER)
    qtbot.mouseClick(again.back, Qt.MouseButton.LeftButton)
    assert again.step is Step.FOLDERS
    assert again.folders.ticked() == [pictures]
    assert finished.count() == 0


def test_a_library_made_by_the_command_line_needs_no_first_run(engine: Engine, pictures: Path) -> None:
    assert Welcome.is_wanted(engine)
    engine.add_folder(pictures)
    assert not Welcome.is_wanted(engine)

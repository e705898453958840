"""A real window on a real library, without a screen."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from library_of_photos import copy_photos

from engine.api import Engine, Home, Query, Stage

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from desktop.application import let_go
from desktop.background import Background
from desktop.search.page import SearchPage

WAIT_MS = 60_000
CAPTIONS = {
    "astronaut.png": "A woman in an orange space suit smiles before a flag and a model of a space shuttle.",
    "chelsea.png": "A tabby cat with green eyes looks to the side.",
    "coffee.png": "A cup of coffee stands on a wooden table with a spoon.",
    "coins.png": "Old coins lie in rows on a dark cloth.",
    "motorcycle_left.png": "A motorcycle stands in a garage among tools.",
    "rocket.jpg": "A rocket on its launch pad at night.",
}


class PatientBot(QtBot):
    """Waits as long as a busy machine may take: five seconds are not always enough, and what passes waits no longer."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = WAIT_MS, **options: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitActive(self, widget: QWidget, *, timeout: int = WAIT_MS) -> AbstractContextManager[object]:
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def all_is_dropped_before_qt_ends(qapp: object) -> Iterator[None]:
    """Icons that outlive the application crash the process, after all tests have passed."""
    yield
    let_go()


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of a library of six photos, closed: indexed once, captioned by "the user"."""
    home = Home(tmp_path_factory.mktemp("home"))
    photos = copy_photos(tmp_path_factory.mktemp("photos") / "Pictures")
    with Engine.open(home, leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(120)
        for name, photo_id in photo_ids(engine).items():
            engine.edit_caption(photo_id, CAPTIONS[name])
        assert engine.wait_until_idle(120)
    return home


@pytest.fixture(scope="session")
def library(indexed_home: Home) -> Iterator[Engine]:
    """The library of six photos, open, shared by all tests: leave it as it was."""
    with Engine.open(indexed_home, leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        yield engine


@pytest.fixture
def own_library(indexed_home: Home, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the library of six photos, to be changed; its photo files are shared."""
    home = Home(Path(shutil.copytree(indexed_home.root, tmp_path / "home")))
    with Engine.open(home, leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        yield engine


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    """Threads that are joined at the end."""
    background = Background()
    yield background
    background.close()


@pytest.fixture
def window_settings(tmp_path: Path) -> QSettings:
    """Where a window remembers its shape."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def page(qtbot: QtBot, library: Engine, background: Background, window_settings: QSettings) -> Iterator[SearchPage]:
    """The page, with all photos in it."""
    yield from opened(qtbot, library, background, window_settings)


@pytest.fixture
def own_page(
    qtbot: QtBot, own_library: Engine, background: Background, window_settings: QSettings
) -> Iterator[SearchPage]:
    """The page of a library that may be changed."""
    yield from opened(qtbot, own_library, background, window_settings)


def opened(qtbot: QtBot, library: Engine, background: Background, window_settings: QSettings) -> Iterator[SearchPage]:
    page = SearchPage(library, background, window_settings)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.show_progress(library.progress())
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 6)
    yield page
    page.close_threads()


def names(page: SearchPage) -> list[str]:
    """Return the names of the files shown, in their order."""
    return [page.answer.hits[int(photo_id)].paths[0].name for photo_id in page.answer.photo_ids]


def ask(qtbot: QtBot, page: SearchPage, text: str) -> None:
    """Type a request, and wait for its answer."""
    page.field.select_all()
    qtbot.keyClicks(page.field.focusProxy(), text)
    qtbot.waitUntil(lambda: page.answer.request.text == text)


def photo_ids(engine: Engine) -> dict[str, int]:
    """Return the photos of the library by the names of their files."""
    return {hit.paths[0].name: hit.photo_id for hit in engine.search(Query(limit=100)).hits}

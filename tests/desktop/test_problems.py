"""The page of what could not be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import sample_photo
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.library.problems import ProblemsPage
from engine.api import Engine, Home, Stage


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    photo = tmp_path / "photos" / "holiday.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"\xff\xd8\xff\xe0 not much of a photo")
    return photo


@pytest.fixture
def engine(tmp_path: Path, damaged: Path) -> Iterator[Engine]:
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        engine.add_folder(damaged.parent)
        assert engine.wait_until_idle(60)
        yield engine


@pytest.fixture
def page(qtbot: QtBot, background: Background, engine: Engine) -> ProblemsPage:
    page = ProblemsPage(engine, background)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    return page


def retry_button(page: ProblemsPage) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text() == "Try again")


def test_a_damaged_file_is_listed_under_its_reason(qtbot: QtBot, page: ProblemsPage, engine: Engine) -> None:
    qtbot.waitUntil(lambda: len(page.reasons) == 1)
    failure = engine.failures()[0]
    assert page.reasons == [f"{failure.problem} {failure.advice}".strip()]


def test_trying_again_reads_a_file_that_is_whole_again(
    qtbot: QtBot, page: ProblemsPage, engine: Engine, damaged: Path
) -> None:
    qtbot.waitUntil(lambda: len(page.reasons) == 1)
    damaged.write_bytes(sample_photo("rocket.jpg").read_bytes())
    with qtbot.waitSignal(page.retried):
        qtbot.mouseClick(retry_button(page), Qt.MouseButton.LeftButton)
    assert engine.wait_until_idle(60)
    page.refresh()
    qtbot.waitUntil(lambda: page.reasons == [])
    assert any("could be read" in label.text() for label in page.findChildren(QLabel))
    assert not retry_button(page).isEnabled()
    assert engine.progress().photos == 1

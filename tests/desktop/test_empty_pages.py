"""The pages that stand where there are no photos: each says what is so and what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ask
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.icons import icon
from desktop.library.selection import Selection, Special
from desktop.notice import Notice
from desktop.search.empty import Way, empty_page
from desktop.search.page import SearchPage
from engine.api import Activity, Engine, Filters, Home, Progress, Stage
from engine.catalog.work import StageCount

NOT_CAPTIONED = {Stage.CAPTION: StageCount(pending=6, done=0, failed=0)}
PARTLY_CAPTIONED = {Stage.CAPTION: StageCount(pending=2, done=4, failed=0)}


def test_words_that_no_photo_has_lead_to_the_photos_without_them(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, 'coffee "xylophone"')
    assert page.notice.isVisible()
    assert page.notice.title == "Nothing was found"
    offer = next(button for button in page.notice.findChildren(QPushButton) if button.text().startswith("Without"))
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) > 0)
    assert page.field.text == "coffee"


def test_a_library_without_folders_says_what_to_do(
    qtbot: QtBot, background: Background, window_settings: QSettings, tmp_path: Path
) -> None:
    with Engine.open(Home(tmp_path / "empty")) as engine:
        page = SearchPage(engine, background, window_settings)
        qtbot.addWidget(page)
        page.show()
        asked = QSignalSpy(page.way_asked)
        qtbot.waitUntil(lambda: not page.answer.has_folders)
        assert page.notice.title == "Your photos, found by what you remember"
        qtbot.mouseClick(page.notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
        assert asked.at(0) == [Way.ADD_FOLDER]
        page.close_threads()
        background.close()


@pytest.mark.parametrize(
    ("activity", "title"),
    [
        (Activity.SCANNING, "Reading your photos…"),
        (Activity.PAUSED, "Reading is paused"),
        (Activity.IDLE, "There are no photos in your folders"),
    ],
)
def test_a_library_without_photos_yet_says_why(page: SearchPage, activity: Activity, title: str) -> None:
    answer = replace(page.answer, photo_ids=page.answer.photo_ids[:0])
    assert empty_page(answer, Progress(activity), can_caption=True).title == title


def test_nothing_found_without_a_captioner_leads_to_the_models(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, 'coffee "xylophone"')
    found = empty_page(page.answer, Progress(photos=6), can_caption=False)
    assert found.buttons[-1].way is Way.MODELS
    assert "model is missing" in found.text


@pytest.mark.parametrize(
    ("progress", "title", "way"),
    [
        (Progress(photos=6, files_pending=1200), "Not found so far", Way.WITHOUT),
        (Progress(Activity.PAUSED, photos=6, files_pending=1200), "Not found so far", Way.RESUME),
        (
            Progress(photos=6, stages=NOT_CAPTIONED),
            "No photo has a caption yet",
            Way.WITHOUT,
        ),
        (
            Progress(photos=6, stages=PARTLY_CAPTIONED),
            "Nothing was found",
            Way.WITHOUT,
        ),
    ],
)
def test_nothing_found_while_the_library_is_read_says_so(
    qtbot: QtBot, page: SearchPage, progress: Progress, title: str, way: Way
) -> None:
    ask(qtbot, page, 'coffee "xylophone"')
    found = empty_page(page.answer, progress, can_caption=True)
    assert (found.title, found.buttons[-1].way) == (title, way)
    assert found.text


def test_filters_that_no_photo_passes_are_taken_away_one_by_one(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "type:png from 1999")
    assert page.notice.title == "No photo fits"
    (offer,) = page.notice.findChildren(QPushButton)
    assert offer.text() == "Without the date: 5 photos"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 5)
    assert page.field.text == "type:PNG"


def test_a_folder_without_photos_leads_everywhere(qtbot: QtBot, page: SearchPage) -> None:
    page.look_in(Selection("Videos", Filters(formats=frozenset({"HEIF"}))))
    qtbot.waitUntil(page.notice.isVisible)
    everywhere = next(each for each in page.notice.findChildren(QPushButton) if each.text() == "Look everywhere")
    qtbot.mouseClick(everywhere, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 6)


def test_an_empty_list_says_what_belongs_in_it(qtbot: QtBot, page: SearchPage) -> None:
    page.look_in(Selection("Duplicates", special=Special.DUPLICATES))
    qtbot.waitUntil(lambda: page.notice.title == "No photo is there twice")
    qtbot.mouseClick(page.notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 6)


def test_everything_that_a_page_says_can_be_read(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_message(icon("time"), "A title that is much too long for one line " * 2, "And a text as well. " * 20)
    notice.resize(900, 500)
    notice.show()
    for label in notice.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())

"""The search page of a real library, with real searches."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import photo_ids
from library_of_photos import sample_photo
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.library.selection import Selection
from desktop.search.caption_dialog import CaptionDialog
from desktop.search.empty import Way, empty_page
from desktop.search.page import SearchPage
from engine.api import Activity, Engine, Filters, Home, Progress, Sort


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


def test_what_is_described_comes_first_while_typing(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a cat with green eyes")
    assert names(page)[0] == "chelsea.png"
    ask(qtbot, page, "astronaut in orange")
    assert names(page)[0] == "astronaut.png"
    assert page.model.photo(0) is page.answer.hits[int(page.answer.photo_ids[0])]


def test_nothing_typed_lists_everything(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee")
    page.field.set_text("")
    qtbot.waitUntil(lambda: page.answer.request.is_listing)
    assert len(page.answer.photo_ids) == 6
    assert page.controls.count_text == "6 photos"
    assert [section.title for section in page.answer.sections] == ["Without a date"]


def test_the_arrow_keys_bring_back_earlier_searches(qtbot: QtBot, page: SearchPage) -> None:
    line = page.field.focusProxy()
    for text in ("coffee", "old coins"):
        ask(qtbot, page, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(line, key)
        seen.append(page.field.text)
    assert seen == ["old coins", "coffee", "old coins"]
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert page.grid.hasFocus()
    assert len(page.grid.selected_ids()) == 1


def test_searches_are_remembered_for_the_next_start(
    qtbot: QtBot, page: SearchPage, library: Engine, background: Background, window_settings: QSettings
) -> None:
    ask(qtbot, page, "coffee")
    qtbot.keyClick(page.field.focusProxy(), Qt.Key.Key_Return)
    later = SearchPage(library, background, window_settings)
    qtbot.addWidget(later)
    later.field.step_back()
    assert later.field.text == "coffee"
    later.close_threads()


def test_chips_say_how_words_were_understood_and_can_be_taken_away(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "rocket type:png")
    assert page.chips.labels()[0] == "rocket"
    assert len(page.chips.labels()) == 2
    assert "rocket.jpg" not in names(page)
    kind = page.chips.labels()[1]
    remove = next(
        button for button in page.chips.findChildren(QToolButton) if button.accessibleName() == f"Search without {kind}"
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.answer.request.text == "rocket")
    assert names(page)[0] == "rocket.jpg"
    assert page.chips.labels() == [], "one chip that says what was typed says nothing"


def test_a_chip_is_edited_in_the_field(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "rocket type:png")
    kind = page.chips.labels()[1]
    edit = next(button for button in page.chips.findChildren(QToolButton) if button.accessibleName() == f"Edit {kind}")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    line = page.field.focusProxy()
    qtbot.waitUntil(line.hasFocus)
    assert line.selectedText() == "type:png"


def test_a_filter_that_nothing_passes_is_left_out_and_named(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee from 1999")
    assert names(page)[0] == "coffee.png"
    assert "No photo fits the date" in page.controls.count_text


def test_words_that_no_photo_has_lead_to_the_photos_without_them(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, 'coffee "xylophone"')
    assert page.notice.isVisible()
    assert page.notice.title == "Nothing was found"
    offer = next(button for button in page.notice.findChildren(QPushButton) if button.text().startswith("Without"))
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) > 0)
    assert page.field.text == "coffee"


def test_a_choice_of_the_sidebar_narrows_the_search_until_its_chip_is_removed(qtbot: QtBot, page: SearchPage) -> None:
    left = QSignalSpy(page.scope_left)
    page.look_in(Selection("JPEGs", Filters(formats=frozenset({"JPEG"}))))
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) == 1)
    assert page.chips.labels() == ["JPEGs"]
    ask(qtbot, page, "coffee")
    assert names(page) == ["rocket.jpg"]
    page.chips.scope_removed.emit()
    qtbot.waitUntil(lambda: len(page.answer.photo_ids) > 1)
    assert left.count() == 1
    assert names(page)[0] == "coffee.png"


def test_strictness_cuts_what_is_less_likely(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a cup of coffee")
    everything = len(page.answer.photo_ids)
    page.controls.findChild(type(page.controls._strictness)).setValue(10)
    qtbot.waitUntil(lambda: page.answer.request.strictness == 1.0)
    assert names(page) == ["coffee.png"]
    assert everything > 1


def test_photos_can_be_sorted_by_date(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "coffee")
    page.controls._sort.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.answer.request.order is Sort.NEWEST)
    assert [section.title for section in page.answer.sections] == ["Without a date"]


def test_similar_photos_are_found_by_a_photo_of_the_library(qtbot: QtBot, page: SearchPage, library: Engine) -> None:
    coins = photo_ids(library)["coins.png"]
    page.find_similar(coins)
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None, timeout=30_000)
    assert coins not in page.answer.photo_ids
    assert len(page.answer.photo_ids) > 0
    ask(qtbot, page, "with green eyes")
    assert page.answer.request.likeness
    page.field.photo_removed.emit()
    qtbot.waitUntil(lambda: page.answer.request.likeness is None)


def test_a_photo_that_is_dropped_is_searched_by_and_a_folder_is_added(
    qtbot: QtBot, page: SearchPage, tmp_path: Path
) -> None:
    folders = QSignalSpy(page.folder_dropped)
    drop(page, tmp_path)
    assert folders.at(0) == [tmp_path]
    drop(page, sample_photo("chelsea.png"))
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None, timeout=30_000)
    assert page.answer.request.likeness
    assert page.answer.request.likeness.reference.photo_id is not None


def drop(page: SearchPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, *keys)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, *keys))


def test_a_picture_is_pasted_into_the_field(qtbot: QtBot, page: SearchPage) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(sample_photo("coffee.png"))))
    page.field.setFocus()
    qtbot.keySequence(page.field.focusProxy(), QKeySequence(QKeySequence.StandardKey.Paste))
    qtbot.waitUntil(lambda: page.answer.request.likeness is not None, timeout=30_000)
    assert names(page)[0] == "coffee.png"
    assert page.field.text == ""


def test_text_on_the_clipboard_is_pasted_as_text(qtbot: QtBot, page: SearchPage) -> None:
    QGuiApplication.clipboard().setText("coffee")
    qtbot.keySequence(page.field.focusProxy(), QKeySequence(QKeySequence.StandardKey.Paste))
    assert page.field.text == "coffee"


def test_photos_are_copied_as_files_paths_and_captions(qtbot: QtBot, page: SearchPage) -> None:
    ask(qtbot, page, "a cup of coffee")
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0))
    clipboard = QGuiApplication.clipboard()
    texts = []
    for label in ("Copy", "Copy path", "Copy caption"):
        with qtbot.waitSignal(clipboard.dataChanged):
            page.actions_on_photos.action(label).trigger()
        texts.append(clipboard.text())
    assert texts[0].endswith("Pictures/coffee.png")
    assert texts[1].endswith("Pictures/coffee.png")
    assert texts[2].startswith("A cup of coffee")


def test_photos_taken_out_of_sight_come_back_with_undo(qtbot: QtBot, own_page: SearchPage) -> None:
    own_page.grid.setFocus()
    own_page.grid.selectAll()
    own_page.actions_on_photos.action("Exclude from search").trigger()
    qtbot.waitUntil(lambda: "6 photos taken out of sight" in own_page.controls.count_text)
    assert len(own_page.answer.photo_ids) == 0
    own_page.controls.undo_asked.emit()
    qtbot.waitUntil(lambda: len(own_page.answer.photo_ids) == 6)


def test_several_photos_get_one_caption(qtbot: QtBot, own_page: SearchPage, own_library: Engine) -> None:
    own_page.grid.setFocus()
    own_page.grid.selectAll()
    own_page.actions_on_photos.action("Edit caption…").trigger()
    qtbot.waitUntil(lambda: own_page.grid.findChild(CaptionDialog) is not None)
    dialog = own_page.grid.findChild(CaptionDialog)
    dialog.words.setPlainText("A thing that I own.")
    dialog.accept()
    qtbot.waitUntil(lambda: own_library.caption(photo_ids(own_library)["coins.png"]).text == "A thing that I own.")
    assert {own_library.caption(photo_id).text for photo_id in photo_ids(own_library).values()} == {
        "A thing that I own."
    }


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

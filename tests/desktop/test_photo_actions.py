"""What can be done with the photos that are selected, on a real library."""

from pathlib import Path

import pytest
from conftest import ask, photo_ids
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.library.selection import Selection, Special
from desktop.search import photo_files
from desktop.search.caption_dialog import CaptionDialog
from desktop.search.page import SearchPage
from engine.api import Engine


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
    qtbot.waitUntil(lambda: "6 photos taken out of sight" in own_page.note.text)
    assert len(own_page.answer.photo_ids) == 0
    undo = next(button for button in own_page.note.findChildren(QToolButton) if button.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(own_page.answer.photo_ids) == 6)
    assert undo.isHidden()


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
    qtbot.waitUntil(lambda: "Caption of 6 photos changed" in own_page.note.text)
    own_page.undo()
    qtbot.waitUntil(lambda: own_library.caption(photo_ids(own_library)["coins.png"]).text.startswith("Old coins"))
    qtbot.waitUntil(lambda: "changed" not in own_page.note.text)


def test_a_caption_that_is_left_as_it_was_is_not_stored(qtbot: QtBot, page: SearchPage) -> None:
    written: list[str] = []
    dialog = CaptionDialog("What is in this photo?", "Old coins.", written.append, page)
    qtbot.addWidget(dialog)
    dialog.accept()
    assert written == []


def test_words_of_the_user_come_back_after_caption_again(
    qtbot: QtBot, own_page: SearchPage, own_library: Engine
) -> None:
    coins = photo_ids(own_library)["coins.png"]
    own_page.go_to(coins)
    own_page.actions_on_photos.action("Caption again").trigger()
    qtbot.waitUntil(lambda: "1 photo will be captioned again" in own_page.note.text)
    assert not own_library.caption(coins).locked
    own_page.undo()
    qtbot.waitUntil(lambda: own_library.caption(coins).locked)


def test_excluded_photos_are_taken_back_from_their_own_list(
    qtbot: QtBot, own_page: SearchPage, own_library: Engine
) -> None:
    coins = photo_ids(own_library)["coins.png"]
    own_library.exclude([coins])
    own_page.look_in(Selection("Excluded", special=Special.EXCLUDED))
    qtbot.waitUntil(lambda: own_page.answer.photo_ids.tolist() == [coins])
    own_page.go_to(coins)
    actions = own_page.actions_on_photos
    assert not actions.action("Exclude from search").isVisible()
    actions.action("Take back into search").trigger()
    qtbot.waitUntil(lambda: own_page.notice.title == "No photo is out of sight")
    assert coins in own_library.list_photos()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("selected", [1, 6])
def test_the_menu_key_opens_the_menu_for_what_is_selected(qtbot: QtBot, page: SearchPage, selected: int) -> None:
    page.go_to(int(page.model.photo_ids[0]))
    if selected > 1:
        page.grid.selectAll()
    middle = page.grid.viewport().rect().bottomRight()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, page.grid.mapToGlobal(middle))
    QApplication.sendEvent(page.grid, event)
    actions = page.actions_on_photos
    qtbot.waitUntil(actions.menu.isVisible)
    assert actions.action("Copy").isEnabled()
    assert actions.action("Find similar").isEnabled() == (selected == 1)
    actions.menu.close()


def test_files_are_shown_and_opened_one_by_one_by_other_programs(
    qtbot: QtBot, page: SearchPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    opened: list[QUrl] = []
    monkeypatch.setattr(photo_files, "show_in_file_manager", shown.append)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.grid.setFocus()
    page.grid.selectAll()
    page.actions_on_photos.action("Show in folder").trigger()
    page.actions_on_photos.action("Open with another program").trigger()
    qtbot.waitUntil(lambda: (len(shown), len(opened)) == (6, 6))
    assert {path.name for path in shown} == {Path(url.toLocalFile()).name for url in opened}

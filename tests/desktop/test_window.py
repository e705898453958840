"""The window as a whole: what leads where, and what is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_of_photos import copy_photos, sample_photo
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMessageBox, QPushButton, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.library.welcome import Welcome
from desktop.library_view import LibraryView
from desktop.report import BugReport
from desktop.viewer.slideshow import Slideshow
from desktop.window import MainWindow
from engine.api import Appearance, Engine, Home, Settings
from engine.errors import CatalogDamaged, WorkerCrashed


@pytest.fixture
def window(qtbot: QtBot, library: Engine, background: Background, window_settings: QSettings) -> Iterator[MainWindow]:
    """A window that shows the library of all tests."""
    window = opened(qtbot, library, background, window_settings)
    yield window
    window.close()


@pytest.fixture
def own_window(
    qtbot: QtBot, own_library: Engine, background: Background, window_settings: QSettings
) -> Iterator[MainWindow]:
    """A window that shows the library of one test."""
    window = opened(qtbot, own_library, background, window_settings)
    yield window
    window.close()


def opened(qtbot: QtBot, engine: Engine, background: Background, settings: QSettings) -> MainWindow:
    window = MainWindow(background, settings)
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    window.open_library(engine)
    qtbot.waitUntil(lambda: shown(window).isVisible() and len(shown(window).search.answer.photo_ids) == 6)
    return window


def shown(window: MainWindow) -> LibraryView:
    assert window.view
    return window.view


def test_the_window_shows_at_once_and_then_the_library(
    qtbot: QtBot, background: Background, window_settings: QSettings, library: Engine
) -> None:
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.show()
    assert window.notice.title == "Opening your library…"
    window.open_library(library)
    qtbot.waitUntil(shown(window).isVisible)
    assert "6 photos" in window.statusBar().text
    window.close()


def test_a_library_that_does_not_open_is_explained(
    qtbot: QtBot, background: Background, window_settings: QSettings
) -> None:
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.show()
    window.show_problem(CatalogDamaged("The library file is damaged.", "A backup may lie there."))
    assert window.notice.title == "The library file is damaged."
    qtbot.mouseClick(window.notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_the_window_remembers_its_shape(qtbot: QtBot, background: Background, window_settings: QSettings) -> None:
    window = MainWindow(background, window_settings)
    window.show()
    window.resize(700, 500)
    window.close()
    again = MainWindow(background, window_settings)
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (700, 500)


def test_enter_leads_to_the_viewer_and_escape_back_to_the_photo(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    view.search.grid.setFocus()
    view.search.grid.setCurrentIndex(view.search.model.index(2))
    qtbot.keyClick(view.search.grid, Qt.Key.Key_Return)
    assert view.pages.currentWidget() is view.viewer
    assert view.viewer.photo_id == view.search.model.photo_ids[2]
    view.viewer.go_to(4)
    view.viewer.closed.emit()
    assert view.pages.currentWidget() is view.search
    assert view.search.grid.selected_ids() == [view.search.model.photo_ids[4]]


def test_control_f_and_the_slash_lead_to_the_field(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    window.activateWindow()
    for key, modifier in (
        (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier(0)),
    ):
        view.show_problems()
        qtbot.keyClick(window, key, modifier)
        assert view.pages.currentWidget() is view.search
        qtbot.waitUntil(view.search.field.focusProxy().hasFocus)


def test_a_slash_can_be_typed_into_the_field(qtbot: QtBot, window: MainWindow) -> None:
    line = shown(window).search.field.focusProxy()
    line.setFocus()
    qtbot.keyClicks(line, "b/w")
    assert shown(window).search.field.text == "b/w"


def test_space_shows_a_quick_look_that_follows_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    view.search.grid.setFocus()
    view.search.grid.setCurrentIndex(view.search.model.index(0))
    qtbot.keyClick(view.search.grid, Qt.Key.Key_Space)
    assert view.quick_look.isVisible()
    qtbot.keyClick(view.quick_look, Qt.Key.Key_Space)
    assert not view.quick_look.isVisible()


def test_the_details_follow_the_photo_that_is_chosen(qtbot: QtBot, window: MainWindow, library: Engine) -> None:
    view = shown(window)
    view.search.field.set_text("a cup of coffee")
    qtbot.waitUntil(lambda: bool(view.search.answer.hits))
    view.search.grid.setFocus()
    view.search.grid.setCurrentIndex(view.search.model.index(0))
    words = library.caption(int(view.search.model.photo_ids[0]))
    assert words
    editor = view.details.findChild(QTextEdit)
    qtbot.waitUntil(lambda: editor.toPlainText() == words.text)


def test_the_sidebar_can_be_hidden_and_stays_so(
    qtbot: QtBot, window: MainWindow, library: Engine, background: Background, window_settings: QSettings
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not shown(window).sidebar.isVisible()
    window.close()
    again = MainWindow(background, window_settings)
    qtbot.addWidget(again)
    again.open_library(library)
    again.show()
    qtbot.waitUntil(shown(again).isVisible)
    assert not shown(again).sidebar.isVisible()
    again.close()


def test_full_screen_shows_again_what_was_shown_before_and_nothing_else(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    view.toggle_sidebar()
    view.search.grid.opened.emit(0)
    for _ in range(2):
        qtbot.keyClick(view.viewer.focusProxy(), Qt.Key.Key_F)
    assert view.sidebar.isHidden()
    assert view.details.isVisible()


def test_leaving_the_viewer_ends_the_slideshow_and_full_screen(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    view.search.grid.opened.emit(0)
    for key in (Qt.Key.Key_S, Qt.Key.Key_F):
        qtbot.keyClick(view.viewer.focusProxy(), key)
    view.start_search()
    assert not view.viewer.findChild(Slideshow).is_running
    assert not window.isFullScreen()
    assert view.sidebar.isVisible()


def test_a_narrow_window_leaves_the_room_to_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    window.resize(800, 480)
    qtbot.waitUntil(view.details.isHidden)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() <= 640)
    view.toggle_details()
    assert view.details.isVisible()
    assert view.details.width() >= view.details.minimumWidth() > view.details.widget().minimumSizeHint().width()
    view.toggle_details()
    view.toggle_details()
    window.resize(1200, 800)
    assert view.details.isVisible()


def test_i_shows_and_hides_the_details_in_the_grid_and_in_the_viewer(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    window.activateWindow()
    view.search.grid.setFocus()
    qtbot.waitUntil(view.search.grid.hasFocus)
    qtbot.keyClick(view.search.grid, Qt.Key.Key_I)
    assert view.details.isHidden()
    view.search.grid.opened.emit(0)
    qtbot.keyClick(view.viewer.focusProxy(), Qt.Key.Key_I)
    assert view.details.isVisible()


def test_a_photo_dropped_anywhere_is_searched_by_and_folders_are_added(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    view = shown(window)
    view.show_problems()
    folders = QSignalSpy(view.search.folder_dropped)
    view.search.folder_dropped.disconnect(view.add_folder)
    drop(view, tmp_path, tmp_path.parent)
    assert [folders.at(0), folders.at(1)] == [[tmp_path], [tmp_path.parent]]
    drop(view, sample_photo("chelsea.png"))
    assert view.pages.currentWidget() is view.search
    qtbot.waitUntil(lambda: view.search.answer.request.likeness is not None)
    likeness = view.search.answer.request.likeness
    assert likeness
    assert likeness.reference.photo_id is not None
    assert view.search.field.has_photo


def drop(view: LibraryView, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, *keys)
    view.dragEnterEvent(entering)
    assert entering.isAccepted()
    assert view.drop_hint.isVisible()
    view.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, *keys))
    assert not view.drop_hint.isVisible()


def test_control_z_takes_back_what_was_done_to_photos(qtbot: QtBot, own_window: MainWindow) -> None:
    grid = shown(own_window).search.grid
    own_window.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(shown(own_window).search.answer.photo_ids) == 5)
    qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(shown(own_window).search.answer.photo_ids) == 6)


def test_a_folder_is_added_and_its_photos_appear(qtbot: QtBot, own_window: MainWindow, tmp_path: Path) -> None:
    shown(own_window).add_folder(copy_photos(tmp_path / "more", ("camera.png",)))
    qtbot.waitUntil(lambda: len(shown(own_window).search.answer.photo_ids) == 7)


def test_the_first_run_begins_with_a_welcome_and_leads_to_the_library(
    qtbot: QtBot, background: Background, window_settings: QSettings, tmp_path: Path
) -> None:
    with Engine.open(Home(tmp_path / "home")) as engine:
        window = MainWindow(background, window_settings)
        qtbot.addWidget(window)
        window.show()
        window.open_library(engine)
        qtbot.waitUntil(lambda: window.findChild(Welcome) is not None)
        welcome = window.findChild(Welcome)
        assert welcome.isVisible()
        qtbot.mouseClick(welcome.skip, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(shown(window).isVisible)
        qtbot.waitUntil(lambda: shown(window).search.notice.title == "Your photos, found by what you remember")
        window.close()
        background.close()


def test_the_settings_change_how_the_window_looks(qtbot: QtBot, own_window: MainWindow) -> None:
    own_window.show_settings()
    assert own_window.settings_dialog
    own_window.settings_dialog.changed.emit(Settings(appearance=Appearance.DARK, grid_captions=True))
    qtbot.waitUntil(lambda: own_window.palette().color(QPalette.ColorRole.Window).lightness() < 100)
    assert shown(own_window).search.grid.captions_below
    own_window.settings_dialog.changed.emit(Settings(appearance=Appearance.LIGHT))
    qtbot.waitUntil(lambda: own_window.palette().color(QPalette.ColorRole.Window).lightness() > 200)
    assert not shown(own_window).search.grid.captions_below


def test_a_bug_is_shown_once_and_can_be_copied(qtbot: QtBot, window: MainWindow, background: Background) -> None:
    failed = QSignalSpy(background.failed)
    for _ in range(2):
        background.run(lambda: 1 / 0)
    qtbot.waitUntil(lambda: failed.count() == 2)
    (report,) = window.findChildren(BugReport)
    copy = next(button for button in report.findChildren(QPushButton) if button.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    report.close()


def test_indexing_is_paused_and_gone_on_with_from_the_line_at_the_bottom(
    qtbot: QtBot, own_window: MainWindow, own_library: Engine, tmp_path: Path
) -> None:
    status = own_window.statusBar()
    status.pause_asked.emit()
    qtbot.waitUntil(lambda: status.text.endswith("paused"))
    shown(own_window).add_folder(copy_photos(tmp_path / "more", ("camera.png",)))
    qtbot.waitUntil(lambda: own_library.progress().files_pending == 1)
    assert own_library.progress().photos == 6
    go_on = next(button for button in status.findChildren(QToolButton) if button.text() == "Go on")
    qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: status.text.startswith("7 photos"))


def test_a_second_start_adds_the_folders_that_it_names(
    qtbot: QtBot, own_window: MainWindow, own_library: Engine, tmp_path: Path
) -> None:
    known, more = own_library.folders()[0].path, copy_photos(tmp_path / "more", ("camera.png",))
    own_window.come_forward([known, more])
    qtbot.waitUntil(lambda: {folder.path for folder in own_library.folders()} == {known, more})
    qtbot.waitUntil(lambda: len(shown(own_window).search.answer.photo_ids) == 7)
    assert not own_window.findChildren(QMessageBox)


def test_folders_that_come_before_the_library_is_open_are_added_when_it_is(
    qtbot: QtBot, own_library: Engine, background: Background, window_settings: QSettings, tmp_path: Path
) -> None:
    (known,), more = own_library.folders(), copy_photos(tmp_path / "more", ("camera.png",))
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.come_forward([known.path, more])
    window.open_library(own_library)
    qtbot.waitUntil(lambda: {folder.path for folder in own_library.folders()} == {known.path, more})
    qtbot.waitUntil(lambda: len(shown(window).search.answer.photo_ids) == 7)
    window.close()


def test_a_folder_that_is_not_there_does_not_keep_the_library_closed(
    qtbot: QtBot, library: Engine, background: Background, window_settings: QSettings, tmp_path: Path
) -> None:
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.show()
    window.add_folders([tmp_path / "missing"])
    window.open_library(library)
    qtbot.waitUntil(shown(window).isVisible)
    assert [box.text() for box in window.findChildren(QMessageBox)] == ["This folder is not there."]
    window.close()


def test_a_crash_of_a_worker_is_a_quiet_line(qtbot: QtBot, window: MainWindow) -> None:
    window.report(WorkerCrashed("This photo made the reader crash.", "The worker process ended with SIGSEGV."))
    assert window.statusBar().currentMessage().startswith("This photo made the reader crash.")
    assert not window.findChildren(QMessageBox)


def test_a_known_error_is_a_sentence_and_no_bug(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    shown(window).add_folder(tmp_path / "missing")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert box.text() == "This folder is not there."
    assert not window.findChildren(BugReport)
    box.close()

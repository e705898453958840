"""Quick look over a list, as over the grid."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.viewer.canvas import Canvas
from desktop.viewer.quick_look import QuickLook
from engine.api import Engine


def test_it_covers_the_window_hands_arrows_on_and_closes_with_the_key_that_opened_it(
    qtbot: QtBot, library: Engine, background: Background
) -> None:
    ids = library.list_photos().tolist()
    photos = library.describe_photos(ids)
    window, grid = QWidget(), QListWidget()
    QVBoxLayout(window).addWidget(grid)
    qtbot.addWidget(window)
    look = QuickLook(library, background, window)
    grid.addItems([str(photo_id) for photo_id in ids])
    grid.currentRowChanged.connect(lambda row: look.show_photo(ids[row]))
    window.resize(500, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    grid.setFocus()
    grid.setCurrentRow(0)
    assert not look.isVisible(), "a grid that moves opens nothing"

    look.toggle(ids[0])
    assert look.size() == window.size()
    qtbot.waitUntil(lambda: look.accessibleDescription() == photos[ids[0]].caption)
    qtbot.waitUntil(lambda: look.findChild(Canvas).photo is not None)
    qtbot.keyClick(look, Qt.Key.Key_Down)
    assert grid.currentRow() == 1
    qtbot.waitUntil(lambda: look.accessibleDescription() == photos[ids[1]].caption)
    window.resize(600, 450)
    qtbot.waitUntil(lambda: look.size() == window.size())
    qtbot.keyClick(look, Qt.Key.Key_Space)
    assert not look.isVisible()
    assert grid.hasFocus()

"""The window as a whole."""

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.background import Background
from desktop.window import MainWindow
from engine.api import Engine
from engine.errors import CatalogDamaged


def test_the_window_shows_at_once_and_then_the_library(
    qtbot: QtBot, background: Background, window_settings: QSettings, library: Engine
) -> None:
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.show()
    assert window.notice.title == "Opening your library…"
    window.open_library(library)
    assert "6" in window.notice.title


def test_a_library_that_does_not_open_is_explained(
    qtbot: QtBot, background: Background, window_settings: QSettings
) -> None:
    window = MainWindow(background, window_settings)
    qtbot.addWidget(window)
    window.show_problem(CatalogDamaged("The library file is damaged.", "A backup may lie there."))
    assert window.notice.title == "The library file is damaged."


def test_the_window_remembers_its_shape(qtbot: QtBot, background: Background, window_settings: QSettings) -> None:
    window = MainWindow(background, window_settings)
    window.show()
    window.resize(700, 500)
    window.close()
    again = MainWindow(background, window_settings)
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (700, 500)

"""Drive the real window on a real library, as somebody at the keyboard would, and take pictures of it."""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QSettings, QUrl
from PySide6.QtWidgets import QApplication, QWidget

from desktop.background import Background
from desktop.search.answer import Answer
from desktop.window import MainWindow
from engine.api import Appearance, Engine, Home

_PATIENCE_S = 120.0
_SETTLING_S = 0.6  # thumbnails come a moment after the photos they belong to


class Stage:
    """A window that is open on a library."""

    def __init__(self, window: MainWindow, engine: Engine, background: Background) -> None:
        self.window = window
        self.engine = engine
        self.background = background
        assert window.view
        self.view = window.view
        self.page = window.view.search

    @classmethod
    @contextlib.contextmanager
    def open(cls, home: Home, appearance: Appearance = Appearance.SYSTEM) -> Iterator["Stage"]:
        """Show the window, and close everything at the end. Needs an application."""
        with tempfile.TemporaryDirectory(prefix="reverie-tour-") as folder:
            background = Background()
            window = MainWindow(background, QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
            window.resize(1280, 820)
            engine = Engine.open(home)
            engine.change_settings(replace(engine.settings(), appearance=appearance))
            window.open_library(engine)
            window.show()
            try:
                yield cls(window, engine, background)
            finally:
                window.close()
                background.close()
                window.close_library()

    def search(self, words: str) -> Answer:
        """Type words into the field and wait for the answer."""
        self.page.field.set_text(words)
        return self._answer()

    def bring_photo(self, path: Path) -> Answer:
        """Drop a photo file on the window, and wait for what resembles it."""
        before, mime = self.page.answer, QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        self.page.field.pasted.emit(mime)
        self._wait(lambda: self.page.answer is not before)
        return self._answer()

    def wait_for_photos(self, count: int) -> None:
        """Wait until the library, which is being read, has so many photos."""
        self._wait(lambda: self.engine.progress().photos >= count)

    def choose_first(self) -> None:
        """Put the keyboard on the first photo, whose details then stand beside it."""
        self.page.grid.setFocus()
        self.page.grid.setCurrentIndex(self.page.model.index(0))

    def picture(self, path: Path, widget: QWidget | None = None) -> Path:
        """Write what the window, or another widget, looks like once it has come to rest."""
        until = time.monotonic() + _SETTLING_S
        self._wait(lambda: time.monotonic() > until)
        (widget or self.window).grab().save(str(path))
        return path

    def _answer(self) -> Answer:
        self._wait(lambda: self.page.is_answered)
        return self.page.answer

    def _wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > until:
                raise SystemExit("The window took longer than two minutes to answer.")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

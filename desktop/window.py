"""The main window: at once there, and filled when the library is open."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QStackedWidget

from desktop.background import Background
from desktop.bridge import Bridge
from desktop.icons import icon
from desktop.library.folder_choice import pick_folder
from desktop.library.status_bar import StatusBar
from desktop.library_view import LibraryView
from desktop.menus import build_menus
from desktop.notice import Notice
from desktop.question import explain, tell
from engine.api import Engine, Progress

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 170, 50
_GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """Show what the library is opened for; `open_library` fills the window, `show_problem` says why it stays empty."""

    def __init__(self, background: Background, settings: QSettings) -> None:
        super().__init__()
        self._background, self._settings = background, settings
        self._engine: Engine | None = None
        self.view: LibraryView | None = None
        self.setWindowTitle("Reverie")
        self.notice = Notice()
        self.notice.show_message(icon("photo"), self.tr("Opening your library…"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        self.setCentralWidget(self._stack)
        background.failed.connect(self._tell)
        self._restore_shape()

    def open_library(self, engine: Engine) -> None:
        """Show a library that is open; the window closes it at the end."""
        self._engine = engine
        self.view = LibraryView(engine, self._background, self._settings)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        self._connect(self.view, engine)
        build_menus(self, self.view)
        self._show_progress(engine.progress())
        self.view.search.setFocus()

    def close_library(self) -> None:
        """Close the library, which stores what is finished."""
        if self._engine:
            self._engine.close()

    def show_problem(self, error: Exception) -> None:
        """Say why the library does not open."""
        leave = QPushButton(self.tr("Quit"))
        leave.clicked.connect(self.close)
        self.notice.show_message(icon("warning"), *explain(error), leave)

    def pick_folder(self) -> None:
        """Let the user add a folder."""
        if self.view:
            pick_folder(self, self.view.add_folder)

    def rescan(self) -> None:
        """Look through all folders again."""
        if self._engine:
            self._background.run(self._engine.rescan)

    def come_forward(self) -> None:
        """Raise the window, as for a second start."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        if self.view:
            self.view.close_library()
        super().closeEvent(event)

    def _connect(self, view: LibraryView, engine: Engine) -> None:
        self.setStatusBar(status := StatusBar())
        bridge = Bridge(engine, self)
        bridge.progressed.connect(self._show_progress)
        status.pause_asked.connect(lambda: self._background.run(engine.pause))
        status.resume_asked.connect(lambda: self._background.run(engine.resume))
        status.problems_asked.connect(view.show_problems)
        view.add_folder_asked.connect(self.pick_folder)
        view.fullscreen_asked.connect(self._show_full_screen)

    def _show_progress(self, progress: Progress) -> None:
        status = self.statusBar()
        if self.view and isinstance(status, StatusBar):
            self.view.show_progress(progress)
            status.show_progress(progress)

    def _show_full_screen(self, full: bool) -> None:
        self.menuBar().setHidden(full)
        self.statusBar().setHidden(full)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _tell(self, error: Exception) -> None:
        tell(self, error)

    def _restore_shape(self) -> None:
        font = self.fontMetrics()
        self.resize(font.averageCharWidth() * _WIDTH_IN_CHARACTERS, font.height() * _HEIGHT_IN_LINES)
        self.restoreGeometry(self._settings.value(_GEOMETRY, QByteArray()))

"""The main window: at once there, and filled when the library is open."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton, QStackedWidget

from desktop.background import Background
from desktop.bridge import Bridge
from desktop.icons import icon
from desktop.library.folder_choice import add_new_folders, pick_folder
from desktop.library.status_bar import StatusBar
from desktop.library.welcome import Welcome
from desktop.library_view import LibraryView
from desktop.menus import build_menus
from desktop.notice import Notice
from desktop.question import explain, tell
from desktop.report import BugReport
from desktop.settings.dialog import SettingsDialog
from desktop.settings.downloads import Downloads
from desktop.theme import apply_appearance
from engine.api import Engine, Progress, Settings
from engine.errors import ReverieError, WorkerCrashed, WorkerTimeout

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 170, 50
_QUIET_LINE_MS = 15_000
_GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """Show what the library is opened for; `open_library` fills the window, `show_problem` says why it stays empty."""

    def __init__(self, background: Background, settings: QSettings) -> None:
        super().__init__()
        self._background, self._settings = background, settings
        self._engine: Engine | None = None
        self._awaiting: list[Path] = []
        self.view: LibraryView | None = None
        self._downloads: Downloads | None = None
        self.settings_dialog: SettingsDialog | None = None
        self.setWindowTitle("Reverie")
        self.notice = Notice()
        self.notice.show_message(icon("photo"), self.tr("Opening your library…"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        self.setCentralWidget(self._stack)
        background.failed.connect(self.report)
        self._restore_shape()

    def open_library(self, engine: Engine) -> None:
        """Show a library that is open; the window closes it at the end."""
        self._engine, self._downloads = engine, Downloads(engine, self)
        self.view = LibraryView(engine, self._background, self._settings)
        self._stack.addWidget(self.view)
        self._connect(self.view, engine)
        self._show_progress(engine.progress())
        self._background.run(partial(add_new_folders, engine, self._awaiting), self._prepare, self._prepare)

    def close_library(self) -> None:
        """Close the library, which stores what is finished."""
        if self._downloads:
            self._downloads.close()
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

    def show_settings(self) -> None:
        """Show the settings."""
        if dialog := self._settings_dialog():
            dialog.show()
            dialog.raise_()

    def show_models(self) -> None:
        """Show the models that write captions."""
        if dialog := self._settings_dialog():
            dialog.show_page(dialog.models)
            self.show_settings()

    def rescan(self) -> None:
        """Look through all folders again."""
        if self._engine:
            self._background.run(self._engine.rescan)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Add those folders that the library does not have yet, now or when it is open."""
        if self._engine:
            self._background.run(partial(add_new_folders, self._engine, folders))
        else:
            self._awaiting += folders

    def come_forward(self, folders: Sequence[Path] = ()) -> None:
        """Raise the window, as for a second start, which may name folders to add."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.add_folders(folders)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.view:
            self.view.close_library()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        super().closeEvent(event)

    def _prepare(self, problem: Exception | None) -> None:
        """Find out what to begin with, now that the folders are added that came before the library was open."""
        if problem:
            self.report(problem)
        if engine := self._engine:
            self._background.run(lambda: (engine.settings(), Welcome.is_wanted(engine)), self._begin)

    def _begin(self, found: tuple[Settings, bool]) -> None:
        """Show the library, after the welcome where it is the first time."""
        settings, is_first_run = found
        self._apply(settings)
        if self._engine and self._downloads and is_first_run:
            welcome = Welcome(self._engine, self._background, self._downloads)
            welcome.finished.connect(self._show_library)
            self._stack.addWidget(welcome)
            self._stack.setCurrentWidget(welcome)
        else:
            self._show_library()

    def _show_library(self) -> None:
        if self.view and self._engine:
            self._background.run(partial(self._engine.understand, "photos"))  # gets to know the library's words
            build_menus(self, self.view)
            self._stack.setCurrentWidget(self.view)
            self.view.search.setFocus()

    def _apply(self, settings: Settings) -> None:
        apply_appearance(settings.appearance)
        if self.view:
            self.view.search.grid.set_captions_below(settings.grid_captions)

    def _settings_dialog(self) -> SettingsDialog | None:
        if self.settings_dialog is None and self._engine and self._downloads:
            self.settings_dialog = SettingsDialog(self._engine, self._background, self._downloads, self)
            self.settings_dialog.changed.connect(self._apply)
            self.settings_dialog.erased.connect(self._leave_nothing)
        return self.settings_dialog

    def _leave_nothing(self) -> None:
        """Close after everything was erased, and leave nothing of the window behind either."""
        self.close()
        self._settings.clear()

    def _connect(self, view: LibraryView, engine: Engine) -> None:
        self.setStatusBar(status := StatusBar())
        bridge = Bridge(engine, self)
        bridge.progressed.connect(self._show_progress)
        status.pause_asked.connect(lambda: self._background.run(engine.pause))
        status.resume_asked.connect(lambda: self._background.run(engine.resume))
        status.problems_asked.connect(view.show_problems)
        view.add_folder_asked.connect(self.pick_folder)
        view.models_asked.connect(self.show_models)
        view.fullscreen_asked.connect(self._show_full_screen)

    def _show_progress(self, progress: Progress) -> None:
        status = self.statusBar()
        if self.view and isinstance(status, StatusBar):
            self.view.show_progress(progress)
            status.show_progress(progress)
        if isinstance(welcome := self._stack.currentWidget(), Welcome):
            welcome.show_progress(progress)

    def _show_full_screen(self, full: bool) -> None:
        self.menuBar().setHidden(full)
        self.statusBar().setHidden(full)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def report(self, error: BaseException) -> None:
        """Tell of a known error as such, and of anything else as a bug, one at a time; of a worker's end in a line."""
        if isinstance(error, WorkerCrashed | WorkerTimeout):
            self.statusBar().showMessage(str(error), _QUIET_LINE_MS)
        elif isinstance(error, ReverieError):
            if error.title not in (box.text() for box in self.findChildren(QMessageBox)):
                tell(self, error)
        elif not self.findChild(BugReport):
            BugReport(error, self).open()

    def _restore_shape(self) -> None:
        font = self.fontMetrics()
        self.resize(font.averageCharWidth() * _WIDTH_IN_CHARACTERS, font.height() * _HEIGHT_IN_LINES)
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

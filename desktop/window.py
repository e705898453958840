"""The main window: what is where."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QSplitter, QStackedWidget, QWidget

from desktop.background import Background
from desktop.bridge import Bridge
from desktop.icons import icon
from desktop.notice import Notice
from engine.api import Engine, Progress
from engine.errors import ReverieError

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 150, 48


class MainWindow(QMainWindow):
    """Hold the pages. It shows at once and says so while the library opens; `open_library` fills it."""

    def __init__(self, background: Background, settings: QSettings) -> None:
        super().__init__()
        self._background, self._settings = background, settings
        self._engine: Engine | None = None
        self.setWindowTitle("Reverie")
        self.pages = QStackedWidget()
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.addWidget(self.pages)
        self.columns.setChildrenCollapsible(False)
        self.notice = Notice()
        self.notice.show_message(icon("photo"), self.tr("Opening your library…"))
        self.pages.addWidget(self.notice)
        self.setCentralWidget(self.columns)
        self._restore_shape()

    def open_library(self, engine: Engine) -> None:
        """Show a library that is open; the window closes it at the end."""
        self._engine = engine
        bridge = Bridge(engine, self)
        bridge.progressed.connect(self.show_progress)
        self.show_progress(engine.progress())

    def close_library(self) -> None:
        """Close the library, which stores what is finished."""
        if self._engine:
            self._engine.close()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front, added if it is new."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Tell how far indexing is."""
        self.notice.show_message(icon("photo"), self.tr("%n photo(s)", "", progress.photos))

    def show_problem(self, error: Exception) -> None:
        """Say why the library does not open."""
        title, detail = self.tr("Reverie could not open its library."), str(error)
        if isinstance(error, ReverieError):
            title, detail = error.title, error.detail
        leave = QPushButton(self.tr("Quit"))
        leave.clicked.connect(self.close)
        self.notice.show_message(icon("warning"), title, detail, leave)
        self.show_page(self.notice)

    def come_forward(self) -> None:
        """Raise the window, as for a second start."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/columns", self.columns.saveState())
        super().closeEvent(event)

    def _restore_shape(self) -> None:
        font = self.fontMetrics()
        self.resize(font.averageCharWidth() * _WIDTH_IN_CHARACTERS, font.height() * _HEIGHT_IN_LINES)
        self.restoreGeometry(self._settings.value("window/geometry", QByteArray()))
        self.columns.restoreState(self._settings.value("window/columns", QByteArray()))

"""A library that is open: the sidebar, the pages, the details, and what leads from one to another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.drop_hint import DropHint
from desktop.library.problems import ProblemsPage
from desktop.library.selection import Selection
from desktop.library.sidebar import Sidebar
from desktop.search.empty import Way
from desktop.search.field import holds_photo
from desktop.search.page import SearchPage
from desktop.system.file_manager import show_in_file_manager
from desktop.viewer.details import DetailsPanel
from desktop.viewer.quick_look import QuickLook
from desktop.viewer.viewer import Viewer
from engine.api import Engine, Hit, Progress

_COLUMNS_IN_CHARACTERS = (30, 110, 46)
_LEAST_SIDEBAR, _LEAST_DETAILS, _NARROW = 18, 46, 155  # characters
_COLUMNS, _DETAILS, _SIDEBAR = "window/columns", "window/details", "window/sidebar"


class LibraryView(QWidget):
    """Hold the columns. What concerns the window as a whole goes up: `add_folder_asked`, `models_asked` and
    `fullscreen_asked`."""

    add_folder_asked = Signal()
    models_asked = Signal()
    fullscreen_asked = Signal(bool)

    def __init__(
        self, engine: Engine, background: Background, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._background, self._settings = engine, background, settings
        self._wants_sidebar = _is_true(settings.value(_SIDEBAR, defaultValue=True))
        self._wants_details = _is_true(settings.value(_DETAILS, defaultValue=True))
        self._is_narrow = self._is_viewer_alone = False
        self.sidebar = Sidebar(engine, background)
        self.search = SearchPage(engine, background, settings)
        self.viewer = Viewer(engine, background, settings)
        self.problems = ProblemsPage(engine, background)
        self.details = DetailsPanel(engine, background)
        self.quick_look = QuickLook(engine, background, self.search)
        self.pages, self.columns = QStackedWidget(), QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self._restore()
        self.drop_hint = DropHint(self)
        self.setAcceptDrops(True)

    def show_progress(self, progress: Progress) -> None:
        """Follow the library."""
        self.sidebar.refresh(progress)
        self.search.show_progress(progress)
        self.details.refresh()
        if self.pages.currentWidget() is self.problems:
            self.problems.refresh()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front; a slideshow or full screen ends when the viewer is left."""
        if page is not self.viewer:
            self.viewer.leave()
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def start_search(self) -> None:
        """Go to the field, ready for other words."""
        self.show_page(self.search)
        self.search.field.select_all()

    def show_problems(self) -> None:
        """List what could not be read."""
        self.problems.refresh()
        self.show_page(self.problems)

    def find_similar(self, photo_id: int) -> None:
        """Look for photos that resemble one."""
        self.show_page(self.search)
        self.search.find_similar(photo_id)

    def add_folder(self, path: Path) -> None:
        """Add a folder to the library."""
        self._background.run(lambda: self._engine.add_folder(path))

    def toggle_sidebar(self) -> None:
        """Show the sidebar, or hide it."""
        self._wants_sidebar = self.sidebar.isHidden()
        self.sidebar.setVisible(self._wants_sidebar)

    def toggle_details(self) -> None:
        """Show the details, also where there is little room, or hide them."""
        self._wants_details = self.details.isHidden()
        self.details.setVisible(self._wants_details)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the photos the room of the details in a window that is too narrow for all."""
        super().resizeEvent(event)
        width_px = _NARROW * self.fontMetrics().averageCharWidth()
        was_narrow, self._is_narrow = self._is_narrow, event.size().width() < width_px
        if was_narrow != self._is_narrow:
            self._show_columns()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and holds_photo(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_hint.come()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_hint.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.show_page(self.search)
        self.search.take(event.mimeData())

    def close_library(self) -> None:
        """Remember the shape of everything, and end the threads of its own."""
        self.viewer.leave()
        for key, value in (
            (_COLUMNS, self.columns.saveState()),
            (_DETAILS, self._wants_details),
            (_SIDEBAR, self._wants_sidebar),
        ):
            self._settings.setValue(key, value)
        self.search.close_threads()

    def _lay_out(self) -> None:
        for page in (self.search, self.viewer, self.problems):
            self.pages.addWidget(page)
        width_px = self.fontMetrics().averageCharWidth()
        self.sidebar.setMinimumWidth(_LEAST_SIDEBAR * width_px)
        self.details.setMinimumWidth(_LEAST_DETAILS * width_px)
        for column in (self.sidebar, self.pages, self.details):
            self.columns.addWidget(column)
        self.columns.setStretchFactor(1, 1)
        self.columns.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)
        self.setFocusProxy(self.pages)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self._look_in)
        self.sidebar.add_folder_asked.connect(self.add_folder_asked)
        self.sidebar.problems_asked.connect(self.show_problems)
        self.search.opened.connect(self._view)
        self.search.peeked.connect(self.quick_look.toggle)
        self.search.current_changed.connect(self._tell_current)
        self.search.way_asked.connect(self._lead)
        self.search.folder_dropped.connect(self.add_folder)
        self.search.scope_left.connect(self.sidebar.clear_choice)
        self.viewer.closed.connect(self._leave_viewer)
        self.viewer.find_similar.connect(self.find_similar)
        self.viewer.current_changed.connect(self._follow_viewer)
        self.viewer.details_asked.connect(self.toggle_details)
        self.viewer.fullscreen_asked.connect(self._show_only_viewer)
        self.details.find_similar.connect(self.find_similar)
        self.details.caption_edited.connect(self.search.search)
        self.details.folder_asked.connect(show_in_file_manager)

    def _restore(self) -> None:
        columns = self._settings.value(_COLUMNS)
        if isinstance(columns, QByteArray):
            self.columns.restoreState(columns)
        else:
            width_px = self.fontMetrics().averageCharWidth()
            self.columns.setSizes([width_px * characters for characters in _COLUMNS_IN_CHARACTERS])
        self._show_columns()
        self.details.show_photo(None)

    def _show_columns(self) -> None:
        """Show what the user wants to see, as far as there is room for it."""
        self.sidebar.setVisible(self._wants_sidebar and not self._is_viewer_alone)
        self.details.setVisible(self._wants_details and not (self._is_viewer_alone or self._is_narrow))

    def _look_in(self, selection: Selection) -> None:
        self.show_page(self.search)
        self.search.look_in(selection)

    def _view(self, photo_ids: Sequence[int], at: int) -> None:
        self.show_page(self.viewer)
        self.viewer.show_photos(photo_ids, at)

    def _leave_viewer(self) -> None:
        self.show_page(self.search)
        if self.viewer.photo_id is not None:
            self.search.go_to(self.viewer.photo_id)

    def _follow_viewer(self, photo_id: int) -> None:
        self.details.show_photo(photo_id, self.search.answer.hits.get(photo_id))

    def _tell_current(self, photo_id: int | None, hit: Hit | None) -> None:
        if self.pages.currentWidget() is not self.viewer:
            self.details.show_photo(photo_id, hit)
        if photo_id is not None:
            self.quick_look.show_photo(photo_id)

    def _lead(self, way: Way) -> None:
        match way:
            case Way.ADD_FOLDER:
                self.add_folder_asked.emit()
            case Way.MODELS:
                self.models_asked.emit()
            case _:
                self.show_problems()

    def _show_only_viewer(self, alone: bool) -> None:
        self._is_viewer_alone = alone
        self._show_columns()
        self.fullscreen_asked.emit(alone)


def _is_true(value: object) -> bool:
    return value in (True, "true")

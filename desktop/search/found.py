"""Where photos are shown, or a page that says why there are none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.background import Background
from desktop.grid.photos import PhotoModel
from desktop.grid.thumbnails import Thumbnails
from desktop.grid.view import GridView
from desktop.library.selection import Special
from desktop.search.answer import Answer
from desktop.search.empty import empty_page
from desktop.search.empty_notice import EmptyNotice
from desktop.search.photo_actions import PhotoActions
from engine.api import Engine, Progress


class Found(QStackedWidget):
    """Show an `Answer` as a grid, with what can be done to its photos, or as an empty page."""

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._thumbnails = Thumbnails(engine.thumbnail, self)
        self.model = PhotoModel(engine, background, self)
        self.grid = GridView(self.model, self._thumbnails)
        self.actions_on_photos = PhotoActions(engine, background, self.grid)
        self.notice = EmptyNotice()
        self.addWidget(self.grid)
        self.addWidget(self.notice)

    def show_answer(self, found: Answer, progress: Progress, *, stay: bool) -> None:
        """Show an answer; `stay` keeps the place, the selection and the current photo."""
        self.grid.show_photos(found.photo_ids, found.hits, found.sections, stay=stay)
        self.actions_on_photos.show_for(excluded=found.request.special is Special.EXCLUDED)
        if len(found.photo_ids):
            self.setCurrentWidget(self.grid)
        else:
            self.show_empty(found, progress)

    def show_empty(self, found: Answer, progress: Progress) -> None:
        """Say why there is no photo, and what can be done about it."""
        self.notice.show_page(empty_page(found, progress, can_caption=self._engine.captioner is not None))
        self.setCurrentWidget(self.notice)

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        self.notice.show_error(error)
        self.setCurrentWidget(self.notice)

    def enter(self) -> None:
        """Take the keyboard, where there are photos."""
        if len(self.model.photo_ids):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, photo_id: int) -> None:
        """Put the keyboard on a photo that is shown."""
        row = self.model.row_of(photo_id)
        if row is not None:
            self.grid.setCurrentIndex(self.model.index(row))
            self.grid.setFocus()

    def look_again(self) -> None:
        """Try once more to read thumbnails that were not there."""
        self._thumbnails.look_again()

    def close_threads(self) -> None:
        """End the threads that read thumbnails."""
        self._thumbnails.close()

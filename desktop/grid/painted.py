"""A list of photos that draws itself: cells of one size in sections, those in sight only."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.grid.cell import CellSize, paint_cell
from desktop.grid.headings import HEADING_LINES, paint_headings
from desktop.grid.layout import GridLayout, Section
from desktop.grid.photos import PhotoModel
from desktop.grid.placed import PlacedList
from desktop.grid.thumbnails import Thumbnails

_State = QStyle.StateFlag
SIZES_PX = (96, 128, 168, 216, 280, 360, 460)
USUAL_SIZE = 2
_AHEAD = 0.5  # of a page, whose thumbnails are read before they are in sight
_RESTING_MS = 80  # sizes have to stand still, and leaps to end, before thumbnails are read again
_LEAP_PAGES = 2


class PaintedList(PlacedList):
    """Draw a `PhotoModel`, and ask for what is in sight. `size_changed` comes with the size of the photos."""

    size_changed = Signal(int)

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self._photos, self._thumbnails = model, thumbnails
        self._sections: Sequence[Section] = ()
        self._size = USUAL_SIZE
        self.captions_below = True
        self._hovered = -1
        self._cell = CellSize(SIZES_PX[USUAL_SIZE], 1, captions_below=True)
        super().__init__(model, GridLayout((), self._cell.size, 0, 1), parent)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self.viewport().update)
        thumbnails.loaded.connect(self.viewport().update)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show the photos of the model in these sections, which begin at once."""
        self._sections = sections
        self._arrange()

    def read_at_once(self) -> None:
        """Read what is in sight without waiting for the end of a leap."""
        self._resting.stop()

    @property
    def photo_size(self) -> int:
        """How large the photos are: an index into `SIZES_PX`."""
        return self._size

    def thumbnail(self, row: int) -> QPixmap | None:
        """Return the thumbnail of a photo as it is now, perhaps of another size than it is drawn in."""
        photo = self._photos.known(row)
        return self._thumbnails.pixmap(photo.fingerprint) if photo else None

    def set_size(self, size: int) -> None:
        """Make the photos larger or smaller, keeping what is in the middle in sight."""
        size = min(max(size, 0), len(SIZES_PX) - 1)
        if size != self._size:
            self._size = size
            self._arrange_around_centre()
            self.size_changed.emit(size)

    def set_captions_below(self, below: bool) -> None:
        """Show captions and dates always, or only of the photo under the pointer or the keyboard."""
        self.captions_below = below
        self._arrange_around_centre()

    def doItemsLayout(self) -> None:
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if abs(dy) > _LEAP_PAGES * self.viewport().height():
            self._resting.start()
        super().scrollContentsBy(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._resting.isActive())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        in_sight = self.viewport().rect().translated(0, self.verticalOffset())
        painter.translate(0, -in_sight.top())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in self.placed.rows_in(in_sight):
            self._paint_photo(painter, option, row)
        margin_px = self._cell.square_in(QRect(0, 0, self.placed.cell.width(), 0)).left()
        paint_headings(painter, self.placed, self.palette(), in_sight, margin_px)
        if not self._resting.isActive():
            self._want(in_sight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange_around_centre()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _arrange(self) -> None:
        width_px, line_px = self.viewport().width(), self.fontMetrics().height()
        self._cell = CellSize.fitting(width_px, SIZES_PX[self._size], line_px, captions_below=self.captions_below)
        self.place(GridLayout(self._sections, self._cell.size, round(line_px * HEADING_LINES), width_px))

    def _arrange_around_centre(self) -> None:
        self._resting.start()
        centre = self.indexAt(self.viewport().rect().center())
        was_at_top = self.verticalOffset() == 0
        self._arrange()
        if centre.isValid() and not was_at_top:
            self.scrollTo(centre, QListView.ScrollHint.PositionAtCenter)

    def _paint_photo(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        option.rect, option.state = self.placed.rect(row), self._state(row)
        paint_cell(painter, option, self._cell, self._photos.known(row), self.thumbnail(row))

    def _state(self, row: int) -> QStyle.StateFlag:
        state = _State.State_Enabled
        if self.selectionModel().isSelected(self._photos.index(row)):
            state |= _State.State_Selected
        if self.hasFocus() and row == self.currentIndex().row():
            state |= _State.State_HasFocus
        if row == self._hovered:
            state |= _State.State_MouseOver
        return state

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _want(self, in_sight: QRect) -> None:
        """Ask for the photos in sight first, and then for those that come next."""
        ahead = round(in_sight.height() * _AHEAD)
        rows = dict.fromkeys(self.placed.rows_in(in_sight) + self.placed.rows_in(in_sight.translated(0, ahead)))
        photos = (self._photos.photo(row) for row in rows)
        side_px = round(self._cell.side_px * self.devicePixelRatioF())
        self._thumbnails.want([photo.fingerprint for photo in photos if photo], side_px)

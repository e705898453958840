"""The grid itself: cells of one size in sections, drawn when they are in sight, for any number of photos."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.grid.cell import CellSize, paint_cell
from desktop.grid.dragged import dragged_picture
from desktop.grid.headings import HEADING_LINES, paint_headings
from desktop.grid.layout import GridLayout, Section
from desktop.grid.photos import PhotoModel
from desktop.grid.placed import PlacedList
from desktop.grid.thumbnails import Thumbnails
from engine.api import Hit

_Flag = QItemSelectionModel.SelectionFlag
_State = QStyle.StateFlag
SIZES_PX = (96, 128, 168, 216, 280, 360, 460)
USUAL_SIZE = 2
_AHEAD = 0.5  # of a page, whose thumbnails are read before they are in sight
_RESTING_MS = 80  # sizes have to stand still, and leaps to end, before thumbnails are read again
_LEAP_PAGES = 2
_NO_MODIFIER, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
_WHEEL_STEP = 120  # eighths of a degree: one notch of a mouse wheel


class GridView(PlacedList):
    """Show a `PhotoModel` in sections.

    `opened` carries the row to be looked at, `peeked` the row for a quick look; `menu_asked` the point of the viewport
    where a menu is wanted; `size_changed` comes with the size, and `left` when the keyboard goes up and out.
    """

    opened = Signal(int)
    peeked = Signal(int)
    menu_asked = Signal(QPoint)
    size_changed = Signal(int)
    left = Signal()

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self._photos, self._thumbnails = model, thumbnails
        self._sections: Sequence[Section] = ()
        self._size = USUAL_SIZE
        self.captions_below = True
        self._hovered = -1
        self._wheeled = 0
        self._cell = CellSize(SIZES_PX[USUAL_SIZE], 1, captions_below=True)
        super().__init__(model, GridLayout((), self._cell.size, 0, 1), parent)
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self.viewport().update)
        self._behave()
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        thumbnails.loaded.connect(self.viewport().update)

    def show_photos(
        self, photo_ids: NDArray[np.int64], hits: Mapping[int, Hit], sections: Sequence[Section], *, stay: bool = False
    ) -> None:
        """Show other photos in these sections, from the top; `stay` keeps the place, the selection and the current."""
        offset, selected, current = self.verticalOffset(), self.selected_ids(), self.current_id()
        row = self.currentIndex().row()
        self._sections = sections
        self._photos.show(photo_ids, hits)
        self._arrange()
        if stay:
            self._select_again(selected, current, row)
        self.verticalScrollBar().setValue(offset if stay else 0)
        self._resting.stop()

    def current_id(self) -> int | None:
        """Return the photo that the keyboard is on."""
        row = self.currentIndex().row()
        return int(self._photos.photo_ids[row]) if row >= 0 else None

    def selected_ids(self) -> list[int]:
        """Return the photos that are selected, in their order."""
        photo_ids: list[int] = self._photos.photo_ids[self.selected_rows()].tolist()
        return photo_ids

    def thumbnail(self, row: int) -> QPixmap | None:
        """Return the thumbnail of a photo as it is now, perhaps of another size than it is drawn in."""
        photo = self._photos.known(row)
        return self._thumbnails.pixmap(photo.fingerprint) if photo else None

    @property
    def photo_size(self) -> int:
        """How large the photos are: an index into `SIZES_PX`."""
        return self._size

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

    def startDrag(self, _actions: Qt.DropAction) -> None:
        rows = self.selected_rows()
        if rows:
            drag = QDrag(self)
            drag.setMimeData(self._photos.files(rows))
            drag.setPixmap(dragged_picture(self.thumbnail(self.currentIndex().row()), len(rows), self))
            drag.exec(Qt.DropAction.CopyAction)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the photo that the keyboard comes to: what can be done is done to the selected ones."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, is_plain = self.currentIndex().row(), event.modifiers() in (_NO_MODIFIER, _KEYPAD)
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._ask_menu_at_current()  # the key for menus on keyboards without one, which not all platforms hear
        elif row < 0 or not is_plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.peeked.emit(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Escape and len(self.selected_rows()) > 1:
            self.setCurrentIndex(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.placed.row_beside(row, -1) == row
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the photo under the pointer, or at the one that the keyboard is on."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_menu_at_current()
        elif self.indexAt(event.pos()).isValid():
            self.menu_asked.emit(event.pos())

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would look through the captions of all photos."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or change the size by one step a notch; a touch pad sends a notch in many parts."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheeled += event.angleDelta().y()
        steps = int(self._wheeled / _WHEEL_STEP)
        self._wheeled -= steps * _WHEEL_STEP
        self.set_size(self._size + steps)

    def _ask_menu_at_current(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            self.menu_asked.emit(self.visualRect(self.currentIndex()).center())

    def _behave(self) -> None:
        self.setAccessibleName(self.tr("Photos"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

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

    def _select_again(self, selected: Sequence[int], current: int | None, row: int) -> None:
        """Select photos; where the keyboard was on one that has gone it comes to the one in its place."""
        rows = np.flatnonzero(np.isin(self._photos.photo_ids, selected))
        self.select_rows(rows.tolist(), _Flag.ClearAndSelect)
        now = None if current is None else self._photos.row_of(current)
        if now is not None:
            self.selectionModel().setCurrentIndex(self._photos.index(now), _Flag.NoUpdate)
        elif row >= 0 and self.placed.photos:
            flags = _Flag.NoUpdate if len(rows) else _Flag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._photos.index(min(row, self.placed.photos - 1)), flags)

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

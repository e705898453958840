"""The grid itself: what mouse and keyboard do to photos, and how others follow them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.grid.dragged import dragged_picture
from desktop.grid.layout import Section
from desktop.grid.painted import PaintedList
from desktop.grid.photos import PhotoModel
from desktop.grid.thumbnails import Thumbnails
from engine.api import Hit

_Flag = QItemSelectionModel.SelectionFlag
_NO_MODIFIER, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
_WHEEL_STEP = 120  # eighths of a degree: one notch of a mouse wheel


class GridView(PaintedList):
    """Show a `PhotoModel` in sections.

    `opened` carries the row to be looked at, `peeked` the row for a quick look; `menu_asked` the point of the viewport
    where a menu is wanted; `left` comes when the keyboard goes up and out.
    """

    opened = Signal(int)
    peeked = Signal(int)
    menu_asked = Signal(QPoint)
    left = Signal()

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(model, thumbnails, parent)
        self._wheeled = 0
        self._behave()
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def show_photos(
        self, photo_ids: NDArray[np.int64], hits: Mapping[int, Hit], sections: Sequence[Section], *, stay: bool = False
    ) -> None:
        """Show other photos in these sections, from the top; `stay` keeps the place, the selection and the current."""
        offset, selected, current = self.verticalOffset(), self.selected_ids(), self.current_id()
        row = self.currentIndex().row()
        self._photos.show(photo_ids, hits)
        self.show_sections(sections)
        if stay:
            self._select_again(selected, current, row)
        self.verticalScrollBar().setValue(offset if stay else 0)
        self.read_at_once()

    def current_id(self) -> int | None:
        """Return the photo that the keyboard is on."""
        row = self.currentIndex().row()
        return int(self._photos.photo_ids[row]) if row >= 0 else None

    def selected_ids(self) -> list[int]:
        """Return the photos that are selected, in their order."""
        photo_ids: list[int] = self._photos.photo_ids[self.selected_rows()].tolist()
        return photo_ids

    def startDrag(self, _actions: Qt.DropAction) -> None:
        rows = self.selected_rows()
        if rows:
            drag = QDrag(self)
            drag.setMimeData(self._photos.files(rows))
            drag.setPixmap(dragged_picture(self.thumbnail(self.currentIndex().row()), len(rows), self))
            drag.exec(Qt.DropAction.CopyAction)

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
        self.set_size(self.photo_size + steps)

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

"""The grid itself: cells of one size in sections, drawn when they are in sight, for any number of photos."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.grid.cell import CellSize, paint_cell
from desktop.grid.layout import GridLayout, Section
from desktop.grid.photos import PhotoModel
from desktop.grid.thumbnails import Thumbnails
from engine.api import Hit

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
SIZES_PX = (96, 128, 168, 216, 280, 360, 460)
USUAL_SIZE = 2
_HEADING_SCALE = 1.2
_HEADING_LINES = 2.4
_AHEAD = 0.5  # of a page, whose thumbnails are read before they are in sight


class GridView(QListView):
    """Show a `PhotoModel`. A list view whose cells our own layout places: Qt's would ask for the size of each.

    `opened` carries the row to be looked at, `peeked` the row for a quick look; `size_changed` comes with the size.
    """

    opened = Signal(int)
    peeked = Signal(int)
    size_changed = Signal(int)

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos, self._thumbnails = model, thumbnails
        self._sections: Sequence[Section] = ()
        self._size = USUAL_SIZE
        self.captions_below = True
        self._hovered = -1
        self._cell = self._fit_cell()
        self._layout = self._lay_out()
        self.setModel(model)
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
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        thumbnails.loaded.connect(self.viewport().update)

    def show_photos(
        self, photo_ids: NDArray[np.int64], hits: Mapping[int, Hit], sections: Sequence[Section], *, stay: bool = False
    ) -> None:
        """Show other photos in these sections, from the top; `stay` keeps the place, the selection and the current."""
        offset, selected, current = self.verticalOffset(), self.selected_ids(), self.current_id()
        self._sections = sections
        self._photos.show(photo_ids, hits)
        self._arrange()
        if stay:
            self._select_again(selected, current)
        self.verticalScrollBar().setValue(offset if stay else 0)

    def current_id(self) -> int | None:
        """Return the photo that the keyboard is on."""
        row = self.currentIndex().row()
        return int(self._photos.photo_ids[row]) if row >= 0 else None

    @property
    def size(self) -> int:
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
        """Show captions and dates always, or only of the photo under the pointer."""
        self.captions_below = below
        self._arrange_around_centre()

    def selected_ids(self) -> list[int]:
        """Return the photos that are selected, in their order."""
        rows = [row for part in self.selectionModel().selection() for row in range(part.top(), part.bottom() + 1)]
        return [int(self._photos.photo_ids[row]) for row in sorted(rows)]

    # What Qt asks of a view whose cells it does not place itself.

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.row() >= self._layout.photos:
            return QRect()
        return self._layout.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._layout.row_at(point + QPoint(0, self.verticalOffset()))
        return QModelIndex() if row is None else self._photos.index(row)

    def scrollTo(self, index: _Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= self._layout.photos:
            return
        cell, bar, height = self._layout.rect(index.row()), self.verticalScrollBar(), self.viewport().height()
        if hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() - self._heading_px() < bar.value():
            bar.setValue(cell.top() - self._heading_px())
        elif cell.bottom() > bar.value() + height:
            bar.setValue(cell.bottom() - height + 1)

    def doItemsLayout(self) -> None:
        self._arrange()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def updateGeometries(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(max(self._layout.cell.height() // 4, 1))
        bar.setRange(0, max(0, self._layout.height_px - page))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        flags = QItemSelectionModel.SelectionFlag
        if command & flags.Current and not command & flags.Toggle:
            rows = self._rows_between(self.indexAt(rect.topLeft()).row(), self.currentIndex().row())
        else:
            rows = self._layout.rows_in(rect.normalized().translated(0, self.verticalOffset()))
        self.selectionModel().select(self._selection(rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        current, last = self.currentIndex().row(), self._layout.photos - 1
        if last < 0:
            return QModelIndex()
        if current < 0:
            return self._photos.index(0)
        page = max(1, self.viewport().height() // self._layout.cell.height())
        if action in (_Move.MoveUp, _Move.MoveDown, _Move.MovePageUp, _Move.MovePageDown):
            lines = {_Move.MoveUp: -1, _Move.MoveDown: 1, _Move.MovePageUp: -page, _Move.MovePageDown: page}[action]
            return self._photos.index(self._layout.row_beside(current, lines))
        row = {_Move.MoveHome: 0, _Move.MoveEnd: last, _Move.MoveLeft: current - 1, _Move.MovePrevious: current - 1}
        return self._photos.index(min(max(row.get(action, current + 1), 0), last))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        offset = self.verticalOffset()
        in_sight = self.viewport().rect().translated(0, offset)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in self._layout.rows_in(in_sight):
            self._paint_photo(painter, option, row, offset)
        self._paint_headings(painter, in_sight, offset)
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
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self.peeked.emit(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would look through the captions of all photos."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_size(self._size + (1 if event.angleDelta().y() > 0 else -1))
        else:
            super().wheelEvent(event)

    def _heading_px(self) -> int:
        return round(self.fontMetrics().height() * _HEADING_LINES)

    def _arrange(self) -> None:
        self._cell = self._fit_cell()
        self._layout = self._lay_out()
        self.updateGeometries()
        self.viewport().update()

    def _fit_cell(self) -> CellSize:
        width_px, line_px = self.viewport().width(), self.fontMetrics().height()
        return CellSize.fitting(width_px, SIZES_PX[self._size], line_px, captions_below=self.captions_below)

    def _lay_out(self) -> GridLayout:
        return GridLayout(self._sections, self._cell.size, self._heading_px(), self.viewport().width())

    def _arrange_around_centre(self) -> None:
        centre = self.indexAt(self.viewport().rect().center())
        was_at_top = self.verticalOffset() == 0
        self._arrange()
        if centre.isValid() and not was_at_top:
            self.scrollTo(centre, QListView.ScrollHint.PositionAtCenter)

    def _paint_photo(self, painter: QPainter, option: QStyleOptionViewItem, row: int, offset: int) -> None:
        option.rect = self._layout.rect(row).translated(0, -offset)
        option.state = self._state(row)
        photo = self._photos.photo(row)
        paint_cell(painter, option, self._cell, photo, self._thumbnails.pixmap(photo.fingerprint) if photo else None)

    def _state(self, row: int) -> QStyle.StateFlag:
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(self._photos.index(row)):
            state |= QStyle.StateFlag.State_Selected
        if self.hasFocus() and row == self.currentIndex().row():
            state |= QStyle.StateFlag.State_HasFocus
        if row == self._hovered:
            state |= QStyle.StateFlag.State_MouseOver
        return state

    def _paint_headings(self, painter: QPainter, in_sight: QRect, offset: int) -> None:
        """Draw the headings; the one of the topmost section stays in sight until the next one pushes it away."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _HEADING_SCALE)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for section, rect in self._layout.headings_in(in_sight):
            self._paint_heading(painter, section, rect.translated(0, -offset))
        topmost = self._layout.heading_above(offset)
        if topmost and topmost[0].title:
            section, end = topmost
            top = min(0, end - offset - self._heading_px())
            self._paint_heading(painter, section, QRect(0, top, self.viewport().width(), self._heading_px()))

    def _paint_heading(self, painter: QPainter, section: Section, rect: QRect) -> None:
        painter.fillRect(rect, self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        margin = self._cell.square_in(QRect(0, 0, self._layout.cell.width(), 0)).left()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(margin, 0, -margin, 0), flags, section.title)

    def _select_again(self, selected: Sequence[int], current: int | None) -> None:
        flags = QItemSelectionModel.SelectionFlag
        rows = np.flatnonzero(np.isin(self._photos.photo_ids, selected))
        self.selectionModel().select(self._selection(rows.tolist()), flags.ClearAndSelect)
        row = None if current is None else self._photos.row_of(current)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._photos.index(row), flags.NoUpdate)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _rows_between(self, anchor: int, current: int) -> Sequence[int]:
        ends = [row for row in (anchor, current) if row >= 0]
        return range(min(ends), max(ends) + 1) if ends else ()

    def _want(self, in_sight: QRect) -> None:
        ahead = round(in_sight.height() * _AHEAD)
        rows = self._layout.rows_in(in_sight)
        rows += self._layout.rows_in(QRect(0, in_sight.bottom() + 1, in_sight.width(), ahead))
        photos = (self._photos.photo(row) for row in dict.fromkeys(rows))
        side_px = round(self._cell.side_px * self.devicePixelRatioF())
        self._thumbnails.want([photo.fingerprint for photo in photos if photo], side_px)

    def _selection(self, rows: Sequence[int]) -> QItemSelection:
        selection, sorted_rows = QItemSelection(), np.array(rows, dtype=np.int64)
        for run in np.split(sorted_rows, np.flatnonzero(np.diff(sorted_rows) > 1) + 1):
            if len(run):
                selection.select(self._photos.index(int(run[0])), self._photos.index(int(run[-1])))
        return selection

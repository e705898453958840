"""A list view whose cells our own layout places: the base of the grid."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.grid.layout import GridLayout

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag


class PlacedList(QListView):
    """Answer what Qt asks of a list view by a `GridLayout`; Qt's own list would ask for the size of each cell."""

    def __init__(self, model: QAbstractItemModel, placed: GridLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.placed = placed
        self.setModel(model)

    def place(self, placed: GridLayout) -> None:
        """Show the cells where another layout places them."""
        self.placed = placed
        self.updateGeometries()
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Return the rows that are selected, in their order."""
        parts = self.selectionModel().selection().toList()
        return sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))

    def select_rows(self, rows: Sequence[int], command: QItemSelectionModel.SelectionFlag) -> None:
        """Select sorted rows, run by run."""
        selection, model, sorted_rows = QItemSelection(), self.model(), np.array(rows, dtype=np.int64)
        for run in np.split(sorted_rows, np.flatnonzero(np.diff(sorted_rows) > 1) + 1):
            if len(run):
                selection.select(model.index(int(run[0]), 0), model.index(int(run[-1]), 0))
        self.selectionModel().select(selection, command)

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.row() >= self.placed.photos:
            return QRect()
        return self.placed.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.placed.row_at(point + QPoint(0, self.verticalOffset()))
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(self, index: _Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= self.placed.photos:
            return
        cell, bar, height = self.placed.rect(index.row()), self.verticalScrollBar(), self.viewport().height()
        if hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() - self.placed.heading_px < bar.value():
            bar.setValue(cell.top() - self.placed.heading_px)
        elif cell.bottom() > bar.value() + height:
            bar.setValue(cell.bottom() - height + 1)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def updateGeometries(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(max(self.placed.cell.height() // 4, 1))
        bar.setRange(0, max(0, self.placed.height_px - page))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        if command & _Flag.Current and not command & _Flag.Toggle:
            rows = self._rows_between(self.indexAt(rect.topLeft()).row(), self.currentIndex().row())
        else:
            rows = self.placed.rows_in(rect.normalized().translated(0, self.verticalOffset()))
        self.select_rows(rows, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: _Move, modifiers: object) -> QModelIndex:
        current, last = self.currentIndex().row(), self.placed.photos - 1
        if last < 0:
            return QModelIndex()
        if current < 0:
            return self.model().index(0, 0)
        page = max(1, self.viewport().height() // self.placed.cell.height())
        lines = {_Move.MoveUp: -1, _Move.MoveDown: 1, _Move.MovePageUp: -page, _Move.MovePageDown: page}
        if action in lines:
            return self.model().index(self.placed.row_beside(current, lines[action]), 0)
        row = {_Move.MoveHome: 0, _Move.MoveEnd: last, _Move.MoveLeft: current - 1, _Move.MovePrevious: current - 1}
        return self.model().index(min(max(row.get(action, current + 1), 0), last), 0)

    def _rows_between(self, anchor: int, current: int) -> Sequence[int]:
        ends = [row for row in (anchor, current) if row >= 0]
        return range(min(ends), max(ends) + 1) if ends else ()

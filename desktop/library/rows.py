"""How lines of lists are drawn: with room around them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

_LINE_ROOM = 0.7
_HEADING_ROOM = 1.3

_Index = QModelIndex | QPersistentModelIndex


class RoomyRows(QStyledItemDelegate):
    """Give each line room; what cannot be chosen is a heading, with more room, in quieter colours."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Add room to what the line needs."""
        size = super().sizeHint(option, index)
        room = _HEADING_ROOM if _is_heading(index) else _LINE_ROOM
        return size + QSize(0, round(option.fontMetrics.height() * room))

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Make headings and counts quiet."""
        super().initStyleOption(option, index)
        if _is_heading(index) or index.column() > 0:
            quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, quiet)


def let_rows_breathe(view: QAbstractItemView) -> None:
    """Draw the lines of a view with room around them."""
    view.setItemDelegate(RoomyRows(view))


def _is_heading(index: _Index) -> bool:
    return not index.flags() & Qt.ItemFlag.ItemIsSelectable

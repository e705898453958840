"""Draw one photo of a grid: its thumbnail, the number of its files, its caption and its date."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.grid.photos import spoken_date
from desktop.icons import icon
from engine.api import Hit, Photo

_MARGIN = 6
_RING = 3
_VEIL_ALPHA = 240  # text on it keeps a contrast of 4.5 over black and white photos alike
_Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class CellSize:
    """How large a cell is: a square for the photo, and two lines of text below it where they are always shown."""

    side_px: int
    line_px: int
    captions_below: bool

    @classmethod
    def fitting(cls, width_px: int, about_px: int, line_px: int, *, captions_below: bool) -> "CellSize":
        """Return cells with photos of about a size, as many beside each other as fill a width."""
        columns = max(1, width_px // (about_px + 2 * _MARGIN))
        return cls(max(width_px // columns, about_px) - 2 * _MARGIN, line_px, captions_below)

    @property
    def size(self) -> QSize:
        """The whole cell, with the room around it."""
        text_px = 2 * self.line_px + _MARGIN if self.captions_below else 0
        return QSize(self.side_px + 2 * _MARGIN, self.side_px + text_px + 2 * _MARGIN)

    def square_in(self, cell: QRect) -> QRect:
        """Return where the photo is drawn."""
        left = cell.left() + (cell.width() - self.side_px) // 2
        return QRect(left, cell.top() + _MARGIN, self.side_px, self.side_px)


def paint_cell(
    painter: QPainter, option: QStyleOptionViewItem, size: CellSize, photo: Hit | Photo | None, pixmap: QPixmap | None
) -> None:
    """Draw a photo into `option.rect`, or what keeps its place until it is there."""
    square = size.square_in(option.rect)
    if pixmap:
        painter.drawPixmap(square, pixmap)
    else:
        _paint_placeholder(painter, option.palette, square)
    if photo:
        _paint_text(painter, option, size, square, photo)
        if len(photo.paths) > 1:
            _paint_badge(painter, option, square, str(len(photo.paths)))
    _paint_ring(painter, option, square)


def _paint_placeholder(painter: QPainter, palette: QPalette, square: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.AlternateBase))
    painter.drawRoundedRect(square, _MARGIN, _MARGIN)


def _paint_text(
    painter: QPainter, option: QStyleOptionViewItem, size: CellSize, square: QRect, photo: Hit | Photo
) -> None:
    is_pointed_at = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
    if not size.captions_below and not is_pointed_at:
        return
    lines = [line for line in (photo.caption or "", spoken_date(photo.taken_at)) if line]
    area = QRect(square.left(), square.bottom() + _MARGIN, square.width(), 2 * size.line_px)
    if not size.captions_below:
        if not lines:
            return
        area = QRect(square.left(), square.bottom() + 1 - len(lines) * size.line_px - _MARGIN, square.width(), 0)
        area.setBottom(square.bottom())
        _paint_veil(painter, option.palette, area)
        area.adjust(_MARGIN, _MARGIN // 2, -_MARGIN, 0)
    for number, line in enumerate(lines):
        is_date = number == len(lines) - 1 and bool(photo.taken_at)
        painter.setPen(option.palette.color(_Role.PlaceholderText if is_date else _Role.Text))
        place = QRect(area.left(), area.top() + number * size.line_px, area.width(), size.line_px)
        elided = QFontMetrics(option.font).elidedText(line, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _paint_veil(painter: QPainter, palette: QPalette, area: QRect) -> None:
    veil = QColor(palette.color(_Role.Base))
    veil.setAlpha(_VEIL_ALPHA)
    painter.fillRect(area, veil)


def _paint_badge(painter: QPainter, option: QStyleOptionViewItem, square: QRect, count: str) -> None:
    height = QFontMetrics(option.font).height() + 4
    width = height + QFontMetrics(option.font).horizontalAdvance(count) + _MARGIN
    badge = QRect(square.right() - width - _MARGIN, square.top() + _MARGIN, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.color(_Role.Base))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    icon("similar").paint(painter, badge.adjusted(_MARGIN, 3, _MARGIN + height - width, -3))
    painter.setPen(option.palette.color(_Role.Text))
    number = badge.adjusted(height, 0, -_MARGIN, 0)
    painter.drawText(number, Qt.AlignmentFlag.AlignCenter, count)


def _paint_ring(painter: QPainter, option: QStyleOptionViewItem, square: QRect) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(QPen(option.palette.color(_Role.Accent), _RING))
        painter.drawRoundedRect(square.adjusted(-1, -1, 1, 1), _MARGIN, _MARGIN)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(option.palette.color(_Role.Text), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(square.adjusted(-4, -4, 4, 4), _MARGIN, _MARGIN)

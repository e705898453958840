"""Draw the headings of a grid."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

from desktop.grid.layout import GridLayout, Section

_SCALE = 1.2
HEADING_LINES = 2.4


def paint_headings(painter: QPainter, placed: GridLayout, palette: QPalette, in_sight: QRect, margin_px: int) -> None:
    """Draw the headings that meet `in_sight`, in coordinates of the whole content.

    The one of the topmost section stays in sight until the next one pushes it away.
    """
    painter.setFont(_heading_font(painter.font()))
    for section, rect in placed.headings_in(in_sight):
        _paint_heading(painter, palette, section, rect, margin_px)
    topmost = placed.heading_above(in_sight.top())
    if topmost and topmost[0].title:
        section, end = topmost
        top = min(in_sight.top(), end - placed.heading_px)
        rect = QRect(0, top, in_sight.width(), placed.heading_px)
        _paint_heading(painter, palette, section, rect, margin_px)


def _heading_font(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * _SCALE)
    larger.setWeight(QFont.Weight.DemiBold)
    return larger


def _paint_heading(painter: QPainter, palette: QPalette, section: Section, rect: QRect, margin_px: int) -> None:
    painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect.adjusted(margin_px, 0, -margin_px, 0), flags, section.title)

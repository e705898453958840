"""What follows the pointer while photos are dragged out of the grid."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

_SIDE_PX = 96
_GAP_PX = 6


def dragged_picture(photo: QPixmap | None, count: int, widget: QWidget) -> QPixmap:
    """Draw the photo under the pointer small, with the number of photos where there are several."""
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(round(_SIDE_PX * ratio), round(_SIDE_PX * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    whole = QRect(0, 0, _SIDE_PX, _SIDE_PX)
    if photo:
        painter.drawPixmap(whole, photo)
    else:
        painter.fillRect(whole, widget.palette().color(QPalette.ColorRole.AlternateBase))
    if count > 1:
        _paint_count(painter, widget, f"{count:,}")
    painter.end()
    return picture


def _paint_count(painter: QPainter, widget: QWidget, count: str) -> None:
    metrics, palette = widget.fontMetrics(), widget.palette()
    height = metrics.height() + _GAP_PX
    width = max(height, metrics.horizontalAdvance(count) + 2 * _GAP_PX)
    badge = QRect(_SIDE_PX - width, 0, width, height)
    painter.setFont(widget.font())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, count)

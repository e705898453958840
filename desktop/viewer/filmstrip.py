"""The neighbours of the photo in view, as a strip of small pictures."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.viewer.pictures import Detail, Pictures

_LINES_HIGH = 4
_GAP = 4
_WHEEL_NOTCH = 120


class Filmstrip(QWidget):
    """Thumbnails around the current photo, which stands in the middle; only those in view are ever read."""

    chosen = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photo_ids: Sequence[int] = ()
        self._at = 0
        self._turned = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Photos before and after this one"))
        pictures.ready.connect(self._on_ready)

    def show_photos(self, photo_ids: Sequence[int], at: int) -> None:
        """Show these photos, with the one at a place in the middle."""
        self._photo_ids, self._at = photo_ids, at
        self.update()

    def in_view(self) -> range:
        """Return the places of the photos that are in view."""
        reach = self.width() // (2 * self._pitch()) + 1
        return range(max(0, self._at - reach), min(len(self._photo_ids), self._at + reach + 1))

    def sizeHint(self) -> QSize:
        """Return a height of a few lines of text."""
        return QSize(400, self.fontMetrics().height() * _LINES_HIGH + 2 * _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint those in view, and ask for those that are not there yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in self.in_view():
            self._paint_photo(painter, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the photo under the pointer."""
        for place in self.in_view():
            if self._rect(place).contains(event.position().toPoint()):
                self.chosen.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go on by one photo a notch."""
        self._turned -= event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._turned / _WHEEL_NOTCH)
        self._turned -= notches * _WHEEL_NOTCH
        place = min(max(self._at + notches, 0), len(self._photo_ids) - 1)
        if place != self._at:
            self.chosen.emit(place)
        event.accept()

    def _paint_photo(self, painter: QPainter, place: int) -> None:
        rect = self._rect(place)
        picture = self._pictures.get(self._photo_ids[place], Detail.STRIP)
        if picture:
            painter.drawImage(rect, picture.image, _middle_square(picture.image.rect()))
        else:
            painter.fillRect(rect, self.palette().color(QPalette.ColorRole.AlternateBase))
        if place == self._at:
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), _GAP - 1)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(rect)

    def _pitch(self) -> int:
        return self.sizeHint().height() - _GAP

    def _rect(self, place: int) -> QRect:
        side = self._pitch() - _GAP
        middle = (self.width() - side) // 2
        return QRect(middle + (place - self._at) * self._pitch(), _GAP, side, side)

    def _on_ready(self, photo_id: int) -> None:
        if photo_id in (self._photo_ids[place] for place in self.in_view()):
            self.update()


def _middle_square(rect: QRect) -> QRect:
    side = min(rect.width(), rect.height())
    return QRect((rect.width() - side) // 2, (rect.height() - side) // 2, side, side)

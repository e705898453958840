"""What is said while something is dragged over the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

_VEIL = 0.9
_SCALE = 1.5
_FRAME_PX = 3


class DropHint(QWidget):
    """Lie over a widget, and say what happens to what is dropped there."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel(self.tr("Drop a photo to find others like it, or a folder to add its photos."))
        font = self._text.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        self._text.setFont(font)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(self._text)
        self.hide()

    def come(self) -> None:
        """Show it above everything else, until it is hidden."""
        self.resize(self._over.size())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay a veil over what is below, in a frame."""
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(_VEIL)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), _FRAME_PX))
        painter.drawRect(self.rect().adjusted(_FRAME_PX, _FRAME_PX, -_FRAME_PX, -_FRAME_PX))

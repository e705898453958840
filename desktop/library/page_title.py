"""What stands at the head of a page."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.icons import icon

_SCALE = 1.4


class PageTitle(QLabel):
    """Show a title, larger than the text around it at any font size."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        font.setBold(True)
        self.setFont(font)
        self.setWordWrap(True)


class Picture(QWidget):
    """Show an icon, some lines of text high, in the colours of the moment."""

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._lines = icon(name), lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Grow with the font."""
        side = self.fontMetrics().height() * self._lines
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        self._icon.paint(QPainter(self), self.rect())

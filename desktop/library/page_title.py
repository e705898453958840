"""The title of a page."""

from PySide6.QtWidgets import QLabel, QWidget

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

"""A friendly page with one thing to say and something to do about it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_TITLE_SCALE = 1.5
_ICON_LINES = 3
_WIDTH_IN_CHARACTERS = 56


class Notice(QWidget):
    """Show an icon, a title, a text, and any buttons, in the middle of the space there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn = QIcon()
        self._icon, self._title, self._text = QLabel(), QLabel(), QLabel()
        self._buttons = QHBoxLayout()
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._style()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._column(self._title, self._text))
        layout.addLayout(self._buttons)
        layout.addStretch(3)

    def show_message(self, icon: QIcon, title: str, text: str = "", *buttons: QPushButton) -> None:
        """Say this, with these buttons below; earlier buttons are deleted."""
        self._drawn = icon
        self._draw_icon()
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._replace_buttons(buttons)

    @property
    def title(self) -> str:
        """What the page says."""
        return self._title.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        size_px = self.fontMetrics().height() * _ICON_LINES
        self._icon.setPixmap(self._drawn.pixmap(size_px, size_px))

    def _column(self, *labels: QLabel) -> QHBoxLayout:
        """Return labels below each other, as high as they are at their width: alignment would make them one line."""
        row, column = QHBoxLayout(), QVBoxLayout()
        for label in labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        row.addStretch()
        row.addLayout(column)
        row.addStretch()
        return row

    def _style(self) -> None:
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
        self._title.setFont(font)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _replace_buttons(self, buttons: tuple[QPushButton, ...]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for button in buttons:
            self._buttons.addWidget(button)

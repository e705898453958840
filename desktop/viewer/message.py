"""A sentence over a picture, or in its place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_WIDTH_IN_CHARACTERS = 50


class Message(QFrame):
    """Say what is wrong with the photo in view, at the foot of it; hidden until there is something to say."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        QVBoxLayout(self).addWidget(self._label)
        layout = QVBoxLayout(over)
        layout.addStretch()
        layout.addWidget(self, 0, Qt.AlignmentFlag.AlignHCenter)
        self._label.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def say(self, title: str, detail: str = "") -> None:
        """Show a title and, where there is more to say, a second line."""
        self._label.setText(f"{title}\n{detail}".strip())
        self._label.setFixedHeight(self._label.heightForWidth(self._label.width()))
        self.setAccessibleName(self._label.text())
        self.show()

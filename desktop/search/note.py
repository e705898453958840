"""A line above the photos for what has to be known about them, and for taking back what was done to them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.search.empty import Offered


class Note(QWidget):
    """Say something in as many lines as it takes; `undo_asked` comes where it is a change and is to be taken back, and
    `taken` carries what was chosen of the ways that are offered."""

    undo_asked = Signal()
    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._undo = QLabel(), QToolButton()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._text.setWordWrap(True)
        self._undo.setText(self.tr("Undo"))
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.clicked.connect(self.undo_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text, 1)
        self._ways = QHBoxLayout()
        layout.addLayout(self._ways)
        layout.addWidget(self._undo)
        self._offered: Sequence[Offered] = ()
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, text: str, ways: Sequence[Offered] = (), *, can_undo: bool) -> None:
        """Say this, or nothing."""
        self._text.setText(text)
        self._undo.setVisible(can_undo)
        self._offer(ways)
        self.setVisible(bool(text))

    def _offer(self, ways: Sequence[Offered]) -> None:
        if ways == self._offered:
            return
        self._offered = ways
        while (item := self._ways.takeAt(0)) and (button := item.widget()):
            button.deleteLater()
        for offered in ways:
            button = QToolButton()
            button.setText(offered.label)
            button.setAccessibleName(offered.label)
            button.clicked.connect(partial(self.taken.emit, offered))
            self._ways.addWidget(button)

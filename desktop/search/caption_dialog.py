"""Write the caption of one photo or of several at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 64, 9


class CaptionDialog(QDialog):
    """Ask for a caption; `write` gets other words than were there, unless the dialog was cancelled."""

    def __init__(self, question: str, text: str, write: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Caption"))
        self.words = QPlainTextEdit(text)
        self.words.setTabChangesFocus(True)
        self.words.selectAll()
        label = QLabel(question)
        label.setBuddy(self.words)
        self.words.setAccessibleName(question)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self._write(text, write))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        layout = QVBoxLayout(self)
        for widget in (label, self.words, buttons):
            layout.addWidget(widget)
        font = self.fontMetrics()
        self.resize(font.averageCharWidth() * _WIDTH_IN_CHARACTERS, font.height() * _HEIGHT_IN_LINES)

    def _write(self, before: str, write: Callable[[str], object]) -> None:
        words = self.words.toPlainText().strip()
        if words and words != before:
            write(words)

"""A bug of ours: say so, and let it be copied for whoever mends it."""

import platform
import traceback

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 100, 24


class BugReport(QDialog):
    """Show what went wrong; nothing is sent anywhere."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something in Reverie went wrong"))
        self.text = QPlainTextEdit(describe(error), readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("What went wrong"))
        explanation = QLabel(self.tr("Your photos are safe. This is for whoever mends Reverie; nothing was sent."))
        explanation.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (explanation, self.text, buttons):
            layout.addWidget(widget)
        font = self.fontMetrics()
        self.resize(font.averageCharWidth() * _WIDTH_IN_CHARACTERS, font.height() * _HEIGHT_IN_LINES)


def describe(error: BaseException) -> str:
    """Return the traceback, below what it ran on."""
    versions = f"Python {platform.python_version()}, PySide {PySide6.__version__}, {platform.platform()}"
    return "\n".join((versions, "", *traceback.format_exception(error)))

"""Ask before something that cannot be taken back, and say what went wrong; neither blocks the window."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.errors import ReverieError


def ask(parent: QWidget, title: str, text: str, action: str, on_yes: Callable[[], object]) -> QMessageBox:
    """Ask whether to do `action`, which the button for yes is called; the safe answer is the default one."""
    box = _box(parent, QMessageBox.Icon.Question, title, text)
    box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.accepted.connect(on_yes)
    box.open()
    return box


def tell(parent: QWidget, error: Exception) -> QMessageBox:
    """Say what went wrong."""
    box = _box(parent, QMessageBox.Icon.Warning, *explain(error))
    box.open()
    return box


def explain(error: Exception) -> tuple[str, str]:
    """Return what to say of an error: a sentence, and what to do or know about it."""
    if isinstance(error, ReverieError):
        return error.title, error.detail
    title = QCoreApplication.translate("question", "Something in Reverie went wrong.")
    return title, f"{type(error).__name__}: {error}"


def _box(parent: QWidget, kind: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(kind)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    return box

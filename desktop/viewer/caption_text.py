"""The words of a caption, in a field as high as they are."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPalette, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

_LEAST_LINES = 2
_TINT = 0.3


class CaptionText(QTextEdit):
    """A field for a few sentences. Return and leaving it say `finished`, Esc says `given_up`.

    `undo_asked` and `redo_asked` come where nothing typed is left to undo or redo.
    """

    finished = Signal()
    given_up = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence: str | None = None
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def show_text(self, text: str, sentence: str | None) -> None:
        """Show a caption as it is stored, with one of its sentences marked: nothing of it is typed yet."""
        self._sentence = sentence
        self.setPlainText(text)
        self.document().setModified(False)
        self._mark()

    @property
    def marked(self) -> str:
        """The words that are marked."""
        return " ".join(selection.cursor.selectedText() for selection in self.extraSelections())

    def sizeHint(self) -> QSize:
        """Return the height of the text at the width there is."""
        text = int(self.document().size().height())
        least = self.fontMetrics().lineSpacing() * _LEAST_LINES + int(2 * self.document().documentMargin())
        return QSize(super().sizeHint().width(), max(text, least) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Return the same height, for nothing of a caption is ever hidden."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs at the new width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish, give up, or undo."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.finished.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            self.redo_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish, except where only a menu opens or the whole window is left for a moment."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finished.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Mark in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self) -> None:
        found = self.document().find(self._sentence) if self._sentence else QTextCursor()
        self.setExtraSelections([] if found.isNull() else [self._selection(found)])

    def _selection(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format.setBackground(tint(self.palette()))
        return selection


def tint(palette: QPalette) -> QColor:
    """Return a background that stands out, on which text can be read as on `Base`."""
    base, highlight = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
    return QColor(
        round(base.red() + _TINT * (highlight.red() - base.red())),
        round(base.green() + _TINT * (highlight.green() - base.green())),
        round(base.blue() + _TINT * (highlight.blue() - base.blue())),
    )

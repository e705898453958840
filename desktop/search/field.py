"""The field: words, and beside them the photo that what is looked for resembles."""

import re

from PySide6.QtCore import QMimeData, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop.icons import icon
from desktop.search.history import History

_TYPING_PAUSE_MS = 120
_SCALE = 1.35
_HEIGHT_IN_LINES = 2.2


class SearchField(QWidget):
    """What is looked for. `changed` comes when the typing pauses; `left` when the down key leaves the field.

    `pasted` carries mime data that holds a photo; `photo_removed` says that the words stand alone again.
    """

    changed = Signal()
    left = Signal()
    pasted = Signal(object)
    photo_removed = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = History(settings)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._line = _Line(self)
        self._photo = QToolButton(self)
        self._dress()
        self._line.textChanged.connect(lambda _text: self._pause.start())
        self._line.returnPressed.connect(self._search_now)
        self._photo.clicked.connect(self.photo_removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._photo)
        layout.addWidget(self._line, 1)
        self.setFocusProxy(self._line)

    @property
    def text(self) -> str:
        """The words in the field."""
        return self._line.text()

    def set_text(self, text: str, selected: str = "") -> None:
        """Replace the words and search at once; `selected` is marked in them, for it is to be edited."""
        self.replace(text)
        if selected and (found := find_words(selected, text)):
            start, end = (_length(text[:place]) for place in found.span())
            self._line.setSelection(start, end - start)
        self.changed.emit()

    def replace(self, text: str) -> None:
        """Replace the words, without a search."""
        self._line.setText(text)
        self._pause.stop()

    def select_all(self) -> None:
        """Take the keyboard, ready to be written over."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def show_photo(self, pixmap: QPixmap, name: str) -> None:
        """Show the photo that what is looked for resembles."""
        self._photo.setIcon(icon("photo") if pixmap.isNull() else QIcon(pixmap))
        self._photo.setAccessibleName(self.tr("Remove the photo {0}").format(name))
        self._photo.setToolTip(self.tr("Like {0}. Click to remove it.").format(name))
        self._photo.show()
        self._line.setPlaceholderText(self.tr("What is different?"))

    @property
    def has_photo(self) -> bool:
        """Whether a photo stands beside the words."""
        return not self._photo.isHidden()

    def hide_photo(self) -> None:
        """Let the words stand alone."""
        self._photo.hide()
        self._line.setPlaceholderText(self.tr("Describe a photo you remember"))

    def remember(self) -> None:
        """Keep the words in the history."""
        self.history.add(self.text)

    def step_back(self) -> None:
        """Bring back the words searched for before these."""
        earlier = self.history.earlier(self.text)
        if earlier is not None:
            self.set_text(earlier)

    def step_forward(self) -> None:
        """Bring back the words searched for after these, or leave the field where there are none."""
        later = self.history.later()
        if later is None:
            self.left.emit()
        else:
            self.set_text(later)

    def take_away(self) -> bool:
        """Take the words away, or the photo where there are none; return whether there was something."""
        if self.text:
            self.set_text("")
        elif self.has_photo:
            self.photo_removed.emit()
        else:
            return False
        return True

    def _search_now(self) -> None:
        self._pause.stop()
        self.remember()
        self.changed.emit()

    def _dress(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        self._line.setFont(font)
        height_px = round(self._line.fontMetrics().height() * _HEIGHT_IN_LINES)
        self._line.setMinimumHeight(height_px)
        self._line.setClearButtonEnabled(True)
        self._line.setAcceptDrops(False)
        for clear in self._line.findChildren(QAction):  # Qt's own button has no name to be read out
            clear.setText(self.tr("Clear"))
        self._line.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition).setText(self.tr("Search"))
        self._line.setAccessibleName(self.tr("Describe a photo you remember"))
        self._photo.setIconSize(QSize(height_px, height_px))
        self._photo.setAutoRaise(True)
        self.hide_photo()


class _Line(QLineEdit):
    """A line in which the up and down keys go through the history, and into which photos can be pasted.

    Escape takes the words away and then the photo, as Backspace does in front of the words.
    """

    def __init__(self, field: SearchField) -> None:
        super().__init__(field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up:
            self._field.step_back()
        elif event.key() == Qt.Key.Key_Down:
            self._field.step_forward()
        elif event.key() == Qt.Key.Key_Escape and self._field.take_away():
            return
        elif event.key() == Qt.Key.Key_Backspace and self._field.has_photo and self._is_at_start():
            self._field.photo_removed.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and holds_photo(QGuiApplication.clipboard().mimeData()):
            self._field.pasted.emit(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def _is_at_start(self) -> bool:
        return self.cursorPosition() == 0 and not self.hasSelectedText()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._field.remember()
        super().focusOutEvent(event)


def find_words(words: str, text: str) -> re.Match[str] | None:
    """Find words in a text, whatever their capitals, where they are no part of longer ones."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)


def _length(text: str) -> int:
    """Return the length of a text as Qt counts it, in which an emoji is two characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def holds_photo(data: QMimeData | None) -> bool:
    """Whether there is a picture, or a file that may be one, on the clipboard or under the pointer."""
    return data is not None and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))

"""The caption of a photo: read it, correct it, take that back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QPalette, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.viewer.caption_text import CaptionText
from desktop.viewer.section import Section, wrapping_label
from engine.api import Caption, Engine, Standing


class CaptionEditor(Section):
    """A caption with where it comes from. `edited` names a photo whose caption has been stored."""

    edited = Signal(int)

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Caption"), parent)
        self._engine = engine
        self._background = background
        self._photo_id: int | None = None
        self._caption: Caption | None = None
        self._sentence: str | None = None
        self._stacks: dict[int, QUndoStack] = {}
        self._text = CaptionText()
        self._lock = QLabel()
        self._origin = wrapping_label(QPalette.ColorRole.PlaceholderText)
        self._undo = self._button(self.tr("Undo"), self.undo)
        self._give_back = self._button(self.tr("Give back to the model"), self.give_back)
        self._lay_out()
        self._connect()

    def show_caption(self, photo_id: int, caption: Caption | None, sentence: str | None = None) -> None:
        """Show the caption of a photo, with the sentence that matched marked; what is being typed stays."""
        is_same = photo_id == self._photo_id
        if not is_same:
            self.save()
        self._photo_id, self._caption, self._sentence = photo_id, caption, sentence
        self._text.setPlaceholderText(self._invitation())
        if not (is_same and self._text.document().isModified()):
            self.revert()
        self._origin.setText(self._describe_origin())
        self._origin.setVisible(bool(self._origin.text()))
        self._lock.setVisible(bool(caption and caption.locked))
        self._show_buttons()

    def save(self) -> None:
        """Store what was typed, where that is something else than before and not nothing."""
        text = self._text.toPlainText().strip()
        if self._photo_id is None or not self._text.document().isModified():
            return
        if text and text != _shown(self._caption):
            self._text.document().setModified(False)
            self._change(self._photo_id, partial(self._engine.edit_caption, self._photo_id, text))
        else:
            self.revert()

    def revert(self) -> None:
        """Show the caption as it is stored."""
        self._text.show_text(_shown(self._caption), self._sentence)

    def give_back(self) -> None:
        """Let the models write this caption again."""
        if self._photo_id is not None:
            self.revert()
            self._change(self._photo_id, partial(self._engine.unlock_caption, self._photo_id))

    def undo(self) -> None:
        """Bring back the caption as it was before the last change of this photo."""
        stack = self._stack()
        if stack:
            stack.undo()

    def redo(self) -> None:
        """Make the change again that was taken back."""
        stack = self._stack()
        if stack:
            stack.redo()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the lock in the colours there are now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_lock()

    def _draw_lock(self) -> None:
        size = self.fontMetrics().height()
        self._lock.setPixmap(icon("lock").pixmap(size, size))

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        self._text.setAccessibleName(self.tr("Caption"))
        self._text.setToolTip(self.tr("Return stores your words, Esc leaves the caption as it was."))
        self._draw_lock()
        self._lock.setToolTip(self.tr("Your words. No model overwrites them."))
        origin, buttons = QHBoxLayout(), QHBoxLayout()
        origin.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        origin.addWidget(self._origin, 1)
        buttons.addWidget(self._undo)
        buttons.addWidget(self._give_back)
        buttons.addStretch()
        self.body.addWidget(self._text)
        self.body.addLayout(origin)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self._text.finished.connect(self.save)
        self._text.given_up.connect(self.revert)
        self._text.undo_asked.connect(self.undo)
        self._text.redo_asked.connect(self.redo)

    def _stack(self) -> QUndoStack | None:
        return self._stacks.get(self._photo_id) if self._photo_id is not None else None

    def _show_buttons(self) -> None:
        stack = self._stack()
        self._undo.setVisible(bool(stack and stack.canUndo()))
        self._give_back.setVisible(bool(self._caption and self._caption.locked))

    def _change(self, photo_id: int, change: Callable[[], None]) -> None:
        """Make a change that can be taken back, with its provenance."""
        before = partial(self._engine.restore_caption, photo_id, self._caption)
        stack = self._stacks.setdefault(photo_id, QUndoStack(self))
        stack.push(_Change(partial(self._write, photo_id, change), partial(self._write, photo_id, before)))

    def _write(self, photo_id: int, change: Callable[[], None]) -> None:
        def write() -> int:
            change()
            return photo_id

        self._background.run(write, self.edited.emit)

    def _invitation(self) -> str:
        if self._caption and self._caption.standing is Standing.WITHHELD:
            return self.tr("No confident caption yet.")
        return self.tr("Not described yet. What do you see?")

    def _describe_origin(self) -> str:
        caption = self._caption
        if caption is None or not _shown(caption):
            return ""
        date = _date(self.locale(), caption.created_at)
        if caption.locked:
            return self.tr("Your words, {0}").format(date)
        if caption.model is None:
            return self.tr("Your words, until a model writes others")
        written = self.tr("Written by {0}, {1}.").format(caption.model, date)
        doubt = self.tr("It may be wrong.") if caption.standing is Standing.UNCERTAIN else ""
        return f"{written} {doubt}".strip()


class _Change(QUndoCommand):
    def __init__(self, do: Callable[[], None], take_back: Callable[[], None]) -> None:
        super().__init__()
        self._do = do
        self._take_back = take_back

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._take_back()


def _shown(caption: Caption | None) -> str:
    return caption.text if caption and caption.standing is not Standing.WITHHELD else ""


def _date(locale: QLocale, written: str) -> str:
    moment = QDateTime.fromString(written, Qt.DateFormat.ISODate).toLocalTime()
    return locale.toString(moment.date(), QLocale.FormatType.ShortFormat)

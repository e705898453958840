"""The upper part of the search page: what is asked for, how it was understood, and how that is changed."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSettings, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.background import Background
from desktop.library.selection import Selection
from desktop.search.answer import Answer
from desktop.search.asking import Asking
from desktop.search.bringing import Bringing
from desktop.search.chips import ChipBar
from desktop.search.controls import Controls
from desktop.search.corrections import chips_of, scope_of, words_without
from desktop.search.count import count_text
from desktop.search.field import SearchField
from desktop.search.likeness import Likeness
from desktop.search.request import Request
from engine.api import Chip, Condition, Engine


class RequestBar(QWidget):
    """The field, the chips and the controls. `answered` carries an `Answer`, `failed` an exception, `folder_dropped` a
    folder to be added; `changed` says that something else is asked for, and `scope_left` that it is everywhere."""

    answered = Signal(object)
    failed = Signal(object)
    changed = Signal()
    folder_dropped = Signal(object)
    scope_left = Signal()

    def __init__(
        self, engine: Engine, background: Background, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._asking, self._bringing = Asking(engine, background, self), Bringing(engine, background, self)
        self._understood = Request()
        self.field, self.chips, self.controls = SearchField(settings), ChipBar(), Controls(settings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.field, self.chips, self.controls):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)
        self._connect()

    @property
    def request(self) -> Request:
        """What was asked for last."""
        return self._asking.request

    def search(self) -> None:
        """Ask for what stands here now."""
        self._asking.ask(
            text=self.field.text,
            sort=self.controls.sort,
            list_sort=self.controls.list_sort,
            strictness=self.controls.strictness,
        )

    def look_in(self, scope: Selection | None) -> None:
        """Search within a choice of the sidebar, or everywhere."""
        self._asking.ask(scope=scope)

    def find_similar(self, photo_id: int) -> None:
        """Look for photos that resemble one of the library."""
        self._bringing.choose(photo_id)

    def take(self, data: QMimeData) -> None:
        """Search by a photo that was dropped or pasted, or hand folders on to be added."""
        self._bringing.take(data)

    def show_answer(self, found: Answer) -> None:
        """Show how a request was understood, and how many photos answer it."""
        self._understood = found.request
        self.chips.show_chips(chips_of(found.request), scope_of(found.request))
        self.controls.show_for(found.request)
        self.controls.show_count(count_text(found))

    def drop(self, conditions: Sequence[Condition]) -> None:
        """Search without some conditions, which the words ask for or else the choice in the sidebar."""
        words = words_without(self._understood.plan, conditions)
        self.leave_scope() if words is None else self.field.set_text(words)

    def leave_scope(self) -> None:
        """Search everywhere."""
        self.scope_left.emit()
        self.look_in(None)

    def clear(self) -> None:
        """Ask for all photos."""
        self.field.replace("")
        self._liken(None)
        self.leave_scope()

    def _connect(self) -> None:
        self._asking.answered.connect(self.answered)
        self._asking.failed.connect(self.failed)
        self._bringing.brought.connect(self._liken)
        self._bringing.chosen.connect(self._begin_with)
        self._bringing.folder_dropped.connect(self.folder_dropped)
        self.field.changed.connect(self._ask_anew)
        self.field.pasted.connect(self.take)
        self.field.photo_removed.connect(lambda: self._liken(None))
        self.chips.removed.connect(self._remove)
        self.chips.edited.connect(self._edit)
        self.chips.scope_removed.connect(self.leave_scope)
        self.controls.changed.connect(self._ask_anew)

    def _ask_anew(self) -> None:
        self.changed.emit()
        self.search()

    def _remove(self, chip: Chip) -> None:
        self.field.set_text(self._understood.plan.without(chip).to_text())
        self.field.setFocus()

    def _edit(self, chip: Chip) -> None:
        typed = chip.text.casefold() in self.field.text.casefold()
        self.field.set_text(self.field.text if typed else self._understood.plan.to_text(), selected=chip.text)
        self.field.setFocus()

    def _begin_with(self, likeness: Likeness) -> None:
        self.field.replace("")
        self._liken(likeness)

    def _liken(self, likeness: Likeness | None) -> None:
        """Search by a photo and the words in the field, or by the words alone."""
        if likeness:
            self.field.show_photo(QPixmap.fromImage(likeness.picture), likeness.name)
        else:
            self.field.hide_photo()
        self._asking.ask(likeness=likeness, text=self.field.text)

"""The search page: the field, what was understood, and the photos found."""

from PySide6.QtCore import QMimeData, QModelIndex, QSettings, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.background import Background
from desktop.library.selection import Selection
from desktop.search.answer import Answer
from desktop.search.asking import Asking
from desktop.search.bringing import Bringing
from desktop.search.changes import Done
from desktop.search.chips import ChipBar
from desktop.search.controls import Controls
from desktop.search.corrections import chips_of, plan_without, scope_of
from desktop.search.count import count_text, note_text, ways_past
from desktop.search.empty import Offered, Way
from desktop.search.field import SearchField, find_words
from desktop.search.found import Found
from desktop.search.likeness import Likeness
from desktop.search.note import Note
from desktop.search.request import Request
from engine.api import Chip, Engine, Progress, QueryPlan

_CATCH_UP_MS = 2000


class SearchPage(QWidget):
    """Where a search begins and ends. `opened` carries the photos and the place of the one to look at, `peeked` a
    photo to look at for a moment, `current_changed` a photo or None, and its hit or None.
    """

    opened = Signal(object, int)
    peeked = Signal(int)
    current_changed = Signal(object, object)
    way_asked = Signal(object)
    folder_dropped = Signal(object)
    scope_left = Signal()

    def __init__(
        self, engine: Engine, background: Background, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._asking, self._bringing = Asking(engine, background, self), Bringing(engine, background, self)
        self._answer, self._progress = Answer(Request()), Progress()
        self._done: Done | None = None
        self._catching_up = QTimer(self, singleShot=True, interval=_CATCH_UP_MS)
        self._catching_up.timeout.connect(self.search)
        self.field, self.chips, self.controls = SearchField(settings), ChipBar(), Controls(settings)
        self.note, self._found = Note(), Found(engine, background)
        self.model, self.grid, self.notice = self._found.model, self._found.grid, self._found.notice
        self.actions_on_photos = self._found.actions_on_photos
        self._lay_out()
        self._connect()
        self.grid.set_size(self.controls.photo_size)
        self.search()

    @property
    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    @property
    def is_answered(self) -> bool:
        """Whether what is shown answers what was asked last."""
        return self._answer.request.asks_like(self._asking.request)

    def search(self) -> None:
        """Ask for what the page says now; where that is what it shows, what is in sight and selected stays so."""
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

    def undo(self) -> None:
        """Take back the last change that the page tells of."""
        if self._done:
            undo, self._done = self._done.undo, None
            self._background.run(undo, lambda _: self.search())

    def go_to(self, photo_id: int) -> None:
        """Put the keyboard on a photo that is shown."""
        self._found.go_to(photo_id)

    def show_progress(self, progress: Progress) -> None:
        """Follow the library: photos appear, change and go while it is read."""
        before, self._progress = self._progress, progress
        if (before.photos, before.stages) != (progress.photos, progress.stages):
            self._found.look_again()
            self._catch_up()
        elif not len(self._answer.photo_ids):
            self._found.show_empty(self._answer, progress)

    def close_threads(self) -> None:
        """Remember what is set, and end the threads that read thumbnails."""
        self.controls.keep()
        self._found.close_threads()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        for widget in (self.field, self.chips, self.controls, self.note):
            layout.addWidget(widget)
        layout.addWidget(self._found, 1)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self._asking.answered.connect(self._show)
        self._asking.failed.connect(self._found.show_error)
        self._bringing.brought.connect(self._liken)
        self._bringing.chosen.connect(self._begin_with)
        self._bringing.folder_dropped.connect(self.folder_dropped)
        self.field.changed.connect(self._ask_anew)
        self.field.left.connect(self._found.enter)
        self.field.pasted.connect(self.take)
        self.field.photo_removed.connect(lambda: self._liken(None))
        self.chips.removed.connect(self._remove)
        self.chips.edited.connect(self._edit)
        self.chips.scope_removed.connect(self._leave_scope)
        self.controls.changed.connect(self._ask_anew)
        self.controls.size_changed.connect(self.grid.set_size)
        self.note.undo_asked.connect(self.undo)
        self.note.taken.connect(self._take_way)
        self.notice.taken.connect(self._take_way)
        self.grid.size_changed.connect(self.controls.show_size)
        self.grid.opened.connect(self._open)
        self.grid.peeked.connect(lambda row: self.peeked.emit(int(self.model.photo_ids[row])))
        self.grid.left.connect(self.field.setFocus)
        self.grid.selectionModel().currentChanged.connect(self._tell_current)
        self.actions_on_photos.similar_asked.connect(self.find_similar)
        self.actions_on_photos.done.connect(self._offer_undo)

    def _ask_anew(self) -> None:
        self._done = None
        self.search()

    def _catch_up(self) -> None:
        """Show what changed: at once where nothing is shown yet, and else every two seconds."""
        if not len(self._answer.photo_ids):
            self.search()
        elif not self._catching_up.isActive():
            self._catching_up.start()

    def _show(self, found: Answer) -> None:
        stay, request = found.request.asks_like(self._answer.request), found.request
        self._answer = found
        self._found.show_answer(found, self._progress, stay=stay)
        self._tell_current(self.grid.currentIndex())
        self.chips.show_chips(chips_of(request), scope_of(request))
        self.controls.show_for(request)
        self.controls.show_count(count_text(found))
        notes = (note_text(found, self._progress), self._done.said if self._done else "")
        self.note.say(" ".join(filter(None, notes)), ways_past(found), can_undo=self._done is not None)

    def _take_way(self, offered: Offered) -> None:
        match offered.way:
            case Way.WITHOUT if offered.without:
                plan = plan_without(self._answer.request.plan, offered.without)
                self._leave_scope() if plan is None else self.field.set_text(self._write(plan))
            case Way.EVERYWHERE:
                self._leave_scope()
            case Way.EVERYTHING:
                self.field.replace("")
                self._liken(None)
                self._leave_scope()
            case Way.RESUME:
                self._background.run(self._engine.resume)
            case _:
                self.way_asked.emit(offered.way)

    def _remove(self, chip: Chip) -> None:
        self.field.set_text(self._write(self._answer.request.plan.without(chip)))
        self.field.setFocus()

    def _edit(self, chip: Chip) -> None:
        text = self.field.text if find_words(chip.text, self.field.text) else self._write(self._answer.request.plan)
        self.field.set_text(text, selected=chip.text)
        self.field.setFocus()

    def _write(self, plan: QueryPlan) -> str:
        likeness = self._answer.request.likeness
        return self._engine.write(plan, likeness.reference if likeness else None)

    def _leave_scope(self) -> None:
        self.scope_left.emit()
        self.look_in(None)

    def _open(self, row: int) -> None:
        self.field.remember()
        self.opened.emit(self.model.photo_ids, row)

    def _tell_current(self, current: QModelIndex) -> None:
        photo_id = int(self.model.photo_ids[current.row()]) if current.isValid() else None
        self.current_changed.emit(photo_id, self._answer.hits.get(photo_id) if photo_id else None)

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

    def _offer_undo(self, done: Done) -> None:
        self._done = done
        self.search()

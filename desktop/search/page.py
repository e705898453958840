"""The search page: what is asked for, and the photos found."""

from PySide6.QtCore import QMimeData, QModelIndex, QSettings, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.background import Background
from desktop.library.selection import Selection
from desktop.search.answer import Answer
from desktop.search.changes import Done
from desktop.search.count import note_text, ways_past
from desktop.search.empty import Offered, Way
from desktop.search.found import Found
from desktop.search.note import Note
from desktop.search.request import Request
from desktop.search.request_bar import RequestBar
from engine.api import Engine, Progress

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
        self._answer, self._progress = Answer(Request()), Progress()
        self._done: Done | None = None
        self._catching_up = QTimer(self, singleShot=True, interval=_CATCH_UP_MS)
        self._catching_up.timeout.connect(self.search)
        self._bar, self.note, self._found = RequestBar(engine, background, settings), Note(), Found(engine, background)
        self.field, self.chips, self.controls = self._bar.field, self._bar.chips, self._bar.controls
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
        return self._answer.request.asks_like(self._bar.request)

    def search(self) -> None:
        """Ask for what the page says now; where that is what it shows, what is in sight and selected stays so."""
        self._bar.search()

    def look_in(self, scope: Selection | None) -> None:
        """Search within a choice of the sidebar, or everywhere."""
        self._bar.look_in(scope)

    def find_similar(self, photo_id: int) -> None:
        """Look for photos that resemble one of the library."""
        self._bar.find_similar(photo_id)

    def take(self, data: QMimeData) -> None:
        """Search by a photo that was dropped or pasted, or hand folders on to be added."""
        self._bar.take(data)

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
        layout.addWidget(self._bar)
        layout.addWidget(self.note)
        layout.addWidget(self._found, 1)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self._bar.answered.connect(self._show)
        self._bar.failed.connect(self._found.show_error)
        self._bar.changed.connect(self._forget_done)
        self._bar.folder_dropped.connect(self.folder_dropped)
        self._bar.scope_left.connect(self.scope_left)
        self.field.left.connect(self._found.enter)
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

    def _catch_up(self) -> None:
        """Show what changed: at once where nothing is shown yet, and else every two seconds."""
        if not len(self._answer.photo_ids):
            self.search()
        elif not self._catching_up.isActive():
            self._catching_up.start()

    def _show(self, found: Answer) -> None:
        stay = found.request.asks_like(self._answer.request)
        self._answer = found
        self._found.show_answer(found, self._progress, stay=stay)
        self._tell_current(self.grid.currentIndex())
        self._bar.show_answer(found)
        notes = (note_text(found, self._progress), self._done.said if self._done else "")
        self.note.say(" ".join(filter(None, notes)), ways_past(found), can_undo=self._done is not None)

    def _take_way(self, offered: Offered) -> None:
        match offered.way:
            case Way.WITHOUT if offered.without:
                self._bar.drop(offered.without)
            case Way.EVERYWHERE:
                self._bar.leave_scope()
            case Way.EVERYTHING:
                self._bar.clear()
            case Way.RESUME:
                self._background.run(self._engine.resume)
            case _:
                self.way_asked.emit(offered.way)

    def _open(self, row: int) -> None:
        self.field.remember()
        self.opened.emit(self.model.photo_ids, row)

    def _tell_current(self, current: QModelIndex) -> None:
        photo_id = int(self.model.photo_ids[current.row()]) if current.isValid() else None
        self.current_changed.emit(photo_id, self._answer.hits.get(photo_id) if photo_id else None)

    def _offer_undo(self, done: Done) -> None:
        self._done = done
        self.search()

    def _forget_done(self) -> None:
        self._done = None

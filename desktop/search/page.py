"""The search page: the field, what was understood, and the photos found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.grid.photos import PhotoModel
from desktop.grid.thumbnails import Thumbnails
from desktop.grid.view import GridView
from desktop.icons import icon
from desktop.library.selection import Selection
from desktop.notice import Notice
from desktop.question import explain
from desktop.search.answer import Answer, answer, better_answer
from desktop.search.chips import ChipBar
from desktop.search.controls import Controls
from desktop.search.count import count_text
from desktop.search.empty import Offered, Way, empty_page
from desktop.search.field import SearchField, holds_photo
from desktop.search.likeness import Likeness, dropped_file, like_file, like_image, like_photo
from desktop.search.photo_actions import PhotoActions
from desktop.search.request import Request
from engine.api import Chip, Condition, Engine, Progress

_CATCH_UP_MS = 2000
_SEARCH, _BETTER, _LIKENESS = "search", "better", "likeness"


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
        self._request, self._answer, self._progress = Request(), Answer(Request()), Progress()
        self._taken_out: list[int] = []
        self._catching_up = QTimer(self, singleShot=True, interval=_CATCH_UP_MS)
        self._catching_up.timeout.connect(self.search)
        self.field, self.chips, self.controls = SearchField(settings), ChipBar(), Controls(settings)
        self._thumbnails = Thumbnails(engine.thumbnail, self)
        self.model = PhotoModel(engine, background, self)
        self.grid = GridView(self.model, self._thumbnails)
        self.actions_on_photos = PhotoActions(engine, background, self.grid)
        self.notice = Notice()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.grid.set_size(self.controls.photo_size)
        self.setAcceptDrops(True)
        self.search()

    @property
    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    @property
    def is_answered(self) -> bool:
        """Whether what is shown answers what was asked last."""
        return self._answer.request.asks_like(self._request)

    def search(self) -> None:
        """Ask for what the page says now; where that is what it shows, what is in sight and selected stays so."""
        request = self._request = replace(
            self._request,
            text=self.field.text,
            sort=self.controls.sort,
            strictness=self.controls.strictness,
        )
        self._background.forget(_BETTER)
        self._background.run(lambda: answer(self._engine, request), self._receive, self._fail, latest=_SEARCH)

    def look_in(self, scope: Selection | None) -> None:
        """Search within a choice of the sidebar, or everywhere."""
        self._change(scope=scope)

    def find_similar(self, photo_id: int) -> None:
        """Look for photos that resemble one of the library."""
        self.field.set_text("")
        self._liken(lambda: like_photo(self._engine, photo_id))

    def go_to(self, photo_id: int) -> None:
        """Put the keyboard on a photo that is shown."""
        row = self.model.row_of(photo_id)
        if row is not None:
            self.grid.setCurrentIndex(self.model.index(row))
            self.grid.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Follow the library: photos appear, change and go while it is read."""
        before, self._progress = self._progress, progress
        if (before.photos, before.stages) != (progress.photos, progress.stages):
            self._thumbnails.look_again()
            self._catch_up()
        elif not len(self._answer.photo_ids):
            self._show_empty()

    def close_threads(self) -> None:
        """Remember what is set, and end the threads that read thumbnails."""
        self.controls.keep()
        self._thumbnails.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and holds_photo(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._take_picture(event.mimeData())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        for widget in (self.field, self.chips, self.controls):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.notice)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.changed.connect(self._ask_anew)
        self.field.left.connect(self._enter_grid)
        self.field.pasted.connect(self._take_picture)
        self.field.photo_removed.connect(lambda: self._change(likeness=None))
        self.chips.removed.connect(self._remove)
        self.chips.edited.connect(self._edit)
        self.chips.scope_removed.connect(self._leave_scope)
        self.controls.changed.connect(self._ask_anew)
        self.controls.size_changed.connect(self.grid.set_size)
        self.controls.undo_asked.connect(self._undo)
        self.grid.size_changed.connect(self.controls.show_size)
        self.grid.opened.connect(self._open)
        self.grid.peeked.connect(lambda row: self.peeked.emit(int(self.model.photo_ids[row])))
        self.grid.selectionModel().currentChanged.connect(self._tell_current)
        self.actions_on_photos.similar_asked.connect(self.find_similar)
        self.actions_on_photos.edited.connect(self.search)
        self.actions_on_photos.excluded.connect(self._offer_undo)

    def _ask_anew(self) -> None:
        self._taken_out = []
        self.search()

    def _catch_up(self) -> None:
        """Show what changed: at once where nothing is shown yet, and else every two seconds."""
        if not len(self._answer.photo_ids):
            self.search()
        elif not self._catching_up.isActive():
            self._catching_up.start()

    def _change(self, **changed: Any) -> None:
        self._request = replace(self._request, **changed)
        if likeness := self._request.likeness:
            self.field.show_photo(QPixmap.fromImage(likeness.picture), likeness.name)
        else:
            self.field.hide_photo()
        self.search()

    def _receive(self, found: Answer) -> None:
        """Show an answer, and a better one in its place if the model finds shorter words for what was asked."""
        self._show(found)
        self._background.run(lambda: better_answer(self._engine, found.request), self._improve, latest=_BETTER)

    def _improve(self, better: Answer | None) -> None:
        if better:
            self._show(better)

    def _show(self, found: Answer) -> None:
        stay = found.request.asks_like(self._answer.request)
        self._answer = found
        self.grid.show_photos(found.photo_ids, found.hits, found.sections, stay=stay)
        self._tell_current(self.grid.currentIndex())
        self._show_chips(found.request)
        self.controls.show_for(listing=found.request.is_listing)
        self.controls.show_count(count_text(found, self._taken_out))
        if len(found.photo_ids):
            self._stack.setCurrentWidget(self.grid)
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        page = empty_page(self._answer, self._progress, can_caption=self._engine.captioner is not None)
        self.notice.show_message(icon(page.icon), page.title, page.text, *map(self._button, page.buttons))
        self._stack.setCurrentWidget(self.notice)

    def _button(self, offered: Offered) -> QPushButton:
        button = QPushButton(offered.label)
        button.clicked.connect(lambda: self._take(offered))
        return button

    def _take(self, offered: Offered) -> None:
        if offered.way is Way.WITHOUT and offered.without:
            self._search_without(offered.without)
        elif offered.way is Way.EVERYWHERE:
            self._leave_scope()
        else:
            self.way_asked.emit(offered.way)

    def _fail(self, error: Exception) -> None:
        self.notice.show_message(icon("warning"), *explain(error))
        self._stack.setCurrentWidget(self.notice)

    def _show_chips(self, request: Request) -> None:
        chips, scope = request.plan.chips(), request.scope
        says_more = [chip.label.casefold() for chip in chips] != [request.text.strip().casefold()]
        narrows = scope and (scope.filters or request.special)
        self.chips.show_chips(chips if says_more else (), scope.title if scope and narrows else "")

    def _remove(self, chip: Chip) -> None:
        self.field.set_text(self._answer.request.plan.without(chip).to_text())

    def _edit(self, chip: Chip) -> None:
        typed = chip.text.casefold() in self.field.text.casefold()
        self.field.set_text(self.field.text if typed else self._answer.request.plan.to_text(), selected=chip.text)
        self.field.setFocus()

    def _search_without(self, condition: Condition) -> None:
        """Take the chips of a condition away, and the choice in the sidebar where the words do not name it."""
        plan = self._answer.request.plan
        chips = [chip for chip in plan.chips() if chip.kind.value == condition.value]
        if not chips:
            self._leave_scope()
            return
        for chip in chips:
            plan = plan.without(chip)
        self.field.set_text(plan.to_text())

    def _leave_scope(self) -> None:
        self.scope_left.emit()
        self._change(scope=None)

    def _enter_grid(self) -> None:
        if len(self.model.photo_ids):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: int) -> None:
        self.field.remember()
        self.opened.emit(self.model.photo_ids, row)

    def _tell_current(self, current: QModelIndex) -> None:
        photo_id = int(self.model.photo_ids[current.row()]) if current.isValid() else None
        self.current_changed.emit(photo_id, self._answer.hits.get(photo_id) if photo_id else None)

    def _take_picture(self, data: QMimeData) -> None:
        path = dropped_file(data)
        if path and path.is_dir():
            self.folder_dropped.emit(path)
        elif path:
            self._liken(lambda: like_file(self._engine, path))
        else:
            image = QImage(data.imageData())
            self._liken(lambda: like_image(self._engine, image, self.tr("the picture you brought")))

    def _liken(self, find: Callable[[], Likeness]) -> None:
        self._background.run(find, lambda found: self._change(likeness=found), latest=_LIKENESS)

    def _offer_undo(self, photo_ids: list[int]) -> None:
        self._taken_out = photo_ids
        self.search()

    def _undo(self) -> None:
        photo_ids, self._taken_out = self._taken_out, []
        self._background.run(lambda: self._engine.include(photo_ids), lambda _: self.search())

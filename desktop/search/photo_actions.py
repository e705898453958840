"""What can be done with the photos that are selected: by menu, by keys, for one or for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.background import Background
from desktop.grid.view import GridView
from desktop.icons import icon
from desktop.library.wording import photos_text
from desktop.search.caption_dialog import CaptionDialog
from desktop.search.changes import Done, caption_again, exclude, include, write_captions
from desktop.search.photo_files import copy_captions, copy_files, copy_paths, open_elsewhere, reveal
from engine.api import Engine, Photo

_KEYS_OF_THE_GRID = ("Return", "Space")  # shown in the menu, and heard by the grid itself


@dataclass(frozen=True, slots=True)
class _Entry:
    icon: str
    label: str
    keys: str
    do: Callable[[list[int]], object]
    is_for_one: bool = False


class PhotoActions(QObject):
    """Belong to a grid. `done` carries a change that was made, and `similar_asked` a photo to find more like."""

    similar_asked = Signal(int)
    done = Signal(object)

    def __init__(self, engine: Engine, background: Background, grid: GridView) -> None:
        super().__init__(grid)
        self._engine, self._background, self._grid = engine, background, grid
        self._actions = [self._action(entry) for entry in self._entries() if entry]
        self._menu = self._build_menu()
        grid.menu_asked.connect(self._show_menu)
        grid.addActions(self._actions)

    def show_for(self, *, excluded: bool) -> None:
        """Offer to take photos out of sight, or back where those are shown that are."""
        self.action(self.tr("Exclude from search")).setVisible(not excluded)
        self.action(self.tr("Take back into search")).setVisible(excluded)

    @property
    def menu(self) -> QMenu:
        """The actions as a menu, for the menu bar too."""
        return self._menu

    def action(self, label: str) -> QAction:
        """Return the action with this label."""
        return next(action for action in self._actions if action.text().split("\t")[0] == label)

    def _entries(self) -> tuple[_Entry | None, ...]:
        return (
            _Entry("open", self.tr("Open"), "Return", self._open, is_for_one=True),
            _Entry("photo", self.tr("Quick look"), "Space", self._peek, is_for_one=True),
            _Entry("similar", self.tr("Find similar"), "Ctrl+L", self._ask_similar, is_for_one=True),
            None,
            _Entry("copy", self.tr("Copy"), "Ctrl+C", self._with(copy_files)),
            _Entry("copy", self.tr("Copy path"), "Ctrl+Shift+C", self._with(copy_paths)),
            _Entry("caption", self.tr("Copy caption"), "Ctrl+Alt+C", self._with(copy_captions)),
            None,
            _Entry("folder", self.tr("Show in folder"), "Ctrl+Shift+R", self._with(reveal)),
            _Entry("open", self.tr("Open with another program"), "Ctrl+Return", self._with(open_elsewhere)),
            None,
            _Entry("edit", self.tr("Edit caption…"), "F2", self._with(self._edit)),
            _Entry("caption", self.tr("Caption again"), "", self._changing(caption_again)),
            _Entry("hidden", self.tr("Exclude from search"), "Ctrl+E", self._changing(exclude)),
            _Entry("search", self.tr("Take back into search"), "Ctrl+Shift+E", self._changing(include)),
        )

    def _action(self, entry: _Entry) -> QAction:
        action = QAction(icon(entry.icon), entry.label, self)
        keys = QKeySequence(entry.keys)
        if entry.keys in _KEYS_OF_THE_GRID:
            action.setText(f"{entry.label}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}")
        else:
            action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self._do(entry))
        action.setData(entry.is_for_one)
        return action

    def _do(self, entry: _Entry) -> None:
        photo_ids = self._grid.selected_ids()
        if len(photo_ids) == 1 or (photo_ids and not entry.is_for_one):
            entry.do(photo_ids)

    def _build_menu(self) -> QMenu:
        menu, actions = QMenu(self.tr("&Photo"), self._grid), iter(self._actions)
        for entry in self._entries():
            if entry:
                menu.addAction(next(actions))
            else:
                menu.addSeparator()
        menu.aboutToShow.connect(self._fit_to_selection)
        menu.aboutToHide.connect(self._enable_all)
        return menu

    def _fit_to_selection(self) -> None:
        selected = len(self._grid.selected_ids())
        for action in self._actions:
            action.setEnabled(selected == 1 or (selected > 1 and not action.data()))

    def _enable_all(self) -> None:
        """Let keys work again, whatever was selected when the menu was open."""
        for action in self._actions:
            action.setEnabled(True)

    def _show_menu(self, point: QPoint) -> None:
        if self._grid.selected_rows():
            self._menu.popup(self._grid.viewport().mapToGlobal(point))

    def _open(self, photo_ids: list[int]) -> None:
        self._grid.opened.emit(self._grid.currentIndex().row())

    def _peek(self, photo_ids: list[int]) -> None:
        self._grid.peeked.emit(self._grid.currentIndex().row())

    def _ask_similar(self, photo_ids: list[int]) -> None:
        self.similar_asked.emit(photo_ids[0])

    def _with(self, use: Callable[[Sequence[Photo]], object]) -> Callable[[list[int]], None]:
        """Return a function that looks photos up and gives them to `use` on the main thread."""

        def look_up(photo_ids: list[int]) -> None:
            def receive(found: Mapping[int, Photo]) -> None:
                known = (found.get(photo_id) for photo_id in photo_ids)
                use([photo for photo in known if photo and photo.paths])

            self._background.run(lambda: self._engine.describe_photos(photo_ids), receive)

        return look_up

    def _edit(self, photos: Sequence[Photo]) -> None:
        photo_ids = [photo.photo_id for photo in photos]
        captions = {photo.caption or "" for photo in photos}
        question = self.tr("What is in this photo?")
        if len(photos) > 1:
            question = self.tr("One caption for {0}").format(photos_text(len(photos)))
        text = captions.pop() if len(captions) == 1 else ""
        CaptionDialog(
            question,
            text,
            lambda words: self._change(lambda: write_captions(self._engine, photo_ids, words)),
            self._grid,
        ).open()

    def _changing(self, change: Callable[[Engine, list[int]], Done]) -> Callable[[list[int]], None]:
        """Return a function that makes a change to photos."""
        return lambda photo_ids: self._change(lambda: change(self._engine, photo_ids))

    def _change(self, op: Callable[[], Done]) -> None:
        self._background.run(op, self.done.emit)

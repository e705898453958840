"""What can be done with a folder of the library."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.question import ask, tell
from desktop.system.file_manager import show_in_file_manager
from engine.api import Engine, Folder, FolderState


class FolderMenu(QMenu):
    """Show, rescan or remove a folder; `changed` says that it is gone."""

    changed = Signal()

    def __init__(self, engine: Engine, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine, self._background, self._window = engine, background, parent
        self._folder: Folder | None = None
        self._show = self.addAction(icon("open"), self.tr("Show in file manager"), self._reveal)
        self.rescan = self.addAction(icon("rescan"), self.tr("Look for new photos now"), self._rescan)
        self.addSeparator()
        self.remove = self.addAction(icon("remove"), self.tr("Remove from the library…"), self.ask_to_remove)

    def show_for(self, folder: Folder, position: QPoint) -> None:
        """Open the menu of a folder at a place on the screen."""
        self.choose(folder)
        self.popup(position)

    def choose(self, folder: Folder) -> None:
        """Take this folder as the one to do something with."""
        self._folder = folder
        is_here = folder.state is FolderState.ONLINE
        self._show.setEnabled(is_here)
        self.rescan.setEnabled(is_here)

    def ask_to_remove(self) -> None:
        """Ask, and remove the folder where the answer is yes."""
        folder = self._folder
        if folder is None:
            return
        ask(
            self._window,
            self.tr("Remove “{name}” from the library?").format(name=folder.path.name),
            self.tr("The photos stay where they are, untouched. Captions are kept in case you add the folder again."),
            self.tr("Remove"),
            lambda: self._remove(folder),
        )

    def _remove(self, folder: Folder) -> None:
        self._background.run(
            lambda: self._engine.remove_folder(folder.folder_id), self._tell_changed, self._tell_problem
        )

    def _tell_changed(self, _answer: object) -> None:
        self.changed.emit()

    def _tell_problem(self, error: Exception) -> None:
        tell(self._window, error)

    def _reveal(self) -> None:
        if self._folder:
            show_in_file_manager(self._folder.path)

    def _rescan(self) -> None:
        if folder := self._folder:
            self._background.run(lambda: self._engine.rescan(folder.folder_id), failure=self._tell_problem)

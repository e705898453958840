"""The folders of the library in a list, with all that can be done with them."""

from collections.abc import Set
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.library.entries import folder_state
from desktop.library.folder_choice import pick_folder
from desktop.library.folder_menu import FolderMenu
from desktop.library.rows import let_rows_breathe
from desktop.question import tell
from engine.api import Engine, Folder, FolderState

_FOLDER = Qt.ItemDataRole.UserRole


class FolderList(QWidget):
    """List the folders; `changed` says that one came or went."""

    changed = Signal()

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Folders of the library"))
        let_rows_breathe(self._list)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._list.currentItemChanged.connect(self._choose)
        self._menu = FolderMenu(engine, background, self)
        self._menu.changed.connect(self._tell_changed)
        add = QPushButton(icon("add"), self.tr("Add a folder…"))
        add.clicked.connect(lambda: pick_folder(self, self.add_folder))
        self._remove = QPushButton(icon("remove"), self.tr("Remove…"))
        self._remove.clicked.connect(self._menu.ask_to_remove)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """List what there is by now: folders are added elsewhere too."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the folders again."""
        self._background.run(
            lambda: (self._engine.folders(), self._engine.folders_scanned_now()),
            self._fill,
            self._tell_problem,
            latest=f"folders {id(self)}",
        )

    def add_folder(self, path: Path) -> None:
        """Add a folder to the library."""
        self._background.run(lambda: self._engine.add_folder(path), self._tell_changed, self._tell_problem)

    def _fill(self, found: tuple[list[Folder], Set[int]]) -> None:
        folders, scanned_now = found
        self._list.clear()
        for folder in folders:
            picture = icon("folder-offline" if folder.state is FolderState.OFFLINE else "folder")
            state = folder_state(folder, folder.folder_id in scanned_now)
            item = QListWidgetItem(picture, f"{folder.path}\n{state}", self._list)
            item.setData(_FOLDER, folder)
        self._remove.setEnabled(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._remove.setEnabled(item is not None)
        if item:
            self._menu.choose(item.data(_FOLDER))

    def _show_menu(self, position: QPoint) -> None:
        if item := self._list.itemAt(position):
            self._menu.show_for(item.data(_FOLDER), self._list.viewport().mapToGlobal(position))

    def _tell_changed(self, _answer: object = None) -> None:
        self.refresh()
        self.changed.emit()

    def _tell_problem(self, error: Exception) -> None:
        tell(self, error)

"""The page of the folders, and of those inside them that are left out."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.library.folder_choice import pick_folder
from desktop.library.folder_list import FolderList
from desktop.settings.form import SettingsForm
from engine.api import Engine


class FoldersPage(SettingsForm):
    """Add and remove folders, and leave some out."""

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Folders"))
        self.folders = FolderList(engine, background)
        self.rows.addRow(self.folders)
        self.add_text(self.tr("Folders inside these are looked through too, but for the ones below:"))
        self.skipped = QListWidget()
        self.skipped.setAccessibleName(self.tr("Folders that are left out"))
        self.skipped.setMaximumHeight(self.fontMetrics().height() * 6)
        self.rows.addRow(self.skipped)
        add = QPushButton(icon("add"), self.tr("Leave a folder out…"))
        add.clicked.connect(lambda: pick_folder(self, self.skip))
        self._take_back = QPushButton(icon("remove"), self.tr("Look through it again"))
        self._take_back.clicked.connect(self._unskip)
        self.skipped.currentRowChanged.connect(lambda row: self._take_back.setEnabled(row >= 0))
        buttons = QHBoxLayout()
        for button in (add, self._take_back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addRow(buttons)
        self.bind("skipped_folders", self.skipped, self._show_skipped)

    def skip(self, path: Path) -> None:
        """Leave a folder out."""
        if path not in self._paths():
            self._change((*self._paths(), path))

    def _unskip(self) -> None:
        row = self.skipped.currentRow()
        self._change(tuple(path for place, path in enumerate(self._paths()) if place != row))

    def _change(self, paths: tuple[Path, ...]) -> None:
        self._show_skipped(paths)
        self.edited.emit("skipped_folders", paths)

    def _show_skipped(self, paths: tuple[Path, ...]) -> None:
        self.skipped.clear()
        self.skipped.addItems([str(path) for path in paths])
        self._take_back.setEnabled(False)

    def _paths(self) -> tuple[Path, ...]:
        return tuple(Path(self.skipped.item(row).text()) for row in range(self.skipped.count()))

"""Choose the folders that photos are looked for in: tick, add, or drop them."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.library.rows import let_rows_breathe
from engine.api import Engine
from engine.errors import FolderAlreadyAdded

_PATH = Qt.ItemDataRole.UserRole


class FolderChoice(QWidget):
    """List folders with a tick each; `changed` says that another number of them is ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Folders of photos"))
        let_rows_breathe(self._list)
        self._list.itemChanged.connect(self.changed)
        add = QPushButton(icon("add"), self.tr("Add another folder…"))
        add.clicked.connect(lambda: pick_folder(self, self.add_folder))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list, 1)
        layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._list)

    def suggest(self, chosen: Iterable[Path]) -> None:
        """Start with the folders of the library; where it has none, with the system's Pictures."""
        paths = list(chosen) or [Path(path) for path in _system_pictures()]
        for path in paths:
            self.add_folder(path)

    def add_folder(self, path: Path) -> None:
        """List a folder, ticked."""
        if path in self._paths():
            return
        item = QListWidgetItem(icon("folder"), str(path), self._list)
        item.setData(_PATH, str(path))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self.changed.emit()

    def ticked(self) -> list[Path]:
        """Return the folders that are ticked."""
        return [Path(item.data(_PATH)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def unticked(self) -> list[Path]:
        """Return the folders that are listed and not ticked."""
        return [path for path in self._paths() if path not in self.ticked()]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what lies on a disk."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what is dropped."""
        for path in dropped_paths(event.mimeData()):
            self.add_folder(path)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _paths(self) -> list[Path]:
        return [Path(item.data(_PATH)) for item in self._items()]


def pick_folder(parent: QWidget, use: Callable[[Path], object]) -> QFileDialog:
    """Let the user pick a folder, and use it."""
    dialog = QFileDialog(parent, parent.tr("Choose a folder"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda chosen: use(Path(chosen)))
    dialog.open()
    return dialog


def add_new_folders(engine: Engine, folders: Iterable[Path]) -> None:
    """Add those folders that the library does not have yet; raise `FolderUnavailable`. Not for the main thread."""
    for folder in folders:
        with contextlib.suppress(FolderAlreadyAdded):
            engine.add_folder(folder.resolve())


def dropped_paths(dropped: QMimeData) -> list[Path]:
    """Return the folders of a drop; a photo stands for the folder that it lies in."""
    paths = (Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile())
    return list(dict.fromkeys(path.parent if path.is_file() else path for path in paths))


def _system_pictures() -> list[str]:
    return QStandardPaths.standardLocations(QStandardPaths.StandardLocation.PicturesLocation)[:1]

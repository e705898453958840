"""The column on the left: what the library can be looked through by."""

from collections.abc import Mapping, Set

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.icons import icon
from desktop.library.entries import Entry, Section, heading, list_entries
from desktop.library.folder_menu import FolderMenu
from desktop.library.rows import let_rows_breathe
from engine.api import Engine, Facets, Folder, Progress

_ENTRY = Qt.ItemDataRole.UserRole
# Counting takes .3 s with 100,000 photos, and progress comes twice a second.
_REFRESH_MS = 2000
_CLOSED_AT_FIRST = frozenset({Section.CAMERAS, Section.KINDS})


class Sidebar(QWidget):
    """List folders, places, years and more; `chosen` carries a `Selection`."""

    chosen = Signal(object)
    add_folder_asked = Signal()
    problems_asked = Signal()

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._progress = Progress()
        self._shown: Mapping[Section, tuple[Entry, ...]] = {}
        self._open_keys = {section.value for section in Section if section not in _CLOSED_AT_FIRST}
        self._reported: QTreeWidgetItem | None = None
        self._pause = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._is_stale = False
        self._pause.timeout.connect(self._refresh_if_stale)
        self._tree = self._make_tree()
        self._menu = FolderMenu(engine, background, self)
        self._menu.changed.connect(self._load)
        add = QPushButton(icon("add"), self.tr("Add a folder…"))
        add.setFlat(True)
        add.clicked.connect(self.add_folder_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tree, 1)
        layout.addWidget(add)

    def refresh(self, progress: Progress) -> None:
        """Bring the counts up to date: at once, and then at most every two seconds."""
        self._progress = progress
        self._is_stale = True
        if not self._pause.isActive():
            self._refresh_if_stale()

    def clear_choice(self) -> None:
        """Mark nothing as chosen, for the window shows something else."""
        self._reported = None
        self._tree.blockSignals(True)
        self._tree.setCurrentIndex(QModelIndex())
        self._tree.blockSignals(False)

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Library"))
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setIndentation(self.fontMetrics().height())
        let_rows_breathe(tree)
        tree.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._show_menu)
        tree.currentItemChanged.connect(self._report_current)
        tree.itemClicked.connect(self._report_click)
        tree.itemExpanded.connect(lambda item: self._open_keys.add(_key(item)))
        tree.itemCollapsed.connect(lambda item: self._open_keys.discard(_key(item)))
        return tree

    def _refresh_if_stale(self) -> None:
        if self._is_stale:
            self._load()

    def _load(self) -> None:
        self._is_stale = False
        self._pause.start()
        self._background.run(lambda: _look(self._engine), self._fill, latest=f"sidebar {id(self)}")

    def _fill(self, found: tuple[Facets, list[Folder], Set[int]]) -> None:
        entries = list_entries(*found, self._progress.failures)
        if entries == self._shown:
            return
        self._shown = entries
        current = self._tree.currentItem()
        key, scrolled = _key(current) if current else None, self._tree.verticalScrollBar().value()
        self._tree.blockSignals(True)
        self._tree.clear()
        for section, listed in entries.items():
            self._add_section(section, listed)
        self._restore(key)
        self._tree.blockSignals(False)
        self._tree.verticalScrollBar().setValue(scrolled)

    def _add_section(self, section: Section, entries: tuple[Entry, ...]) -> None:
        parent = self._tree.invisibleRootItem()
        if title := heading(section):
            parent = QTreeWidgetItem(parent, [title])
            parent.setData(0, _ENTRY, section.value)
            parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for entry in entries:
            self._add(parent, entry)
        if title:
            parent.setExpanded(section.value in self._open_keys)

    def _add(self, parent: QTreeWidgetItem, entry: Entry) -> None:
        label = f"{entry.label} · {entry.note}" if entry.note else entry.label
        item = QTreeWidgetItem(parent, [label, "" if entry.count is None else f"{entry.count:,}"])
        item.setIcon(0, icon(entry.icon))
        item.setToolTip(0, entry.hint or entry.label)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, _ENTRY, entry)
        for child in entry.children:
            self._add(item, child)
        item.setExpanded(entry.key in self._open_keys)

    def _restore(self, key: str | None) -> None:
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        for item in self._tree.findItems("", flags) if key else []:
            if _key(item) == key:
                self._tree.setCurrentItem(item)

    def _report_current(self, item: QTreeWidgetItem | None) -> None:
        self._reported = item
        if item:
            self._report(item)

    def _report_click(self, item: QTreeWidgetItem) -> None:
        """Choose again what is chosen already; a click that chose something anew has been reported."""
        if item is not self._reported:
            self._report(item)
        self._reported = None

    def _report(self, item: QTreeWidgetItem) -> None:
        match item.data(0, _ENTRY):
            case Entry(selection=None):
                self.problems_asked.emit()
            case Entry(selection=selection):
                self.chosen.emit(selection)

    def _show_menu(self, position: QPoint) -> None:
        item = self._tree.itemAt(position)
        entry = item.data(0, _ENTRY) if item else None
        if isinstance(entry, Entry) and entry.folder:
            self._menu.show_for(entry.folder, self._tree.viewport().mapToGlobal(position))


def _look(engine: Engine) -> tuple[Facets, list[Folder], Set[int]]:
    return engine.facets(), engine.folders(), engine.folders_scanned_now()


def _key(item: QTreeWidgetItem) -> str:
    entry = item.data(0, _ENTRY)
    return entry.key if isinstance(entry, Entry) else str(entry)

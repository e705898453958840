"""The page of what could not be read or done: grouped by reason, with what to do about each."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.icons import icon
from desktop.library.page_title import PageTitle
from desktop.library.rows import let_rows_breathe
from desktop.question import tell
from desktop.system.file_manager import show_in_file_manager
from engine.api import Engine, Failure

_PATH = Qt.ItemDataRole.UserRole


class ProblemsPage(QWidget):
    """List every problem; `retried` says that everything is tried again."""

    retried = Signal()

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._shown: list[Failure] | None = None
        self._summary = QLabel(wordWrap=True)
        self._list = QTreeWidget()
        self._list.setAccessibleName(self.tr("Problems"))
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        let_rows_breathe(self._list)
        self._list.itemActivated.connect(self._reveal)
        self._retry = QPushButton(icon("rescan"), self.tr("Try again"))
        self._retry.clicked.connect(self._try_again)
        header = QHBoxLayout()
        header.addWidget(PageTitle(self.tr("Could not be read")), 1)
        header.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.addLayout(header)
        layout.addWidget(self._summary)
        layout.addWidget(self._list, 1)
        self.setFocusProxy(self._list)

    def refresh(self) -> None:
        """Read the problems again."""
        self._background.run(self._engine.failures, self._fill, self._tell, latest=f"problems {id(self)}")

    @property
    def reasons(self) -> list[str]:
        """What the page gives as reasons."""
        return [item.text(0) for item in self._list.findItems("", Qt.MatchFlag.MatchContains)]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to show the file of the line."""
        item = self._list.currentItem()
        if item and item.data(0, _PATH):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(icon("open"), self.tr("Show in file manager"), lambda: self._reveal(item))
            menu.popup(event.globalPos())

    def _fill(self, failures: list[Failure]) -> None:
        self._retry.setEnabled(bool(failures))
        if failures == self._shown:
            return
        self._shown = failures
        self._list.clear()
        for (problem, advice), paths in _grouped(failures).items():
            self._add_reason(problem, advice, paths)
        self._list.resizeColumnToContents(0)
        self._list.setVisible(bool(failures))
        self._summary.setText(
            self.tr("Your files are untouched. Double-click one to see where it lies.")
            if failures
            else self.tr("Everything in your library could be read.")
        )

    def _add_reason(self, problem: str, advice: str, paths: list[Path]) -> None:
        reason = QTreeWidgetItem(self._list, [f"{problem} {advice}".strip()])
        reason.setIcon(0, icon("warning"))
        reason.setToolTip(0, reason.text(0))
        reason.setFirstColumnSpanned(True)
        for path in paths:
            item = QTreeWidgetItem(reason, [path.name, str(path.parent)])
            item.setToolTip(0, str(path))
            item.setData(0, _PATH, str(path))
        reason.setExpanded(True)

    def _reveal(self, item: QTreeWidgetItem) -> None:
        if path := item.data(0, _PATH):
            show_in_file_manager(Path(path))

    def _try_again(self) -> None:
        self._retry.setEnabled(False)
        self._background.run(self._engine.retry_failed, self._after_retry, self._tell)

    def _after_retry(self, _count: int) -> None:
        self.retried.emit()
        self.refresh()

    def _tell(self, error: Exception) -> None:
        self._retry.setEnabled(True)
        tell(self, error)


def _grouped(failures: Iterable[Failure]) -> dict[tuple[str, str], list[Path]]:
    groups: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
    for failure in failures:
        groups[failure.problem, failure.advice].append(failure.path)
    return groups

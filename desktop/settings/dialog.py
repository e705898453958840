"""The settings: a list of pages on the left, and each change counts at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.icons import icon
from desktop.library.rows import let_rows_breathe
from desktop.question import tell
from desktop.settings.downloads import Downloads
from desktop.settings.export import ExportPage
from desktop.settings.folders import FoldersPage
from desktop.settings.form import SettingsForm
from desktop.settings.models import ModelsPage
from desktop.settings.pages import AppearancePage, LanguagePage, PerformancePage
from desktop.settings.privacy import PrivacyPage
from engine.api import Engine, Settings

_WIDTH_IN_CHARACTERS, _HEIGHT_IN_LINES = 120, 34


class SettingsDialog(QDialog):
    """Show and change the settings. `changed` carries them whenever they were stored; after `erased` the library is
    gone, and closed."""

    changed = Signal(object)
    erased = Signal()

    def __init__(
        self, engine: Engine, background: Background, downloads: Downloads, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._unsaved: dict[str, Any] = {}
        self._is_saving = False
        self.setWindowTitle(self.tr("Settings"))
        self.models = ModelsPage(engine, background, downloads)
        self.privacy = PrivacyPage(engine, background)
        self.privacy.erased.connect(self.erased)
        self._list, self._stack = QListWidget(), QStackedWidget()
        self._list.setAccessibleName(self.tr("Pages of settings"))
        let_rows_breathe(self._list)
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._add_pages()
        self._arrange()
        background.run(engine.settings, self._load, self._tell)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._list.setCurrentRow(self._pages.index(page))

    def page(self, kind: type[SettingsForm]) -> SettingsForm:
        """Return the page of a kind."""
        return next(page for page in self._pages if isinstance(page, kind))

    def _add_pages(self) -> None:
        engine, background = self._engine, self._background
        self._pages: list[QWidget] = []
        for picture, title, page in (
            ("folder", self.tr("Folders"), FoldersPage(engine, background)),
            ("model", self.tr("Models"), self.models),
            ("speed", self.tr("Performance"), PerformancePage()),
            ("language", self.tr("Language and dates"), LanguagePage()),
            ("appearance", self.tr("Appearance"), AppearancePage()),
            ("privacy", self.tr("Privacy"), self.privacy),
            ("export", self.tr("Export"), ExportPage(engine, background)),
        ):
            self._pages.append(page)
            QListWidgetItem(icon(picture), title, self._list)
            self._stack.addWidget(_scrolling(page, title))
            if isinstance(page, SettingsForm):
                page.setEnabled(False)
                page.edited.connect(self._change)
        self._list.setFixedWidth(self._list.sizeHintForColumn(0) + 4 * self.fontMetrics().averageCharWidth())
        self._list.setCurrentRow(0)

    def _arrange(self) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        columns = QHBoxLayout()
        columns.addWidget(self._list)
        columns.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(close)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * _WIDTH_IN_CHARACTERS, metrics.height() * _HEIGHT_IN_LINES)

    def _load(self, settings: Settings) -> None:
        for page in self._pages:
            if isinstance(page, SettingsForm):
                page.load(settings)
                page.setEnabled(True)

    def _change(self, field: str, value: object) -> None:
        self._unsaved[field] = value
        if not self._is_saving:
            self._save()

    def _save(self) -> None:
        """Store what was changed, one lot after another, so that the last word of the user is the last one stored."""
        changes, self._unsaved = self._unsaved, {}
        self._is_saving = bool(changes)
        if changes:
            self._background.run(lambda: _store(self._engine, changes), self._tell_saved, self._tell)

    def _tell_saved(self, settings: Settings) -> None:
        self.changed.emit(settings)
        self._save()

    def _tell(self, error: Exception) -> None:
        self._is_saving = False
        tell(self, error)


def _store(engine: Engine, changes: Mapping[str, Any]) -> Settings:
    settings = replace(engine.settings(), **changes)
    engine.change_settings(settings)
    return settings


def _scrolling(page: QWidget, title: str) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName(title)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area

"""The first run: a welcome, the folders, the captioner, and off it goes."""

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.background import Background
from desktop.library.folder_choice import FolderChoice
from desktop.library.page_title import PageTitle, Picture
from desktop.question import explain
from desktop.settings.downloads import Downloads
from desktop.settings.model_list import ModelList
from engine.api import Engine, Folder, Progress
from engine.errors import FolderAlreadyAdded, ReverieError

_WIDTH_IN_CHARACTERS = 84
_ICON_LINES = 5
_KEPT = "welcome step"


class Step(IntEnum):
    """Where somebody is in the first run; it is kept, so that a first run that was broken off goes on there."""

    GREETING = 0
    FOLDERS = 1
    CAPTIONER = 2
    DONE = 3


class Welcome(QWidget):
    """Lead through the first run; `finished` comes at its end, also where it was skipped."""

    finished = Signal()

    def __init__(
        self, engine: Engine, background: Background, downloads: Downloads, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._background, self._progress = engine, background, Progress()
        self.on_battery = QCheckBox(self.tr("Rest while the computer runs on battery"))
        self.folders, self.models = FolderChoice(), ModelList(engine, background, downloads)
        self._pages = QStackedWidget()
        for page in (self._greeting(), self._folder_page(), self._model_page()):
            self._pages.addWidget(page)
        self._problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._problem.setAccessibleDescription(self.tr("What went wrong"))
        self.back, self.skip, self.go_on = (
            QPushButton(self.tr("Back")), QPushButton(self.tr("Skip for now")), QPushButton(),
        )  # fmt: skip
        self.go_on.setDefault(True)
        self.go_on.setAutoDefault(True)
        self.back.clicked.connect(lambda: self._go_to(Step(self.step - 1)))
        self.skip.clicked.connect(lambda: self._go_to(Step.DONE))
        self.go_on.clicked.connect(self._take_step)
        self.folders.changed.connect(self._update_buttons)
        self.on_battery.toggled.connect(self._rest_on_battery)
        self._arrange()
        self._show(Step.GREETING)
        background.run(lambda: (_kept_step(engine), engine.folders()), self._resume, self._tell)

    @staticmethod
    def is_wanted(engine: Engine) -> bool:
        """Tell whether the first run is not over yet: a library made by the command line needs none. Reads the disk."""
        step = _kept_step(engine)
        return step < Step.DONE and not (step is Step.GREETING and engine.folders())

    @property
    def step(self) -> Step:
        """Return which page is shown."""
        return Step(self._pages.currentIndex())

    @property
    def problem(self) -> str:
        """Return what the page says went wrong."""
        return self._problem.text()

    def show_progress(self, progress: Progress) -> None:
        """Tell how long each model would take as photos are found."""
        before, self._progress = self._progress, progress
        if self.step is Step.CAPTIONER and _found(before) != _found(progress):
            self.models.refresh()

    def _greeting(self) -> QWidget:
        return self._page(
            self.tr("Find your photos from what you remember"),
            self.tr(
                "Reverie looks at your photos and describes each one, so that you can find it again in your own words: "
                "“the dog asleep on grandma's sofa”, “us laughing in the rain, two summers ago”."
            ),
            QLabel(self.tr("Everything happens on this computer. Nothing is uploaded, and no photo is ever changed.")),
            picture=Picture("reverie", _ICON_LINES),
        )

    def _folder_page(self) -> QWidget:
        text = self.tr("Tick the folders that your photos are in, or drop more of them here. Folders inside count too.")
        return self._page(self.tr("Where are your photos?"), text, self.folders)

    def _model_page(self) -> QWidget:
        text = self.tr(
            "It writes the descriptions that you search. You can start with the one built in, and change at any time."
        )
        choice = QWidget()
        rows = QVBoxLayout(choice)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(_scrolling(self.models, self.tr("Models")), 1)
        rows.addWidget(self.on_battery)
        return self._page(self.tr("Who should describe them?"), text, choice)

    def _page(self, title: str, text: str, content: QWidget, picture: Picture | None = None) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        if picture:
            layout.addWidget(picture)
        for widget in (PageTitle(title), QLabel(text, wordWrap=True)):
            layout.addWidget(widget)
        layout.addWidget(content, 1)
        if isinstance(content, QLabel):
            content.setWordWrap(True)
            content.setAlignment(Qt.AlignmentFlag.AlignTop)
        return page

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go_on)
        column = QWidget()
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS)
        rows = QVBoxLayout(column)
        rows.addStretch(1)
        rows.addWidget(self._pages, 6)
        rows.addWidget(self._problem)
        rows.addLayout(buttons)
        rows.addStretch(1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(column, 100)
        outer.addStretch(1)

    def _resume(self, found: tuple[Step, list[Folder]]) -> None:
        step, chosen = found
        self.folders.suggest(folder.path for folder in chosen)
        if self.step is Step.GREETING and step is not Step.DONE:
            self._show(step)

    def _take_step(self) -> None:
        match self.step:
            case Step.FOLDERS:
                self.go_on.setEnabled(False)
                wanted, unwanted = self.folders.ticked(), self.folders.unticked()
                self._background.run(
                    lambda: _set_folders(self._engine, wanted, unwanted), self._after_folders, self._tell
                )
            case step:
                self._go_to(Step(step + 1))

    def _after_folders(self, problems: list[str]) -> None:
        self._update_buttons()
        if problems:
            self._problem.setText("\n".join(problems))
        else:
            self._go_to(Step.CAPTIONER)

    def _go_to(self, step: Step) -> None:
        self._background.run(lambda: self._engine.remember(_KEPT, int(step)), failure=self._tell)
        if step is Step.DONE:
            self.finished.emit()
        else:
            self._show(step)

    def _show(self, step: Step) -> None:
        self._problem.clear()
        self._pages.setCurrentIndex(step)
        self._update_buttons()
        (self.folders if step is Step.FOLDERS else self.go_on).setFocus()

    def _rest_on_battery(self, on: bool) -> None:
        def store() -> None:
            self._engine.change_settings(replace(self._engine.settings(), pause_on_battery=on))

        self._background.run(store, failure=self._tell)

    def _update_buttons(self) -> None:
        texts = {Step.GREETING: self.tr("Begin"), Step.FOLDERS: self.tr("Continue"), Step.CAPTIONER: self.tr("Go")}
        self.go_on.setText(texts[self.step])
        self.go_on.setEnabled(self.step is not Step.FOLDERS or bool(self.folders.ticked()))
        self.back.setVisible(self.step is not Step.GREETING)

    def _tell(self, error: Exception) -> None:
        self._update_buttons()
        self._problem.setText(" ".join(explain(error)).strip())


def _scrolling(content: QWidget, title: str) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName(title)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(content)
    return area


def _set_folders(engine: Engine, wanted: Sequence[Path], unwanted: Sequence[Path]) -> list[str]:
    """Add and remove folders; return a sentence for each that could not be added."""
    for folder in engine.folders():
        if folder.path in unwanted:
            engine.remove_folder(folder.folder_id)
    problems = []
    for path in wanted:
        try:
            engine.add_folder(path)
        except FolderAlreadyAdded:
            continue
        except ReverieError as error:
            problems.append(f"{path}: {error}")
    return problems


def _found(progress: Progress) -> int:
    return progress.photos + progress.files_pending


def _kept_step(engine: Engine) -> Step:
    return Step(engine.recall(_KEPT, Step.GREETING))

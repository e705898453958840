"""The line at the bottom of the window: how far indexing is, and what holds it up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from desktop.icons import icon
from desktop.library.elided import ElidedLabel
from desktop.library.progress_text import problems_text, progress_text
from engine.api import Activity, Progress


class StatusBar(QStatusBar):
    """Show progress, what holds it up, what went wrong, and a button to pause or go on."""

    pause_asked = Signal()
    resume_asked = Signal()
    problems_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._notice = QLabel(), ElidedLabel()
        self._problems, self._switch = QToolButton(), QToolButton()
        self._is_paused = False
        self._problems.setIcon(icon("warning"))
        self._problems.setToolTip(self.tr("What could not be read or done, and why"))
        self._problems.clicked.connect(self.problems_asked)
        self._switch.clicked.connect(self._ask)
        for button in (self._problems, self._switch):
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.hide()
        self._notice.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._text, self._notice):
            label.setMargin(self.fontMetrics().averageCharWidth())
        self._text.setAccessibleDescription(self.tr("How far indexing is"))
        self._notice.setAccessibleDescription(self.tr("What holds indexing up"))
        self.addWidget(self._text)
        self.addWidget(self._notice, 1)
        self.addPermanentWidget(self._problems)
        self.addPermanentWidget(self._switch)

    def show_progress(self, progress: Progress) -> None:
        """Tell how far indexing is."""
        self._text.setText(progress_text(progress))
        self._notice.show_text(" ".join(progress.notices))
        self._problems.setText(problems_text(progress.failures))
        self._problems.setVisible(bool(progress.failures))
        self._is_paused = progress.activity is Activity.PAUSED
        self._switch.setVisible(progress.activity is not Activity.IDLE)
        self._switch.setIcon(icon("play" if self._is_paused else "pause"))
        self._switch.setText(self.tr("Go on") if self._is_paused else self.tr("Pause"))

    @property
    def text(self) -> str:
        """What the line says of the progress."""
        return self._text.text()

    @property
    def notice(self) -> str:
        """What the line says holds indexing up."""
        return self._notice.text()

    def _ask(self) -> None:
        (self.resume_asked if self._is_paused else self.pause_asked).emit()

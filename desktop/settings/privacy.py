"""What Reverie knows, where it keeps it, how to check that it stays there, and how to delete all of it."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.question import ask, tell
from desktop.settings.form import SettingsForm
from engine.api import Engine


class PrivacyPage(SettingsForm):
    """Explain privacy and delete everything; `erased` says that the library is gone, and closed."""

    erased = Signal()

    def __init__(self, engine: Engine, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_title(self.tr("Privacy"))
        self._engine, self._background = engine, background
        self.add_text(
            self.tr(
                "Nothing leaves this computer. Photos, descriptions and searches stay here; nobody counts or reports "
                "what you do. The network is used for one thing only: to fetch a model when you press Download."
            )
        )
        self.add_text(
            self.tr(
                "How to check: switch the network off, and everything goes on working. Or, while Reverie is at work, "
                "look at the open connections of your computer (Resource Monitor on Windows, “lsof -i” on macOS, "
                "“ss -tp” on Linux): there is none of Reverie."
            )
        )
        self.add_text(
            self.tr(
                "Photos are read and never changed. What Reverie knows of them, such as captions, small previews and "
                "the index, lies in one folder:\n{folder}"
            ).format(folder=engine.home.root)
        )
        show = QPushButton(icon("open"), self.tr("Open this folder"))
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(engine.home.root)))
        self.erase = QPushButton(icon("remove"), self.tr("Delete everything Reverie knows…"))
        self.erase.clicked.connect(self._ask)
        self.add_buttons(show)
        self.add_buttons(self.erase)

    def _ask(self) -> None:
        ask(
            self,
            self.tr("Delete everything Reverie knows?"),
            self.tr(
                "All captions, your own too, previews, settings and models are deleted. Your photos are not touched."
            ),
            self.tr("Delete everything…"),
            self._ask_again,
        )

    def _ask_again(self) -> None:
        ask(
            self,
            self.tr("This cannot be undone. Delete it now?"),
            self.tr("Export your captions first if you may want them again. Reverie closes afterwards."),
            self.tr("Delete now"),
            lambda: self._background.run(self._engine.erase, self._tell_erased, self._tell_problem),
        )

    def _tell_erased(self, _answer: object) -> None:
        self.erased.emit()

    def _tell_problem(self, error: Exception) -> None:
        tell(self, error)

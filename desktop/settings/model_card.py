"""One captioning model: what it is, what it takes, and what can be done with it."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.icons import icon

_STEPS = 1000


class Action(StrEnum):
    """What can be done with a model."""

    USE = "use"
    TRY = "try"
    DOWNLOAD = "download"
    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `key` is what the engine calls the model; `mark` stands beside the title. `done` is the share
    of a download that is there, None where there is none, and `status` says how it goes or why it ended."""

    key: str
    name: str
    facts: str
    mark: str = ""
    done: float | None = None
    status: str = ""
    actions: tuple[Action, ...] = ()


class ModelCard(QFrame):
    """Show a model; `asked` carries its key and the `Action` that the user wants."""

    asked = Signal(str, object)

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.card = card
        self._title, self._mark = QLabel(), QLabel()
        self._facts, self._status = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self._buttons = {action: self._button(action) for action in Action}
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        for label in (self._facts, self._mark):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._title, self._mark, self._facts, self._status):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._arrange()
        self.show_card(card)

    def show_card(self, card: Card) -> None:
        """Show what is known of the model now."""
        self.card = card
        self._title.setText(card.name)
        self._mark.setText(card.mark)
        self._facts.setText(card.facts)
        self._status.setText(card.status)
        self._status.setVisible(bool(card.status))
        self._bar.setVisible(card.done is not None)
        self._bar.setValue(round((card.done or 0.0) * _STEPS))
        for action, button in self._buttons.items():
            button.setVisible(action in card.actions)
        self.setAccessibleName(f"{card.name} {card.mark}".strip())
        self.setAccessibleDescription(f"{card.facts} {card.status}".strip())
        self._bar.setAccessibleName(card.status)

    def button(self, action: Action) -> QPushButton:
        """Return the button of an action."""
        return self._buttons[action]

    def _button(self, action: Action) -> QPushButton:
        picture, text = _labels()[action]
        button = QPushButton(icon(picture), text)
        button.setAccessibleName(f"{text} {self.card.name}")
        button.clicked.connect(lambda: self.asked.emit(self.card.key, action))
        return button

    def _arrange(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._title)
        header.addWidget(self._mark)
        header.addStretch(1)
        buttons = QHBoxLayout()
        for button in self._buttons.values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(header)
        for widget in (self._facts, self._bar, self._status):
            layout.addWidget(widget)
        layout.addLayout(buttons)


def _labels() -> dict[Action, tuple[str, str]]:
    return {
        Action.USE: ("check", _tr("Use")),
        Action.TRY: ("photo", _tr("Try on a photo…")),
        Action.DOWNLOAD: ("download", _tr("Download")),
        Action.PAUSE: ("pause", _tr("Pause")),
        Action.RESUME: ("play", _tr("Go on")),
        Action.REMOVE: ("remove", _tr("Remove…")),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelCard", text)

"""All captioning models, each with what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.question import ask, explain, tell
from desktop.settings.downloads import Downloads
from desktop.settings.import_dialog import ImportDialog
from desktop.settings.model_card import Action, Card, ModelCard
from desktop.settings.model_cards import Shelf, expectation_text, installed_card, offer_card
from desktop.settings.trial import TrialDialog
from desktop.system.network import is_offline
from engine.api import Engine

# Above the cards stand the news and the button to import.
_FIRST_CARD = 2


class ModelList(QWidget):
    """List models; `changed` says that other ones are there, or another one is in use."""

    changed = Signal()

    def __init__(
        self, engine: Engine, background: Background, downloads: Downloads, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._background, self._downloads = engine, background, downloads
        self._shelf: Shelf | None = None
        self._cards: dict[str, ModelCard] = {}
        self._news = QLabel(wordWrap=True)
        self._news.setAccessibleDescription(self.tr("News of the models"))
        self._import = QPushButton(icon("open"), self.tr("Import a model from disk…"))
        self._import.clicked.connect(self._ask_for_files)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._news)
        self._rows.addWidget(self._import, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addStretch(1)
        downloads.changed.connect(self._show)
        downloads.import_failed.connect(self._tell)
        downloads.finished.connect(self.refresh)
        self._show()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell how long each model would take for the photos that there are by now."""
        super().showEvent(event)
        self.refresh()

    @property
    def news(self) -> str:
        """What the list says above the models."""
        return self._news.text()

    def card(self, key: str) -> ModelCard:
        """Return the card of a model, by its name, or its `model_id` while it is on offer."""
        return self._cards[key]

    @property
    def keys(self) -> list[str]:
        """Return which models have a card, in their order."""
        return list(self._cards)

    def refresh(self) -> None:
        """Look again which models there are."""
        self._background.run(lambda: _look(self._engine), self._fill, self._tell, latest=f"models {id(self)}")

    def _fill(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._show()
        self.changed.emit()

    def _advice(self) -> str:
        if name := self._downloads.importing:
            return self.tr("Importing “{name}”: it is copied, and describes a drawn picture…").format(name=name)
        if self._shelf is None:
            return self.tr("Looking which models there are…")
        if problem := self._engine.captioner_problem:
            return " ".join(explain(problem)).strip()
        if is_offline():
            return self.tr(
                "There is no network, so no model can be downloaded now. "
                "You can bring one from another computer and import it."
            )
        return ""

    def _show(self) -> None:
        self._import.setEnabled(not self._downloads.importing)
        self._news.setText(self._advice())
        self._news.setVisible(bool(self._news.text()))
        if self._shelf is None:
            return
        models = self._shelf.models
        cards = [
            *(installed_card(model, self._shelf) for model in models.installed),
            *(offer_card(offer, self._shelf, self._downloads.of(offer.model_id)) for offer in models.offers),
        ]
        if [card.key for card in cards] != self.keys:
            self._lay_out(cards)
        for card in cards:
            self._cards[card.key].show_card(card)

    def _lay_out(self, cards: list[Card]) -> None:
        for old in self._cards.values():
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = {card.key: ModelCard(card) for card in cards}
        for row, made in enumerate(self._cards.values(), start=_FIRST_CARD):
            made.asked.connect(self._do)
            self._rows.insertWidget(row, made)

    def _do(self, key: str, action: Action) -> None:
        match action:
            case Action.DOWNLOAD | Action.RESUME:
                self._downloads.start(key)
            case Action.PAUSE:
                self._downloads.pause(key)
            case Action.USE:
                self._ask_to_use(key)
            case Action.TRY:
                TrialDialog(self._engine, self._background, key, self).open()
            case Action.REMOVE:
                self._ask_to_remove(key)

    def _ask_to_use(self, key: str) -> None:
        expected = self._shelf.expected.get(key) if self._shelf else None
        how_long = expectation_text(expected)
        ask(
            self,
            self.tr("Describe your photos with “{name}”?").format(name=self.card(key).card.name),
            self.tr(
                "From now on it writes the captions, and replaces those of other models one by one. "
                "Your own words are never replaced, and everything stays searchable meanwhile."
            )
            + (f" {self.tr('Expected')}: {how_long}." if how_long else ""),
            self.tr("Use it"),
            lambda: self._change(lambda: self._engine.use_model(key)),
        )

    def _ask_to_remove(self, key: str) -> None:
        is_coming = Action.RESUME in self.card(key).card.actions
        ask(
            self,
            self.tr("Remove “{name}”?").format(name=self.card(key).card.name),
            self.tr("What has come of it is deleted.")
            if is_coming
            else self.tr("Its files are deleted. The captions that it wrote stay."),
            self.tr("Remove"),
            lambda: self._forget(key) if is_coming else self._change(lambda: self._engine.remove_model(key)),
        )

    def _forget(self, key: str) -> None:
        self._downloads.forget(key)
        self._change(lambda: self._engine.forget_download(key))

    def _change(self, op: Callable[[], object]) -> None:
        self._background.run(op, self._after_change, self._tell)

    def _after_change(self, _answer: object) -> None:
        self.refresh()

    def _ask_for_files(self) -> None:
        dialog = ImportDialog(self._background, self)
        dialog.chosen.connect(self._downloads.import_pair)
        dialog.open()

    def _tell(self, error: Exception) -> None:
        self.refresh()
        tell(self, error)


def _look(engine: Engine) -> Shelf:
    models = engine.models()
    names = [*(model.name for model in models.installed), *(offer.model_id for offer in models.offers)]
    return Shelf(models, {name: engine.expect_captions(name) for name in names})

"""What the cards of models say."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text, size_text, time_text
from desktop.settings.downloads import Download
from desktop.settings.model_card import Action, Card
from engine.api import Expectation, InstalledModel, ModelOffer, ModelShelf


@dataclass(frozen=True, slots=True)
class Shelf:
    """The models, and what each would mean for this library, by name or `model_id`."""

    models: ModelShelf
    expected: Mapping[str, Expectation]


def installed_card(model: InstalledModel, shelf: Shelf) -> Card:
    """Describe a model that is there."""
    is_used = model.name == shelf.models.in_use
    facts = [
        _tr("comes with Reverie") if model.is_starter else "",
        size_text(model.size_bytes),
        _tr("needs {size} of memory").format(size=size_text(model.memory_bytes)),
        _tr("licence: {name}").format(name=model.licence or _tr("unknown")),
        expectation_text(shelf.expected.get(model.name)),
    ]
    use = () if is_used else (Action.USE,)
    remove = () if model.is_starter else (Action.REMOVE,)
    return Card(
        model.name,
        _tr("Starter") if model.is_starter else model.name,
        _joined(facts),
        mark=_tr("in use") if is_used else "",
        actions=(*use, Action.TRY, *remove),
    )


def offer_card(offer: ModelOffer, shelf: Shelf, download: Download | None) -> Card:
    """Describe a model that can be downloaded, or is on its way."""
    come = shelf.models.downloaded.get(offer.model_id, 0)
    state = download or (Download(come, is_running=False) if come else None)
    facts = [
        size_text(offer.size_bytes),
        _tr("needs {size} of memory").format(size=size_text(offer.memory_bytes)),
        _tr("licence: {name}").format(name=offer.licence),
        expectation_text(shelf.expected.get(offer.model_id)),
        "" if offer.verified else _tr("checksum not yet verified"),
    ]
    return Card(
        offer.model_id,
        offer.name,
        f"{offer.note}\n{_joined(facts)}",
        done=state.done_bytes / offer.size_bytes if state else None,
        status=_status(state, offer) if state else "",
        actions=_download_actions(state),
    )


def expectation_text(expected: Expectation | None) -> str:
    """Say how long a model would take for the photos of the library; nothing where that is unknown."""
    if expected is None or expected.seconds is None or not expected.photos:
        return ""
    photos = photos_text(expected.photos)
    return _tr("{time} for {photos}").format(time=time_text(expected.seconds), photos=photos)


def _download_actions(state: Download | None) -> tuple[Action, ...]:
    if state is None:
        return (Action.DOWNLOAD,)
    return (Action.PAUSE,) if state.is_running else (Action.RESUME, Action.REMOVE)


def _status(state: Download, offer: ModelOffer) -> str:
    if state.problem:
        return state.problem
    if state.is_running and state.done_bytes >= offer.size_bytes:
        return _tr("Checking it, and letting it describe a drawn picture…")
    come = _tr("{done} of {total}").format(done=size_text(state.done_bytes), total=size_text(offer.size_bytes))
    return come if state.is_running else _tr("Paused at {come}").format(come=come)


def _joined(facts: list[str]) -> str:
    return " · ".join(fact for fact in facts if fact)


def _tr(text: str) -> str:
    return QCoreApplication.translate("model_cards", text)

"""What to say where there is no photo to show, and what can be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from engine.api import Activity, Condition, Offer, Progress, Stage


class Way(StrEnum):
    """What a button of an empty page leads to; `WITHOUT` searches again without one of the conditions."""

    ADD_FOLDER = "add folder"
    MODELS = "models"
    PROBLEMS = "problems"
    EVERYWHERE = "everywhere"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Offered:
    """A button: its label and where it leads."""

    label: str
    way: Way
    without: Condition | None = None


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """A friendly page: what is so, what to do, and the buttons for it."""

    icon: str
    title: str
    text: str
    buttons: tuple[Offered, ...] = ()


def empty_page(answer: Answer, progress: Progress, *, can_caption: bool) -> EmptyPage:
    """Return what to say of an answer without photos."""
    if not answer.has_folders:
        return EmptyPage(
            "photo",
            _tr("Your photos, found by what you remember"),
            _tr("Choose a folder with photos. They stay where they are, and nothing leaves this computer."),
            (Offered(_tr("Add a folder…"), Way.ADD_FOLDER),),
        )
    if not progress.photos:
        return _no_photos(progress)
    if answer.request.is_listing:
        return _nothing_in_scope(answer)
    return _nothing_found(answer, progress, can_caption=can_caption)


def _no_photos(progress: Progress) -> EmptyPage:
    if progress.activity in (Activity.SCANNING, Activity.INDEXING):
        return EmptyPage("time", _tr("Reading your photos…"), _tr("The first ones will be here in a moment."))
    if progress.activity is Activity.PAUSED:
        return EmptyPage("sleeping", _tr("Reading is paused"), _tr("Resume it below, and your photos appear here."))
    buttons = [Offered(_tr("Add another folder…"), Way.ADD_FOLDER)]
    if progress.failures:
        buttons.append(Offered(_tr("What could not be read"), Way.PROBLEMS))
    return EmptyPage("photo", _tr("There are no photos in your folders"), "", tuple(buttons))


def _nothing_in_scope(answer: Answer) -> EmptyPage:
    title = _tr("There are no photos here")
    if answer.request.plan.filters:
        title = _tr("No photo fits")
    buttons = (Offered(_tr("Look everywhere"), Way.EVERYWHERE),) if answer.request.scope else ()
    return EmptyPage("search", title, "", buttons)


def _nothing_found(answer: Answer, progress: Progress, *, can_caption: bool) -> EmptyPage:
    buttons = [Offered(_without(offer), Way.WITHOUT, offer.without) for offer in answer.offers]
    if answer.request.scope:
        buttons.append(Offered(_tr("Look everywhere"), Way.EVERYWHERE))
    if not can_caption:
        buttons.append(Offered(_tr("Choose a model for captions"), Way.MODELS))
    text = " ".join(_hints(answer, progress, can_caption=can_caption))
    return EmptyPage("search", _tr("Nothing was found"), text, tuple(buttons))


def _hints(answer: Answer, progress: Progress, *, can_caption: bool) -> Iterator[str]:
    if not answer.offers:
        yield _tr("Try fewer or other words, or be less strict.")
    if unread := progress.files_pending:
        yield _tr("Reverie has not read all files yet: {0} to go.").format(f"{unread:,}")
    captions = progress.stages.get(Stage.CAPTION)
    if not can_caption:
        yield _tr("Photos can't be captioned, for the model is missing: words find less without captions.")
    elif captions and captions.pending and not captions.done:
        yield _tr("No photo has a caption yet. Words find more as captions are written.")


def name_of(condition: Condition) -> str:
    """Return what people call a condition."""
    names = {
        Condition.DATE: _tr("date"),
        Condition.TIME: _tr("time"),
        Condition.PLACE: _tr("place"),
        Condition.CAMERA: _tr("camera"),
        Condition.FOLDER: _tr("folder"),
        Condition.FORMAT: _tr("kind of file"),
        Condition.KIND: _tr("kind of photo"),
        Condition.SHAPE: _tr("shape"),
        Condition.TEXT: _tr("wish for text"),
        Condition.CAPTION: _tr("wish for captions"),
        Condition.MUST: _tr("word"),
        Condition.MUST_NOT: _tr("exclusion"),
        Condition.PHRASE: _tr("phrase"),
    }
    return names[condition]


def _without(offer: Offer) -> str:
    return _tr("Without the {0}: {1}").format(name_of(offer.without), photos_text(offer.photos))


def _tr(text: str) -> str:
    return QCoreApplication.translate("empty", text)

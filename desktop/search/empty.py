"""What to say where there is no photo to show, and what can be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.library.selection import Special
from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from engine.api import Activity, Condition, Offer, Progress, Stage


class Way(StrEnum):
    """What a button of an empty page leads to; `WITHOUT` searches again without some of the conditions, and
    `EVERYTHING` lists all photos."""

    ADD_FOLDER = "add folder"
    MODELS = "models"
    PROBLEMS = "problems"
    EVERYWHERE = "everywhere"
    EVERYTHING = "everything"
    WITHOUT = "without"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Offered:
    """A button: its label and where it leads."""

    label: str
    way: Way
    without: tuple[Condition, ...] = ()


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
    if not progress.photos and answer.request.special is not Special.EXCLUDED:
        return _no_photos(progress)
    if answer.request.is_listing:
        return _nothing_in_scope(answer)
    return _nothing_found(answer, progress, can_caption=can_caption)


def _no_photos(progress: Progress) -> EmptyPage:
    if progress.activity in (Activity.SCANNING, Activity.INDEXING):
        return EmptyPage("time", _tr("Reading your photos…"), _tr("The first ones will be here in a moment."))
    if progress.activity is Activity.PAUSED:
        text = _tr("Your photos appear here when it goes on.")
        return EmptyPage("sleeping", _tr("Reading is paused"), text, (_resume(),))
    buttons = [Offered(_tr("Add another folder…"), Way.ADD_FOLDER)]
    if progress.failures:
        buttons.append(Offered(_tr("What could not be read"), Way.PROBLEMS))
    return EmptyPage("photo", _tr("There are no photos in your folders"), "", tuple(buttons))


def _nothing_in_scope(answer: Answer) -> EmptyPage:
    if answer.request.special:
        title, text = _of_special(answer.request.special)
        return EmptyPage("photo", title, text, (Offered(_tr("All photos"), Way.EVERYTHING),))
    if answer.request.plan.filters:
        text = _tr("Take a part of the request away, above or here.")
        return EmptyPage("search", _tr("No photo fits"), text, tuple(_ways_out(answer)))
    return EmptyPage("search", _tr("There are no photos here"), "", tuple(_ways_out(answer)))


def _nothing_found(answer: Answer, progress: Progress, *, can_caption: bool) -> EmptyPage:
    ways, resume = tuple(_ways_out(answer)), (_resume(),) if progress.activity is Activity.PAUSED else ()
    captions = progress.stages.get(Stage.CAPTION)
    if not can_caption:
        text = _tr("Photos can't be captioned, for the model is missing: words find less without captions.")
        choose = Offered(_tr("Choose a model for captions"), Way.MODELS)
        return EmptyPage("model", _tr("Nothing was found without captions"), text, (*ways, choose))
    if progress.files_pending:
        text = _tr("Reverie has not read all files yet: {0} to go. What you look for may be among them.")
        return EmptyPage("time", _tr("Not found so far"), text.format(f"{progress.files_pending:,}"), (*ways, *resume))
    if captions and captions.pending and not captions.done:
        text = _tr("Words find more as captions are written. Until then, describe what can be seen at a glance.")
        return EmptyPage("caption", _tr("No photo has a caption yet"), text, (*ways, *resume))
    text = _tr("Take a part of the request away, above or here.") if answer.offers else _tr("Try fewer or other words.")
    return EmptyPage("search", _tr("Nothing was found"), text, ways)


def _ways_out(answer: Answer) -> Iterator[Offered]:
    for offer in answer.offers:
        yield Offered(_without(offer), Way.WITHOUT, (offer.without,))
    if answer.request.scope and (answer.request.scope.filters or answer.request.special):
        yield Offered(_tr("Look everywhere"), Way.EVERYWHERE)
    elif not answer.offers:
        yield Offered(_tr("All photos"), Way.EVERYTHING)


def _of_special(special: Special) -> tuple[str, str]:
    match special:
        case Special.RECENT:
            return _tr("Nothing is new"), _tr("Photos added within the last 30 days are listed here.")
        case Special.DUPLICATES:
            return _tr("No photo is there twice"), _tr("Photos that several files hold are listed here.")
        case Special.EXCLUDED:
            return _tr("No photo is out of sight"), _tr("Photos that you exclude from search are kept here.")


def _resume() -> Offered:
    return Offered(_tr("Resume"), Way.RESUME)


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

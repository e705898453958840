"""What is said above the photos: how many there are, and what they do not keep to."""

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from desktop.search.empty import name_of
from desktop.search.request import MOST_HITS
from engine.api import Progress, Stage


def count_text(answer: Answer) -> str:
    """Say how many photos there are, nothing where there are none."""
    found = len(answer.photo_ids)
    if not found:
        return ""
    is_cut = not answer.request.is_listing and found == MOST_HITS
    return _tr("The closest {0}").format(photos_text(found)) if is_cut else photos_text(found)


def note_text(answer: Answer, progress: Progress) -> str:
    """Say what has to be known about the photos shown, if anything."""
    captions = progress.stages.get(Stage.CAPTION)
    said = [answer.request.said] if answer.request.said else []
    if answer.left_out:
        names = _tr(" and ").join(name_of(condition) for condition in answer.left_out)
        said.append(_tr("No photo fits the {0}; these are shown without it.").format(names))
    if answer.hits and not answer.strong and captions and captions.pending and not captions.done:
        said.append(_tr("No photo has a caption yet. Words find more as captions are written."))
    return " ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("count", text)

"""What is said above the photos: how many there are, and what they do not keep to."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from desktop.search.empty import Offered, Way, name_of
from desktop.search.request import MOST_HITS
from engine.api import Condition, Progress, Silent, Stage


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
        said.append(_tr("No photo fits the {0}; these are shown without it.").format(_names(answer.left_out)))
    said += [_left_out(silent) for silent in answer.silent]
    if answer.hits and not answer.strong and captions and captions.pending and not captions.done:
        said.append(_tr("No photo has a caption yet. Words find more as captions are written."))
    return " ".join(said)


def ways_past(answer: Answer) -> tuple[Offered, ...]:
    """Return how to see the photos too that are left out because they have no date or place."""
    return tuple(
        Offered(_tr("Without the {0}").format(_names(silent.about)), Way.WITHOUT, silent.about)
        for silent in answer.silent
    )


def _left_out(silent: Silent) -> str:
    lacking = _tr("place") if Condition.PLACE in silent.about else _tr("date")
    text = _tr("{0} without a {1} is left out.") if silent.photos == 1 else _tr("{0} without a {1} are left out.")
    return text.format(photos_text(silent.photos), lacking)


def _names(conditions: Sequence[Condition]) -> str:
    return _tr(" and ").join(map(name_of, conditions))


def _tr(text: str) -> str:
    return QCoreApplication.translate("count", text)

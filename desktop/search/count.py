"""What is said above the photos: how many there are, and what they do not keep to."""

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from desktop.search.empty import name_of
from desktop.search.request import MOST_HITS


def count_text(answer: Answer) -> str:
    """Return a sentence or two."""
    said = [answer.request.said] if answer.request.said else []
    if found := len(answer.photo_ids):
        is_cut = not answer.request.is_listing and found == MOST_HITS
        said.append(_tr("The closest {0}").format(photos_text(found)) if is_cut else photos_text(found))
    if answer.left_out:
        names = _tr(" and ").join(name_of(condition) for condition in answer.left_out)
        said.append(_tr("No photo fits the {0}; these are shown without it.").format(names))
    return " · ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("count", text)

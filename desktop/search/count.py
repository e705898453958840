"""What is said above the photos: how many there are, and what they do not keep to."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from desktop.search.answer import Answer
from desktop.search.empty import name_of


def count_text(answer: Answer, taken_out: Sequence[int] = ()) -> str:
    """Return a sentence or two; after photos were taken out of sight, with a link that takes them back."""
    said = [answer.request.said] if answer.request.said else []
    if len(answer.photo_ids):
        said.append(photos_text(len(answer.photo_ids)))
    if answer.left_out:
        names = _tr(" and ").join(name_of(condition) for condition in answer.left_out)
        said.append(_tr("No photo fits the {0}; these are shown without it.").format(names))
    if taken_out:
        undo = f'<a href="undo">{_tr("Undo")}</a>'
        said.append(_tr("{0} taken out of sight. {1}").format(photos_text(len(taken_out)), undo))
    return " · ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("count", text)

"""Changes to photos that can be taken back. All of these take a moment and run off the main thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.library.wording import photos_text
from engine.api import Engine


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made: what to say of it, and how to take it back."""

    said: str
    undo: Callable[[], object]


def write_captions(engine: Engine, photo_ids: Sequence[int], words: str) -> Done:
    """Give photos the same caption, in the user's own words."""
    undo = _captions_as_now(engine, photo_ids)
    for photo_id in photo_ids:
        engine.edit_caption(photo_id, words)
    return Done(_tr("Caption of {0} changed.").format(photos_text(len(photo_ids))), undo)


def caption_again(engine: Engine, photo_ids: Sequence[int]) -> Done:
    """Let the model in use write captions anew."""
    undo = _captions_as_now(engine, photo_ids)
    engine.recaption(photo_ids)
    return Done(_tr("{0} will be captioned again.").format(photos_text(len(photo_ids))), undo)


def exclude(engine: Engine, photo_ids: Sequence[int]) -> Done:
    """Take photos out of sight."""
    engine.exclude(photo_ids)
    return Done(_tr("{0} taken out of sight.").format(photos_text(len(photo_ids))), partial(engine.include, photo_ids))


def include(engine: Engine, photo_ids: Sequence[int]) -> Done:
    """Take photos back into sight."""
    engine.include(photo_ids)
    return Done(_tr("{0} can be found again.").format(photos_text(len(photo_ids))), partial(engine.exclude, photo_ids))


def _captions_as_now(engine: Engine, photo_ids: Sequence[int]) -> Callable[[], None]:
    before = {photo_id: engine.caption(photo_id) for photo_id in photo_ids}

    def restore() -> None:
        for photo_id, caption in before.items():
            engine.restore_caption(photo_id, caption)

    return restore


def _tr(text: str) -> str:
    return QCoreApplication.translate("changes", text)

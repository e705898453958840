"""Read and change the captions of an open library."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from engine.access.session import Session
from engine.catalog import captions, folders, work
from engine.catalog.captions import Caption, CaptionCount
from engine.catalog.embeddings import Kind, replace_embeddings
from engine.catalog.exported import captioned_files
from engine.catalog.work import Stage
from engine.export.captions import ExportFormat, export_captions

_BY_THE_USER = "the user"
_NO_VECTORS = np.empty((0, 0), dtype=np.float32)


class CaptionAccess(Session):
    """Captions: those of the models, and the user's own words."""

    def caption(self, photo_id: int) -> Caption | None:
        """Return a photo's caption, where it came from, and how far it can be relied on, also where it is withheld."""
        with self._reading() as db:
            return captions.read_caption(db, photo_id)

    def count_captions(self) -> list[CaptionCount]:
        """Return how many captions each model and the user wrote, the most first."""
        with self._reading() as db:
            return captions.count_captions(db)

    def edit_caption(self, photo_id: int, text: str) -> None:
        """Store the user's own words; models never overwrite them."""

        def edit(db: Database) -> None:
            captions.edit_caption(db, photo_id, text)
            work.skip(db, photo_id, Stage.CAPTION, _BY_THE_USER)
            work.enqueue(db, photo_id, Stage.SENTENCES)

        self._write(edit)

    def export_captions(self, folder: Path, chosen_format: ExportFormat) -> int:
        """Write all captions that are not withheld into something new in a folder; return for how many files.

        Raises `CannotWrite`, also where the folder lies among photos.
        """
        with self._reading() as db:
            watched = [chosen.path for chosen in folders.list_folders(db)]
            return export_captions(captioned_files(db), folder, chosen_format, watched)

    def restore_caption(self, photo_id: int, caption: Caption | None) -> None:
        """Put back what `caption` returned before an edit, with its model and standing; None where it had no caption.

        Where the user had no caption to begin with, the models may write one again.
        """

        def restore(db: Database) -> None:
            if caption is None:
                captions.remove_caption(db, photo_id)
                replace_embeddings(db, photo_id, Kind.SENTENCE, "", _NO_VECTORS)
                work.enqueue(db, photo_id, Stage.CAPTION)
            else:
                recipe = captions.restore_caption(db, caption)
                work.skip(db, photo_id, Stage.CAPTION, recipe or _BY_THE_USER)
            work.enqueue(db, photo_id, Stage.SENTENCES)

        self._write(restore)

    def unlock_caption(self, photo_id: int) -> None:
        """Give a caption back to the models."""
        self._write(lambda db: _give_back(db, photo_id))

    def recaption(self, photo_ids: Sequence[int]) -> None:
        """Let the model in use caption photos again, before all others, also those that the user has described."""

        def ask_again(db: Database) -> None:
            for photo_id in photo_ids:
                _give_back(db, photo_id)
                work.lift(db, photo_id, Stage.CAPTION)

        self._write(ask_again)


def _give_back(db: Database, photo_id: int) -> None:
    captions.unlock_caption(db, photo_id)
    for stage in (Stage.SENTENCES, Stage.CAPTION):
        work.enqueue(db, photo_id, stage)

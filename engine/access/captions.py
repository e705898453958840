"""Read and change the captions of an open library."""

from sqlite_utils import Database

from engine.access.session import Session
from engine.catalog import captions, work
from engine.catalog.captions import Caption, CaptionCount
from engine.catalog.work import Stage

_BY_THE_USER = "the user"


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

    def unlock_caption(self, photo_id: int) -> None:
        """Give a caption back to the models."""

        def unlock(db: Database) -> None:
            captions.unlock_caption(db, photo_id)
            for stage in (Stage.SENTENCES, Stage.CAPTION):
                work.enqueue(db, photo_id, stage)

        self._write(unlock)

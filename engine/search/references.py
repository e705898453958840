"""Look a photo up that somebody asks by: in the library, or with fresh eyes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.embeddings import as_stored, read_features
from engine.catalog.photos import describe_photos, find_photo, reachable_path
from engine.errors import UnreadablePhoto
from engine.imaging.fingerprint import fingerprint_file
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.search.candidates import Asked
from engine.search.duplicates import Copies, Duplicate, Sameness
from engine.search.query import Filters, Source
from engine.search.reference import Reference
from engine.search.service import SearchService

_LOOK_ALIKES = 200


class References:
    """Make references for one library; `embed` looks at a photo file and returns its features, float32 (1536,)."""

    def __init__(self, search: SearchService, head: VisualHead, embed: Callable[[Path], NDArray[np.float32]]) -> None:
        self._search = search
        self._head = head
        self._embed = embed
        self._copies = Copies(head, Tagger.open())

    def of(self, db: Database, photo: Path | int) -> Reference:
        """Return a reference for a file, of the library or not, or for a photo of the library by its `photo_id`.

        A photo that the library has looked at is not looked at again. Raises `UnreadablePhoto`, and
        `PhotoStillChanging` where a file is being written.
        """
        photo_id = photo if isinstance(photo, int) else find_photo(db, fingerprint_file(photo).hex)
        features = self._features(db, photo, photo_id)
        placed, _ = self._head.project(features[np.newaxis])
        duplicates = self._duplicates(db, features, photo_id)
        known = describe_photos(db, [photo_id]).get(photo_id) if photo_id is not None else None
        if known is None:
            return Reference(features, placed[0], duplicates=duplicates)
        return Reference(features, placed[0], known.photo_id, known.caption, known.taken_at, known.place, duplicates)

    def _features(self, db: Database, photo: Path | int, photo_id: int | None) -> NDArray[np.float32]:
        stored = None if photo_id is None else read_features(db, photo_id)
        if stored:
            return stored.vector
        path = reachable_path(db, photo) if isinstance(photo, int) else photo
        if path is None:
            raise UnreadablePhoto("This photo can't be reached.", "Its drive may be offline, or the file has gone.")
        return as_stored(self._embed(path))

    def _duplicates(self, db: Database, features: NDArray[np.float32], photo_id: int | None) -> tuple[Duplicate, ...]:
        """Return the copies of a photo among those that look most like it, the photo itself first, exact ones next."""
        alike = self._search.gather(Asked(visual=features), Filters(), frozenset({Source.VISUAL}), _LOOK_ALIKES)
        found = {other: read_features(db, other) for other in alike.photo_ids.tolist() if other != photo_id}
        looked_at = {other: own.vector for other, own in found.items() if own}
        same = {} if photo_id is None else {photo_id: Sameness.EXACT}
        if looked_at:
            said = self._copies.compare(features, np.stack(list(looked_at.values())))
            named = [(other, sameness) for other, sameness in zip(looked_at, said, strict=True) if sameness]
            same |= dict(sorted(named, key=lambda copy: copy[1] is not Sameness.EXACT))
        photos = describe_photos(db, list(same))
        return tuple(
            Duplicate(other, photos[other].paths, sameness)
            for other, sameness in same.items()
            if other in photos and photos[other].paths
        )

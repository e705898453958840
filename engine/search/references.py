"""Look a photo up that somebody asks by: in the library, or with fresh eyes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.embeddings import as_stored, read_features
from engine.catalog.photos import describe_photos, find_photo, fingerprint_of, reachable_path, read_facts
from engine.errors import UnreadablePhoto
from engine.imaging.fingerprint import fingerprint_file
from engine.learning.tagger import Tagger
from engine.learning.visual_head import VisualHead
from engine.search.candidates import Asked
from engine.search.duplicates import Copies, Duplicate, Sameness
from engine.search.origin import Origin
from engine.search.query import Filters, Source
from engine.search.reference import Reference
from engine.search.service import SearchService

_LOOK_ALIKES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What there is to see of a photo: its features, float32 (1536,), those of it `turned` by 90, 180 and 270 degrees,
    float32 (3, 1536), and the facts that its file states, as `PhotoFacts` has them."""

    features: NDArray[np.float32]
    turned: NDArray[np.float32]
    facts: Mapping[str, Any]


class References:
    """Make references for one library; `look` looks at a photo file that is not known yet, and `turn` returns what a
    known one is like when it is turned, by its fingerprint (see `Look`)."""

    def __init__(
        self,
        search: SearchService,
        head: VisualHead,
        look: Callable[[Path], Look],
        turn: Callable[[str], NDArray[np.float32]],
    ) -> None:
        self._search = search
        self._head = head
        self._look = look
        self._turn = turn
        tagger = Tagger.open()
        self._copies = Copies(head, tagger)
        average, _ = head.project(tagger.mean[np.newaxis])
        self._usual: NDArray[np.float32] = np.stack([head.bank.mean(axis=0), average[0]])

    def of(self, db: Database, photo: Path | int) -> Reference:
        """Return a reference for a file, of the library or not, or for a photo of the library by its `photo_id`.

        A photo that the library has looked at is not looked at again. Raises `UnreadablePhoto`, and
        `PhotoStillChanging` where a file is being written.
        """
        photo_id = photo if isinstance(photo, int) else find_photo(db, fingerprint_file(photo).hex)
        seen = self._see(db, photo, photo_id)
        features = seen.features
        placed, _ = self._head.project(features[np.newaxis])
        duplicates = self._duplicates(db, seen, photo_id)
        known = describe_photos(db, [photo_id]).get(photo_id) if photo_id is not None else None
        if known is None:
            origin = Origin.read(db, seen.facts, None)
            return Reference(features, placed[0], self._usual, origin=origin, duplicates=duplicates)
        origin = Origin.read(db, seen.facts, known.paths[0].parent if known.paths else None)
        return Reference(features, placed[0], self._usual, known.photo_id, known.caption, origin, duplicates)

    def _see(self, db: Database, photo: Path | int, photo_id: int | None) -> Look:
        """Return what the library knows of a photo, or what there is to see of one that it does not know."""
        stored = None if photo_id is None else read_features(db, photo_id)
        if stored and photo_id is not None:
            return Look(stored.vector, self._turn(fingerprint_of(db, photo_id)), read_facts(db, photo_id))
        path = reachable_path(db, photo) if isinstance(photo, int) else photo
        if path is None:
            raise UnreadablePhoto("This photo can't be reached.", "Its drive may be offline, or the file has gone.")
        seen = self._look(path)
        return replace(seen, features=as_stored(seen.features))

    def _duplicates(self, db: Database, seen: Look, photo_id: int | None) -> tuple[Duplicate, ...]:
        """Return the copies of a photo among those that look most like it, the photo itself first, exact ones next."""
        alike = {other for features in (seen.features, *seen.turned) for other in self._alike(features)}
        found = {other: read_features(db, other) for other in sorted(alike - {photo_id})}
        looked_at = {other: own.vector for other, own in found.items() if own}
        same = {} if photo_id is None else {photo_id: Sameness.EXACT}
        if looked_at:
            said = self._copies.compare(seen.features, seen.turned, np.stack(list(looked_at.values())))
            named = [(other, sameness) for other, sameness in zip(looked_at, said, strict=True) if sameness]
            same |= dict(sorted(named, key=lambda copy: copy[1] is not Sameness.EXACT))
        photos = describe_photos(db, list(same))
        return tuple(
            Duplicate(other, photos[other].paths, sameness)
            for other, sameness in same.items()
            if other in photos and photos[other].paths
        )

    def _alike(self, features: NDArray[np.float32]) -> list[int]:
        asked = Asked(visual=features)
        found: list[int] = self._search.gather(
            asked, Filters(), frozenset({Source.VISUAL}), _LOOK_ALIKES
        ).photo_ids.tolist()
        return found

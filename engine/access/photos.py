"""Look through the photos of an open library."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.access.session import Session
from engine.catalog import excluded, facets, photos
from engine.catalog.details import PhotoDetails, read_details
from engine.catalog.facets import Facet, Facets
from engine.catalog.photos import Photo
from engine.catalog.tags import Tag, read_tags
from engine.errors import FolderUnavailable
from engine.imaging.kind import PhotoKind
from engine.search.listing import list_photos, months_of
from engine.search.query import Filters, Sort

_EVERYTHING = Filters()
_BURSTS = Filters(kinds=frozenset({PhotoKind.BURST}))


class PhotoAccess(Session):
    """List photos, describe them, and take them out of sight."""

    def list_photos(self, filters: Filters = _EVERYTHING, sort: Sort = Sort.NEWEST) -> NDArray[np.int64]:
        """Return the ids of all photos that pass the filters, the newest first unless the oldest are asked for."""
        with self._reading() as db:
            return list_photos(db, filters, sort)

    def months_of(self, photo_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the local month of each photo as a number such as 202406, 0 where there is no date."""
        with self._reading() as db:
            return months_of(db, photo_ids)

    def describe_photos(self, photo_ids: Sequence[int]) -> dict[int, Photo]:
        """Return what a list shows of photos; ids that no photo has are left out."""
        with self._reading() as db:
            return photos.describe_photos(db, [int(photo_id) for photo_id in photo_ids])

    def thumbnail(self, fingerprint: str) -> Path:
        """Return where the 512 px JPEG of a photo lies; it may be missing while the photo is read."""
        return self.home.thumbnail(fingerprint)

    def photo_details(self, photo_id: int) -> PhotoDetails | None:
        """Return everything that is known of a photo, or None where there is no such photo."""
        with self._reading() as db:
            return read_details(db, photo_id)

    def tags(self, photo_id: int) -> tuple[Tag, ...]:
        """Return words for what a photo shows, most certain first."""
        with self._reading() as db:
            return read_tags(db, [photo_id]).get(photo_id, ())

    def viewing_copy(self, photo_id: int) -> Path:
        """Return a JPEG of at most 4096 px of a photo that a window cannot read itself; it may take seconds to make.

        It lies in Reverie's own folder and may go when many others have been made. Raises `FolderUnavailable` where no
        file of the photo can be reached, and what `ViewingCopies.make` raises.
        """
        with self._reading() as db:
            details = read_details(db, photo_id)
            path = photos.reachable_path(db, photo_id)
        kept = self._viewing.kept(details.fingerprint) if details else None
        if kept:
            return kept
        if details is None or path is None:
            raise FolderUnavailable("This photo can't be reached now.", "Connect the drive that it lies on.")
        return self._viewing.make(details.fingerprint, path)

    def facets(self) -> Facets:
        """Return what the library can be looked through by, with how many photos there are of each."""
        with self._reading() as db:
            found = facets.read_facets(db)
            bursts = len(list_photos(db, _BURSTS, Sort.NEWEST))
        kinds = sorted((*found.kinds, Facet(PhotoKind.BURST, bursts)), key=lambda kind: -kind.photos)
        return replace(found, kinds=tuple(kind for kind in kinds if kind.photos))

    def recent(self) -> list[int]:
        """Return the photos added within the last 30 days, the last added first."""
        with self._reading() as db:
            return facets.list_recent(db)

    def duplicates(self) -> list[int]:
        """Return the photos that several files hold, those with the most files first."""
        with self._reading() as db:
            return facets.list_duplicates(db)

    def excluded(self) -> list[int]:
        """Return the photos that the user took out of sight, the last ones first."""
        with self._reading() as db:
            return excluded.list_excluded(db)

    def exclude(self, photo_ids: Sequence[int]) -> None:
        """Take photos out of sight: they are neither found nor listed nor worked on; their files are left alone."""
        self._write(lambda db: excluded.exclude_photos(db, photo_ids))

    def include(self, photo_ids: Sequence[int]) -> None:
        """Take photos back into sight."""
        self._write(lambda db: excluded.include_photos(db, photo_ids))

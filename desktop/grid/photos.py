"""The photos of a grid, in the order they are shown; what is known of them comes when they come into sight."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from desktop.background import Background
from engine.api import Engine, Hit, Photo

_PAGE = 200
_MOST_KNOWN = 20_000
_MOST_ASKED = 8  # pages: what was in sight before these has been scrolled past

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = np.array([], dtype=np.int64)


class PhotoRole(IntEnum):
    """What a view may ask for besides the roles of Qt."""

    PHOTO_ID = Qt.ItemDataRole.UserRole
    PHOTO = Qt.ItemDataRole.UserRole + 1


class PhotoModel(QAbstractListModel):
    """A list of photo ids, described page by page; the photos of a search come with their description."""

    def __init__(self, engine: Engine, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self.photo_ids: NDArray[np.int64] = _NOTHING
        self.hits: Mapping[int, Hit] = {}
        self._known: dict[int, Photo] = {}
        self._described: set[int] = set()
        self._asked: list[int] = []
        self._is_asking = False
        self._edition = 0

    def show(self, photo_ids: NDArray[np.int64], hits: Mapping[int, Hit]) -> None:
        """Show other photos, or the same ones as they are now; until they are described anew, as they were known."""
        self.beginResetModel()
        self.photo_ids, self.hits = photo_ids, hits
        self._described, self._asked = set(), []
        self._edition += 1
        self.endResetModel()

    def photo(self, row: int) -> Hit | Photo | None:
        """Return what is known of a photo, None until it has been described, which this asks for."""
        if int(self.photo_ids[row]) not in self.hits:
            self._ask(row // _PAGE)
        return self.known(row)

    def known(self, row: int) -> Hit | Photo | None:
        """Return what is known of a photo, and ask for nothing."""
        photo_id = int(self.photo_ids[row])
        return self.hits.get(photo_id) or self._known.get(photo_id)

    def row_of(self, photo_id: int) -> int | None:
        """Return where a photo is."""
        rows = np.flatnonzero(self.photo_ids == photo_id)
        return int(rows[0]) if len(rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.photo_ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == PhotoRole.PHOTO_ID:
            return int(self.photo_ids[index.row()])
        photo = self.photo(index.row())
        if role == PhotoRole.PHOTO:
            return photo
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(photo)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.files([index.row() for index in indexes])

    def files(self, rows: Sequence[int]) -> QMimeData:
        """Return the files of photos, one of each, to be copied elsewhere."""
        photo_ids = self.photo_ids[list(rows)].tolist()
        known: dict[int, Hit | Photo] = {**self._known, **self.hits}
        found = known | self._engine.describe_photos([each for each in photo_ids if each not in known])
        photos = (found[photo_id] for photo_id in photo_ids if photo_id in found)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(photo.paths[0])) for photo in photos if photo.paths])
        return data

    def _spoken(self, photo: Hit | Photo | None) -> str:
        if photo is None:
            return self.tr("Photo")
        copies = self.tr("{0} copies").format(len(photo.paths)) if len(photo.paths) > 1 else ""
        said = (photo.caption or self.tr("Photo"), spoken_date(photo.taken_at), photo.place, copies)
        return ", ".join(filter(None, said))

    def _ask(self, page: int) -> None:
        if page not in self._described and page not in self._asked:
            self._asked = [*self._asked, page][-_MOST_ASKED:]
            self._ask_next()

    def _ask_next(self) -> None:
        """Have one page described at a time, the last one asked for first: threads would only wait for each other."""
        if self._is_asking or not self._asked:
            return
        self._is_asking = True
        page, edition = self._asked.pop(), self._edition
        self._described.add(page)
        photo_ids = self.photo_ids[page * _PAGE : (page + 1) * _PAGE].tolist()
        self._background.run(
            lambda: self._engine.describe_photos(photo_ids),
            lambda photos: self._take(edition, page, photos),
            self._miss,
        )

    def _take(self, edition: int, page: int, photos: Mapping[int, Photo]) -> None:
        self._is_asking = False
        if edition == self._edition:
            self._keep(page, photos)
        self._ask_next()

    def _miss(self, error: Exception) -> None:
        self._is_asking = False
        self._background.failed.emit(error)

    def _keep(self, page: int, photos: Mapping[int, Photo]) -> None:
        if len(self._known) > _MOST_KNOWN:
            self._known, self._described = {}, {page}
        self._known.update(photos)
        self.dataChanged.emit(self.index(page * _PAGE), self.index(min((page + 1) * _PAGE, len(self.photo_ids)) - 1))


@lru_cache(1000)
def spoken_date(taken_at: str | None) -> str:
    """Return a date as the user's language writes it, empty where there is none."""
    if not taken_at:
        return ""
    return QLocale().toString(QDate.fromString(taken_at[:10], Qt.DateFormat.ISODate), QLocale.FormatType.LongFormat)

"""Read photos to look at, off the main thread: a thumbnail at once, then as many pixels as a screen shows."""

import contextlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from desktop.background import Background
from engine.api import Engine, PhotoDetails
from engine.errors import ReverieError, UnreadablePhoto

# A TIFF may be a RAW photo of which Qt would show the stamp-sized preview, so TIFFs are left to the engine.
_READ_BY_QT = frozenset({".bmp", ".gif", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".webp"})
_ALLOCATION_LIMIT_MB = 1024
_KEPT_BYTES = 300_000_000


class Detail(StrEnum):
    """How many pixels of a photo: enough for a strip, its thumbnail, as many as a large screen shows, or all."""

    STRIP = "strip"
    THUMBNAIL = "thumbnail"
    SCREEN = "screen"
    WHOLE = "whole"


_FROM_THUMBNAIL = (Detail.STRIP, Detail.THUMBNAIL)
_LONGEST_PX = {Detail.STRIP: 256, Detail.SCREEN: 2560}


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a photo, upright and in sRGB, and how large it is when all of them are there."""

    image: QImage
    full_size: QSize


@dataclass(frozen=True, slots=True)
class _Outcome:
    photo_id: int
    detail: Detail
    picture: Picture | None = None
    problem: ReverieError | None = None


class Pictures(QObject):
    """Keep pictures, and read those that are not there. `ready` and `failed` name the photo."""

    ready = Signal(int)
    failed = Signal(int, object)

    def __init__(self, engine: Engine, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._background = background
        self._kept: OrderedDict[tuple[int, Detail], Picture] = OrderedDict()
        self._asked: set[tuple[int, Detail]] = set()
        self._near: frozenset[int] = frozenset()
        self._around: frozenset[int] = frozenset()

    def want(self, near: Iterable[int], around: Iterable[int] = ()) -> None:
        """Say which photos are looked at or come next, and around them of which to show thumbnails.

        Reads of others that have not begun are dropped.
        """
        self._near = frozenset(near)
        self._around = self._near.union(around)

    def forget_failures(self) -> None:
        """Let what failed be tried again."""
        self._asked.clear()

    def get(self, photo_id: int, detail: Detail) -> Picture | None:
        """Return a picture that is there; otherwise read it, once, and say `ready` or `failed` later."""
        key = photo_id, detail
        picture = self._kept.get(key)
        if picture:
            self._kept.move_to_end(key)
        elif key not in self._asked:
            self._asked.add(key)
            self._background.run(lambda: self._read(photo_id, detail), self._keep)
        return picture

    def best(self, photo_id: int) -> Picture | None:
        """Return the picture with the most pixels that is there already."""
        there = (self._kept.get((photo_id, detail)) for detail in (Detail.WHOLE, Detail.SCREEN, Detail.THUMBNAIL))
        return next((picture for picture in there if picture), None)

    def _read(self, photo_id: int, detail: Detail) -> _Outcome:
        """Read a picture, on a thread of the background, unless nobody wants the photo any more."""
        if photo_id not in (self._around if detail is Detail.STRIP else self._near):
            return _Outcome(photo_id, detail)
        try:
            return _Outcome(photo_id, detail, self._read_picture(photo_id, detail))
        except ReverieError as error:
            return _Outcome(photo_id, detail, problem=error)

    def _read_picture(self, photo_id: int, detail: Detail) -> Picture:
        details = self._engine.photo_details(photo_id)
        if details is None:
            raise UnreadablePhoto("This photo is no longer in the library.")
        return Picture(self._read_image(details, detail), QSize(details.width_px, details.height_px))

    def _read_image(self, details: PhotoDetails, detail: Detail) -> QImage:
        longest_px = _LONGEST_PX.get(detail)
        if detail in _FROM_THUMBNAIL:
            return read_image(self._engine.thumbnail(details.fingerprint), longest_px)
        for file in details.files:
            if file.is_online and file.path.suffix.lower() in _READ_BY_QT:
                with contextlib.suppress(UnreadablePhoto):
                    return read_image(file.path, longest_px)
        return read_image(self._engine.viewing_copy(details.photo_id), longest_px)

    def _keep(self, outcome: _Outcome) -> None:
        key = outcome.photo_id, outcome.detail
        if outcome.picture:
            self._asked.discard(key)
            self._kept[key] = outcome.picture
            self._make_room()
            self.ready.emit(outcome.photo_id)
        elif outcome.problem is None:
            self._asked.discard(key)
        elif outcome.detail not in _FROM_THUMBNAIL:
            self.failed.emit(outcome.photo_id, outcome.problem)

    def _make_room(self) -> None:
        size_bytes = sum(picture.image.sizeInBytes() for picture in self._kept.values())
        while size_bytes > _KEPT_BYTES and len(self._kept) > 1:
            size_bytes -= self._kept.popitem(last=False)[1].image.sizeInBytes()


def read_image(path: Path, longest_px: int | None = None) -> QImage:
    """Read an image file, upright, in sRGB, and no larger than `longest_px`; raise `UnreadablePhoto`."""
    QImageReader.setAllocationLimit(_ALLOCATION_LIMIT_MB)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if longest_px and max(size.width(), size.height()) > longest_px:
        reader.setScaledSize(size.scaled(longest_px, longest_px, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UnreadablePhoto("Can't show this photo.", reader.errorString(), path)
    return _ready_to_paint(image)


def _ready_to_paint(image: QImage) -> QImage:
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    opaque = not image.hasAlphaChannel()
    return image.convertToFormat(QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied)

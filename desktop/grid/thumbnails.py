"""Read our own small JPEGs on threads, those in sight first, and keep the last ones seen."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

# More would read no faster where one reads 800 a second, and the thread that draws would wait for each of them.
_THREADS = 1
_LIMIT_BYTES = 100_000_000
_CORNER_SHARE = 0.03
_UPPER_PART = 0.35  # of what is cut off a tall photo: heads are above the middle


class Thumbnails(QObject):
    """Square pixmaps of photos, in physical pixels. Methods run on the main thread and never touch the disk.

    `loaded` says that some arrived: one signal for as many as are there.
    """

    loaded = Signal()
    _arrived = Signal()

    def __init__(self, path_of: Callable[[str], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path_of = path_of
        self._pool = ThreadPoolExecutor(_THREADS, "thumbnails")
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._missing: set[str] = set()
        self._lock = threading.Lock()
        self._wanted: list[str] = []
        self._reading: set[str] = set()
        self._side_px = 0
        self._answers: deque[tuple[str, QImage]] = deque()
        self._arrived.connect(self._take_answers, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, fingerprint: str) -> QPixmap | None:
        """Return what is there of a photo, perhaps of another size than was last wanted."""
        if fingerprint in self._kept:
            self._kept.move_to_end(fingerprint)
        return self._kept.get(fingerprint)

    def want(self, fingerprints: Iterable[str], side_px: int) -> None:
        """Read these photos next, and of those asked for earlier only what is being read already."""
        missing = [name for name in fingerprints if name not in self._missing and self._side(name) != side_px]
        with self._lock:
            self._side_px = side_px
            self._wanted = [name for name in reversed(missing) if name not in self._reading]
            jobs = min(len(self._wanted), _THREADS - len(self._reading))
        for _ in range(jobs):
            self._pool.submit(self._read_next)

    def look_again(self) -> None:
        """Try once more to read what was not there."""
        self._missing.clear()

    def close(self) -> None:
        """End the threads."""
        with self._lock:
            self._wanted = []
        self._pool.shutdown()

    def _side(self, fingerprint: str) -> int:
        kept = self._kept.get(fingerprint)
        return kept.width() if kept else 0

    def _read_next(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    return
                name, side_px = self._wanted.pop(), self._side_px
                self._reading.add(name)
            image = read_square(self._path_of(name), side_px)
            with self._lock:
                self._reading.discard(name)
                is_first = not self._answers
                self._answers.append((name, image))
            if is_first:
                self._arrived.emit()

    def _take_answers(self) -> None:
        with self._lock:
            answers, self._answers = self._answers, deque()
        for name, image in answers:
            if image.isNull():
                self._missing.add(name)
            else:
                self._keep(name, QPixmap.fromImage(image))
        self.loaded.emit()

    def _keep(self, name: str, pixmap: QPixmap) -> None:
        self._drop(name)
        self._kept[name] = pixmap
        self._bytes += _bytes(pixmap)
        while self._bytes > _LIMIT_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, name: str) -> None:
        if name in self._kept:
            self._bytes -= _bytes(self._kept.pop(name))


def read_square(path: Path, side_px: int) -> QImage:
    """Return the middle of a JPEG as a square with round corners, null where it cannot be read; for any thread."""
    reader = QImageReader(str(path))
    size = reader.size()
    if not size.isValid():
        return QImage()
    scaled = size.scaled(side_px, side_px, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    cut = scaled - QSize(side_px, side_px)
    reader.setScaledSize(scaled)
    reader.setScaledClipRect(QRect(cut.width() // 2, round(cut.height() * _UPPER_PART), side_px, side_px))
    image = reader.read()
    return image if image.isNull() else _rounded(image)


def _rounded(square: QImage) -> QImage:
    rounded = QImage(square.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(square))
    corner = square.width() * _CORNER_SHARE
    painter.drawRoundedRect(square.rect(), corner, corner)
    painter.end()
    return rounded


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4

"""Turn what is dropped, pasted or chosen into a photo to search by."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from desktop.background import Background
from desktop.search.likeness import Likeness, like_file, like_image, like_photo
from engine.api import Engine

_LATEST = "likeness"


class Bringing(QObject):
    """`brought` carries a `Likeness` for the words that stand there, `chosen` one that begins anew; `folder_dropped`
    carries a folder to be added."""

    brought = Signal(object)
    chosen = Signal(object)
    folder_dropped = Signal(object)

    def __init__(self, engine: Engine, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background

    def choose(self, photo_id: int) -> None:
        """Take a photo of the library."""
        self._background.run(lambda: like_photo(self._engine, photo_id), self._choose, latest=_LATEST)

    def take(self, data: QMimeData) -> None:
        """Take what was dropped or pasted: the first photo, or all folders."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        folders = [path for path in paths if path.is_dir()]
        for folder in folders:
            self.folder_dropped.emit(folder)
        if paths and not folders:
            self._bring(lambda: self._like_first(paths))
        elif not paths:
            image = QImage(data.imageData())
            self._bring(lambda: like_image(self._engine, image, self.tr("the picture you brought")))

    def _bring(self, find: Callable[[], Likeness]) -> None:
        self._background.run(find, self._receive, latest=_LATEST)

    def _like_first(self, paths: Sequence[Path]) -> Likeness:
        """Take the first of some files, and say so where there are more."""
        likeness = like_file(self._engine, paths[0])
        if len(paths) == 1:
            return likeness
        return replace(likeness, name=self.tr("{} (the first of {})").format(likeness.name, len(paths)))

    def _choose(self, likeness: Likeness) -> None:
        self.chosen.emit(likeness)

    def _receive(self, likeness: Likeness) -> None:
        self.brought.emit(likeness)

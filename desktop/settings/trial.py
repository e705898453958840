"""Let a model describe a photo of the user's own, before it is chosen."""

import random
import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.question import explain
from engine.api import Engine

_PICTURE_LINES = 20
_WIDTH_IN_CHARACTERS = 70


class TrialDialog(QDialog):
    """Show photos of the library, one at a time, with what a model says of each."""

    def __init__(self, engine: Engine, background: Background, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine, self._background, self._name = engine, background, name
        self._stop = threading.Event()
        self.setWindowTitle(self.tr("Try “{name}”").format(name=name))
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumHeight(self.fontMetrics().height() * _PICTURE_LINES)
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.another = buttons.addButton(self.tr("Another photo"), QDialogButtonBox.ButtonRole.ActionRole)
        self.another.setIcon(icon("rescan"))
        self.another.clicked.connect(self.try_another)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._picture, 1)
        layout.addWidget(self._text)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS)
        self.try_another()

    @property
    def text(self) -> str:
        """What the dialog says: the caption, or how it is."""
        return self._text.text()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give up what is under way, for nobody looks at it: loading a large model takes a minute."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._stop.set()

    def try_another(self) -> None:
        """Pick a photo and let the model describe it."""
        self.another.setEnabled(False)
        self._text.setText(self.tr("Choosing a photo…"))
        self._background.run(lambda: _pick(self._engine), self._show_photo, self._tell)

    def _show_photo(self, picked: tuple[int, QImage] | None) -> None:
        if picked is None:
            self._text.setText(self.tr("There is no photo in your library yet: add a folder first."))
            return
        photo_id, image = picked
        scaled = image.scaled(
            self._picture.size() * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(QPixmap.fromImage(scaled))
        self._text.setText(self.tr("Looking at it. The first photo takes longer, for the model is loaded…"))
        self._background.run(
            lambda: self._engine.try_model(self._name, photo_id, self._stop), self._show_caption, self._tell
        )

    def _show_caption(self, caption: str) -> None:
        self._text.setText(caption)
        self._picture.setAccessibleName(caption)
        self.another.setEnabled(True)

    def _tell(self, error: Exception) -> None:
        self._text.setText(" ".join(explain(error)).strip())
        self.another.setEnabled(True)


def _pick(engine: Engine) -> tuple[int, QImage] | None:
    found = engine.list_photos()
    if not len(found):
        return None
    photo_id = int(random.choice(found))
    return photo_id, QImage(str(_thumbnail(engine, photo_id)))


def _thumbnail(engine: Engine, photo_id: int) -> Path:
    return engine.thumbnail(engine.describe_photos([photo_id])[photo_id].fingerprint)

"""A large look at a photo over whatever is shown, gone with the same key."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.viewer.canvas import Canvas
from desktop.viewer.message import Message
from desktop.viewer.pictures import Detail, Pictures
from desktop.viewer.section import wrapping_label
from engine.api import Engine, Photo
from engine.errors import ReverieError

_MARGIN_IN_LINES = 2
_VEIL = 0.94
_CLOSING = (Qt.Key.Key_Space, Qt.Key.Key_Escape)


class QuickLook(QWidget):
    """Cover the parent with one photo and its caption. Space, Esc and a click close it.

    All other keys go to the widget that had the focus: where that is a grid its current photo changes, and whoever
    listens calls `show_photo`.
    """

    def __init__(self, engine: Engine, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._engine = engine
        self._background = background
        self._behind: QWidget | None = None
        self._photo_id: int | None = None
        self._pictures = Pictures(engine, background, self)
        self._canvas = Canvas()
        self._message = Message(self._canvas)
        self._caption = wrapping_label(QPalette.ColorRole.WindowText)
        self._lay_out()
        self._pictures.ready.connect(self._on_ready)
        self._pictures.failed.connect(self._on_failed)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self, photo_id: int) -> None:
        """Show a photo, or close."""
        if self.isVisible():
            self.close()
        else:
            self._behind = QApplication.focusWidget()
            self.setGeometry(self._over.rect())
            self.show()
            self.raise_()
            self.setFocus()
            self.show_photo(photo_id)

    def show_photo(self, photo_id: int) -> None:
        """Show another photo, where one is shown at all."""
        if not self.isVisible():
            return
        self._photo_id = photo_id
        self._pictures.want([photo_id])
        self._message.hide()
        self._canvas.show_picture(self._pictures.best(photo_id))
        for detail in (Detail.THUMBNAIL, Detail.SCREEN):
            self._pictures.get(photo_id, detail)
        self._background.run(lambda: self._engine.describe_photos([photo_id]), self._describe, latest="quick look")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close, or hand the key on."""
        if event.key() in _CLOSING:
            self.close()
        elif self._behind:
            QApplication.sendEvent(self._behind, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close."""
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back."""
        if self._behind:
            self._behind.setFocus()
        self._pictures.want([])
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the parent."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay a veil over what is below."""
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def _lay_out(self) -> None:
        margin = self.fontMetrics().height() * _MARGIN_IN_LINES
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._caption)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for inner in (self._canvas, self._caption):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Quick look"))

    def _on_ready(self, photo_id: int) -> None:
        picture = self._pictures.best(photo_id)
        if photo_id == self._photo_id and picture:
            self._canvas.sharpen(picture)

    def _on_failed(self, photo_id: int, error: ReverieError) -> None:
        if photo_id == self._photo_id:
            self._message.say(error.title, error.detail)

    def _describe(self, photos: dict[int, Photo]) -> None:
        for photo in photos.values():
            self._caption.setText(photo.caption or (photo.paths[0].name if photo.paths else ""))
            self.setAccessibleDescription(self._caption.text())

"""Look at one photo after another."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.background import Background
from desktop.icons import icon
from desktop.viewer.bar import ViewerBar
from desktop.viewer.canvas import Canvas
from desktop.viewer.filmstrip import Filmstrip
from desktop.viewer.message import Message
from desktop.viewer.pictures import Detail, Pictures
from desktop.viewer.slideshow import Slideshow
from engine.api import Engine, Photo
from engine.errors import ReverieError

_AROUND = 60
_PAN = 0.2


class Viewer(QWidget):
    """A photo, as large as there is room, its neighbours below, and what can be done with it above.

    `details_asked` and `fullscreen_asked` are for the window: with the latter it hides everything but the viewer, or
    shows it again.
    """

    closed = Signal()
    find_similar = Signal(int)
    current_changed = Signal(int)
    details_asked = Signal()
    fullscreen_asked = Signal(bool)

    def __init__(
        self, engine: Engine, background: Background, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._background = background
        self._photo_ids: Sequence[int] = ()
        self._at = 0
        self._is_fullscreen = False
        self._pictures = Pictures(engine, background, self)
        self._slideshow = Slideshow(settings, self)
        self._canvas = Canvas()
        self._canvas.setAutoFillBackground(True)
        self._message = Message(self._canvas)
        self._filmstrip = Filmstrip(self._pictures)
        self._bar = ViewerBar(self._build_actions(), self._slideshow)
        self.setFocusProxy(self._canvas)
        self._lay_out()
        self._connect()

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_ids[self._at] if self._at < len(self._photo_ids) else None

    def show_photos(self, photo_ids: Sequence[int], at: int) -> None:
        """Show these photos, beginning with the one at a place."""
        self._photo_ids = [int(photo_id) for photo_id in photo_ids]
        self._pictures.forget_failures()
        self.setFocus()
        self.go_to(at)

    def go_to(self, at: int) -> None:
        """Show the photo at a place."""
        self._at = min(max(at, 0), max(len(self._photo_ids) - 1, 0))
        photo_id = self.photo_id
        if photo_id is None:
            return
        self._want_neighbours()
        self._message.hide()
        self._canvas.show_picture(None)
        self._sharpen(photo_id)
        self._pictures.get(photo_id, Detail.THUMBNAIL)
        if self._pictures.get(photo_id, Detail.SCREEN):
            self._read_ahead()
        self._filmstrip.show_photos(self._photo_ids, self._at)
        self._bar.show_place(self._at, len(self._photo_ids))
        self._background.run(lambda: self._engine.describe_photos([photo_id]), self._describe, latest="viewer")
        self._slideshow.begin_anew()
        self.current_changed.emit(photo_id)

    def leave(self) -> None:
        """End the slideshow and full screen."""
        self._slideshow.stop()
        self._set_fullscreen(False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._filmstrip)

    def _connect(self) -> None:
        self._pictures.ready.connect(self._on_ready)
        self._pictures.failed.connect(self._on_failed)
        self._canvas.zoomed.connect(self._on_zoomed)
        self._filmstrip.chosen.connect(self.go_to)
        self._slideshow.due.connect(self._on_due)
        self._slideshow.running.connect(self._on_slideshow)

    def _build_actions(self) -> dict[str, QAction]:
        canvas = self._canvas
        return {
            "back": self._action("back", self.tr("Back"), self._step_back, "Esc"),
            "smaller": self._action("zoom-out", self.tr("Zoom out"), canvas.zoom_out, "-", "Ctrl+-"),
            "larger": self._action("zoom-in", self.tr("Zoom in"), canvas.zoom_in, "+", "=", "Ctrl++", "Ctrl+="),
            "fit": self._action("fit", self.tr("Show all of it"), canvas.fit, "0", "Ctrl+0"),
            "whole": self._action("whole", self.tr("Show every pixel"), canvas.zoom_fully, "1", "Ctrl+1"),
            "slideshow": self._action("play", self.tr("Slideshow"), self._slideshow.toggle, "S"),
            "similar": self._action("similar", self.tr("Find similar photos"), self._ask_similar),
            "fullscreen": self._action("fullscreen", self.tr("Full screen"), self._toggle_fullscreen, "F", "F11"),
            "details": self._action("details", self.tr("Details"), self._ask_for_details, "I"),
            "left": self._action(None, self.tr("Left"), lambda: self._move(-1, 0), "Left"),
            "right": self._action(None, self.tr("Right"), lambda: self._move(1, 0), "Right"),
            "up": self._action(None, self.tr("Up"), lambda: self._move(0, -1), "Up"),
            "down": self._action(None, self.tr("Down"), lambda: self._move(0, 1), "Down"),
            "previous": self._action(None, self.tr("Previous photo"), lambda: self.go_to(self._at - 1), "PgUp"),
            "next": self._action(None, self.tr("Next photo"), lambda: self.go_to(self._at + 1), "PgDown"),
            "first": self._action(None, self.tr("First photo"), lambda: self.go_to(0), "Home"),
            "last": self._action(None, self.tr("Last photo"), lambda: self.go_to(len(self._photo_ids) - 1), "End"),
        }

    def _action(self, icon_name: str | None, text: str, do: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def _move(self, across: int, down: int) -> None:
        """Let arrows move a picture that is zoomed, and otherwise go on by one photo."""
        if not self._canvas.is_fitted:
            self._canvas.pan(across * _PAN, down * _PAN)
        elif across:
            self.go_to(self._at + across)

    def _step_back(self) -> None:
        if self._slideshow.is_running or self._is_fullscreen:
            self.leave()
        else:
            self.closed.emit()

    def _ask_similar(self) -> None:
        if self.photo_id is not None:
            self.find_similar.emit(self.photo_id)

    def _ask_for_details(self) -> None:
        self.details_asked.emit()

    def _toggle_fullscreen(self) -> None:
        self._set_fullscreen(not self._is_fullscreen)

    def _set_fullscreen(self, on: bool) -> None:
        if on != self._is_fullscreen:
            self._is_fullscreen = on
            self._bar.setHidden(on)
            self._filmstrip.setHidden(on)
            self._canvas.setBackgroundRole(QPalette.ColorRole.Shadow if on else QPalette.ColorRole.Window)
            self.fullscreen_asked.emit(on)

    def _on_due(self) -> None:
        self.go_to((self._at + 1) % len(self._photo_ids))

    def _on_slideshow(self, running: bool) -> None:
        self._bar.show_slideshow(running)

    def _want_neighbours(self) -> None:
        around = self._photo_ids[max(self._at - _AROUND, 0) : self._at + _AROUND + 1]
        self._pictures.want(self._neighbours(), around)

    def _neighbours(self) -> Sequence[int]:
        return self._photo_ids[max(self._at - 1, 0) : self._at + 2]

    def _read_ahead(self) -> None:
        for photo_id in self._neighbours():
            self._pictures.get(photo_id, Detail.SCREEN)

    def _on_ready(self, photo_id: int) -> None:
        if photo_id == self.photo_id:
            self._sharpen(photo_id)
            if self._pictures.get(photo_id, Detail.SCREEN):
                self._read_ahead()

    def _sharpen(self, photo_id: int) -> None:
        picture = self._pictures.best(photo_id)
        if picture:
            self._canvas.sharpen(picture)

    def _on_zoomed(self, zoom: float) -> None:
        self._bar.show_zoom(zoom)
        photo_id = self.photo_id
        if photo_id is not None and self._canvas.needs_more_pixels and self._pictures.get(photo_id, Detail.SCREEN):
            self._pictures.get(photo_id, Detail.WHOLE)

    def _on_failed(self, photo_id: int, error: ReverieError) -> None:
        if photo_id == self.photo_id:
            self._message.say(error.title, error.detail)
            self._read_ahead()

    def _describe(self, photos: dict[int, Photo]) -> None:
        for photo in photos.values():
            name = photo.paths[0].name if photo.paths else ""
            self._bar.show_title(name)
            self._canvas.setAccessibleName(photo.caption or name)

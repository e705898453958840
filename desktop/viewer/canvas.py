"""Show one picture at any zoom: fitted, at 100 %, or anything between and beyond, moved about by hand."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from desktop.viewer.pictures import Picture

_STEP = 1.25
_WHEEL_STEP = 1.0015
_LARGEST = 8.0


class Canvas(QLabel):
    """A `photo`, or nothing. `zoomed` tells of changes: 1 is one pixel of the photo on one pixel of the screen.

    It paints by itself; a label it is because one with a pixmap is a graphic for screen readers.
    """

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo: Picture | None = None
        self._chosen_zoom: float | None = None
        self._centre = QPointF()
        self._grabbed: QPointF | None = None
        self.setPixmap(QPixmap(1, 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def show_picture(self, picture: Picture | None) -> None:
        """Show another photo, fitted."""
        self.photo = picture
        self.fit()

    def sharpen(self, picture: Picture) -> None:
        """Show more pixels of the same photo, where it stands."""
        self.photo = picture
        self._changed()

    @property
    def zoom(self) -> float:
        """The zoom as it is now, also where the picture is fitted."""
        return self._fitting_zoom() if self._chosen_zoom is None else self._chosen_zoom

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is shown, whatever the size of the window."""
        return self._chosen_zoom is None

    @property
    def needs_more_pixels(self) -> bool:
        """Whether the photo has pixels that would show and are not here."""
        if self.photo is None:
            return False
        return self.photo.image.width() < int(self.photo.full_size.width() * min(self.zoom, 1.0))

    def fit(self) -> None:
        """Show the whole picture, a small one at its own size."""
        self._chosen_zoom = None
        self._centre = QPointF(self._photo_size().width() / 2, self._photo_size().height() / 2)
        self._changed()

    def zoom_in(self) -> None:
        """Zoom in by a step."""
        self.zoom_to(self.zoom * _STEP)

    def zoom_out(self) -> None:
        """Zoom out by a step, until the whole picture is shown."""
        self.zoom_to(self.zoom / _STEP)

    def zoom_fully(self) -> None:
        """Show one pixel of the photo on one of the screen."""
        self.zoom_to(1.0)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that what is under a point of the widget, else its middle, stays there."""
        fitting = self._fitting_zoom()
        zoom = min(max(zoom, min(fitting, 1.0)), _LARGEST)
        at = at or QRectF(self.rect()).center()
        held = self._on_photo(at)
        self._chosen_zoom = zoom
        self._centre += held - self._on_photo(at)
        if zoom == fitting:
            self.fit()
        else:
            self._changed()

    def pan(self, across: float, down: float) -> None:
        """Move the view by parts of its own size."""
        self._centre += QPointF(across * self.width(), down * self.height()) / self._scale()
        self._changed()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a picture that is larger than the view."""
        if event.button() is Qt.MouseButton.LeftButton and not self.is_fitted:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture along."""
        if self._grabbed is not None:
            self._centre += (self._grabbed - event.position()) / self._scale()
            self._grabbed = event.position()
            self._changed()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Switch between the whole picture and 100 % of what is under the pointer."""
        if self.is_fitted:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; two fingers on a touchpad move a picture that is zoomed."""
        by_fingers = event.phase() is not Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if by_fingers and not self.is_fitted and not event.modifiers():
            self._centre -= QPointF(event.pixelDelta()) / self._scale()
            self._changed()
        else:
            self.zoom_to(self.zoom * _WHEEL_STEP ** event.angleDelta().y(), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom where two fingers pinch, on a touchpad or on the screen itself."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QTouchEvent) and event.deviceType() is QInputDevice.DeviceType.TouchScreen:
            if event.type() == QEvent.Type.TouchUpdate:
                self._follow_fingers(event.points())
            return True
        return super().event(event)

    def _follow_fingers(self, points: Sequence[QEventPoint]) -> None:
        """Let a picture go where the fingers on the screen go, and grow with the distance of the first two.

        Qt's own pinch gesture counts most movements twice (6.11).
        """
        ends = points[0], points[-1]
        now, before = QLineF(*(end.position() for end in ends)), QLineF(*(end.lastPosition() for end in ends))
        if not self.is_fitted:
            self._centre -= (now.center() - before.center()) / self._scale()
            self._changed()
        if before.length() and now.length():
            self.zoom_to(self.zoom * now.length() / before.length(), now.center())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep a fitted picture fitted."""
        self._changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self)
        if self.photo:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
            image = self.photo.image
            painter.drawImage(self._target(), image, QRectF(image.rect()))

    def _changed(self) -> None:
        self._stay_in_view()
        self._show_cursor()
        self.update()
        self.zoomed.emit(self.zoom)

    def _show_cursor(self) -> None:
        if self._grabbed is None:
            self.setCursor(Qt.CursorShape.ArrowCursor if self.is_fitted else Qt.CursorShape.OpenHandCursor)

    def _stay_in_view(self) -> None:
        """Let no edge come inside the view; what is smaller than the view stands in its middle."""
        photo, scale = self._photo_size(), self._scale()
        half = QSizeF(self.size()) / scale / 2
        self._centre = QPointF(
            _held(self._centre.x(), half.width(), photo.width()), _held(self._centre.y(), half.height(), photo.height())
        )

    def _photo_size(self) -> QSizeF:
        return QSizeF(self.photo.full_size) if self.photo else QSizeF(1, 1)

    def _fitting_zoom(self) -> float:
        photo, ratio = self._photo_size(), self.devicePixelRatioF()
        return min(self.width() * ratio / photo.width(), self.height() * ratio / photo.height(), ratio)

    def _scale(self) -> float:
        """Return how many of the widget's units a pixel of the photo takes."""
        return max(self.zoom, 1e-6) / self.devicePixelRatioF()

    def _on_photo(self, point: QPointF) -> QPointF:
        return self._centre + (point - QRectF(self.rect()).center()) / self._scale()

    def _target(self) -> QRectF:
        size = self._photo_size() * self._scale()
        middle = QRectF(self.rect()).center()
        return QRectF(middle - self._centre * self._scale(), size)


def _held(centre: float, half: float, length: float) -> float:
    return length / 2 if 2 * half >= length else min(max(centre, half), length - half)

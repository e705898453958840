"""Go on by itself from photo to photo."""

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

INTERVALS_S = (3, 5, 10, 30)
_KEPT = "viewer/slideshow_s"


class Slideshow(QObject):
    """Say `due` whenever it is time for the next photo; `running` tells of starts and stops. The pace is kept."""

    due = Signal()
    running = Signal(bool)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.due)
        kept = settings.value(_KEPT, defaultValue=float(INTERVALS_S[1]), type=float)
        self._timer.setInterval(round(float(str(kept)) * 1000))

    @property
    def is_running(self) -> bool:
        """Whether photos go on by themselves."""
        return self._timer.isActive()

    @property
    def interval_s(self) -> float:
        """How long each photo is shown."""
        return self._timer.interval() / 1000

    def set_interval(self, seconds: float) -> None:
        """Show each photo for as long as this, from now on."""
        self._timer.setInterval(round(seconds * 1000))
        self._settings.setValue(_KEPT, seconds)

    def toggle(self) -> None:
        """Start, or stop."""
        if self.is_running:
            self._timer.stop()
        else:
            self._timer.start()
        self.running.emit(self.is_running)

    def stop(self) -> None:
        """Stay at the photo that is shown."""
        if self.is_running:
            self.toggle()

    def begin_anew(self) -> None:
        """Give a photo that has just been shown its whole time."""
        if self.is_running:
            self._timer.start()

"""Bring what the engine tells on its own threads to the main thread."""

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from engine.api import Engine, Progress


class Bridge(QObject):
    """Pass the engine's progress on: `progressed` comes on the main thread, the newest only."""

    progressed = Signal(object)
    _arrived = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: Progress | None = None
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        engine.on_change(self._receive)

    def _receive(self, progress: Progress) -> None:
        waiting, self._newest = self._newest is not None, progress
        if not waiting and isValid(self):  # an engine may outlive its window
            self._arrived.emit()

    def _pass_on(self) -> None:
        progress, self._newest = self._newest, None
        self.progressed.emit(progress)

"""Downloads of models that go on while the window does other things."""

import threading
import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.question import explain
from engine.api import Engine
from engine.errors import Cancelled

_TELL_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Download:
    """How a download is: `problem` says why it stopped where nobody paused it."""

    done_bytes: int = 0
    total_bytes: int = 0
    is_running: bool = True
    problem: str = ""


class Downloads(QObject):
    """Fetch models in the background; `changed` carries the name of one whose download is another now, and
    `finished` that of one that is there."""

    changed = Signal(str)
    finished = Signal(str)
    _moved = Signal(str, object, object)

    def __init__(self, engine: Engine, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self._known: dict[str, Download] = {}
        self._stops: dict[str, threading.Event] = {}
        self._moved.connect(self._note)

    def of(self, name: str) -> Download | None:
        """Return the download of a model, or None where there is none."""
        return self._known.get(name)

    def start(self, name: str) -> None:
        """Fetch a model, from where it was left off."""
        stop = self._stops[name] = threading.Event()
        before = self._known.get(name, Download())
        self._set(name, replace(before, is_running=True, problem=""))
        self._background.run(
            lambda: self._fetch(name, stop), self._finish, lambda error: self._give_up(name, error)
        )

    def pause(self, name: str) -> None:
        """Stop fetching; what is there stays for the next time."""
        self._stops[name].set()

    def pause_all(self) -> None:
        """Stop fetching anything, for the window closes."""
        for stop in self._stops.values():
            stop.set()

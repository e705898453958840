"""Models that come, from the network or from disk, while the window does other things."""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.question import explain
from engine.api import Engine, InstalledModel
from engine.errors import Cancelled

_TELL_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Download:
    """How the download of a model is: `problem` says why it stopped where nobody paused it."""

    done_bytes: int = 0
    is_running: bool = True
    problem: str = ""


class Downloads(QObject):
    """Fetch and import models, each on a thread that the end of the program need not wait for.

    `changed` says that something is on its way in another way now, `finished` that a model is installed, and
    `import_failed` carries why one could not be imported. `importing` is the name of the file being imported.
    """

    changed = Signal()
    finished = Signal()
    import_failed = Signal(object)
    _came = Signal(str, int)
    _ended = Signal(str, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.importing = ""
        self._engine = engine
        self._known: dict[str, Download] = {}
        self._stops: dict[str, threading.Event] = {}
        self._closing = threading.Event()
        self._came.connect(lambda model_id, done: self._set(model_id, Download(done)))
        self._ended.connect(self._end)

    def of(self, model_id: str) -> Download | None:
        """Return the download of a model, or None where none was begun since the start."""
        return self._known.get(model_id)

    def start(self, model_id: str) -> None:
        """Fetch a model, from where it was left off."""
        stop = self._stops[model_id] = threading.Event()
        self._set(model_id, replace(self._known.get(model_id, Download()), is_running=True, problem=""))
        tell = _now_and_then(lambda done: self._came.emit(model_id, done))
        self._run(model_id, lambda: self._engine.download_model(model_id, tell, stop))

    def pause(self, model_id: str) -> None:
        """Stop fetching; what is there stays for the next time."""
        self._stops[model_id].set()

    def forget(self, model_id: str) -> None:
        """Know nothing of a download any more."""
        self._known.pop(model_id, None)

    def import_pair(self, model: Path, mmproj: Path) -> None:
        """Import a pair from disk, which is copied and tried."""
        self.importing = model.name
        self.changed.emit()
        self._run("", lambda: self._engine.import_model(model, mmproj))

    def close(self) -> None:
        """Stop fetching: the library closes."""
        self._closing.set()
        for stop in self._stops.values():
            stop.set()

    def _run(self, key: str, bring: Callable[[], InstalledModel]) -> None:
        def work() -> None:
            error: Exception | None = None
            try:
                model = bring()
                if not self._closing.is_set():
                    _use_at_once(self._engine, model)
            except Exception as caught:
                error = caught
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._ended.emit(key, error)

        threading.Thread(target=work, name="download", daemon=True).start()

    def _end(self, key: str, error: Exception | None) -> None:
        if not key:
            self.importing = ""
        if error is None:
            self.forget(key)
            self.finished.emit()
        elif key:
            problem = "" if isinstance(error, Cancelled) else " ".join(explain(error)).strip()
            self._set(key, replace(self._known[key], is_running=False, problem=problem))
        else:
            self.changed.emit()
            self.import_failed.emit(error)

    def _set(self, model_id: str, download: Download) -> None:
        self._known[model_id] = download
        self.changed.emit()


def _now_and_then(tell: Callable[[int], object]) -> Callable[[int, int], None]:
    """Pass on how much has come, a few times a second."""
    told_at = 0.0

    def on_bytes(done: int, total: int) -> None:
        nonlocal told_at
        if done == total or time.monotonic() - told_at > _TELL_EVERY_S:
            told_at = time.monotonic()
            tell(done)

    return on_bytes


def _use_at_once(engine: Engine, model: InstalledModel) -> None:
    """Let a model that has just come replace the starter; a model that somebody chose stays in use."""
    shelf = engine.models()
    if shelf.in_use is None or any(other.is_starter and other.name == shelf.in_use for other in shelf.installed):
        engine.use_model(model.name)

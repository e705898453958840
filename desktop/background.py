"""Do slow things off the main thread: op, success, failure."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

_log = logging.getLogger(__name__)
_THREADS = 4

T = TypeVar("T")


class Background(QObject):
    """Run functions on a few threads and bring what they return to the main thread.

    `failed` carries an exception that nobody asked to hear of.
    """

    failed = Signal(object)
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, "background")
        self._newest: dict[str, int] = {}
        self._closed = False
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        op: Callable[[], T],
        success: Callable[[T], object] | None = None,
        failure: Callable[[Exception], object] | None = None,
        *,
        latest: str | None = None,
    ) -> None:
        """Run `op` on a thread, then `success` or `failure` on the main thread.

        Of all runs with the same `latest`, only the answer to the newest one is passed on, and one that is overtaken
        before it begins never runs. Answers to a widget that is gone are dropped, and after `close` nothing is begun.
        Call on the main thread.
        """
        if self._closed:
            return
        number = self._count(latest)

        def work() -> None:
            if self._is_stale(latest, number):
                return
            answer = _attempt(op, success, failure or self.failed.emit)
            self._landed.emit(lambda: None if self._is_stale(latest, number) else answer())

        self._pool.submit(work)

    def forget(self, latest: str) -> None:
        """Drop the answer to every run with this `latest` that is still under way."""
        self._count(latest)

    def close(self) -> None:
        """Wait for what runs, begin nothing more, and drop the answers."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _count(self, latest: str | None) -> int:
        if latest is None:
            return 0
        self._newest[latest] = self._newest.get(latest, 0) + 1
        return self._newest[latest]

    def _is_stale(self, latest: str | None, number: int) -> bool:
        return self._closed or (latest is not None and self._newest[latest] != number)

    def _land(self, answer: Callable[[], object]) -> None:
        answer()


def _attempt(
    op: Callable[[], T], success: Callable[[T], object] | None, failure: Callable[[Exception], object]
) -> Callable[[], object]:
    try:
        result = op()
    except Exception as error:
        _log.info("A task failed.", exc_info=True)
        return _delivery(failure, error)
    return _delivery(success, result) if success else lambda: None


def _delivery(receive: Callable[[Any], object], answer: object) -> Callable[[], object]:
    owner = getattr(receive, "__self__", None)
    return lambda: None if isinstance(owner, QObject) and not isValid(owner) else receive(answer)

"""Ask the engine while somebody types, and pass on only what still answers the last question."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.search.answer import Answer, answer, better_answer
from desktop.search.request import Request
from engine.api import Engine

_SEARCH, _BETTER = "search", "better"


class Asking(QObject):
    """Hold what is asked for. `answered` carries an `Answer`, and soon after a better one where the captioning model
    finds shorter words for what was asked; `failed` carries an exception."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._background = engine, background
        self.request = Request()

    def ask(self, **changed: Any) -> None:
        """Ask with some fields of the request changed."""
        request = self.request = replace(self.request, **changed)
        self._background.forget(_BETTER)
        self._background.run(lambda: answer(self._engine, request), self._receive, self._fail, latest=_SEARCH)

    def _receive(self, found: Answer) -> None:
        self.answered.emit(found)
        self._background.run(lambda: better_answer(self._engine, found.request), self._improve, latest=_BETTER)

    def _improve(self, better: Answer | None) -> None:
        if better:
            self.answered.emit(better)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

"""Slow things leave the main thread alone, and their answers come back to it."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.background import Background


def test_an_op_runs_elsewhere_and_its_answer_comes_to_the_main_thread(qtbot: QtBot, background: Background) -> None:
    threads: list[threading.Thread] = []

    def op() -> int:
        threads.append(threading.current_thread())
        return 7

    answers: list[int] = []

    def success(answer: int) -> None:
        threads.append(threading.current_thread())
        answers.append(answer)

    background.run(op, success)
    qtbot.waitUntil(lambda: answers == [7])
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_twenty_thousand_answers_all_arrive(qtbot: QtBot, background: Background) -> None:
    """`QRunnable`s that own their signals lose nearly all of them."""
    answers: list[int] = []
    for number in range(20_000):
        background.run(lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 20_000)
    assert sorted(answers) == list(range(20_000))


def test_only_the_newest_answer_is_passed_on(qtbot: QtBot, background: Background) -> None:
    gate = threading.Event()
    answers: list[str] = []
    background.run(lambda: gate.wait(10) and "old", answers.append, latest="search")
    background.run(lambda: "new", answers.append, latest="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    background.run(lambda: "other", answers.append)
    qtbot.waitUntil(lambda: "other" in answers)
    assert answers == ["new", "other"]


def failing() -> None:
    raise ValueError("no")


def test_a_failure_goes_where_it_was_asked_for_and_else_to_everybody(qtbot: QtBot, background: Background) -> None:
    failures: list[Exception] = []
    background.run(failing, failure=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)
    heard = QSignalSpy(background.failed)
    background.run(failing)
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert isinstance(heard.at(0)[0], ValueError)
    assert len(failures) == 1


class Listener(QObject):
    def __init__(self, hear: Callable[[object], None]) -> None:
        super().__init__()
        self._hear = hear

    def receive(self, answer: object) -> None:
        self._hear(answer)


def test_an_answer_to_a_widget_that_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    heard: list[object] = []
    listener = Listener(heard.append)
    listener.destroyed.connect(lambda: heard.append("gone"))
    listener.deleteLater()
    qtbot.waitUntil(lambda: heard == ["gone"])
    background.run(lambda: "late", listener.receive)
    background.run(lambda: "after", heard.append)
    qtbot.waitUntil(lambda: "after" in heard)
    assert "late" not in heard


@pytest.mark.parametrize("count", [1, 8])
def test_closing_waits_for_what_runs(qapp: object, count: int) -> None:
    background, done = Background(), []
    for _ in range(count):
        background.run(lambda: done.append(threading.current_thread()), done.append)
    background.close()
    assert all(isinstance(thread, threading.Thread) for thread in done)
    assert not any(thread.is_alive() for thread in done)
    background.run(lambda: done.append("too late"))
    assert "too late" not in done

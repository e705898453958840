"""A second start raises the first window."""

from pathlib import Path

from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.instance import SingleInstance
from engine.api import Home


def test_a_second_start_is_turned_away_and_heard_of(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(Home(tmp_path)), SingleInstance(Home(tmp_path))
    heard = QSignalSpy(first.asked)
    assert first.claim()
    assert not second.claim()
    qtbot.waitUntil(lambda: heard.count() == 1)
    assert heard.at(0)[0] == []


def test_a_second_start_hands_over_its_folders(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(Home(tmp_path)), SingleInstance(Home(tmp_path))
    assert first.claim()
    with qtbot.waitSignal(first.asked) as heard:
        second.claim([tmp_path / "Urlaub ä", tmp_path])
    assert heard.args[0] == [tmp_path / "Urlaub ä", tmp_path]


def test_two_libraries_may_each_have_a_window(qapp: object, tmp_path: Path) -> None:
    assert SingleInstance(Home(tmp_path / "a")).claim()
    assert SingleInstance(Home(tmp_path / "b")).claim()

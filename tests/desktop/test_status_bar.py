"""The line at the bottom of the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.library.progress_text import progress_text
from desktop.library.status_bar import StatusBar
from engine.api import Activity, Progress, Stage
from engine.catalog.work import StageCount


def captioning(**changes: object) -> Progress:
    counts = {Stage.CAPTION: StageCount(pending=2555, done=9876, failed=0)}
    values = {"activity": Activity.INDEXING, "photos": 12_431, "stages": counts, "seconds_left": 1217.0}
    return Progress(**{**values, **changes})


@pytest.mark.parametrize(
    ("progress", "says"),
    [
        (
            captioning(rates={"caption": 2.1, "visual": 9.0}),
            "12,431 photos · 9,876 captioned · 2.1 a second · about 20 min left",
        ),
        (
            captioning(rates={"caption": 0.05}, seconds_left=51_100.0),
            "12,431 photos · 9,876 captioned · one every 20 s · about 14 hours left",
        ),
        (captioning(activity=Activity.PAUSED), "12,431 photos · 9,876 captioned · paused"),
        (
            Progress(photos=1, stages={Stage.CAPTION: StageCount(pending=0, done=1, failed=0)}),
            "1 photo · all captioned",
        ),
        (Progress(Activity.SCANNING), "0 photos · looking for photos…"),
    ],
)
def test_progress_is_told_in_one_line(progress: Progress, says: str) -> None:
    assert progress_text(progress) == says


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def button(bar: StatusBar, text: str) -> QToolButton:
    return next(child for child in bar.findChildren(QToolButton) if child.text() == text and child.isVisible())


def test_indexing_can_be_paused_and_gone_on_with(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_progress(captioning())
    with qtbot.waitSignal(bar.pause_asked):
        qtbot.mouseClick(button(bar, "Pause"), Qt.MouseButton.LeftButton)
    bar.show_progress(captioning(activity=Activity.PAUSED))
    with qtbot.waitSignal(bar.resume_asked):
        qtbot.mouseClick(button(bar, "Go on"), Qt.MouseButton.LeftButton)


def test_what_holds_indexing_up_is_said_plainly(bar: StatusBar) -> None:
    bar.show_progress(captioning(activity=Activity.PAUSED, notices=("Paused while on battery.",)))
    assert bar.notice == "Paused while on battery."
    assert bar.text.endswith("paused")


def test_problems_are_counted_and_lead_to_their_page(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_progress(captioning(files_failed=1))
    with qtbot.waitSignal(bar.problems_asked):
        qtbot.mouseClick(button(bar, "1 problem"), Qt.MouseButton.LeftButton)


def test_an_idle_library_offers_no_pause(bar: StatusBar) -> None:
    bar.show_progress(Progress(photos=3))
    assert not [child for child in bar.findChildren(QToolButton) if child.isVisible()]

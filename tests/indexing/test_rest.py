"""Indexing leaves the computer alone on battery and in quiet hours, says so, and goes on when asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine.catalog.connection import open_writer
from engine.indexing import rest
from engine.indexing.indexer import Indexer
from engine.indexing.progress import Activity
from engine.indexing.rest import Rest
from engine.settings import QuietHours, Settings

WAIT_S = 30.0
ON_BATTERY = Settings(pause_on_battery=True)


@dataclass
class Computer:
    """What the engine is told of the computer; time passes only here."""

    plugged: bool | None = False
    now_s: float = 100.0

    def battery(self) -> SimpleNamespace | None:
        return None if self.plugged is None else SimpleNamespace(power_plugged=self.plugged)

    def plug(self, plugged: bool) -> None:
        self.plugged = plugged
        self.now_s += 60


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    computer = Computer()
    monkeypatch.setattr(psutil, "sensors_battery", computer.battery, raising=False)
    monkeypatch.setattr(rest, "time", SimpleNamespace(monotonic=lambda: computer.now_s))
    return computer


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def set_clock(moment: str) -> None:
        now = datetime.fromisoformat(f"2026-01-01T{moment}")
        monkeypatch.setattr(rest, "datetime", SimpleNamespace(now=lambda: now))

    return set_clock


def test_indexing_rests_on_battery_only_where_the_user_wants_it(computer: Computer) -> None:
    assert Rest(ON_BATTERY).reason() == "Indexing rests while the computer runs on battery."
    assert Rest(Settings()).reason() is None
    computer.plugged = True
    assert Rest(ON_BATTERY).reason() is None
    computer.plugged = None
    assert Rest(ON_BATTERY).reason() is None


def test_a_rest_ends_when_its_reason_does(computer: Computer) -> None:
    battery = Rest(ON_BATTERY)
    assert battery.reason()
    computer.plug(True)
    assert battery.reason() is None


def test_who_wants_to_go_on_in_spite_of_it_is_not_stopped_until_the_next_time(computer: Computer) -> None:
    battery = Rest(ON_BATTERY)
    assert battery.reason()
    battery.overrule()
    computer.now_s += 60
    assert battery.reason() is None
    computer.plug(True)
    assert battery.reason() is None
    computer.plug(False)
    assert battery.reason()


def test_new_settings_count_at_once(computer: Computer) -> None:
    battery = Rest(ON_BATTERY)
    assert battery.reason()
    battery.follow(Settings())
    assert battery.reason() is None


@pytest.mark.parametrize(
    ("start", "end", "moment", "rests"),
    [
        ("22:00", "07:00", "23:30", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("09:00", "17:30", "09:00", True),
        ("09:00", "17:30", "17:30", False),
        ("09:00", "09:00", "09:00", False),
    ],
)
def test_quiet_hours_may_go_over_midnight(
    at: Callable[[str], None], start: str, end: str, moment: str, rests: bool
) -> None:
    at(moment)
    reason = Rest(Settings(quiet_hours=QuietHours(time.fromisoformat(start), time.fromisoformat(end)))).reason()
    assert bool(reason) is rests
    assert reason is None or f"until {end}" in reason


def test_the_indexer_rests_tells_why_and_goes_on(tmp_path: Path, computer: Computer) -> None:
    open_writer(tmp_path / "catalog.db").close()
    battery = Rest(ON_BATTERY)
    indexer = Indexer(
        tmp_path / "catalog.db",
        [],
        scanning=lambda: False,
        resting=battery.reason,
        after_commit=lambda db: None,
        on_progress=lambda progress: None,
    )
    indexer.start()
    try:
        assert not indexer.wait_until_idle(WAIT_S)
        assert (indexer.progress.activity, indexer.progress.notices) == (Activity.PAUSED, (battery.reason(),))
        computer.plug(True)
        indexer.wake()
        assert indexer.wait_until_idle(WAIT_S)
        assert (indexer.progress.activity, indexer.progress.notices) == (Activity.IDLE, ())
    finally:
        indexer.close()

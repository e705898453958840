"""Half a photo is not taken for a whole one, and no photo waits for ever."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_files import whole_scan

from engine.catalog.files import FileSeen
from engine.library.scope import Scope
from engine.library.settle import Settling

ROOT = Path("/photos")
NOW_S = 1_700_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now_s = NOW_S

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settling(clock: Clock) -> Settling:
    return Settling(quiet_s=2.0, clock=clock)


def modified(at_s: float, size_bytes: int = 10, name: str = "1.jpg") -> FileSeen:
    return FileSeen(ROOT / name, size_bytes, round(at_s * 1e9))


def taken(settling: Settling, *seen: FileSeen) -> set[str]:
    scan = settling.hold_back(whole_scan(ROOT, *seen))
    assert {file.path for file in scan.seen}.isdisjoint(scan.waiting)
    return {file.path.name for file in scan.seen}


def test_a_file_that_was_last_modified_long_ago_is_taken_at_once(settling: Settling) -> None:
    assert taken(settling, modified(NOW_S - 3)) == {"1.jpg"}
    assert settling.restless_folders() == set()


def test_a_file_modified_just_now_waits_and_the_others_do_not(settling: Settling, clock: Clock) -> None:
    fresh, old = modified(NOW_S - 1), modified(NOW_S - 60, name="old.jpg")
    assert taken(settling, fresh, old) == {"old.jpg"}
    assert settling.restless_folders() == {ROOT}
    clock.now_s += 2.5
    assert taken(settling, fresh, old) == {"1.jpg", "old.jpg"}
    assert settling.restless_folders() == set()


def test_a_slow_copy_waits_until_it_has_ended(settling: Settling, clock: Clock) -> None:
    for part in range(10):
        assert taken(settling, modified(clock.now_s, size_bytes=part)) == set()
        clock.now_s += 2.5
    last = modified(clock.now_s, size_bytes=10)
    assert taken(settling, last) == set()
    clock.now_s += 2.5
    assert taken(settling, last) == {"1.jpg"}


def test_a_copy_that_keeps_the_old_time_waits_while_it_grows(settling: Settling, clock: Clock) -> None:
    assert taken(settling, modified(NOW_S, size_bytes=1)) == set()
    clock.now_s += 2.5
    assert taken(settling, modified(NOW_S - 9999, size_bytes=2)) == set()
    clock.now_s += 2.5
    assert taken(settling, modified(NOW_S - 9999, size_bytes=2)) == {"1.jpg"}


def test_a_file_from_the_future_waits_once_and_not_for_ever(settling: Settling, clock: Clock) -> None:
    ahead = modified(NOW_S + 365 * 86400)
    assert taken(settling, ahead) == set()
    clock.now_s += 1
    assert taken(settling, ahead) == set()
    clock.now_s += 1.5
    assert taken(settling, ahead) == {"1.jpg"}


def test_a_clock_that_is_set_back_delays_a_file_only_shortly(settling: Settling, clock: Clock) -> None:
    fresh = modified(NOW_S)
    assert taken(settling, fresh) == set()
    clock.now_s -= 86400
    assert taken(settling, fresh) == set()
    clock.now_s += 2.5
    assert taken(settling, fresh) == {"1.jpg"}


def test_a_waiting_file_that_vanishes_is_not_waited_for(settling: Settling) -> None:
    assert taken(settling, modified(NOW_S)) == set()
    assert taken(settling) == set()
    assert settling.restless_folders() == set()


def test_a_scan_of_another_part_leaves_waiting_files_alone(settling: Settling) -> None:
    assert taken(settling, modified(NOW_S)) == set()
    elsewhere = replace(whole_scan(ROOT), scope=Scope(shallow=frozenset({ROOT / "other"})))
    settling.hold_back(elsewhere)
    assert settling.restless_folders() == {ROOT}

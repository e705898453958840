"""Whether a window can be shown is said before Qt gives up."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.screen import what_is_missing

_SCREENS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")


@linux_only
def test_without_a_screen_the_program_says_so_and_ends(tmp_path: Path) -> None:
    without = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    started = subprocess.run(
        [sys.executable, "-m", "desktop", "--home", str(tmp_path)],
        env=without,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode == 1
    assert started.stderr.startswith("There is no screen here.")


@linux_only
def test_help_needs_no_screen() -> None:
    without = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    told = subprocess.run(
        [sys.executable, "-m", "desktop", "--help"], env=without, check=True, capture_output=True, text=True, timeout=60
    )
    assert "--home" in told.stdout


@linux_only
def test_a_library_that_the_system_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    problem = what_is_missing()
    assert problem is not None
    assert "lacks: libxcb-cursor.so.0. Install" in problem


def test_drawing_offscreen_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert what_is_missing() is None

"""When indexing leaves the computer alone by itself: on battery, and in the user's quiet hours."""

import time
from datetime import datetime

import psutil

from engine.settings import Settings

_LOOK_EVERY_S = 5.0


class Rest:
    """Say why indexing should rest now. From any thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reason: str | None = None
        self._overruled: str | None = None
        self._looked_at = -_LOOK_EVERY_S

    def follow(self, settings: Settings) -> None:
        """Go by other settings from now on."""
        self._settings = settings
        self._looked_at = -_LOOK_EVERY_S

    def reason(self) -> str | None:
        """Return a sentence that says why to rest, or None; the computer is asked every few seconds."""
        if time.monotonic() - self._looked_at > _LOOK_EVERY_S:
            self._looked_at = time.monotonic()
            self._reason = self._look()
            if self._reason != self._overruled:
                self._overruled = None
        return None if self._overruled else self._reason

    def overrule(self) -> None:
        """Do not rest for the reason of now, until it has passed: the user wants to go on."""
        self._overruled = self._reason

    def _look(self) -> str | None:
        quiet = self._settings.quiet_hours
        if quiet and quiet.hold(datetime.now().time()):
            return f"Indexing rests until {quiet.end:%H:%M}: these are your quiet hours."
        if self._settings.pause_on_battery and _is_on_battery():
            return "Indexing rests while the computer runs on battery."
        return None


def _is_on_battery() -> bool:
    battery = psutil.sensors_battery()
    return battery is not None and battery.power_plugged is False

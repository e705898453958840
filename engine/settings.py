"""What the user has set, kept in the catalog, so that it survives whatever the catalog survives."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from engine.catalog.meta import read_meta, write_meta
from engine.catalog.work import Stage

_KEY = "settings"


class Appearance(StrEnum):
    """How the window looks: like the system, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily time in which the computer is left alone, in local time; from 22 to 7 it goes over midnight."""

    start: time
    end: time

    def hold(self, moment: time) -> bool:
        """Tell whether a moment lies in them; with the same start and end none does."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Settings:
    """`captions` and `text_in_photos` tell whether photos are captioned and the text in them is read. `threads` are for
    the captioner, None leaves them to it. `skipped_folders` lie in chosen ones and are left out. `grid_captions` shows
    captions below all photos instead of the one under the pointer.

    `southern` turns the seasons, and `week_start` is the day that weeks begin with, Monday being 0.
    """

    captions: bool = True
    text_in_photos: bool = True
    southern: bool = False
    week_start: int = 0
    pause_on_battery: bool = False
    quiet_hours: QuietHours | None = None
    threads: int | None = None
    skipped_folders: tuple[Path, ...] = ()
    appearance: Appearance = Appearance.SYSTEM
    grid_captions: bool = False

    def left_out(self) -> frozenset[Stage]:
        """Return the stages that are switched off."""
        switches = {Stage.CAPTION: self.captions, Stage.TEXT: self.text_in_photos}
        return frozenset(stage for stage, is_on in switches.items() if not is_on)

    def asks_to_begin_anew(self, before: "Settings") -> bool:
        """Tell whether indexing must be begun anew for these settings to count."""
        return self._indexing() != before._indexing()

    def _indexing(self) -> tuple[Any, ...]:
        return self.captions, self.text_in_photos, self.threads, self.skipped_folders


def read_settings(db: Database) -> Settings:
    """Return the settings; what a newer or older Reverie stored besides is left alone."""
    stored: dict[str, Any] = read_meta(db, _KEY, {})
    known = {field.name for field in fields(Settings)}
    settings = Settings(**{name: value for name, value in stored.items() if name in known})
    quiet = stored.get("quiet_hours")
    return replace(
        settings,
        quiet_hours=QuietHours(*(time.fromisoformat(moment) for moment in quiet)) if quiet else None,
        skipped_folders=tuple(Path(folder) for folder in settings.skipped_folders),
        appearance=Appearance(settings.appearance),
    )


def write_settings(db: Database, settings: Settings) -> None:
    """Store the settings."""
    quiet = settings.quiet_hours
    packed = {
        **asdict(settings),
        "quiet_hours": [quiet.start.isoformat(), quiet.end.isoformat()] if quiet else None,
        "skipped_folders": [str(folder) for folder in settings.skipped_folders],
    }
    write_meta(db, _KEY, {**read_meta(db, _KEY, {}), **packed})

"""What the user has set, kept in the catalog, so that it survives whatever the catalog survives."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlite_utils import Database

from engine.catalog.meta import read_meta, write_meta
from engine.catalog.work import Stage

_KEY = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """`captions` and `text_in_photos` tell whether photos are captioned and the text in them is read.

    `southern` turns the seasons, and `week_start` is the day that weeks begin with, Monday being 0.
    """

    captions: bool = True
    text_in_photos: bool = True
    southern: bool = False
    week_start: int = 0

    def left_out(self) -> frozenset[Stage]:
        """Return the stages that are switched off."""
        switches = {Stage.CAPTION: self.captions, Stage.TEXT: self.text_in_photos}
        return frozenset(stage for stage, is_on in switches.items() if not is_on)


def read_settings(db: Database) -> Settings:
    """Return the settings; what a newer or older Reverie stored besides is left alone."""
    stored: dict[str, Any] = read_meta(db, _KEY, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})


def write_settings(db: Database, settings: Settings) -> None:
    """Store the settings."""
    write_meta(db, _KEY, {**read_meta(db, _KEY, {}), **asdict(settings)})

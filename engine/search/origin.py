"""When, where and with what the photo was taken that somebody asks by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

_LONGEST_TRIP_HALF = timedelta(days=14)
_LONGEST_BREAK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of how a photo came about; None where it is not. `taken_at` is local time; `trip` is the first and
    the last day of the photos around it."""

    taken_at: datetime | None = None
    district: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    camera: str | None = None
    folder: Path | None = None
    trip: tuple[date, date] | None = None

    @classmethod
    def read(cls, db: Database, facts: Mapping[str, Any], folder: Path | None) -> "Origin":
        """Return the origin of a photo by the facts that its file states, as the catalog and `PhotoFacts` have them."""
        taken_at = datetime.fromisoformat(facts["taken_at"]) if facts["taken_at"] else None
        return cls(
            taken_at,
            facts["district"],
            facts["city"],
            facts["region"],
            facts["country"],
            facts["camera"],
            folder,
            _trip(db, taken_at.date()) if taken_at else None,
        )

    @property
    def narrowest(self) -> str | None:
        """The name of the smallest place around it."""
        return self.district or self.city or self.region or self.country

    @property
    def place(self) -> str:
        """The names of the place, the narrowest first, or an empty text."""
        return ", ".join(part for part in (self.district, self.city, self.region, self.country) if part)


def _trip(db: Database, day: date) -> tuple[date, date]:
    """Return the first and the last day around a day between which photos were taken at least every other day, two
    weeks away at most."""
    first, last = day - _LONGEST_TRIP_HALF, day + _LONGEST_TRIP_HALF
    rows = db.execute(
        "SELECT DISTINCT substr(taken_at, 1, 10) FROM visible_photos WHERE taken_at >= ? AND taken_at < ?",
        [first.isoformat(), f"{last.isoformat()}T24"],
    )
    days = sorted({day, *(date.fromisoformat(text) for (text,) in rows)})
    return _last_without_break(day, days[::-1]), _last_without_break(day, days)


def _last_without_break(day: date, days: list[date]) -> date:
    """Return the last of the days that are reached from one of them, in their order, without a long break."""
    for following in days[days.index(day) :]:
        if abs(following - day) > _LONGEST_BREAK:
            break
        day = following
    return day

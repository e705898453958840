"""What somebody chose to look at in the sidebar."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.api import Filters


class Special(StrEnum):
    """Choices that no filter can express; the engine lists the photos of each."""

    RECENT = "recent"
    DUPLICATES = "duplicates"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Selection:
    """`title` is what the page is called. `special` goes before `filters`; without either it is all photos."""

    title: str
    filters: Filters = field(default_factory=Filters)
    special: Special | None = None


def year_filter(year: str) -> Filters:
    """Return the filter for a year of four digits."""
    return Filters(date_from=date(int(year), 1, 1), date_to=date(int(year), 12, 31))

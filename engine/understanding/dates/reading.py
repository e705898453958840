"""What a piece of text says about time, before it is known whether it is meant so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from engine.search.query import Filters
from engine.understanding.dates.calendar import Calendar, Days, latest_weekday
from engine.understanding.dates.yearly import Yearly, every_month

MORNING, AFTERNOON, EVENING, NIGHT = range(5, 12), range(12, 18), range(17, 22), (21, 22, 23, 0, 1, 2, 3, 4)
OUT_AT_NIGHT = (*range(18, 24), *range(5))
_SEASON_DAYS = 93
_MOST_SINGLE_DAYS = 1500  # of more, those between are asked for as well


class Kind(StrEnum):
    """What a reading is, which decides where in a text it is meant as a date; `FREE` is meant so wherever it stands."""

    FREE = "free"
    YEAR = "year"
    DECADE = "decade"
    MONTH = "month"
    SEASON = "season"
    HOLIDAY = "holiday"
    WEEKDAY = "weekday"
    PART_OF_DAY = "part of day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Reading:
    """Days, open at `date.min` or `date.max`; or single days; or what comes back every year; besides, or alone,
    weekdays and hours."""

    kind: Kind
    days: Days | None = None
    single: frozenset[date] = frozenset()
    yearly: Yearly | None = None
    weekdays: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()

    def to_filters(self, calendar: Calendar) -> Filters:
        """Say it as filters; empty ones where no day is meant that there can be photos of."""
        if self.days and self.days.first > calendar.today:
            return Filters()
        days = self.single
        if self.yearly and not self.yearly.months:
            days = frozenset(day for day in self.yearly.each(calendar) if day <= calendar.today)
            if not days:
                return Filters()
        return Filters(
            date_from=self.days.first if self.days and self.days.first > date.min else None,
            date_to=self.days.last if self.days and self.days.last < date.max else None,
            days=days,
            months=self.yearly.months if self.yearly else frozenset(),
            weekdays=self.weekdays,
            hours=self.hours,
        )

    def last_year(self) -> int:
        """Say in which year its days end."""
        return self.days.last.year if self.days else max(self.single, default=date.min).year

    def is_in_a_day(self) -> bool:
        """Say whether it comes back every year and is not just whole months."""
        return self.yearly is not None and bool(self.hours or not self.yearly.months)

    def changed(self, change: Callable[[Days], Days | None]) -> "Reading | None":
        """Change its days, of one time or of every year; None without days or where none would be left."""
        if self.yearly:
            return replace(self, yearly=self.yearly.changed(change))
        days = change(self.days) if self.days else None
        return replace(self, days=days) if days else None

    def widened(self) -> "Reading | None":
        """Add what "around" means."""
        if self.yearly and self.yearly.months:
            months = frozenset((month + step) % 12 + 1 for month in self.yearly.months for step in (-2, -1, 0))
            return replace(self, yearly=replace(self.yearly.changed(Days.widened), months=months))
        if self.hours:
            return replace(self, hours=frozenset((hour + step) % 24 for hour in self.hours for step in (-1, 0, 1)))
        return self.changed(Days.widened)

    def begun(self, today: date) -> Days | None:
        """Find the days meant by "since" or "before": the latest ones that have begun."""
        if len(self.weekdays) == 1 and not self.hours:
            return latest_weekday(today, *self.weekdays)
        return self.yearly.begun(today) if self.yearly else self.days


def on_days(days: Days | None) -> Reading | None:
    """Read days that are meant as a date wherever they stand."""
    return Reading(Kind.FREE, days=days) if days else None


def on_each(times: Iterable[Days]) -> Reading:
    """Read several days or spans of days."""
    return Reading(Kind.FREE, single=frozenset[date]().union(*(days.each() for days in times)))


def reach(first: Reading, last: Reading) -> Reading | None:
    """Read "first to last"; None where that makes no sense. A year said once holds for both."""
    if first.hours or last.hours or (first.yearly and last.kind in (Kind.YEAR, Kind.DECADE)):
        return None
    if len(first.weekdays) == len(last.weekdays) == 1:
        (start,), (end,) = first.weekdays, last.weekdays
        return replace(first, weekdays=frozenset((start + step) % 7 for step in range((end - start) % 7 + 1)))
    if first.yearly and last.yearly:
        return Reading(Kind.FREE, yearly=_reach_every_year(first.yearly, last.yearly))
    start_days = first.yearly.begun(last.days.first) if first.yearly and last.days else first.days
    end_days = last.yearly.following(first.days.last) if last.yearly and first.days else last.days
    days = start_days.through(end_days) if start_days and end_days else None
    return on_days(days)


def either(first: Reading, last: Reading) -> Reading | None:
    """Read "first or last", of the same sort; None where they are not. The days between decades are taken as well."""
    if first.hours or last.hours:
        return None
    if first.weekdays and last.weekdays:
        return replace(first, weekdays=first.weekdays | last.weekdays)
    if first.yearly and last.yearly and first.yearly.months and last.yearly.months:
        months = first.yearly.months | last.yearly.months
        return replace(first, yearly=replace(first.yearly, months=months))
    if first.yearly and last.days and (begun := first.yearly.begun(last.days.first)):
        near = last.days.first - begun.last < timedelta(days=_SEASON_DAYS)
        first = replace(last, days=begun) if first.yearly.months or near else first
    if last.yearly and last.yearly.months and first.days and first.days.count < _SEASON_DAYS:
        following = last.yearly.following(first.days.first)
        last = replace(first, days=following) if following else last
    mine, others = _span(first), _span(last)
    if mine is None or others is None:
        return None
    days = Days(min(mine.first, others.first), max(mine.last, others.last))
    if mine.count + others.count > _MOST_SINGLE_DAYS:
        return Reading(last.kind, days=days)
    single = _all_days(first) | _all_days(last)
    return Reading(last.kind, days=days) if days.count == len(single) else Reading(last.kind, single=single)


def _span(reading: Reading) -> Days | None:
    return Days(min(reading.single), max(reading.single)) if reading.single else reading.days


def _all_days(reading: Reading) -> frozenset[date]:
    return reading.days.each() if reading.days else reading.single


def _reach_every_year(first: Yearly, last: Yearly) -> Yearly:
    """Reach over months where both are, or where it is long: as whole months, not as thousands of single days."""
    both = first.through(last)
    days = both.in_year(2001)
    if days is None or (days.count < 60 and not (first.months and last.months)):
        return both
    return every_month(days.first.month, (days.last.month - days.first.month) % 12 + 1)

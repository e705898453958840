"""Days of a calendar, and what is known of the library's."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MOST_DECADES = 100  # more would be before the year 1
_YEARS_WITHOUT_A_LIBRARY = 40


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates are told relative to. `week_start` is a weekday, Monday is 0; `years` are the first and the last one
    in which a photo of the library was taken."""

    today: date
    southern: bool = False
    week_start: int = 0
    years: tuple[int, int] | None = None

    def every_year(self) -> range:
        """Name the years of the library, or of the age of cameras in everybody's hands where they are not known."""
        first, last = self.years or (self.today.year - _YEARS_WITHOUT_A_LIBRARY, self.today.year)
        return range(first, last + 1)

    def holds_year(self, year: int) -> bool:
        """Say whether the library may have photos of a year."""
        return self.years is None or self.years[0] <= year <= self.years[1]


@dataclass(frozen=True, slots=True)
class Days:
    """All days from the first to the last, both included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1

    def each(self) -> frozenset[date]:
        """List every single day."""
        return frozenset(self.first + timedelta(days=offset) for offset in range(self.count))

    def through(self, other: "Days") -> "Days | None":
        """Reach from here to the end of others; None where these end later."""
        return Days(self.first, other.last) if self.first <= other.last and self.last <= other.last else None

    def widened(self) -> "Days":
        """Add what "around" means: a year to years, a month to months, three days to days; nothing to decades."""
        if self.count > 3000:
            return self
        if self.count > 300:
            return Days(shifted(self.first, -12), days_of_year(self.last.year + 1).last)
        if self.count > 25:
            after = shifted(self.last.replace(day=1), 1)
            return Days(shifted(self.first, -1), days_of_months(after.year, after.month).last)
        return Days(self.first - timedelta(days=3), self.last + timedelta(days=3))

    def part(self, third: int) -> "Days":
        """Take the early (0), middle (1) or late (2) part: thirds of ten days or of whole months; decades overlap."""
        if self.count > 3000:
            start, stop = ((0, 3), (3, 6), (6, 9))[third]
            return Days(date(self.first.year + start, 1, 1), date(self.first.year + stop, 12, 31))
        months = round(self.count / 30.4)
        if months >= 3 and self.first.day == 1:
            first = shifted(self.first, third * (months // 3))
            return days_of_months(first.year, first.month, months // 3)
        step = self.count // 3
        start_day = self.first + timedelta(days=third * step)
        return Days(start_day, self.last if third == 2 else start_day + timedelta(days=step - 1))


def days_of_year(year: int) -> Days:
    """Take a whole year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def days_of_months(year: int, month: int, count: int = 1) -> Days:
    """Take whole months, which may reach into the next year."""
    end = shifted(date(year, month, 1), count - 1)
    return Days(date(year, month, 1), end.replace(day=monthrange(end.year, end.month)[1]))


def day_of(year: int, month: int, day: int) -> Days | None:
    """Take one day, where there is such a day."""
    try:
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def shifted(day: date, months: int) -> date:
    """Move a day by months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved_back(day: date, unit: str, count: int) -> date:
    """Move a day back by days, weeks, months, years or decades; forward where the count is negative."""
    match unit:
        case "day":
            return day - count * ONE_DAY
        case "week" | "weekend":
            return day - count * timedelta(days=7)
        case "decade":
            return shifted(day, -min(count, MOST_DECADES) * 120)
    return shifted(day, -count * (12 if unit == "year" else 1))


def latest_weekday(day: date, weekday: int) -> Days:
    """Find the last such weekday up to a day."""
    found = day - timedelta(days=(day.weekday() - weekday) % 7)
    return Days(found, found)


def toward(direction: str | None, days: Days) -> Days:
    """Open days towards the past ("before", "until") or the present ("after", "since"); `date.min` and `date.max` are
    open ends."""
    match direction:
        case "before" if days.first > date.min:
            return Days(date.min, days.first - ONE_DAY)
        case "until":
            return Days(date.min, days.last)
        case "after" if days.last < date.max:
            return Days(days.last + ONE_DAY, date.max)
        case "since":
            return Days(days.first, date.max)
    return days

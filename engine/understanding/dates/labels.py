"""Say dates and times in people's words; typed again, they mean the same."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from engine.search.query import Filters
from engine.understanding.dates.calendar import ONE_DAY, Days, day_of, days_of_months
from engine.understanding.dates.reading import OUT_AT_NIGHT
from engine.understanding.dates.times import HOURS, MIDNIGHT, NOON, WEEKEND, WORKDAYS
from engine.understanding.dates.words import MONTHS, WEEKDAYS
from engine.understanding.dates.yearly import HOLIDAYS, Yearly

_MONTHS = [name.capitalize() for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_WEEKDAYS = [name.capitalize() for name in WEEKDAYS]
_MANY = 3
_FEW = 5
_LONGEST_HOLIDAY = 28  # Advent
_LONGEST_DAYS = 60  # what is longer is said by months
_LEAP_YEAR = 2000
_LEAP_YEAR_LESS_A_DAY = timedelta(days=365)
_HOLIDAYS = [
    (f"{around or holiday.said} {holiday.name}", holiday.yearly.changed(Days.widened) if around else holiday.yearly)
    for around in ("", "around")
    for holiday in HOLIDAYS
]


def label_dates(filters: Filters) -> str:
    """Say the days and months of filters, or nothing: "June to August 2024", "since 2019", "at Christmas"."""
    parts = (_bounds(filters.date_from, filters.date_to), _months(filters.months), _single(filters.days))
    return ", ".join(part for part in parts if part)


def names_of_days(days: frozenset[date]) -> tuple[str, ...]:
    """Name the holidays and other times of each year that days of many years are, as they are typed: "at Christmas",
    "on 9 October"; nothing for other days."""
    return _each_year(days) if len(days) > _FEW and max(days).year - min(days).year > _FEW else ()


def label_times(filters: Filters) -> str:
    """Say the weekdays and hours of filters, or nothing: "Sunday mornings", "weekends", "at night"."""
    days, hours = _weekdays(filters.weekdays), _hours(filters.hours)
    part = "night" if filters.hours == frozenset(OUT_AT_NIGHT) else _part_of_day(filters.hours)
    if len(filters.weekdays) == 1 and part:
        return f"{days.removesuffix('s')} {part}s"
    return " ".join(part for part in (days, hours) if part)


def _bounds(first: date | None, last: date | None) -> str:
    if first and last:
        return _days(Days(first, last))
    if first:
        return f"since {_opening(first)}"
    return f"until {_closing(last)}" if last else ""


def _opening(day: date) -> str:
    if day.day > 1:
        return _day(day)
    return str(day.year) if day.month == 1 else _month(day)


def _closing(day: date) -> str:
    if (day + ONE_DAY).day > 1:
        return _day(day)
    return str(day.year) if day.month == 12 else _month(day)


def _days(days: Days) -> str:
    """Say days as years, months or days, whichever they fill."""
    first, last = days.first, days.last
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if first.year % 10 == 0 and last.year == first.year + 9:
            return f"the {first.year}s"
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + ONE_DAY).day == 1:
        return _month(first) if days == days_of_months(first.year, first.month) else _from_to(first, last, "%B", "%Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return _from_to(first, last, f"{first.day} %B", "%Y", last_day=f"{last.day} %B")


def _from_to(first: date, last: date, day: str, year: str, last_day: str | None = None) -> str:
    start = day if first.year == last.year else f"{day} {year}"
    return f"{_formatted(first, start)} to {_formatted(last, f'{last_day or day} {year}')}"


def _formatted(day: date, form: str) -> str:
    return form.replace("%B", _MONTHS[day.month - 1]).replace("%Y", str(day.year))


def _day(day: date) -> str:
    return _formatted(day, f"{day.day} %B %Y")


def _month(day: date) -> str:
    return _formatted(day, "%B %Y")


def _months(months: frozenset[int]) -> str:
    runs = _cycles(months, 12, 1)
    if all(len(run) < 3 for run in runs):
        return f"every {_listed([_MONTHS[month - 1] for run in runs for month in run])}" if months else ""
    return _listed([_span_of(run, [_MONTHS[month - 1] for month in run]) for run in runs])


def _span_of(run: list[int], names: list[str]) -> str:
    return names[0] if len(run) == 1 else f"{names[0]} to {names[-1]}"


def _cycles(numbers: frozenset[int], size: int, lowest: int) -> list[list[int]]:
    """Split numbers that go round, as months do, into runs."""
    runs = []
    while numbers:
        runs.append(_run(numbers, size, lowest))
        numbers -= frozenset(runs[-1])
    return runs


def _run(numbers: frozenset[int], size: int, lowest: int) -> list[int]:
    """Order numbers that go round, as months do, from the first one after a gap; only the run that starts there."""
    if not numbers:
        return []
    starts = [number for number in sorted(numbers) if (number - lowest - 1) % size + lowest not in numbers]
    run = [starts[0] if starts else lowest]
    while len(run) < len(numbers) and (following := (run[-1] - lowest + 1) % size + lowest) in numbers:
        run.append(following)
    return run


def _single(days: frozenset[date]) -> str:
    """Say single days: those of a holiday, of the same time each year, or one after the other."""
    if not days:
        return ""
    runs = runs_of_days(days)
    if runs[0].count <= _LONGEST_HOLIDAY and (named := _holiday(days)):
        return named if len(runs) > _FEW else f"{named} ({_years(runs)})"
    times = {(run.first.month, run.first.day, run.last.month, run.last.day) for run in runs}
    if len(runs) <= _MANY:
        return _listed([_days(run) for run in runs])
    if len(times) == 1 and len(runs) > runs[-1].first.year - runs[0].first.year and runs[0].count < 40:
        return _times(runs[0])
    if runs[-1].last.year - runs[0].first.year > 1 and (names := _each_year(days)):
        return _listed([name.removeprefix("from ") for name in names])
    return f"{len(days)} days of {runs[0].first.year} to {runs[-1].last.year}"


def _times(run: Days) -> str:
    """Say days of each year."""
    first, last = (_formatted(day, f"{day.day} %B") for day in (run.first, run.last))
    return first if first == last else f"{first} to {last}"


@lru_cache(maxsize=128)
def _each_year(days: frozenset[date]) -> tuple[str, ...]:
    """Name the holidays and other times of each year that make up days; nothing where some are left over."""
    years = range(min(days).year, max(days).year + 1)
    if {day.year for day in days} != set(years):
        return ()
    if name := _holiday(days):
        return (name,)
    names, left = list[str](), set(days)
    for run in _dates_of_each_year(days):
        dates = {(day.month, day.day) for day in run.each()}
        own = frozenset(day for day in days if (day.month, day.day) in dates)
        names.append(_holiday(own) or f"{'on' if run.count == 1 else 'from'} {_times(run)}")
        left -= own
    likely = ((name, yearly) for name, yearly in _HOLIDAYS if left and _has(days, yearly.in_year(years[-2])))
    found = ((_of_each_year(yearly, days), name) for name, yearly in likely)
    for times, name in sorted(found, key=lambda pair: -len(pair[0])):
        if times <= days and times & left:
            names.append(name)
            left -= times
    return () if left else tuple(names)


def _dates_of_each_year(days: frozenset[date]) -> list[Days]:
    """Find the days of a leap year that are among days in every year, but for what is too long to be said so; what
    goes over New Year begins in the year before."""
    dates = {(day.month, day.day) for day in days}
    found = {date(_LEAP_YEAR, *each) for each in dates if _is_in_each_year(*each, days)}
    runs = runs_of_days(frozenset(found)) if found else []
    if len(runs) > 1 and runs[-1].last - runs[0].first == _LEAP_YEAR_LESS_A_DAY:
        runs = [Days(runs[-1].first - _LEAP_YEAR_LESS_A_DAY - ONE_DAY, runs[0].last), *runs[1:-1]]
    return [run for run in runs if run.count < _LONGEST_DAYS]


def _is_in_each_year(month: int, day: int, days: frozenset[date]) -> bool:
    years = range(min(days).year + 1, max(days).year)
    return all(_has(days, day_of(year, month, day)) for year in years) and (
        _of_each_year(Yearly(lambda year: day_of(year, month, day)), days) <= days
    )


def _has(days: frozenset[date], time: Days | None) -> bool:
    return time is None or time.each() <= days


@lru_cache(maxsize=128)
def _holiday(days: frozenset[date]) -> str:
    return next((name for name, yearly in _HOLIDAYS if _is_every(yearly, days)), "")


def _is_every(yearly: Yearly, days: frozenset[date]) -> bool:
    """Say whether days are all those of a holiday in their years; most holidays are ruled out by the first day."""
    earliest = min(days)
    near = map(yearly.in_year, (earliest.year - 1, earliest.year, earliest.year + 1))
    return any(time and time.first <= earliest <= time.last for time in near) and days == _of_each_year(yearly, days)


def _of_each_year(yearly: Yearly, days: frozenset[date]) -> frozenset[date]:
    """List the days of a time of each year from the first of the days to the last."""
    earliest, latest = min(days), max(days)
    times = (yearly.in_year(year) for year in range(earliest.year - 1, latest.year + 2))
    return frozenset(day for time in times if time for day in time.each() if earliest <= day <= latest)


def _years(runs: list[Days]) -> str:
    first, last = runs[0].last.year, runs[-1].last.year
    return str(first) if first == last else f"{first} to {last}"


def runs_of_days(days: frozenset[date]) -> list[Days]:
    """Put days that follow each other together, in their order."""
    ordered = sorted(days)
    breaks = [index for index, (day, after) in enumerate(pairwise(ordered), 1) if after - day > timedelta(days=1)]
    return [Days(ordered[start], ordered[end - 1]) for start, end in pairwise([0, *breaks, len(ordered)])]


def _weekdays(weekdays: frozenset[int]) -> str:
    if weekdays == WEEKEND:
        return "weekends"
    if weekdays == WORKDAYS:
        return "weekdays"
    run = _run(weekdays, 7, 0)
    if len(run) > 2 and len(run) == len(weekdays):
        return f"{_WEEKDAYS[run[0]]} to {_WEEKDAYS[run[-1]]}"
    return _listed([f"{_WEEKDAYS[day]}s" for day in sorted(weekdays)])


def _part_of_day(hours: frozenset[int]) -> str:
    return next((part for part, of_part in HOURS.items() if of_part == hours), "")


def _hours(hours: frozenset[int]) -> str:
    if not hours:
        return ""
    if hours in (NOON, MIDNIGHT):
        return "at noon" if hours == NOON else "at midnight"
    if part := _part_of_day(hours):
        how, _, name = part.rpartition(" ")
        words = "at night" if name == "night" else f"in the {part}"
        return f"{how} {words}" if name == "night" and how else words
    run = _run(hours, 24, 0)
    if len(run) != len(hours):
        return "at " + _listed([_clock(hour) for hour in sorted(hours)])
    if len(run) > 1 and 0 in (run[0], end := (run[-1] + 1) % 24):
        return f"after {_clock(run[0])}" if run[0] else f"before {_clock(end)}"
    return f"{_clock(run[0])} to {_clock(end)}" if len(run) > 1 else f"at {_clock(run[0])}"


def _clock(hour: int) -> str:
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""

"""Operators for when photos were taken, as `before:2019` and `weekday:sunday`."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from engine.search.query import Filters
from engine.understanding.dates import Calendar, find_dates, read_date
from engine.understanding.dates.words import MONTHS, WEEKDAYS
from engine.understanding.reading import Reading

_LONGEST_LISTED = timedelta(days=4000)
_Range = tuple[date | None, date | None]


def _dates(range_of: Callable[[str, Calendar], _Range | None]) -> Callable[[Reading, str], bool]:
    def read(reading: Reading, value: str) -> bool:
        span = range_of(value, reading.calendar)
        if span is None or (span[0] and span[1] and span[0] > span[1]):
            return False
        reading.narrow_dates(Filters(*span))
        return True

    return read


def _before(value: str, calendar: Calendar) -> _Range | None:
    span = read_date(value, calendar)
    return (None, span[0] - timedelta(1)) if span else None


def _after(value: str, calendar: Calendar) -> _Range | None:
    span = read_date(value, calendar)
    return (span[1] + timedelta(1), None) if span else None


def _since(value: str, calendar: Calendar) -> _Range | None:
    span = read_date(value, calendar)
    return (span[0], None) if span else None


def _until(value: str, calendar: Calendar) -> _Range | None:
    span = read_date(value, calendar)
    return (None, span[1]) if span else None


def _between(value: str, calendar: Calendar) -> _Range | None:
    start, separator, end = value.partition("..")
    if not separator:
        return read_date(value, calendar)
    first, last = (read_date(text, calendar) if text else None for text in (start, end))
    if bool(start) != bool(first) or bool(end) != bool(last):
        return None
    return first and first[0], last and last[1]


def _date(reading: Reading, value: str) -> bool:
    """Read a day, month, year or range, or several with commas between, any of which will do."""
    if "," not in value:
        return _dates(_between)(reading, value) or _date_in_words(reading, value)
    days: set[date] = set()
    for part in value.split(","):
        first, last = _between(part, reading.calendar) or (None, None)
        if not (first and last and timedelta(0) <= last - first < _LONGEST_LISTED):
            return False
        days |= {first + timedelta(day) for day in range((last - first).days + 1)}
    reading.widen("days", frozenset(days))
    return True


def _date_in_words(reading: Reading, value: str) -> bool:
    """Read what is a date in a sentence, too: "at Christmas", "last summer", "winter"."""
    for text in (value, f"at {value}", f"in {value}"):
        spans = find_dates(text, reading.calendar)
        if len(spans) == 1 and (spans[0].start, spans[0].end) == (0, len(text)):
            reading.narrow_dates(spans[0].filters)
            return True
    return False


def _numbers(name: str, allowed: Iterable[int], words: dict[str, int]) -> Callable[[Reading, str], bool]:
    known = {str(number): number for number in allowed} | words

    def read(reading: Reading, value: str) -> bool:
        values = value.lower().split(",")
        if not all(number in known for number in values):
            return False
        reading.widen(name, frozenset(known[number] for number in values))
        return True

    return read


DATE_OPERATORS: dict[str, Callable[[Reading, str], bool]] = {
    "date": _date,
    "before": _dates(_before),
    "after": _dates(_after),
    "since": _dates(_since),
    "until": _dates(_until),
    "month": _numbers("months", range(1, 13), MONTHS),
    "weekday": _numbers("weekdays", (), WEEKDAYS | {name[:3]: day for name, day in WEEKDAYS.items()}),
    "hour": _numbers("hours", range(24), {}),
}

"""Operators for when photos were taken, as `before:2019` and `weekday:sunday`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from engine.search.query import Filters
from engine.understanding.dates import Calendar, find_dates, read_date
from engine.understanding.dates.words import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from engine.understanding.reading import Reading

_SPAN = re.compile(r"(?P<first>\w*)(?:(?P<to>-|\.\.)(?P<last>\w*))?")
_COMPARED = re.compile(r"([<>]=?)")
_MOST_DAYS = 20_000
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


_COMPARISONS = {">": _after, ">=": _since, "<": _before, "<=": _until}


def _date(reading: Reading, value: str) -> bool:
    """Read a day, month, year or range, ">=2019", or several of these with commas between, any of which will do."""
    if comparison := _COMPARED.match(value):
        return _dates(_COMPARISONS[comparison[1]])(reading, value[comparison.end() :])
    if "," not in value:
        return _dates(_between)(reading, value) or _date_in_words(reading, value)
    days: set[date] = set()
    for part in value.split(","):
        first, last = _between(part, reading.calendar) or (None, None)
        if not first or not last or not 0 <= (last - first).days <= _MOST_DAYS - len(days):
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


def _numbers(name: str, known: Mapping[str, int]) -> Callable[[Reading, str], bool]:
    """Read what goes round, such as months, and ranges of it: "7", "dec", "6-9", "sat..mon", "18.."."""
    order = sorted(set(known.values()))

    def read(reading: Reading, value: str) -> bool:
        found: set[int] = set()
        for part in value.lower().split(","):
            span = _SPAN.fullmatch(part)
            if span is None or not (span["first"] or span["last"]):
                return False
            first = known.get(span["first"]) if span["first"] else order[0]
            last = known.get(span["last"]) if span["last"] else order[-1] if span["to"] else first
            if first is None or last is None:
                return False
            start, size = order.index(first), len(order)
            found |= {order[(start + step) % size] for step in range((order.index(last) - start) % size + 1)}
        reading.widen(name, frozenset(found))
        return True

    return read


def _written(numbers: range) -> dict[str, int]:
    return {form: number for number in numbers for form in (str(number), f"{number:02}")}


_read_weekdays = _numbers("weekdays", WEEKDAYS | SHORT_WEEKDAYS)


def _weekdays(reading: Reading, value: str) -> bool:
    """Read weekdays, of which "weekend" and "weekdays" name several."""
    value = re.sub(r"\bweekends?\b", "sat,sun", value.lower())
    return _read_weekdays(reading, re.sub(r"\b(?:week|work)days?\b", "mon-fri", value))


DATE_OPERATORS: dict[str, Callable[[Reading, str], bool]] = {
    "date": _date,
    "before": _dates(_before),
    "after": _dates(_after),
    "since": _dates(_since),
    "until": _dates(_until),
    "month": _numbers("months", MONTHS | _written(range(1, 13))),
    "weekday": _weekdays,
    "hour": _numbers("hours", _written(range(24))),
}

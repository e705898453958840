"""Operators for those who like them, as `camera:`, `before:2019`, `-word`; they also write a plan as text."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from engine.imaging.formats import RAW_SUFFIXES, PhotoFormat
from engine.imaging.kind import PhotoKind
from engine.search.query import Filters, Orientation, Sort
from engine.understanding.dates import MONTHS, Calendar, find_dates, read_date
from engine.understanding.filter_chips import WEEKDAYS, quoted
from engine.understanding.names import name_key
from engine.understanding.plan import QueryPlan
from engine.understanding.reading import GAP, Reading
from engine.understanding.spelling import edit_distance

FORMATS = {
    **{photo_format.lower(): photo_format.value for photo_format in PhotoFormat},
    **{suffix[1:]: PhotoFormat.RAW.value for suffix in RAW_SUFFIXES},
    "jpg": PhotoFormat.JPEG.value,
    "tif": PhotoFormat.TIFF.value,
    "heif": PhotoFormat.HEIC.value,
}
_BACKTICKS = re.compile(r"`([^`]+)`")
_OPERATOR = re.compile(r'(?<!\S)(-?)([a-z]+):("[^"]*"|[^\s"]+?(?=[,;]?(?:\s|$)))', re.IGNORECASE)
_SIGNED = re.compile(r'(?<!\S)([+-]|!)("[^"]+"|[^\W\d_][^\s":]*)')
_GROUP = re.compile(r"(?<!\S)(?:-|NOT)\s*\(([^():]*|[^()]*\bOR\b[^()]*)\)")
_NOT_BEFORE = re.compile(r"(?<!\S)NOT\s+(?=[a-z]+:\S|\")")
_EITHER = re.compile(r"\s*(?:,|\||\bOR\b|\bAND\b)\s*")
_ALL_OF = re.compile(r"(?<=[^A-Z\s])\s+AND\s+(?=\S)")
_TOGETHER = re.compile(r'(?<!\S)-\(((?:"[^"]*"|[^()"])*)\)')
_SPAN = re.compile(r"(?P<first>\w*)(?:(?P<to>-|\.\.)(?P<last>\w*))?")
_COMPARED = re.compile(r"([<>]=?)")
_MOST_DAYS = 20_000
_Range = tuple[date | None, date | None]
_RangeOf = Callable[[str, Calendar], _Range | None]


def read_operators(reading: Reading) -> None:
    """Take out operators, words with a sign, and words between backticks, which are to stay as they are."""
    reading.text = _BACKTICKS.sub(lambda match: reading.insist(match[1].strip()), reading.text)
    reading.text = _SPACED.sub(r"\1", reading.text)
    if not reading.text.isupper():
        reading.text = _NOT_BEFORE.sub("-", reading.text)
        reading.text = _ALL_OF.sub(" ", _GROUP.sub(_deny_each, reading.text))
    reading.take_all(_TOGETHER, lambda match: _deny_together(reading, match[1]))
    reading.take_all(_OPERATOR, lambda match: _understand(reading, match))
    reading.take_all(_SIGNED, lambda match: _take_word(reading, match))


def _understand(reading: Reading, match: re.Match[str]) -> bool:
    is_negated, name, value = bool(match[1]), _name(match[2].lower()), match[3].strip('"').strip()
    if not value or name is None:
        return False
    if is_negated and name == "has":
        return _has(False)(reading, value)
    if is_negated and value.lower() == "captioned":
        return _is(reading, "uncaptioned")
    if is_negated and name == "text":
        reading.append("must_not", value.lower())
        return True
    if is_negated:
        return name in _DENIABLE and _deny(reading, name, value)
    return _read(reading, name, value)


def _name(typed: str) -> str | None:
    """Return the operator that is meant by a name, another name or a slip."""
    name = _ALIASES.get(typed, typed)
    if name in _PLAIN:
        return name
    near = [known for known in _CLEAR if edit_distance(typed, known, 1) == 1]
    return near[0] if len(near) == 1 else None


def _read(reading: Reading, name: str, value: str) -> bool:
    """Read a value, or several with commas between, any of which will do."""
    read = _PLAIN[name]
    return read(reading, value) or (
        "," in value and name in _SEVERAL and all(read(reading, each) for each in value.split(","))
    )


def _deny_each(match: re.Match[str]) -> str:
    """Write "NOT (dog OR cat)" with a sign before each."""
    words = filter(None, _EITHER.split(match[1].strip()))
    return " ".join(f"-{word}" if ":" in word else f"-{quoted(word)}" for word in words)


def _deny(reading: Reading, name: str, value: str) -> bool:
    """Read an operator with a minus: each photo that passes it is left out."""
    wanted = Reading("", reading.vocabulary, reading.calendar)
    is_read = _read(wanted, name, value)
    reading.deny(wanted.plan.filters)
    return is_read


def _deny_together(reading: Reading, text: str) -> bool:
    """Read operators between brackets after a minus: each photo that passes all of them is left out."""
    wanted = Reading(text, reading.vocabulary, reading.calendar)
    wanted.take_all(_OPERATOR, lambda match: _understand(wanted, match))
    is_read = not wanted.text.replace(GAP, "").strip() and wanted.plan == QueryPlan(filters=wanted.plan.filters)
    if is_read:
        reading.deny(wanted.plan.filters)
    return is_read


def _take_word(reading: Reading, match: re.Match[str]) -> bool:
    reading.append("must" if match[1] == "+" else "must_not", match[2].strip('"').strip().lower())
    return True


def _camera(reading: Reading, value: str) -> bool:
    cameras = reading.vocabulary.cameras.get(name_key(value), frozenset())
    reading.widen("cameras", frozenset({value}) if value in cameras else cameras)
    return bool(cameras)


def _place(reading: Reading, value: str) -> bool:
    places = reading.vocabulary.places.get(name_key(value), frozenset())
    reading.widen("places", frozenset({value}) if value in places else places)
    return bool(places)


def _folder(reading: Reading, value: str) -> bool:
    folder = reading.vocabulary.folders.get(name_key(value))
    if folder is None and Path(value).is_absolute():
        folder = Path(value)
    if folder:
        reading.narrow(folder=folder)
    return folder is not None


def _format(reading: Reading, value: str) -> bool:
    name = FORMATS.get(value.lower().removeprefix("."))
    if name:
        reading.widen("formats", frozenset({name}))
    return name is not None


def _text(reading: Reading, value: str) -> bool:
    reading.append("phrases", value)
    return True


def _is(reading: Reading, value: str) -> bool:
    value = value.lower()
    with suppress(ValueError):
        reading.widen("kinds", frozenset({PhotoKind(value.removesuffix("s"))}))
        return True
    with suppress(ValueError):
        reading.narrow(orientation=Orientation(_SHAPES.get(value, value)))
        return True
    if value in {"captioned", "uncaptioned"}:
        reading.narrow(captioned=value == "captioned")
        return True
    return False


def _has(is_there: bool) -> Callable[[Reading, str], bool]:
    def read(reading: Reading, value: str) -> bool:
        name = {"text": "has_text", "caption": "captioned"}.get(value.lower())
        if name:
            reading.narrow(**{name: is_there})
        return name is not None

    return read


def _not(reading: Reading, value: str) -> bool:
    """Read "not:selfie", and "not:dog", which is a word."""
    if value.lower() == "captioned":
        return _is(reading, "uncaptioned")
    if not _deny(reading, "is", value):
        reading.append("must_not", value.lower())
    return True


def _sort(reading: Reading, value: str) -> bool:
    with suppress(ValueError):
        reading.plan = replace(reading.plan, sort=Sort(value.lower()))
        return True
    return False


def _dates(range_of: _RangeOf) -> Callable[[Reading, str], bool]:
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
    first, last = (read_date(each, calendar) if each else None for each in (start, end))
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


_PLAIN: dict[str, Callable[[Reading, str], bool]] = {
    "camera": _camera,
    "place": _place,
    "folder": _folder,
    "type": _format,
    "text": _text,
    "is": _is,
    "not": _not,
    "has": _has(True),
    "sort": _sort,
    "date": _date,
    "before": _dates(_before),
    "after": _dates(_after),
    "since": _dates(_since),
    "until": _dates(_until),
    "month": _numbers("months", MONTHS | _written(range(1, 13))),
    "weekday": _numbers("weekdays", {form: day for day, name in enumerate(WEEKDAYS) for form in (name, name[:3])}),
    "hour": _numbers("hours", _written(range(24))),
}
_ALIASES = {
    "year": "date",
    "location": "place",
    "city": "place",
    "country": "place",
    "device": "camera",
    "model": "camera",
    "album": "folder",
    "directory": "folder",
    "format": "type",
    "filetype": "type",
    "ext": "type",
    "kind": "is",
    "orientation": "is",
    "order": "sort",
}
_SHAPES = {"vertical": "portrait", "horizontal": "landscape"}
# Slips of these are forgiven: what they can be asked for tells a slip from another word.
_CLEAR = frozenset(name for name in _PLAIN if len(name) > 3) - {"text"}
_SEVERAL = frozenset(("camera", "place", "type"))
# What people type between an operator and its value.
_SPACED = re.compile(rf"(?<!\S)(?<!\bthe )(-?(?:{'|'.join((*_PLAIN, *_ALIASES))}):)\s+(?=\S)", re.IGNORECASE)
# With a minus before them, these leave photos out.
_DENIABLE = frozenset(("camera", "place", "folder", "type", "is", "date", "month", "weekday", "hour"))

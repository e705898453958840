"""Operators for those who like them, as `camera:`, `before:2019`, `-word`; they also write a plan as text."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from engine.imaging.formats import RAW_SUFFIXES, PhotoFormat
from engine.imaging.kind import PhotoKind
from engine.search.query import Filters, Orientation, Sort
from engine.understanding.dates import find_dates, read_date
from engine.understanding.filter_chips import WEEKDAYS
from engine.understanding.names import name_key
from engine.understanding.quotes import plain_marks
from engine.understanding.reading import Reading

FORMATS = {
    **{photo_format.lower(): photo_format.value for photo_format in PhotoFormat},
    **{suffix[1:]: PhotoFormat.RAW.value for suffix in RAW_SUFFIXES},
    "jpg": PhotoFormat.JPEG.value,
    "tif": PhotoFormat.TIFF.value,
    "heif": PhotoFormat.HEIC.value,
}
_BACKTICKS = re.compile(r"`([^`]+)`")
_OPERATOR = re.compile(r'(?<!\S)(-?)([a-z]+):("[^"]*"|[^\s"]+)', re.IGNORECASE)
# What stands in quotation marks is passed over: it is meant literally.
_QUOTED = r'(?<!\S)"[^"]*"|'
_NEXT_OPERATOR = re.compile(_QUOTED + _OPERATOR.pattern, re.IGNORECASE)
_DENIED_TOGETHER = re.compile(r'(?<!\S)-\(((?:\s*[a-z]+:(?:"[^"]*"|[^\s"()]+))+)\s*\)', re.IGNORECASE)
_SIGNED = re.compile(_QUOTED + r'(?<!\S)([+-])("[^"]+"|[^\W\d_][^\s":]*)(?!\S)')
_LONGEST_LISTED = timedelta(days=4000)
_Range = tuple[date | None, date | None]


def read_operators(reading: Reading) -> None:
    """Take out operators, words with a sign, and words between backticks, which are to stay as they are."""
    reading.text = _BACKTICKS.sub(lambda match: reading.insist(match[1].strip()), reading.text).replace("`", " ")
    reading.take_all(_DENIED_TOGETHER, lambda match: _deny(reading, _OPERATOR.findall(match[1])))
    reading.take_all(_NEXT_OPERATOR, lambda match: bool(match[2]) and _understand(reading, match))
    reading.take_all(_SIGNED, lambda match: bool(match[1]) and _take_word(reading, match))


def _understand(reading: Reading, match: re.Match[str]) -> bool:
    is_negated, name, value = bool(match[1]), match[2].lower(), match[3].strip('"').strip()
    if not value or name not in _PLAIN:
        return False
    if is_negated and name == "has":
        return _has(False)(reading, value)
    if is_negated and value.lower() == "captioned":
        return _is(reading, "uncaptioned")
    if is_negated and name == "text":
        reading.append("must_not", value.lower())
        return True
    if is_negated:
        return _deny(reading, [("", name, value)])
    return _PLAIN[name](reading, value)


def _deny(reading: Reading, operators: Sequence[tuple[str, str, str]]) -> bool:
    """Read operators behind a minus: each photo that passes all of them is left out."""
    wanted = Reading("", reading.vocabulary, reading.calendar)
    is_read = all(
        name.lower() in _DENIABLE and _PLAIN[name.lower()](wanted, value.strip('"').strip())
        for _, name, value in operators
    )
    if is_read and len(operators) > 1:
        reading.widen("but_not", frozenset({wanted.plan.filters}))
    elif is_read:
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
    if Path(value).is_absolute() and (folder is None or not _is_written(folder, value)):
        folder = Path(value)
    if folder:
        reading.narrow(folder=folder)
    return folder is not None


def _is_written(folder: Path, value: str) -> bool:
    """Say whether a request may name a folder so; there are no two spaces, no quotation marks of print."""
    typed = " ".join(plain_marks(str(folder)).split()).replace('"', "'")
    return typed.casefold() == value.casefold()


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
        reading.narrow(orientation=Orientation(value))
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


def _sort(reading: Reading, value: str) -> bool:
    with suppress(ValueError):
        reading.plan = replace(reading.plan, sort=Sort(value.lower()))
        return True
    return False


def _dates(range_of: Callable[[str], _Range | None]) -> Callable[[Reading, str], bool]:
    def read(reading: Reading, value: str) -> bool:
        span = range_of(value)
        if span is None or (span[0] and span[1] and span[0] > span[1]):
            return False
        reading.narrow_dates(Filters(*span))
        return True

    return read


def _before(value: str) -> _Range | None:
    span = read_date(value)
    return (None, span[0] - timedelta(1)) if span else None


def _after(value: str) -> _Range | None:
    span = read_date(value)
    return (span[1] + timedelta(1), None) if span else None


def _since(value: str) -> _Range | None:
    span = read_date(value)
    return (span[0], None) if span else None


def _until(value: str) -> _Range | None:
    span = read_date(value)
    return (None, span[1]) if span else None


def _between(value: str) -> _Range | None:
    start, separator, end = value.partition("..")
    if not separator:
        return read_date(value)
    first, last = read_date(start) if start else None, read_date(end) if end else None
    if bool(start) != bool(first) or bool(end) != bool(last):
        return None
    return first and first[0], last and last[1]


def _date(reading: Reading, value: str) -> bool:
    """Read a day, month, year or range, or several with commas between, any of which will do."""
    if "," not in value:
        return _dates(_between)(reading, value) or _date_in_words(reading, value)
    days: set[date] = set()
    for part in value.split(","):
        first, last = _between(part) or (None, None)
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


def _numbers(name: str, allowed: Iterable[int], words: Iterable[str] = ()) -> Callable[[Reading, str], bool]:
    known = {str(number): number for number in allowed} | {word: place for place, word in enumerate(words)}

    def read(reading: Reading, value: str) -> bool:
        values = value.lower().split(",")
        if not all(number in known for number in values):
            return False
        reading.widen(name, frozenset(known[number] for number in values))
        return True

    return read


_PLAIN: dict[str, Callable[[Reading, str], bool]] = {
    "camera": _camera,
    "place": _place,
    "folder": _folder,
    "type": _format,
    "text": _text,
    "is": _is,
    "has": _has(True),
    "sort": _sort,
    "date": _date,
    "before": _dates(_before),
    "after": _dates(_after),
    "since": _dates(_since),
    "until": _dates(_until),
    "month": _numbers("months", range(1, 13)),
    "weekday": _numbers("weekdays", (), WEEKDAYS),
    "hour": _numbers("hours", range(24)),
}
# With a minus before them, these leave photos out.
_DENIABLE = frozenset(("camera", "place", "folder", "type", "is", "date", "month", "weekday", "hour"))

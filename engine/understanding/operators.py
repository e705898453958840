"""Operators for those who like them, as `camera:`, `before:2019`, `-word`; they also write a plan as text."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engine.imaging.formats import RAW_SUFFIXES, PhotoFormat
from engine.imaging.kind import PhotoKind
from engine.search.query import Orientation, Sort
from engine.understanding.date_operators import DATE_OPERATORS
from engine.understanding.names import name_key
from engine.understanding.plan import QueryPlan
from engine.understanding.quotes import plain_marks
from engine.understanding.reading import GAP, Reading

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
_TOGETHER = re.compile(r'(?<!\S)-\(((?:"[^"]*"|[^()"])*)\)')
_SIGNED = re.compile(_QUOTED + r'(?<!\S)([+-])("[^"]+"|[^\W\d_][^\s":]*)(?!\S)')


def read_operators(reading: Reading) -> None:
    """Take out operators and words with a sign; operators of which nothing can be made, as "date:2019-99", and what
    stands between backticks are to stay as they are."""
    reading.text = _BACKTICKS.sub(lambda match: reading.insist(match[1].strip()), reading.text).replace("`", " ")
    reading.take_all(_TOGETHER, lambda match: _deny_together(reading, match[1]))
    reading.take_all(_NEXT_OPERATOR, lambda match: bool(match[2]) and _understand(reading, match))
    reading.text = _NEXT_OPERATOR.sub(lambda match: _keep(reading, match), reading.text)
    reading.take_all(_SIGNED, lambda match: bool(match[1]) and _take_word(reading, match))


def _keep(reading: Reading, match: re.Match[str]) -> str:
    return reading.keep(match[0]) if match[2] and match[2].lower() in _PLAIN and match[3].strip('"') else match[0]


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
        return name in _DENIABLE and _deny(reading, name, value)
    return _PLAIN[name](reading, value)


def _deny(reading: Reading, name: str, value: str) -> bool:
    """Read an operator with a minus: each photo that passes it is left out."""
    wanted = Reading("", reading.vocabulary, reading.calendar)
    is_read = _PLAIN[name](wanted, value)
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
    cameras = _named(value, reading.vocabulary.cameras)
    reading.widen("cameras", cameras)
    return bool(cameras)


def _place(reading: Reading, value: str) -> bool:
    places = _named(value, reading.vocabulary.places)
    reading.widen("places", places)
    return bool(places)


def _named(value: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return what goes by a name, or by each of several with commas between; nothing where one of them is unknown."""
    if found := known.get(name_key(value)):
        return frozenset({value}) if value in found else found
    each = [known.get(name_key(name), frozenset()) for name in value.split(",")]
    return frozenset[str]().union(*each) if all(each) else frozenset()


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
    names = [FORMATS.get(name.lower().removeprefix(".")) for name in value.split(",")]
    if not all(names):
        return False
    reading.widen("formats", frozenset(filter(None, names)))
    return True


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


_PLAIN: dict[str, Callable[[Reading, str], bool]] = {
    "camera": _camera,
    "place": _place,
    "folder": _folder,
    "type": _format,
    "text": _text,
    "is": _is,
    "has": _has(True),
    "sort": _sort,
    **DATE_OPERATORS,
}
# With a minus before them, these leave photos out.
_DENIABLE = frozenset(("camera", "place", "folder", "type", "is", "date", "month", "weekday", "hour"))

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
from engine.understanding.dates.words import MONTHS, WEEKDAYS
from engine.understanding.filter_chips import quoted
from engine.understanding.names import name_key
from engine.understanding.plan import QueryPlan
from engine.understanding.quotes import plain_marks
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
_OPERATOR = re.compile(r'(?<!\S)(-?)([a-z]+):((?:"[^"]+",)+[^\s",;]+|"[^"]*"|[^\s"]+?(?=[,;]?(?:\s|$)))', re.IGNORECASE)
# What stands in quotation marks is passed over: it is meant literally.
_QUOTED = r'(?<!\S)"[^"]*"|'
_NEXT_OPERATOR = re.compile(_QUOTED + _OPERATOR.pattern, re.IGNORECASE)
_END_OF_SENTENCE = re.compile(r"(?<![.\s])[.,;!?]$")
_SIGNED = re.compile(_QUOTED + r'(?<!\S)([+-]|!)("[^"]+"|[^\W\d_][^\s":]*?)(?=[,;]?(?:\s|$))')
_GROUP = re.compile(r"(?<!\S)(?:-|NOT)\s*\(([^():]*|[^()]*\bOR\b[^()]*)\)")
_NOT_BEFORE = re.compile(r"(?<!\S)NOT\s+(?=[a-z]+:\S|\")")
_EITHER = re.compile(r"\s*(?:,|\||\bOR\b|\bAND\b)\s*")
_ALL_OF = re.compile(r"(?<=[^A-Z\s])\s+AND\s+(?=\S)")
_TOGETHER = re.compile(r'(?<!\S)-\(((?:"[^"]*"|[^()"])*)\)')


def read_operators(reading: Reading) -> None:
    """Take out operators and words with a sign; operators of which nothing can be made, as "date:2019-99", and what
    stands between backticks are to stay as they are."""
    kept = _BACKTICKS.sub(lambda match: reading.insist(match[1].strip()), reading.text)
    reading.text = " ".join(kept.replace("`", " ").split())
    reading.text = _SPACED.sub(r"\1", reading.text)
    if not reading.text.isupper():
        reading.text = _NOT_BEFORE.sub("-", reading.text)
        reading.text = _ALL_OF.sub(" ", _GROUP.sub(_deny_each, reading.text))
    reading.take_all(_TOGETHER, lambda match: _deny_together(reading, match[1]))
    reading.take_all(_NEXT_OPERATOR, lambda match: bool(match[2]) and _understand(reading, match))
    reading.text = _NEXT_OPERATOR.sub(lambda match: _keep(reading, match), reading.text)
    reading.take_all(_SIGNED, lambda match: bool(match[1]) and _take_word(reading, match))


def _keep(reading: Reading, match: re.Match[str]) -> str:
    """Keep an operator; after "the Scans folder:" goes on what is looked for."""
    is_operator = match[2] and _name(match[2].lower()) not in (None, "folder") and match[3].strip('"')
    return reading.keep(match[0]) if is_operator else match[0]


def _understand(reading: Reading, match: re.Match[str]) -> bool:
    is_negated, name, value = (
        bool(match[1]),
        _name(match[2].lower()),
        _END_OF_SENTENCE.sub("", match[3]).strip('"').strip(),
    )
    if not value or name is None or ('"' in value and name not in {"camera", "place"}):
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


def _name(typed: str) -> str | None:
    """Return the operator that is meant by a name, another name or a slip."""
    name = _ALIASES.get(typed, typed)
    if name in _PLAIN:
        return name
    near = [known for known in _CLEAR if edit_distance(typed, known, 1) == 1]
    return near[0] if len(near) == 1 else None


def _deny_each(match: re.Match[str]) -> str:
    """Write "NOT (dog OR cat)" with a sign before each."""
    words = filter(None, _EITHER.split(match[1].strip()))
    return " ".join(f"-{word}" if ":" in word else f"-{quoted(word)}" for word in words)


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
    """Read "+dog", "-cat" and "-selfies", which are a kind unless they stand between quotation marks."""
    if match[1] != "+" and match[2].lower().removesuffix("s") in tuple(PhotoKind):
        return _deny(reading, "is", match[2])
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
    **DATE_OPERATORS,
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
# What people type between an operator and its value; "last year: my dog" is no such thing.
_DATED = "|".join((*DATE_OPERATORS, "year"))
_OTHERS = "|".join(name for name in (*_PLAIN, *_ALIASES) if name not in (*DATE_OPERATORS, "year"))
_A_DATE = rf"(?:[\d<>]|(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b)"
_SPACED = re.compile(rf"(?<!\S)(?<!\bthe )(-?(?:(?:{_OTHERS}):|(?:{_DATED}):(?=\s+{_A_DATE})))\s+(?=\S)", re.IGNORECASE)
# With a minus before them, these leave photos out.
_DENIABLE = frozenset(("camera", "place", "folder", "type", "is", "date", "month", "weekday", "hour"))

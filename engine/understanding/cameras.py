"""Cameras and folders, where the library has them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.search.query import Filters
from engine.understanding.dates import find_dates
from engine.understanding.names import Mention, find_names
from engine.understanding.negation import denied_from
from engine.understanding.reading import GAP, Reading
from engine.understanding.vocabulary import PHONE_NAMES

_OWNER = r"(?:(?:my|the|an?|our|your|his|her|their|\w+'s)\s+)?(?:(?:old|new|other|little|trusty|first|good)\s+)*"
_TAKEN = re.compile(
    r"(?:\b(?:that|which)\s+)?(?:\b(?:was|were|(?:i|we|you|he|she|they|(?:my|our)\s+\w+|mum|mom|dad|grandma|grandpa)(?:'ve|\s+have|\s+had)?)\s+)?"
    r"\b(?:taken|shot|made|captured|photographed|snapped|took|shoot|done|filmed)"
    rf"\s+(?:(?:it|them|this|that|{GAP})\s+)*(?:with|on|by|using|from|via|in)\s+{_OWNER}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?P<how>from|on|using|with)\s+(?P<whose>my|the|our|your|his|her|their|\w+'s)\s+(?:(?:old|new|other)\s+)?$",
    re.IGNORECASE,
)
_PHOTOS_AFTER = re.compile(
    r"\s+(?:(?:camera|phone)\s+)?(?=(?:photo(?:graph)?s|pictures|pics|shots|images|files)\b)", re.I
)
_CAMERA_AFTER = re.compile(r"\s+(?:camera|phone)\b", re.IGNORECASE)
_THINGS = frozenset((*PHONE_NAMES, "iphone", "pixel", "galaxy"))
_FOLDER_BEFORE = re.compile(
    r"(?:\b(?:in|from|inside|within|of|under)\s+)?(?:\b(?:the|my|our)\s+)?\b(?:folder|directory|album)\s+"
    r"(?:(?:called|named)\s+)?[\"']?$",
    re.IGNORECASE,
)
_FOLDER_AFTER = re.compile(r"[\"']?\s+(?:folder|directory|album)\b", re.IGNORECASE)
_IN = re.compile(r"(?:\b(?:in|from|inside|within|of|under)\s+)?(?:\b(?:the|my|our)\s+)?[\"']?$", re.IGNORECASE)
_JOINT = re.compile(rf"\s*\b(?:or|nor|and)\s+(?:(?:not|from|with|on|in)\s+)*{_OWNER}", re.IGNORECASE)
_MODEL = re.compile(r"\d")
_IN_FOLDER = re.compile(r"\b(?:in|from|inside|within)\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
_ALONE_BEFORE = re.compile(rf"(?:^|[,;(])[\s{GAP}]*$")
_ALONE_AFTER = re.compile(rf"[\s{GAP}]*(?:$|[.,;:!?)])")


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a camera or a folder is asked for, or left out, in a text."""

    start: int
    end: int
    filters: Filters
    is_denied: bool


def read_cameras(reading: Reading, *, only_denied: bool = False) -> None:
    """Take out cameras that photos are said to be taken with, or not; a camera that is to be seen is no filter."""
    text, found = reading.text, list[_Found]()
    for mention in find_names(text, reading.vocabulary.cameras):
        span = _camera_span(text, mention) or (_joined_span(text, found[-1], mention) if found else None)
        each = _found(text, span, Filters(cameras=reading.vocabulary.cameras[mention.key]), found)
        if each and (each.is_denied or not only_denied):
            found.append(each)
    _take(reading, found)


def read_folders(reading: Reading) -> None:
    """Take out folders that are named beside the word "folder", or after "in" just as they are written."""
    found = list[_Found]()
    for mention in find_names(reading.text, reading.vocabulary.folders):
        span = _folder_span(reading.text, mention) or _bare_folder_span(reading, mention)
        each = _found(reading.text, span, Filters(folder=reading.vocabulary.folders[mention.key]), found)
        if each:
            found.append(each)
    _take(reading, found)


def _found(text: str, span: tuple[int, int] | None, filters: Filters, before: Sequence[_Found]) -> _Found | None:
    """Say whether what stands at a span is left out: by the words before it, or with what it is joined to by "or"."""
    if span is None:
        return None
    start, end = span
    denied = denied_from(text, start)
    if denied is None and before and _JOINT.fullmatch(text, before[-1].end, start):
        return _Found(before[-1].end, end, filters, before[-1].is_denied)
    return _Found(start if denied is None else denied, end, filters, denied is not None)


def _take(reading: Reading, found: Sequence[_Found]) -> None:
    for each in reversed(found):
        if each.is_denied:
            reading.deny(each.filters)
        elif each.filters.folder:
            reading.narrow(folder=each.filters.folder)
        else:
            reading.widen("cameras", each.filters.cameras)
        reading.take(each.start, each.end)


def _joined_span(text: str, before: _Found, mention: Mention) -> tuple[int, int] | None:
    """Find "or my Canon" after another camera; what people may hold only where cameras are left out."""
    is_joined = _JOINT.fullmatch(text, before.end, mention.start)
    if not is_joined or (_THINGS & set(mention.key.split()) and not before.is_denied):
        return None
    return mention.start, _camera_end(text, mention)


def _camera_end(text: str, mention: Mention) -> int:
    after = _CAMERA_AFTER.match(text, mention.end)
    return after.end() if after else mention.end


def _camera_span(text: str, mention: Mention) -> tuple[int, int] | None:
    before = text[: mention.start]
    end = _camera_end(text, mention)
    if taken := _TAKEN.search(before):
        return taken.start(), end
    if (cue := _FROM.search(before)) and _is_camera(cue, mention):
        return cue.start(), end
    if photos := _PHOTOS_AFTER.match(text, mention.end):
        return mention.start, photos.end()
    begins, ends = _ALONE_BEFORE.search(before), _ALONE_AFTER.match(text, mention.end)
    is_alone = begins and (ends or _MODEL.search(mention.key))
    return (mention.start, mention.end) if is_alone and not _THINGS & set(mention.key.split()) else None


def _is_camera(cue: re.Match[str], mention: Mention) -> bool:
    """Tell "from my phone" and "with my Nikon" from what people in a photo may hold."""
    how, whose = cue["how"].lower(), cue["whose"].lower()
    return mention.key not in _THINGS or how == "from" or (how in {"on", "using"} and whose == "my")


def _folder_span(text: str, mention: Mention) -> tuple[int, int] | None:
    before = text[: mention.start]
    closing = 1 if text[mention.end : mention.end + 1] in {'"', "'"} else 0
    if cue := _FOLDER_BEFORE.search(before):
        return cue.start(), mention.end + closing
    if after := _FOLDER_AFTER.match(text, mention.end):
        start = _IN.search(before)
        return (start.start() if start else mention.start), after.end()
    return None


def _bare_folder_span(reading: Reading, mention: Mention) -> tuple[int, int] | None:
    """Find "in WhatsApp Images", where that is written like the folder, and is no place and no date."""
    folder = reading.vocabulary.folders[mention.key]
    is_written = reading.text[mention.start : mention.end] == folder.name
    is_name = folder.name[:1].isupper() or not folder.name.isalpha()
    cue = _IN_FOLDER.search(reading.text[: mention.start])
    if not (cue and is_written and is_name) or mention.key in reading.vocabulary.places:
        return None
    words = reading.text[cue.start() : mention.end]
    is_date = any(words == words[date.start : date.end] for date in find_dates(words, reading.calendar))
    return None if is_date else (cue.start(), mention.end)

"""Cameras and folders, where the library has them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.search.query import Filters
from engine.understanding.dates import Calendar, find_dates
from engine.understanding.names import Mention, find_names
from engine.understanding.reading import GAP, MOST_BEFORE, Reading
from engine.understanding.refusals import denied_from
from engine.understanding.speech import PHOTOS
from engine.understanding.vocabulary import PHONE_NAMES, app_of

_OWNER = r"(?:(?:my|the|an?|our|your|his|her|their|\w+'s)\s+)?(?:(?:old|new|other|little|trusty|first|good)\s+)*"
_RELATIVE = r"(?:(?:my|our|your|his|her|their|the)\s+\w+|mum|mom|dad|grandma|grandpa)"
_TAKEN = (
    r"(?:\b(?:that|which)\s+)?(?:\b(?:was|were|(?:i|we|you|he|she|they)(?:'ve|\s+have|\s+had)?"
    rf"|{_RELATIVE}\s+(?:has|have|had|(?=took\b)))\s*)?"
    r"\b(?:(?:photo(?:graph)?s?|pic(?:ture)?s?|images?)(?=\s+by\b)|taken|shot|made|captured|photographed|snapped|took"
    r"|shoot|done|filmed|scanned)"
    rf"\s+(?:(?:it|them|this|that|{GAP})\s+)*(?:with|on|by|using|from|via|in)\s+{_OWNER}"
)
TAKEN_WITH = re.compile(_TAKEN, re.IGNORECASE)
_TAKEN_WITH_IT = re.compile(rf"{_TAKEN}$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?P<how>from|on|using|with)\s+(?P<whose>my|the|our|your|his|her|their|\w+'s)\s+(?:(?:old|new|other)\s+)?$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:with|by|from|on|using)\s+(?:(?:the|my|our)\s+)?(?:camera|phone)\s+$", re.IGNORECASE)
_SEVERAL_PHOTOS = r"(?:photo(?:graph)?s|pictures|pics|shots|images)"
_PHOTOS_AFTER = re.compile(
    r"(?:'s)?\s+(?:(?:camera|phone)\s+)?"
    rf"(?=(?P<of>(?!case|screen|box|cover|charger)\w+\s+)?(?:{_SEVERAL_PHOTOS}|files|ones)\b)",
    re.IGNORECASE,
)
_PHOTOS_BEFORE = re.compile(rf"(?:^|\b(?:{PHOTOS}|selfies?|panoramas?|videos?))[\s{GAP}]+$", re.IGNORECASE)
_DEED_BEFORE = re.compile(r"\b(?:\w+ing|plays?|talks?|poses?|sits?|stands?)\s+$", re.IGNORECASE)
_CAMERA_AFTER = re.compile(r"\s+(?:camera|phone)\b", re.IGNORECASE)
_NOT = re.compile(r"[\s,]*not\b", re.IGNORECASE)
_THINGS = frozenset((*PHONE_NAMES, "iphone", "pixel", "galaxy"))
_FOLDER_BEFORE = re.compile(
    r"(?:\b(?:open|go\s+(?:in)?to|look\s+(?:in|into|through))\s+|\b(?:in|from|inside|within|of|under)\s+)?"
    r"(?:\b(?:the|my|our)\s+)?\b(?:(?:sub-?)?folder|directory|album)\s+"
    r"(?:(?:called|named)\s+)?[\"']?$",
    re.IGNORECASE,
)
_FOLDER_AFTER = re.compile(r"[\"']?\s+(?:(?:sub-?)?folder|directory|album)\b", re.IGNORECASE)
# What photos came through, where the library has a folder for that.
_THROUGH = re.compile(r"\b(?:from|on|via|over|through|in)\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
# Between two cameras, of which the later has been read.
_JOINED = re.compile(rf"\s*(?:,|/|&|\+|\bor\b|\band\b)\s*(?={GAP}\s*{_SEVERAL_PHOTOS}\b)", re.IGNORECASE)
_IN = re.compile(r"(?:\b(?:open|in|from|inside|within|of|under)\s+)?(?:\b(?:the|my|our)\s+)?[\"']?$", re.IGNORECASE)
_JOINT = re.compile(rf"\s*\b(?:or|nor|and)\s+(?:(?:not|from|with|on|in)\s+)*{_OWNER}", re.IGNORECASE)
_MODEL = re.compile(r"\d")
_IN_FOLDER = re.compile(r"\b(?:in|from|inside|within)\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
# "Summer 2019" is a date, whatever folder is called so.
_SEVERAL_WORDS = re.compile(r"[^\d ]+(?: [^\d ]+)+")
_MADE_BY_SYSTEMS = frozenset(
    ("downloads", "camera roll", "saved pictures", "my pictures", "dcim", "desktop", "documents")
)
_ONLY_FOLDERS = _MADE_BY_SYSTEMS - {"desktop", "documents"}
_FROM_FOLDER = re.compile(r"\bfrom\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
_EVERYTHING_IN = re.compile(
    r"(?:(?<=\beverything\s)|(?<=\banything\s)|(?<=\bnothing\s)|(?<=\ball\s)|(?<=\bfiles\s)|(?<=\bstuff\s))"
    r"(?:in|inside|within|under)\s+(?:(?:the|my|our)\s+)?$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(
    rf"(?:^|[,;({GAP}]|^{PHOTOS}\s)[\s{GAP}]*(?P<whose>(?:my|our|his|her|their|the)\s+(?:\w+'?s\s+)?(?:(?:old|new)\s+)?)?$",
    re.IGNORECASE,
)
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
    while found := _find_cameras(reading, only_denied=only_denied):
        _take(reading, found)


def _find_cameras(reading: Reading, *, only_denied: bool) -> Sequence[_Found]:
    text, found = reading.text, list[_Found]()
    for mention, last in _with_joined(text, list(find_names(text, reading.vocabulary.cameras))):
        span = _camera_span(text, mention, last) or (_joined_span(text, found[-1], mention) if found else None)
        each = _found(text, span, Filters(cameras=reading.vocabulary.cameras[mention.key]), found)
        if each and (each.is_denied or not only_denied):
            found.append(each)
    return found


def _with_joined(text: str, mentions: list[Mention]) -> list[tuple[Mention, int]]:
    """Return names, each with where the last one ends that is joined to it, as in "canon or nikon"."""
    joined: list[tuple[Mention, int]] = []
    for mention in reversed(mentions):
        is_joined = joined and _JOINT.fullmatch(text, mention.end, joined[-1][0].start)
        joined.append((mention, joined[-1][1] if is_joined else mention.end))
    return joined[::-1]


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
    is_camera = before.is_denied or _MODEL.search(mention.key) or TAKEN_WITH.match(text, before.start)
    if not is_joined or (_THINGS & set(mention.key.split()) and not is_camera):
        return None
    return mention.start, _camera_end(text, mention)


def _camera_end(text: str, mention: Mention) -> int:
    after = _CAMERA_AFTER.match(text, mention.end)
    return after.end() if after else mention.end


def _camera_span(text: str, mention: Mention, last: int) -> tuple[int, int] | None:
    before = max(0, mention.start - MOST_BEFORE), mention.start
    end = _camera_end(text, mention)
    if taken := _TAKEN_WITH_IT.search(text, *before) or _NAMED.search(text, *before):
        return taken.start(), end
    if (cue := _FROM.search(text, *before)) and _is_camera(text, cue, mention):
        return cue.start(), end
    photos = _PHOTOS_AFTER.match(text, mention.end)
    if photos and not (photos["of"] and mention.key in PHONE_NAMES):
        return mention.start, photos.end()
    denied = denied_from(text, mention.start)
    things = PHONE_NAMES if _NOT.match(text, denied or 0) else _THINGS
    if denied is not None and not set(things) & set(mention.key.split()):
        return mention.start, end
    begins, joint = _ALONE_BEFORE.search(text, *before), _JOINED.match(text, mention.end)
    if begins is None or not (joint or _stands_alone(text, mention, last)):
        return None
    return begins.start("whose") if begins["whose"] else mention.start, joint.end() if joint else mention.end


def _stands_alone(text: str, mention: Mention, last: int) -> bool:
    """Tell a camera from a phone that is to be seen: nothing follows, and it is of some model, or all else has been
    understood: "iphone, Rome"."""
    if not _THINGS & set(mention.key.split()):
        return bool(_ALONE_AFTER.match(text, last) or _MODEL.search(mention.key))
    others = text[: mention.start] + text[mention.end :]
    is_all = mention.key not in PHONE_NAMES and GAP in others and not others.replace(GAP, "").strip()
    return bool(_ALONE_AFTER.match(text, mention.end) and (is_all or _MODEL.search(mention.key)))


def _is_camera(text: str, cue: re.Match[str], mention: Mention) -> bool:
    """Tell "from my phone", "the kids with my iPhone" and "the horse, not with the phone" from what people in a photo
    hold or play with."""
    how, is_ours = cue["how"].lower(), cue["whose"].lower() in {"my", "our"}
    if mention.key not in _THINGS or how == "from" or (how in {"on", "using"} and cue["whose"].lower() == "my"):
        return True
    if not _ALONE_AFTER.match(text, mention.end):
        return False
    before = max(0, cue.start() - MOST_BEFORE), cue.start()
    is_held = mention.key in PHONE_NAMES or _DEED_BEFORE.search(text, *before)
    return denied_from(text, cue.start()) is not None or bool(
        is_ours and (not is_held or _PHOTOS_BEFORE.search(text, *before))
    )


def _folder_span(text: str, mention: Mention) -> tuple[int, int] | None:
    before = max(0, mention.start - MOST_BEFORE), mention.start
    closing = 1 if text[mention.end : mention.end + 1] in {'"', "'"} else 0
    if cue := _FOLDER_BEFORE.search(text, *before):
        return cue.start(), mention.end + closing
    if after := _FOLDER_AFTER.match(text, mention.end):
        start = _IN.search(text, *before)
        return (start.start() if start else mention.start), after.end()
    return None


def _bare_folder_span(reading: Reading, mention: Mention) -> tuple[int, int] | None:
    """Find "in WhatsApp Images", "from whatsapp images", and "on whatsapp", which is short for it, where that is no
    place. Written otherwise than the folder is, "in the old house" is a house."""
    text, folder = reading.text, reading.vocabulary.folders[mention.key]
    if mention.key in reading.vocabulary.places:
        return None
    app = app_of(folder.name)
    is_long_and_last = _SEVERAL_WORDS.fullmatch(mention.key) and _ALONE_AFTER.match(text, mention.end)
    if mention.start == 0 and (mention.key in _ONLY_FOLDERS or text.startswith(": ", mention.end) or is_long_and_last):
        return 0, mention.end
    is_written = text[mention.start : mention.end] == folder.name and _is_name(folder.name)
    is_written = is_written or mention.key in _MADE_BY_SYSTEMS
    is_written = is_written and not _is_date(f"in {text[mention.start : mention.end]}", reading.calendar)
    for cue, is_meant in (
        (_THROUGH, mention.key == app),
        (_IN, mention.key == app and _PHOTOS_AFTER.match(text, mention.end)),
        (_IN, app is not None and mention.key != app),
        (_EVERYTHING_IN, True),
        (_IN_FOLDER, is_written),
        (_FROM_FOLDER, is_long_and_last),
    ):
        if is_meant and (before := cue.search(text, max(0, mention.start - MOST_BEFORE), mention.start)):
            return before.start(), mention.end
    return None


def _is_date(words: str, calendar: Calendar) -> bool:
    return any((date.start, date.end) == (0, len(words)) for date in find_dates(words, calendar))


def _is_name(folder: str) -> bool:
    return folder[:1].isupper() or not folder.isalpha()

"""Cameras and folders, where the library has them."""

import re

from engine.search.query import Filters
from engine.understanding.names import Mention, find_names
from engine.understanding.reading import GAP, Reading
from engine.understanding.refusals import denied_from
from engine.understanding.vocabulary import PHONE_NAMES, app_of

_OWNER = r"(?:(?:my|the|an?|our|your|his|her|their|\w+'s)\s+)?(?:(?:old|new|other|little|trusty|first|good)\s+)*"
TAKEN_WITH = re.compile(
    r"(?:\b(?:that|which)\s+)?(?:\b(?:was|were|(?:i|we|you|he|she|they|(?:my|our)\s+\w+|mum|mom|dad|grandma|grandpa)(?:'ve|\s+have|\s+had)?)\s+)?"
    r"\b(?:(?:photo(?:graph)?s?|pic(?:ture)?s?|images?)(?=\s+by\b)|taken|shot|made|captured|photographed|snapped|took|shoot|done|filmed)"
    rf"\s+(?:(?:it|them|this|that|{GAP})\s+)*(?:with|on|by|using|from|via|in)\s+{_OWNER}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?P<how>from|on|using|with)\s+(?P<whose>my|the|our|your|his|her|their|\w+'s)\s+(?:(?:old|new|other)\s+)?$",
    re.IGNORECASE,
)
_PHOTOS_AFTER = re.compile(
    r"(?:'s)?\s+(?:(?:camera|phone)\s+)?(?=(?:photo(?:graph)?s|pictures|pics|shots|images|files|ones)\b)", re.I
)
_CAMERA_AFTER = re.compile(r"\s+(?:camera|phone)\b", re.IGNORECASE)
_NOT = re.compile(r"[\s,]*not\b", re.IGNORECASE)
_THINGS = frozenset((*PHONE_NAMES, "iphone", "pixel", "galaxy"))
_FOLDER_BEFORE = re.compile(
    r"(?:\b(?:in|from|inside|within|of|under)\s+)?(?:\b(?:the|my|our)\s+)?\b(?:(?:sub-?)?folder|directory|album)\s+"
    r"(?:(?:called|named)\s+)?[\"']?$",
    re.IGNORECASE,
)
_FOLDER_AFTER = re.compile(r"[\"']?\s+(?:(?:sub-?)?folder|directory|album)\b", re.IGNORECASE)
# What photos came through, where the library has a folder for that.
_THROUGH = re.compile(r"\b(?:from|on|via|over|through|in)\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
# Between two cameras, of which the later has been read.
_JOINED = re.compile(
    rf"\s*(?:,|/|&|\+|\bor\b|\band\b)\s*(?={GAP}\s*(?:photo(?:graph)?s|pictures|pics|shots|images)\b)", re.IGNORECASE
)
_IN = re.compile(r"(?:\b(?:in|from|inside|within|of|under)\s+)?(?:\b(?:the|my|our)\s+)?[\"']?$", re.IGNORECASE)
_MODEL = re.compile(r"\d")
_IN_FOLDER = re.compile(r"\b(?:in|from|inside|within)\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
# "Summer 2019" is a date, whatever folder is called so.
_SEVERAL_WORDS = re.compile(r"[^\d ]+(?: [^\d ]+)+")
_MADE_BY_SYSTEMS = frozenset(
    ("downloads", "camera roll", "saved pictures", "my pictures", "dcim", "desktop", "documents")
)
_FROM_FOLDER = re.compile(r"\bfrom\s+(?:(?:the|my|our)\s+)?$", re.IGNORECASE)
_EVERYTHING_IN = re.compile(
    r"(?:(?<=\beverything\s)|(?<=\banything\s)|(?<=\bnothing\s)|(?<=\ball\s)|(?<=\bfiles\s)|(?<=\bstuff\s))"
    r"(?:in|inside|within|under)\s+(?:(?:the|my|our)\s+)?$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(
    rf"(?:^|[,;(])[\s{GAP}]*(?P<whose>(?:my|our|his|her|their|the)\s+(?:\w+'?s\s+)?(?:(?:old|new)\s+)?)?$",
    re.IGNORECASE,
)
_ALONE_AFTER = re.compile(rf"[\s{GAP}]*(?:$|[.,;:!?)])")


def read_cameras(reading: Reading, *, only_denied: bool = False) -> None:
    """Take out cameras that photos are said to be taken with, or not; a camera that is to be seen is no filter."""
    for mention in reversed(list(find_names(reading.text, reading.vocabulary.cameras))):
        span = _camera_span(reading.text, mention)
        if span and not (only_denied and denied_from(reading.text, span[0]) is None):
            _take(reading, span, Filters(cameras=reading.vocabulary.cameras[mention.key]))


def read_folders(reading: Reading) -> None:
    """Take out folders that are named beside the word "folder", or after "in" just as they are written."""
    for mention in reversed(list(find_names(reading.text, reading.vocabulary.folders))):
        span = _folder_span(reading.text, mention) or _bare_folder_span(reading, mention)
        if span:
            _take(reading, span, Filters(folder=reading.vocabulary.folders[mention.key]))


def _take(reading: Reading, span: tuple[int, int], filters: Filters) -> None:
    """Ask for a camera or a folder, or leave it out where the words before say so."""
    start, end = span
    denied = denied_from(reading.text, start)
    if denied is not None:
        reading.deny(filters)
    elif filters.folder:
        reading.narrow(folder=filters.folder)
    else:
        reading.widen("cameras", filters.cameras)
    reading.take(start if denied is None else denied, end)


def _camera_span(text: str, mention: Mention) -> tuple[int, int] | None:
    before = text[: mention.start]
    after = _CAMERA_AFTER.match(text, mention.end)
    end = after.end() if after else mention.end
    if taken := TAKEN_WITH.search(before):
        return taken.start(), end
    if (cue := _FROM.search(before)) and (_is_camera(cue, mention) or _is_refused(text, cue, mention)):
        return cue.start(), end
    if photos := _PHOTOS_AFTER.match(text, mention.end):
        return mention.start, photos.end()
    denied = denied_from(text, mention.start)
    things = PHONE_NAMES if _NOT.match(text, denied or 0) else _THINGS
    if denied is not None and not set(things) & set(mention.key.split()):
        return mention.start, end
    begins, joint = _ALONE_BEFORE.search(before), _JOINED.match(text, mention.end)
    is_named = _ALONE_AFTER.match(text, mention.end) or _MODEL.search(mention.key)
    is_alone = joint or (is_named and not _THINGS & set(mention.key.split()))
    if begins is None or not is_alone:
        return None
    return begins.start("whose") if begins["whose"] else mention.start, joint.end() if joint else mention.end


def _is_camera(cue: re.Match[str], mention: Mention) -> bool:
    """Tell "from my phone" and "with my Nikon" from what people in a photo may hold."""
    how, whose = cue["how"].lower(), cue["whose"].lower()
    return mention.key not in _THINGS or how == "from" or (how in {"on", "using"} and whose == "my")


def _is_refused(text: str, cue: re.Match[str], mention: Mention) -> bool:
    """Tell "the horse, not with the phone" from what somebody does not play with."""
    return denied_from(text, cue.start()) is not None and bool(_ALONE_AFTER.match(text, mention.end))


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
    """Find "in WhatsApp Images", "from whatsapp images", and "on whatsapp", which is short for it, where that is no
    place. Written otherwise than the folder is, "in the old house" is a house."""
    text, folder = reading.text, reading.vocabulary.folders[mention.key]
    if mention.key in reading.vocabulary.places:
        return None
    app, is_long, is_last = (
        app_of(folder.name),
        _SEVERAL_WORDS.fullmatch(mention.key),
        (_ALONE_AFTER.match(text, mention.end)),
    )
    if mention.start == 0 and (text.startswith(": ", mention.end) or (is_long and is_last)):
        return 0, mention.end
    is_written = text[mention.start : mention.end] == folder.name and _is_name(folder.name)
    is_written = is_written or mention.key in _MADE_BY_SYSTEMS
    for cue, is_meant in (
        (_THROUGH, mention.key == app),
        (_IN, app is not None and mention.key != app),
        (_EVERYTHING_IN, True),
        (_IN_FOLDER, is_written),
        (_FROM_FOLDER, is_long and is_last),
    ):
        if is_meant and (before := cue.search(text[: mention.start])):
            return before.start(), mention.end
    return None


def _is_name(folder: str) -> bool:
    return folder[:1].isupper() or not folder.isalpha()

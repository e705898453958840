"""What a request shares with the photo beside it: "same place but at night", "from the same trip"."""

import calendar
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from engine.search.origin import Origin
from engine.search.query import Filters
from engine.understanding.moments import MOMENT, days_from
from engine.understanding.orders import as_change
from engine.understanding.reading import GAP, Reading
from engine.understanding.speech import PHOTOS

_OF_THE_PHOTO = r"(?:(?:that\s+(?:were\s+)?)?(?:taken|made|shot|photographed)\s+)?"
_SAME = (
    r"(?:(?:the\s+)?(?:very\s+|exact(?:ly)?\s+)?(?:the\s+)?(?:same|(?:this|that)(?:\s+(?:very|exact|same))?)"
    r"|(?P<other>an?\s+(?:\w+ly\s+)?different|(?<!the\s)\b(?:different|another|other)))\s+"
)
_SHARED = re.compile(
    rf"""\b{_OF_THE_PHOTO}(?:(?:in|at|on|from|of|by|with|during|near|around)\s+)?(?:{_SAME}(?:
    (?P<spot>place|spot|location|venue|area|neighbou?rhood)
    |(?P<city>city|town|village)
    |(?P<region>region|state|province|county)
    |(?P<country>country)
    |(?P<hour>time\s+of\s+(?:the\s+)?day|hour)
    |(?P<season>season|time\s+of\s+(?:the\s+)?year)
    |(?P<day>day|date|event|occasion|party|wedding|ceremony|concert|outing)
    |(?P<weekend>weekend)|(?P<week>week)|(?P<month>month)|(?P<year>year)
    |(?P<trip>trip|vacation|holidays?|journey|tour)
    |(?:(?<=same\s)|(?<=different\s)|(?<=other\s))(?:(?P<camera>camera|phone|device)|(?P<folder>folder|album|directory)))
    |(?:(?<=by\sthis\s)|(?<=taken\swith\sthis\s))(?P<own>camera|phone|device)
    |(?P<elsewhere>somewhere\s+else|someplace\s+else|elsewhere)|(?P<here>(?:(?<=from\s)|(?<=near\s)|(?<=around\s)|(?<=taken\s)|(?<=not\s))here|nearby))\b
    (?!\s+(?:bag|booth|case|strap|box|centre|center|hall|sign)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_ITSELF = re.compile(
    rf"""\b(?:from|in|on|of)\s+(?:this|that)\s+{PHOTOS}\b|\b(?:exactly\s+)?(?:
    (?:the\s+)?same\s+(?:thing|scene|view|photo|picture|shot|image|one|subject|composition|angle|motif|vibe|mood
        |atmosphere|feel(?:ing)?)\b
    |(?:the\s+)?same\b(?:\s+as\s+(?:this|that|here)\b)?
    |(?<=\w)\s+as\s+(?:(?:in\s+)?(?:this|that)(?:\s+(?:one|photo|picture))?|here)\s*$
    )(?:\s*,?\s*\b(?:but|just|only)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_BUT = r"(?:\s*,?\s*(?:but|though|just|only|except)\b)?"
_POINTING = re.compile(
    rf"^[\s{GAP}]*(?:(?:exactly|just|precisely)\s+)?(?:this|that|it)\b"
    rf"(?:\s+(?:one|photo|picture|image|shot|view|scene|angle))?{_BUT}(?:\s+with\b)?",
    re.IGNORECASE,
)
_MORE_OF_IT = re.compile(
    rf"""^[\s{GAP}]*(?:(?:please\s+)?(?:find|show|give|get)\s+(?:me\s+)?|there\s+(?:is|was|are|were)\s+)?(?:
    (?:and\s+)?now\b
    |(?:(?:some|any)\s+)?(?:more|others?|another|one|something|anything)(?:\s+ones?|\s+{PHOTOS})?\s+(?:of|with|where)\b
    |(?:some|any)\s+others?(?=\s*(?:$|{GAP}))
    |a\s+version\s+of\s+(?:this|that|it)\b(?:\s+with\b)?
    |(?:[^,.;!?]{{0,20}}\s|[^,.;!?]*\slook(?:s|ed|ing)?\s)?like\s+(?:this|that|it|these|those)\b
        (?:\s+(?:one|{PHOTOS})\b)?{_BUT}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SAME_BUT = re.compile(r"\b(same\s+(?:\w+\s+)?\w+),?\s+but\b(?!\s+not\b)", re.IGNORECASE)
_THIS_THING = re.compile(
    rf"^[\s{GAP}]*(?:(?:please|can|could|you|i|we|show|find|get|give|me|us|want|need|like|see|would|to|have)\s+)*(?:this|that)\s+"
    rf"(?!(?:is|was|has|had|one|but|only|just|in|on|at|by|with|without|from|for|to|and|or|not|looks?|{PHOTOS})\b)(?=\w{{3}})",
    re.IGNORECASE,
)
_SORT = r"(?:kind|sort|type|breed|species|make|model|brand)"
_WHAT_IS_IT = re.compile(
    rf"""^[\s{GAP}]*(?:
    (?:what|which|who)(?:\s+{_SORT}\s+of)?\s+(?P<thing>\w+(?:\s+\w+)?)
        \s+(?:is|are|was|were)\s+(?:this|that|it|these|those)
    |(?:what|which)\s+(?:{_SORT}|colou?r)(?:\s+of\s+\w+)?\s+(?:is|are)\s+(?:this|that|these|the)\s+(?P<kind>\w+)
    |(?:who|what)\s+(?:is|are|was|were)\s+(?:this|that|these|those|the)\s+(?P<one>\w+(?:\s+\w+)??)(?:\s+called)?
    |what\s+(?:does|do|did)\s+(?:it|this|that|the\s+(?P<says>\w+))\s+say(?:\s+(?:on|in)\s+(?P<where>[\w\s]+?))?
    )(?:\s+(?:in|on)\s+(?:this|that|the|it)(?:\s+\w+)?)?[\s?]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_THING = frozenset(
    ("place", "spot", "location", "city", "town", "country", "year", "month", "day", "date", "time", "photo")
)
_INSTEAD = re.compile(r"(?:^|\s+)(?:instead|though|this\s+time)$|^(?:keep|leave)$", re.IGNORECASE)
_THE_ONE = re.compile(r"^the\s+(.+)\s+one$", re.IGNORECASE)
_SOMETHING = re.compile(
    rf"^[\s{GAP},]*(?:something|anything|somewhat|slightly|a\s+(?:bit|little))\s+(?=(?:more|less|\w+er)\b)",
    re.IGNORECASE,
)
_LOOKS_LIKE = re.compile(
    rf"\bas\s+if\s+(?:it|this|that)\s+(?:were|was)\b|^[\s{GAP}]*(?:what|how)\b[^.,;?]*?\blooks?(?:\s+like)?\b",
    re.IGNORECASE,
)
_VIEWPOINT = re.compile(r"\b(?:from\s+(?:above|below)|up\s+close)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|different\s+from)\s+$", re.IGNORECASE)
_LOOK = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|night|nighttime|evening|morning|afternoon|noon|midday|midnight)\b",
    re.IGNORECASE,
)


def read_same(reading: Reading, origin: Origin) -> None:
    """Turn what is known of the photo beside a request into filters; the rest that is the same its looks will keep."""
    if taken_at := origin.taken_at:
        reading.take_all(MOMENT, lambda match: _move(reading, match, taken_at.date()))
    reading.take_all(_SHARED, lambda match: _share(reading, match, origin))
    text = _SAME_BUT.sub(
        r"\1", _THIS_THING.sub("same ", _WHAT_IS_IT.sub(_thing, _MORE_OF_IT.sub("", as_change(reading.text))))
    )
    reading.text = _LOOKS_LIKE.sub("", _ITSELF.sub(f" {GAP} ", text))


def change_in(description: str, text: str) -> str:
    """Return the change in a description that may begin with the photo beside it: "this in the rain".

    Where there is none, it is the viewpoint that the `text` names, which by itself shows nothing: "from above".
    """
    viewpoint = _VIEWPOINT.search(text)
    change = _INSTEAD.sub("", _SOMETHING.sub("", _POINTING.sub("", description))).strip()
    return _THE_ONE.sub(r"\1", change) or (viewpoint[0] if viewpoint else "")


def is_look(words: str, filters: Filters) -> bool:
    """Say whether a date is one to be seen in a photo: a time of day, a season or a feast of no certain year."""
    if filters.date_from or filters.date_to or filters.weekdays:
        return False
    return bool(filters.days or _LOOK.search(words)) and not any(character.isdigit() for character in words)


def _move(reading: Reading, match: re.Match[str], day: date) -> bool:
    """Ask for the days that are so far from the photo's own, unless no calendar has them."""
    with suppress(ValueError, OverflowError):
        reading.narrow(**days_from(match, day))
        return True
    return False


def _thing(question: re.Match[str]) -> str:
    """Return what "what kind of bird is this" asks for: more such birds; where and when are no things."""
    thing = question["thing"] or question["kind"] or question["one"] or question["says"] or question["where"] or ""
    return "" if thing.lower() in _NO_THING else thing


def _share(reading: Reading, match: re.Match[str], origin: Origin) -> bool:
    kind = "spot" if match["here"] or match["elsewhere"] else str(match.lastgroup)
    kind = "camera" if kind == "own" else kind
    is_other = bool(match["other"] or match["elsewhere"])
    if is_other and kind == "day" and not match[0].lower().endswith(("day", "date")):
        return False
    shared = _shared(kind, origin)
    if not is_other and not _NOT.search(match.string[: match.start()]):
        reading.narrow(**shared)
    elif shared:
        reading.deny(Filters(**shared))
    return True


def _shared(kind: str, origin: Origin) -> Mapping[str, Any]:
    """Return the filters for what is the same; none where the photo does not tell."""
    match kind:
        case "camera":
            return {"cameras": frozenset({origin.camera})} if origin.camera else {}
        case "folder":
            return {"folder": origin.folder} if origin.folder else {}
        case "spot" | "city" | "region" | "country":
            name = origin.narrowest if kind == "spot" else getattr(origin, kind)
            return {"places": frozenset({name})} if name else {}
    return _same_time(kind, origin) if origin.taken_at else {}


def _same_time(kind: str, origin: Origin) -> Mapping[str, Any]:
    assert origin.taken_at
    hour, month = origin.taken_at.hour, origin.taken_at.month
    if kind == "hour":
        return {"hours": frozenset((hour + step) % 24 for step in (-1, 0, 1))}
    if kind == "season":
        return {"months": frozenset((month + step) % 12 + 1 for step in (-2, -1, 0))}
    first, last = _days(kind, origin.taken_at.date(), origin.trip)
    return {"date_from": first, "date_to": last}


def _days(kind: str, day: date, trip: tuple[date, date] | None) -> tuple[date, date]:
    monday = day - timedelta(day.weekday())
    match kind:
        case "week":
            return monday, monday + timedelta(6)
        case "weekend":
            return monday + timedelta(5), monday + timedelta(6)
        case "month":
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        case "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        case "trip":
            return trip or (day, day)
    return day, day

"""Decide from the words around whether something is meant as a date: "in winter" is, "in winter coats" is not."""

import re

from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.reading import Kind
from engine.understanding.dates.words import FUNCTION_WORDS, MAYBE, THINKING, words_in

_HEDGE = (
    rf"(?:,?\s*(?:like|roughly|about|around|that\s+is(?:\s+to\s+say)?|namely|{THINKING}|{MAYBE}"
    r"|(?:(?:just\s+)?(?:as|like)\s+)?it\s+was)"
    r"\s*,?\s+)?"
)
_TAKEN = (
    r"(?:\b(?:taken|shot|captured|photographed|snapped|dated|dating|always|usually|just|exclusively"
    r"|(?:every|each)\s+year|(?:ages|years|long)\s+ago|back|early|late|(?:at\s+)?(?:some|any)\s?(?:time|point|stage)"
    r"|right)\s+){0,2}"
)
_ONE = r"(?:(?:the\s+)?(?:month|year)\s+of\s+)?(?:(?:the|a|an|one|any|some)\s+)?"
_WHOLE = r"(?:\b(?:(?:the\s+)?(?:whole|entire)|all|(?:the\s+)?(?:month|year)\s+of)\s+(?:of\s+)?)?"

# The words that lead to each kind, so that it is meant as a date; for what is one anyway, those that belong to it.
_LEADS = {
    kind: re.compile(rf"{_TAKEN}(?:\b{words})\s+{_HEDGE}{_ONE}$")
    for kind, words in {
        Kind.YEAR: r"(?:in|dated|from|during|circa|ca\.|c\.|(?<!new )year|(?:all|whole|entire)\s+of|all|throughout"
        r"|(?:in\s+)?the\s+(?:whole|entire)\s+year(?:\s+of)?|anno|ad"
        rf"|all\s+through|{MAYBE}|{THINKING})",
        Kind.DECADE: rf"(?:in|from|during|throughout|{MAYBE}|{THINKING})",
        Kind.MONTH: rf"(?:in|from|during|throughout|every|each|any|one|{MAYBE}|{THINKING})",
        Kind.SEASON: rf"(?:in|from|during|over|throughout|through|all|every|each|any|one|{MAYBE}|{THINKING})",
        Kind.HOLIDAY: "(?:in|at|on|over|during|from|every|each|one)",
        Kind.WEEKDAY: "(?:a|the\\s+other|on|at|from|during|over|every|each|one)",
        Kind.CLOCK: "(?:at|around|about|by)",
    }.items()
}
_LEADS_FREE = re.compile(
    rf"{_TAKEN}(?:\b(?:in|on|from|during|at|over|throughout|all\s+through|within|for)\s+)?{_HEDGE}{_WHOLE}"
    r"(?:\b(?:the|an?|one|every|each|most|(?<=on )one\s+of\s+(?:those|these|the|our|my)(?:\s+\w+)?)\s+)?$"
)
_LEADS_A_DAY = re.compile(rf"{_TAKEN}\b(?:on|one|every|each)\s+{_ONE}$")
_PHOTOS = re.compile(
    r"\b(?:(?:photo|picture|pic|image|shot|snapshot|taken)s?|(?:must|should|might|may|could)\s+be|it'?s|it\s+(?:is|was))$"
)
_LEADS_PHOTOS = re.compile(r"\b(?:photo|picture|pic|image|shot|snapshot)s?\s+of\s+$")

_NO_YEAR_AFTER = re.compile(
    r"\b(?:room|number|no|nr|route|iphone|galaxy|pixel|model|windows|code|flight|bus|line|suite|apartment|house|gate|"
    r"canon|nikon|sony|book|film|movie|novel|called|titled|album|song|read|reads|reading|highway|version|type|unit|"
    r"area|page|chapter|(?:class|copy|edition|bottle|vintage|map|poster)\s+of|class|porsche|ford|bmw|audi|toyota|honda|mustang|blade|runner|cyberpunk|pin|floor|track|"
    r"platform|locker|bib|table|seat)\W*$|[#$€£]\s*$|(?:(?<!\s)-\s*|-)$"
)
_NO_YEAR_BEFORE = re.compile(
    r"\s*(?:people|persons|men|women|kids|guests|birds|meters?|metres?|m|km|cm|mm|feet|ft|miles|dollars|euros|pounds|"
    r"bucks|pieces|steps|kg|g|watts?|w|calories|times|pixels|px|rpm|bc|ad|hours|days|a\s+space|(?:the\s+)?(?:book|film|"
    r"movie|novel|poster|cover)|ford|bmw|audi|porsche|toyota|honda|vw|volkswagen|mercedes|chevy|chevrolet|model|edition|vintage|by\s+(?:george\s+)?orwell)\b"
)
_EVENTS = (
    r"(?:trip|holidays?|vacation|wedding|party|graduation|reunion|marathon|festival|concert|tour|olympics|birthday|visit|"
    r"hike|eclipse|election|cup|season|christmas|easter|halloween|anniversary)"
)
_EVENT = re.compile(rf"\s+(?:[\w']+\s+)?{_EVENTS}\b")
_EVENT_BEFORE = re.compile(rf"\b{_EVENTS},?\s+$")
_WHOSE = frozenset({"my", "his", "her", "their", "our", "your", "its"})
_THINGS_IN_ING = frozenset(
    words_in("clothing lighting wedding building setting training cleaning bedding string ring king")
)
_SHORT_MONTHS = frozenset(words_in("feb apr jul aug sept oct nov dec"))
_NEXT_WORD = re.compile(r"\s*([^\w\s]?)\s*([\w']*)")
_LAST_WORD = re.compile(r"([\w']+)\s*$")


def lead(kind: Kind, text: str, start: int, *, in_a_day: bool = False) -> int | None:
    """Find where the words begin that lead to a reading at `start`; None where there are none. `in_a_day`: it
    is a day or less of any year, as in "on a winter morning"."""
    before = text[max(0, start - 80) : start]
    patterns = [_LEADS_FREE if kind in (Kind.FREE, Kind.PART_OF_DAY) else _LEADS[kind]]
    patterns += [_LEADS_A_DAY] if in_a_day else []
    found = next((match for pattern in patterns if (match := pattern.search(before))), None)
    return start - len(before) + found.start() if found and found[0] else None


def stands(kind: Kind, text: str, start: int, end: int, *, led: bool) -> bool:
    """Say whether a reading of `text[start:end]` is meant as a date; `led` when words before it say so."""
    if kind is Kind.FREE:
        return True
    if kind is Kind.CLOCK:
        return led or _is_all(text, start, end)
    ends = _ends(text, end) or (led and kind is Kind.DECADE and bool(_EVENT.match(text, end)))
    return ends and (led or _stands_alone(kind, text, start, end))


def _stands_alone(kind: Kind, text: str, start: int, end: int) -> bool:
    """Say whether it is a date without a word that leads to it, if the sentence goes on after it."""
    if kind in (Kind.SEASON, Kind.HOLIDAY):
        return False
    if kind is Kind.MONTH:
        return _is_all(text, start, end) or _is_set_off(text, start, end)
    return kind is Kind.PART_OF_DAY or (_begins(text, start) and _word_before(text, start) not in _WHOSE)


def year_stands(text: str, start: int, end: int, year: int, calendar: Calendar, *, led: bool) -> bool:
    """Say whether a number is meant as a year. Without a word that leads to it, it must be one of the library's, and
    stand at the edge of the text, before an event ("2016 olympics"), or where the sentence goes on."""
    if year > calendar.today.year or _NO_YEAR_BEFORE.match(text, end):
        return False
    before = text[max(0, start - 40) : start]
    if led or _LEADS_PHOTOS.search(before):
        return True
    is_set_off = before.rstrip().endswith(",") and not text[end:].strip(" .?!")
    if _NO_YEAR_AFTER.search(before) or not (is_set_off or calendar.holds_year(year)):
        return False
    if year % 100 == 0 and text[end:].strip():
        return False
    return not before.strip() or _ends(text, end) or bool(_EVENT.match(text, end) or _EVENT_BEFORE.search(before))


def is_age_of_a_thing(text: str, start: int, year: int, calendar: Calendar) -> bool:
    """Say whether "from" a year tells how old a thing is, as in "a car from the 80s": the library has no such photos,
    and it is not photos that are said to be from then."""
    before = text[max(0, start - 40) : start].rstrip()
    known = not before or _PHOTOS.search(before) or calendar.holds_year(year)
    return text.startswith("from", start) and not known


def _ends(text: str, end: int) -> bool:
    mark, word = _NEXT_WORD.match(text, end).groups()  # type: ignore[union-attr]
    if mark in "-'/" and mark and word:
        return False
    return bool(mark) or not word or word in FUNCTION_WORDS or (word.endswith("ing") and word not in _THINGS_IN_ING)


def _begins(text: str, start: int) -> bool:
    word = _word_before(text, start)
    return word is None or word in FUNCTION_WORDS


def _word_before(text: str, start: int) -> str | None:
    found = _LAST_WORD.search(text, max(0, start - 40), start)
    return found[1] if found else None


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Say whether it stands by itself behind a comma: "snow, Feb"; what may be a name only at the end."""
    is_last = not text[end:].strip(" .?!")
    if is_last and (text[start:end].rstrip(".") in _SHORT_MONTHS or re.search(r"\d", text[start:end])):
        return True
    is_short = end - start < len("june")
    return text[:start].rstrip().endswith(",") and (is_last or (is_short and text.startswith(",", end)))


def _is_all(text: str, start: int, end: int) -> bool:
    return not text[:start].strip() and not text[end:].strip(" .?!")

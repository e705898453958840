"""Put pieces together to what is said: "between" two dates, "since" one, on its "morning"."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from engine.understanding.dates.atoms import Atom
from engine.understanding.dates.calendar import ONE_DAY, Calendar, Days, latest_weekday, shifted, toward
from engine.understanding.dates.reading import NIGHT, OUT_AT_NIGHT, Kind, Reading, either, reach
from engine.understanding.dates.times import HOURS, MIDNIGHT, between_hours
from engine.understanding.dates.words import PART_OF_DAY
from engine.understanding.dates.yearly import every_month

_TO = re.compile(r"\s*(?:to|up\s+to|until|till|through|thru|-)\s*(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_OR = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|maybe|or\s+maybe)\b|&)\s*(?:(?:in|on|from|at)\s+)?(?:the\s+)?")
_BETWEEN = re.compile(r"\b(?:any\s?time\s+|some\s?time\s+)?between\s+(?:the\s+)?$")
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
_DIRECTIONS = {
    "since": r"(?:ever\s+)?since|no\s+earlier\s+than|not\s+(?:before|older\s+than)|starting(?:\s+(?:in|from|on))?",
    "before": r"before|pre|prior\s+to|earlier\s+than|older\s+than",
    "after": r"after|post|later\s+than|newer\s+than",
    "until": r"no\s+later\s+than|not\s+(?:after|newer\s+than)|until|till?|up\s+(?:to|until)",
    "around": r"around|circa|ca\.|approximately|(?:in|at|on|from)\s+(?:about|or\s+around)",
}
_DIRECTION = re.compile(
    r"(?:\b(?:taken|shot|from)\s+)?\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _DIRECTIONS.items())
    + r")(?:\s+|-)(?:i\s+think\s+|maybe\s+)?(?:the\s+)?$"
)
_THINKING = r"i\s+(?:think|guess|believe|suppose|reckon|imagine|bet)"
_LOOSE_BEFORE = re.compile(r"\b(?:roughly|more\s+or\s+less)(?:\s+(?:in|on|at|from|during|the))*\s+$")
_LOOSE_AFTER = r"-?ish|,?\s+(?:or\s+(?:so|thereabouts)|give\s+or\s+take)"
_HEDGE_AFTER = re.compile(
    rf"(?:(?P<loose>{_LOOSE_AFTER})|,?\s+(?:{_THINKING}|maybe|perhaps|probably|possibly))(?=\s*(?:$|[,.;!?)]))"
)
_ONWARDS = re.compile(
    r"\+(?!\d)|,?\s+(?:(?:on(?=\s*(?:$|[,.;!?)]))|onwards?|(?:and|or)\s+(?:later|newer|after|onwards?)"
    r"|(?:until|till|to|up\s+to)\s+(?:now|date|the\s+present|present)(?!\w))"
    r"|(?P<until>(?:and|or)\s+(?:earlier|before|older)))(?!\w)"
)
_PART = re.compile(
    r"\b(?:(?:the\s+)?(?P<how>early|mid|late)(?:\s*-\s*|\s+)(?:in\s+)?|(?:the\s+)?(?:very\s+)?(?P<what>beginning|start|middle|end)"
    r"\s+of\s+)(?:the\s+)?$"
)
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_NTH = re.compile(
    r"\b(?:the\s+)?(?P<nth>first|second|third|last)\s+(?P<unit>day|week|weekend|half)\s+(?:of|in)\s+(?:the\s+)?$"
)
_BESIDE = re.compile(r"\b(?:the\s+)?(?P<unit>day|week)\s+(?P<where>before|after)\s+(?:the\s+)?$")
_WEEK_OF = re.compile(r"\b(?:in\s+)?(?:the|that)\s+(?P<unit>week|weekend)\s+of\s+(?:the\s+)?$")
_HOURS_OF = re.compile(rf"\b(?:(?:on|in)\s+)?the\s+(?P<part>{PART_OF_DAY})\s+of\s+(?:the\s+)?$")
_HOURS = re.compile(rf"(?:\s+|'s\s+)(?:(?P<how>early|late)\s+)?(?P<part>{PART_OF_DAY})s?(?!\w)")


def with_parts(text: str, atoms: list[Atom], calendar: Calendar) -> list[Atom]:
    """Add what stands before a date and takes a part of it: "late", "the first week of", "the evening of"."""
    found: list[Atom] = []
    for atom in atoms:
        whole = _with_part(text, atom, calendar)
        while found and found[-1].end > whole.start:
            found.pop()
        found.append(whole)
    return found


def _with_part(text: str, atom: Atom, calendar: Calendar) -> Atom:
    changes = (
        (_PART, _take_part),
        (_NTH, _take_nth),
        (_BESIDE, _take_beside),
        (_WEEK_OF, partial(_take_week, calendar.week_start)),
        (_HOURS_OF, _take_hours),
    )
    for pattern, change in changes:
        match = pattern.search(text[max(0, atom.start - 40) : atom.start])
        if match and (reading := change(match, atom.reading)):
            atom = Atom(atom.start - len(match[0]), atom.end, reading, led=True)
    return atom


def joined(text: str, atoms: list[Atom]) -> list[Atom]:
    """Join what belongs together: "March to May", "2019 or 2020"."""
    found: list[Atom] = []
    for atom in atoms:
        whole = _join(text, found[-1], atom) if found else None
        if whole:
            found[-1] = whole
        else:
            found.append(atom)
    return found


def _join(text: str, first: Atom, last: Atom) -> Atom | None:
    before = text[max(0, first.start - 30) : first.start]
    between = _BETWEEN.search(before)
    gap = (first.end, last.start)
    if between and _AND.fullmatch(text, *gap):
        reading = _through(first.reading, last.reading) or _through(last.reading, first.reading)
        return Atom(first.start - len(between[0]), last.end, reading) if reading else None
    if _TO.fullmatch(text, *gap):
        led = between or _FROM.search(before) or first.reading.kind not in (Kind.SEASON, Kind.HOLIDAY, Kind.CLOCK)
        reading = _through(first.reading, last.reading) if led else None
        return Atom(first.start, last.end, reading) if reading else None
    if _OR.fullmatch(text, *gap) and (reading := either(first.reading, last.reading)):
        return Atom(first.start, last.end, reading, led=first.led)
    return None


def _through(first: Reading, last: Reading) -> Reading | None:
    """Read "first to last", which is a date wherever it stands."""
    reading = _reach_hours(first, last) or reach(first, last)
    return replace(reading, kind=Kind.FREE) if reading else None


def _reach_hours(first: Reading, last: Reading) -> Reading | None:
    if first.kind == last.kind == Kind.CLOCK:
        return replace(first, hours=between_hours(min(first.hours), min(last.hours)))
    return None


def with_hours(text: str, atom: Atom) -> Atom:
    """Add the part of the day that follows: "Sunday morning"."""
    match, reading = _HOURS.match(text, atom.end), atom.reading
    long = reading.days is not None and reading.days.count > 100
    if not match or long or reading.single or reading.hours or reading.kind in (Kind.YEAR, Kind.DECADE):
        return atom
    part = f"{match['how']} {match['part']}" if match["how"] else match["part"]
    hours = _hours_on(reading, part)
    kind = reading.kind if reading.kind in (Kind.SEASON, Kind.MONTH) else Kind.FREE
    return Atom(atom.start, match.end(), replace(reading, hours=hours, kind=kind))


def _hours_on(reading: Reading, part: str) -> frozenset[int]:
    """Find the hours of a part of the day; the night of one day is over at midnight."""
    if part == "night":
        long = reading.days.count > 4 if reading.days else reading.yearly and reading.yearly.months
        return frozenset(NIGHT if long else OUT_AT_NIGHT)
    return HOURS[part]


def directed(text: str, atom: Atom, calendar: Calendar) -> Atom | None:
    """Add the words that open a date to one side or widen it, as "since" and "or later" do; None where that makes it
    words, as in "before winter"."""
    match = _DIRECTION.search(text[max(0, atom.start - 40) : atom.start])
    if match is None or match.lastgroup is None:
        return _with_onwards(text, atom, calendar)
    reading = _directed(match.lastgroup, atom.reading, calendar)
    return Atom(atom.start - len(match[0]), atom.end, reading, led=True) if reading else None


def _with_onwards(text: str, atom: Atom, calendar: Calendar) -> Atom:
    match = _ONWARDS.match(text, atom.end)
    if match is None:
        return _with_hedge(text, atom)
    reading = _directed("until" if match["until"] else "since", atom.reading, calendar)
    return Atom(atom.start, match.end(), reading, led=True) if reading else atom


def _with_hedge(text: str, atom: Atom) -> Atom:
    """Widen what is said loosely, as in "2016 or so"; "I think" doubts the memory, and its date stays as it is."""
    after = _HEDGE_AFTER.match(text, atom.end)
    loose = (after and after["loose"]) or _LOOSE_BEFORE.search(text[max(0, atom.start - 60) : atom.start])
    is_one = not re.search(r"\b(?:or|between)\b", text[atom.start : atom.end])
    widened = atom.reading.widened() if loose and is_one and not atom.reading.hours else None
    return replace(atom, reading=widened or atom.reading, end=after.end() if after else atom.end)


def _take_part(match: re.Match[str], reading: Reading) -> Reading | None:
    third = _PARTS[match["how"] or match["what"]]
    if reading.yearly and len(reading.yearly.months) == 3:
        first = reading.yearly.in_year(2001)
        return replace(reading, yearly=every_month((first.first.month + third - 1) % 12 + 1)) if first else None
    return reading.changed(lambda days: days.part(third) if days.count > 25 else None) if not reading.hours else None


def _take_nth(match: re.Match[str], reading: Reading) -> Reading | None:
    """Read "the first week of" a month or year; its weekends are those that begin in it."""
    nth = ("first", "second", "third", "last").index(match["nth"])
    if not reading.days or reading.days.count <= 25 or reading.hours:
        return None
    return reading.changed(lambda days: _nth(days, match["unit"], nth))


def _nth(days: Days, unit: str, nth: int) -> Days:
    if unit == "half":
        middle = shifted(days.first, round(days.count / 61)) if days.count > 60 else days.first + 15 * ONE_DAY
        return Days(middle, days.last) if nth else Days(days.first, middle - ONE_DAY)
    size = timedelta(days={"day": 1, "week": 7, "weekend": 2}[unit])
    step = ONE_DAY if unit == "day" else timedelta(days=7)
    if unit == "weekend":
        days = Days(latest_weekday(days.first + 6 * ONE_DAY, 5).first, latest_weekday(days.last, 5).first + ONE_DAY)
    first = days.last - size + ONE_DAY if nth == 3 else days.first + nth * step
    return Days(first, first + size - ONE_DAY)


def _take_beside(match: re.Match[str], reading: Reading) -> Reading | None:
    span = timedelta(days=1 if match["unit"] == "day" else 7)
    change: dict[str, Callable[[Days], Days]] = {
        "before": lambda days: Days(days.first - span, days.first - ONE_DAY),
        "after": lambda days: Days(days.last + ONE_DAY, days.last + span),
    }
    changed = reading.changed(change[match["where"]])
    return replace(changed, kind=Kind.FREE) if changed else None


def _take_week(week_start: int, match: re.Match[str], reading: Reading) -> Reading | None:
    """Read "the week of 4 July 2021": the one in which it begins."""

    def week(days: Days) -> Days | None:
        if days.count > 7:
            return None
        if match["unit"] == "weekend":
            saturday = latest_weekday(days.first, 0).first + 5 * ONE_DAY
            return Days(saturday, saturday + ONE_DAY)
        first = latest_weekday(days.first, week_start).first
        return Days(first, first + 6 * ONE_DAY)

    changed = None if reading.hours else reading.changed(week)
    return replace(changed, kind=Kind.FREE) if changed else None


def _take_hours(match: re.Match[str], reading: Reading) -> Reading | None:
    if reading.hours or not (reading.days or reading.yearly):
        return None
    return replace(reading, hours=_hours_on(reading, match["part"]), kind=Kind.FREE)


def _directed(direction: str, reading: Reading, calendar: Calendar) -> Reading | None:
    if direction == "around":
        return reading.widened()
    if reading.kind is Kind.CLOCK and direction in ("before", "after"):
        return Reading(Kind.FREE, hours=_hours_toward(direction, reading.hours))
    vague = reading.kind in (Kind.SEASON, Kind.HOLIDAY, Kind.WEEKDAY)
    if (reading.hours and not reading.days) or reading.single or (vague and direction != "since"):
        return None
    days = reading.begun(calendar.today)
    kind = Kind.YEAR if reading.kind is Kind.YEAR else Kind.FREE
    return Reading(kind, days=toward(direction, days)) if days else None


def _hours_toward(direction: str, hours: frozenset[int]) -> frozenset[int]:
    """Find the hours before or after one, or after noon or midnight; those before midnight begin in the evening."""
    if hours == MIDNIGHT:
        return frozenset(range(20, 24) if direction == "before" else range(5))
    return frozenset(range(max(hours)) if direction == "before" else range(max(hours), 24))

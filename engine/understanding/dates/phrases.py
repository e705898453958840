"""Put pieces together to what is said: "between" two dates, "since" one, on its "morning"."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from engine.understanding.dates.atoms import Atom
from engine.understanding.dates.calendar import (
    ONE_DAY,
    Calendar,
    Days,
    days_of_months,
    latest_weekday,
    moved_back,
    shifted,
    toward,
)
from engine.understanding.dates.reading import NIGHT, OUT_AT_NIGHT, Kind, Reading, either, on_days, reach
from engine.understanding.dates.rules import read_count
from engine.understanding.dates.times import HOURS, MIDNIGHT, between_hours
from engine.understanding.dates.words import COUNT, PART_OF_DAY, SEASON, WEEKDAY, WEEKDAYS
from engine.understanding.dates.yearly import every_month, every_season

_TO = re.compile(r"\s*(?:(?:up\s+)?(?:to|until|till)(?:\s+and\s+including)?|through|thru|-)\s*(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_OR = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|maybe|or\s+maybe)\b|&)\s*(?:(?:in|on|from|at)\s+)?(?:the\s+)?")
_BETWEEN = re.compile(r"\b(?:any\s?time\s+|some\s?time\s+)?between\s+(?:the\s+)?$")
_NOT = re.compile(r"\bnot\s+$")
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
_DIRECTIONS = {
    "since": r"(?:ever\s+)?since|no\s+earlier\s+than|not\s+(?:before|older\s+than)|starting(?:\s+(?:in|from|on))?",
    "before": r"before|pre|prior\s+to|earlier\s+than|older\s+than",
    "after": r"after|post|later\s+than|newer\s+than",
    "until": r"(?:no|not)\s+later\s+than|not\s+(?:after|newer\s+than)|until|till?|up\s+(?:to|until)",
    "around": r"around|circa|ca?\.|ca|approximately|(?:in|at|on|from)\s+(?:about|or\s+around)",
}
_DIRECTION = re.compile(
    r"(?:\b(?:taken|shot|from|(?:at\s+)?any\s?time)\s+)?\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _DIRECTIONS.items())
    + r")(?:\s+|-|(?<=c\.))(?:i\s+think\s+|maybe\s+)?(?:the\s+)?$"
)
_THINKING = r"i\s+(?:think|guess|believe|suppose|reckon|imagine|bet)"
_LOOSE_BEFORE = re.compile(r"\b(?:roughly|more\s+or\s+less)(?:\s+(?:in|on|at|from|during|the))*\s+$")
_LOOSE_AFTER = r"-?ish|,?\s+(?:or\s+(?:so|thereabouts)|give\s+or\s+take)"
_HEDGE_AFTER = re.compile(
    rf"(?:(?P<loose>{_LOOSE_AFTER})|,?\s+(?:{_THINKING}|maybe|perhaps|probably|possibly|inclusive))(?=\s*(?:$|[,.;!?)]))"
)
_ONWARDS = re.compile(
    r"\+(?!\d)|,?\s+(?:(?:on(?=\s*(?:$|[,.;!?)]))|onwards?|(?:and|or)\s+(?:later|newer|after|onwards?)"
    r"|(?:until|till|to|up\s+to)\s+(?:now|date|the\s+present|present)(?!\w))"
    r"|at\s+the\s+earliest|(?P<until>(?:and|or)\s+(?:earlier|before|older)|at\s+the\s+latest))(?!\w)"
)
_PART = re.compile(
    r"\b(?:(?:the\s+)?(?P<how>early|mid|late)(?:\s*-\s*|\s+)(?:in\s+)?|(?:the\s+)?(?:very\s+)?(?P<what>beginning|start|middle|end)"
    r"\s+of\s+)(?:the\s+)?$"
)
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_NTH = re.compile(
    r"\b(?:the\s+)?(?:(?P<nth>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+(?:(?P<unit>day|week|weekend|half|quarter)\s+(?:of|in)"
    r"|(?P<part>half|quarter))|h(?P<half>[12]))\s+(?:the\s+)?$"
)
_NTHS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_WEEK_OF = re.compile(r"\b(?:the\s+)?(?P<unit>week|weekend)\s+(?:of|around)\s+(?:the\s+)?$")
_BESIDE = re.compile(
    rf"\b(?P<all>the\s+)?(?:(?P<count>{COUNT})\s+)?(?P<unit>day|weekend|week|month|year)s?\s+(?P<where>before|after)\s+(?:the\s+)?$"
)
_WEEKDAY_BESIDE = re.compile(
    rf"(?<!\ba\s)(?<!\bone\s)\b(?:the\s+)?(?P<weekday>{WEEKDAY})\s+(?P<where>before|after)\s+(?:the\s+)?$"
)
_SEASON_BESIDE = re.compile(rf"\bthe\s+(?P<season>{SEASON})\s+(?P<where>before|after)\s+(?:the\s+)?$")
_HOURS_OF = re.compile(rf"\b(?:(?:on|in)\s+)?the\s+(?P<part>{PART_OF_DAY})\s+of\s+(?:the\s+)?$")
_HOURS = re.compile(rf"(?:\s+|'s\s+)(?:(?P<how>early|late)\s+)?(?P<part>{PART_OF_DAY})(?P<many>s)?(?!\w)")


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
    for pattern, change in _CHANGES:
        match = pattern.search(text[max(0, atom.start - 40) : atom.start])
        if match and (reading := change(match, atom.reading, calendar)):
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
    if text[first.end : last.start].strip() == "," and _NOT.search(before):
        return None
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
    kind = reading.kind if reading.kind in (Kind.SEASON, Kind.MONTH) and not match["many"] else Kind.FREE
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


def _take_part(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    third = _PARTS[match["how"] or match["what"]]
    if reading.yearly and len(reading.yearly.months) == 3:
        first = reading.yearly.in_year(2001)
        return replace(reading, yearly=every_month((first.first.month + third - 1) % 12 + 1)) if first else None
    return reading.changed(lambda days: days.part(third) if days.count > 25 else None) if not reading.hours else None


def _take_nth(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the first week of" a month or year, "H1" of a year; its weekends are those that begin in it."""
    nth = int(match["half"]) - 1 if match["half"] else _NTHS[match["nth"]]
    unit = match["unit"] or match["part"] or "half"
    if not reading.days or reading.days.count <= (300 if unit == "quarter" else 25) or reading.hours:
        return None
    changed = reading.changed(lambda days: _nth(days, unit, nth))
    return replace(changed, kind=Kind.FREE) if changed else None


def _nth(days: Days, unit: str, nth: int) -> Days:
    if unit == "quarter":
        start = shifted(days.first, 3 * nth) if nth >= 0 else shifted(days.first, 9)
        return days_of_months(start.year, start.month, 3)
    if unit == "half":
        middle = shifted(days.first, round(days.count / 61)) if days.count > 60 else days.first + 15 * ONE_DAY
        return Days(middle, days.last) if nth else Days(days.first, middle - ONE_DAY)
    size = timedelta(days={"day": 1, "week": 7, "weekend": 2}[unit])
    step = ONE_DAY if unit == "day" else timedelta(days=7)
    if unit == "weekend":
        days = Days(latest_weekday(days.first + 6 * ONE_DAY, 5).first, latest_weekday(days.last, 5).first + ONE_DAY)
    first = days.last - size + ONE_DAY if nth < 0 else days.first + nth * step
    return Days(first, first + size - ONE_DAY)


def _take_week(match: re.Match[str], reading: Reading, calendar: Calendar) -> Reading | None:
    """Read "the week of" a day or a few days, as the calendar has it; a week ends with its weekend."""
    if not reading.days or reading.days.count > 7 or reading.hours:
        return None
    first = latest_weekday(reading.days.first, calendar.week_start if match["unit"] == "week" else 0).first
    days = Days(first, first + timedelta(days=6)) if match["unit"] == "week" else _weekend(first)
    return Reading(Kind.FREE, days=days)


def _take_beside(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the week before" and "three days after"; "the three days after" are all of them."""
    if reading.days and (reading.days.first == date.min or reading.days.last == date.max):
        return None
    count = read_count(match["count"] or "one")
    single = match["unit"] == "day" and not match["all"]
    changed = reading.changed(lambda days: _beside(days, match["unit"], match["where"], count, single=single))
    return replace(changed, kind=Kind.FREE) if changed else None


def _beside(days: Days, unit: str, where: str, count: int, *, single: bool) -> Days:
    is_before = where == "before"
    edge = days.first if is_before else days.last
    if unit == "weekend":
        sunday = latest_weekday(edge - ONE_DAY if is_before else edge + timedelta(days=8), 6).first
        return _weekend(moved_back(sunday, "week", count - 1 if is_before else 1 - count) - timedelta(days=6))
    far = moved_back(edge, unit, count if is_before else -count)
    if single:
        return Days(far, far)
    return Days(far, edge - ONE_DAY) if is_before else Days(edge + ONE_DAY, far)


def _take_weekday_beside(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the Friday before Christmas"."""
    if reading.days and reading.days.count > 14:
        return None
    is_before, weekday = match["where"] == "before", WEEKDAYS[match["weekday"]]
    changed = reading.changed(
        lambda days: latest_weekday(days.first - ONE_DAY if is_before else days.last + timedelta(days=7), weekday)
    )
    return replace(changed, kind=Kind.FREE) if changed else None


def _weekend(monday: date) -> Days:
    return Days(monday + timedelta(days=5), monday + timedelta(days=6))


def _take_season_beside(match: re.Match[str], reading: Reading, calendar: Calendar) -> Reading | None:
    """Read "the summer after 2015"."""
    days = reading.days
    if not days or days.first == date.min or days.last == date.max:
        return None
    season = every_season(match["season"].split()[0].removesuffix("time"), calendar.southern)
    near = season.past(days.first, 1) if match["where"] == "before" else season.following(days.last)
    if near and match["where"] == "after" and near.first <= days.last:
        near = season.following(near.last + ONE_DAY)
    return on_days(near)


def _take_hours(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    if reading.hours or not (reading.days or reading.yearly):
        return None
    return replace(reading, hours=_hours_on(reading, match["part"]), kind=Kind.FREE)


_CHANGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reading, Calendar], Reading | None]], ...] = (
    (_PART, _take_part),
    (_NTH, _take_nth),
    (_WEEK_OF, _take_week),
    (_BESIDE, _take_beside),
    (_WEEKDAY_BESIDE, _take_weekday_beside),
    (_SEASON_BESIDE, _take_season_beside),
    (_HOURS_OF, _take_hours),
)


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

"""Put pieces together to what is said: "between" two dates, "since" one, on its "morning"."""

import re
from dataclasses import replace
from datetime import timedelta

from engine.understanding.dates.atoms import Atom
from engine.understanding.dates.calendar import ONE_DAY, Calendar, Days, latest_weekday, toward
from engine.understanding.dates.reading import Kind, Reading, either, reach
from engine.understanding.dates.times import MIDNIGHT, NOON, between_hours, hours_on
from engine.understanding.dates.words import MAYBE, PART_OF_DAY, THINKING, YEAR

_TO = re.compile(r"\s*(?:(?:up\s+)?(?:to|until|till)(?:\s+and\s+including)?|through|thru|-)\s*(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_OR = re.compile(
    r"\s*(?:,|/|,?\s*\b(?:and|or|maybe|or\s+(?:maybe|possibly|perhaps)|vs|versus)\b\.?|&)\s*(?:(?:in|on|from|at)\s+)?"
    r"(?:the\s+)?"
)
_BETWEEN = re.compile(
    r"\b(?:any\s?time\s+|some\s?time\s+)?between\s+(?:(?:about|around|roughly|circa)\s+)?(?:the\s+)?$"
)
_HALF_DAY = re.compile(r"[ap]\.?m\.?$")
_NOT = re.compile(r"\bnot\s+$")
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|roughly|circa)\s+)?(?:the\s+)?$")
_DIRECTIONS = {
    "since": r"(?:ever\s+)?since|no\s+earlier\s+than|not\s+(?:before|older\s+than)|starting(?:\s+(?:in|from|on))?",
    "before": r"before|pre|prior\s+to|earlier\s+than|older\s+than",
    "after": r"after|post|later\s+than|newer\s+than",
    "until": r"(?:no|not)\s+later\s+than|not\s+(?:after|newer\s+than)|until|till?"
    r"|up\s+(?:to|until)(?:\s+and\s+including)?",
    "around": r"around|circa|ca?\.|ca|approx(?:imately|\.)?|(?:in|at|on|from)\s+(?:about|or\s+around)",
}
_DIRECTION = re.compile(
    r"(?:\b(?:taken|shot|from|(?:at\s+)?(?:any|some)\s?time)\s+)?(?:\b(?:just|shortly|right|soon|long|immediately)\s+)?\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _DIRECTIONS.items())
    + r")(?:\s+|-|(?<=c\.))(?:(?:i\s+think|maybe|about|around|roughly|circa)\s+)?(?:the\s+)?$"
)
_LOOSE_BEFORE = re.compile(r"\b(?:roughly|more\s+or\s+less)(?:\s+(?:in|on|at|from|during|the))*\s+$")
_LOOSE_AFTER = (
    r"[\s-]?ish|,?\s+(?:or\s+(?:so|thereabouts)|give\s+or\s+take)"
    r"|(?:\s+now)?,?\s+(?:(?:perhaps|maybe|or)\s+)?(?:even\s+)?a\s+(?:little|bit)\s+(?:more|less|earlier|later|longer)"
)
_HEDGE_AFTER = re.compile(
    rf"(?:(?P<loose>{_LOOSE_AFTER})|,?\s+(?:{THINKING}|{MAYBE}|inclusive|(?:every|each|any)\s+year))(?=\s*(?:$|[,.;!?)]))"
)
_ONWARDS = re.compile(
    r"\+(?!\d)|,?\s+(?:(?:on(?=\s*(?:$|[,.;!?)]))|onwards?|(?:and|or)\s+(?:later|newer|after(?!\s+\w)|onwards?)"
    r"|(?:until|till|to|up\s+to)\s+(?:now|date|the\s+present|present)(?!\w))"
    r"|at\s+the\s+earliest|(?P<until>(?:and|or)\s+(?:earlier|before(?!\s+\w)|older)|at\s+the\s+latest))(?!\w)"
)
_AND_NOW = re.compile(r"\s+and\s+(?:now|today)(?!\w)")
_WEEKEND = re.compile(r"\s+weekend(?!\w)")
_HOURS = re.compile(rf"(?:\s+|'s\s+)(?:(?P<how>early|late)\s+)?(?P<part>{PART_OF_DAY})(?P<many>s)?(?!\w)")
_YEAR = re.compile(rf",?\s+(?:(?:of|in)\s+)?(?P<year>{YEAR})(?![\w-])")


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
        is_clock = _HALF_DAY.search(text, first.start, first.end)
        led = (
            between
            or is_clock
            or _FROM.search(before)
            or first.reading.kind not in (Kind.SEASON, Kind.HOLIDAY, Kind.CLOCK)
        )
        reading = _through(first.reading, last.reading) if led else None
        return Atom(first.start, last.end, reading) if reading else None
    if text[first.end : last.start].strip() == "," and _NOT.search(before):
        return None
    if _OR.fullmatch(text, *gap) and (reading := either(first.reading, last.reading)):
        months = first.reading.kind == last.reading.kind == Kind.MONTH and "or" in text[first.end : last.start].split()
        reading = replace(reading, kind=Kind.FREE) if months else reading
        return Atom(first.start, last.end, reading, led=first.led)
    return None


def _through(first: Reading, last: Reading) -> Reading | None:
    """Read "first to last", which is a date wherever it stands."""
    reading = _reach_hours(first, last) or reach(first, last)
    return replace(reading, kind=Kind.FREE) if reading else None


def _reach_hours(first: Reading, last: Reading) -> Reading | None:
    if first.kind == last.kind == Kind.CLOCK:
        return replace(first, hours=between_hours(_on_the_clock(first.hours), _on_the_clock(last.hours)))
    return None


def _on_the_clock(hours: frozenset[int]) -> int:
    """Find the hour at which it is noon or midnight, or which is the first one."""
    return {NOON: 12, MIDNIGHT: 0}.get(hours, min(hours))


def with_hours(text: str, atom: Atom) -> Atom:
    """Add the part of the day that follows, and its year: "Sunday morning", "Christmas morning 2012"."""
    if weekend := _WEEKEND.match(text, atom.end):
        return _with_weekend(text, atom, weekend.end())
    match, reading = _HOURS.match(text, atom.end), atom.reading
    long = reading.days is not None and reading.days.count > 100
    if not match or long or reading.single or reading.hours or reading.kind in (Kind.YEAR, Kind.DECADE):
        return atom
    part = f"{match['how']} {match['part']}" if match["how"] else match["part"]
    hours = hours_on(reading, part)
    kind = Kind.PART_OF_DAY if reading.kind is Kind.WEEKDAY else reading.kind
    kind = kind if kind in (Kind.SEASON, Kind.MONTH, Kind.PART_OF_DAY) and not match["many"] else Kind.FREE
    year = _YEAR.match(text, match.end()) if reading.yearly else None
    if year and reading.yearly and (days := reading.yearly.in_year(int(year["year"]))):
        return Atom(atom.start, year.end(), Reading(Kind.FREE, days=days, hours=hours))
    return Atom(atom.start, match.end(), replace(reading, hours=hours, kind=kind))


def _with_weekend(text: str, atom: Atom, end: int) -> Atom:
    """Add the weekend beside a holiday, "Labor Day weekend", and its year."""
    reading = atom.reading
    if not reading.yearly or reading.yearly.months:
        return atom
    yearly = reading.yearly.changed(_weekend_beside)
    year = _YEAR.match(text, end)
    if year and (days := yearly.in_year(int(year["year"]))):
        return Atom(atom.start, year.end(), Reading(Kind.FREE, days=days))
    return Atom(atom.start, end, replace(reading, yearly=yearly, kind=Kind.FREE))


def _weekend_beside(days: Days) -> Days:
    saturday = latest_weekday(days.first + timedelta(days=3), 5).first
    return Days(min(days.first, saturday), max(days.last, saturday + ONE_DAY))


def directed(text: str, atom: Atom, calendar: Calendar) -> Atom | None:
    """Add the words that open a date to one side or widen it, as "since" and "or later" do; None where that makes it
    words, as in "before winter"."""
    match = _DIRECTION.search(text[max(0, atom.start - 40) : atom.start])
    if match is None or match.lastgroup is None:
        return _with_onwards(text, atom, calendar)
    reading = _directed(match.lastgroup, atom.reading, calendar)
    whole = Atom(atom.start - len(match[0]), atom.end, reading, led=True) if reading else None
    return _with_onwards(text, whole, calendar) if whole and match.lastgroup == "around" else whole


def _with_onwards(text: str, atom: Atom, calendar: Calendar) -> Atom:
    match, between = _ONWARDS.match(text, atom.end), _BETWEEN.search(text[max(0, atom.start - 30) : atom.start])
    if between and (now := _AND_NOW.match(text, atom.end)):
        reading = _directed("since", atom.reading, calendar)
        return Atom(atom.start - len(between[0]), now.end(), reading, led=True) if reading else atom
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
    end = after.end() if after else atom.end
    return replace(atom, reading=widened or atom.reading, end=end, led=atom.led or bool(after))


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

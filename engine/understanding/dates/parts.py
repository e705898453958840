"""What stands before a date for a part of it, or a time beside it: "late", "the first week of", "the day before"."""

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
)
from engine.understanding.dates.reading import Kind, Reading, on_days
from engine.understanding.dates.rules import read_count
from engine.understanding.dates.times import hours_on
from engine.understanding.dates.words import COUNT, PART_OF_DAY, SEASON, WEEKDAY, WEEKDAYS
from engine.understanding.dates.yearly import every_month, every_season

_THE = r"\s+(?:the\s+)?(?:year\s+)?$"
# How the words before a date end where they take a part of it: what does not end so is not read further.
_MAY_BE = re.compile(
    rf"(?:\b(?:of|in|to|before|after|around|early|mid|late|half|quarter|h[12]|end|start|beginning){_THE}|-\s*$)"
)
_PART = re.compile(
    r"\b(?:(?:the\s+)?(?P<how>(?:(?:early|mid)(?:\s*-\s*|\s+)to(?:\s*-\s*|\s+))?(?:early|mid|late))(?:\s*-\s*|\s+)(?:in\s+)?"
    r"|(?:the\s+)?(?:very\s+)?(?P<what>beginning|start|middle|height|depths|dead|end)"
    r"(?P<of>\s+of)?\s+)(?:the\s+)?(?:year\s+)?$"
)
_PARTS = (
    dict.fromkeys(("early", "beginning", "start"), 0)
    | dict.fromkeys(("mid", "middle", "height", "depths", "dead"), 1)
    | dict.fromkeys(("late", "end"), 2)
)
_NTH = re.compile(
    r"\b(?:the\s+)?(?:(?P<nth>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+"
    rf"(?:(?P<unit>day|week|weekend|half|quarter|{WEEKDAY})\s+(?:of|in)|(?P<part>half|quarter))|h(?P<half>[12])){_THE}"
)
_EDGE = re.compile(
    rf"\b(?:the\s+)?(?P<nth>first|last)\s+(?:few\s+|couple\s+of\s+|(?P<count>{COUNT})\s+)?(?P<unit>day|week"
    rf"|month)s\s+of{_THE}"
)
_EDGE_DAYS = {"day": 10, "week": 21, "month": 91}
_WEEK, _LONGEST_MONTH = 7, 31
_DAYS_OF = {"day": 1, "week": 7, "month": 30}
_NTHS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_WEEK_OF = re.compile(rf"\b(?:the\s+)?(?P<unit>week|weekend)\s+(?:of|around){_THE}")
_BESIDE = re.compile(
    rf"\b(?P<all>the\s+)?(?:(?P<count>{COUNT})\s+)?(?P<unit>day|weekend|week|month|year|{PART_OF_DAY})"
    rf"(?P<many>s)?\s+(?P<where>before|after){_THE}"
)
_SEVERAL = {"day": 7, "week": 4, "weekend": 2, "month": 6, "year": 5}
_RUN_UP = re.compile(rf"\b(?:the\s+)?(?:run|lead|leading)[\s-]?up\s+to{_THE}")
_WEEKDAY_BESIDE = re.compile(
    rf"(?<!\ba\s)(?<!\bone\s)\b(?:the\s+)?(?P<weekday>{WEEKDAY})\s+(?P<where>before|after){_THE}"
)
_SEASON_BESIDE = re.compile(rf"\bthe\s+(?P<season>{SEASON})\s+(?P<where>before|after){_THE}")
_HOURS_OF = re.compile(rf"\b(?:(?:on|in)\s+)?the\s+(?P<part>{PART_OF_DAY})\s+of\s+(?:the\s+)?$")


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
    days = atom.reading.days
    is_open = days and (days.first == date.min or days.last == date.max)
    if is_open or not _MAY_BE.search(text[max(0, atom.start - 20) : atom.start]):
        return atom
    for pattern, change in _CHANGES:
        match = pattern.search(text[max(0, atom.start - 40) : atom.start])
        if match and (reading := change(match, atom.reading, calendar)):
            atom = Atom(atom.start - len(match[0]), atom.end, reading, led=True)
    return atom


def _count_days(reading: Reading) -> int:
    whole = reading.days or (reading.yearly and reading.yearly.in_year(2001))
    return whole.count if whole else 0


def _take_part(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    parts = re.findall(r"[a-z]{3,}", match["how"] or match["what"])
    first_third, third = _PARTS[parts[0]], _PARTS[parts[-1]]
    if reading.yearly and len(reading.yearly.months) == 3:
        first = reading.yearly.in_year(2001)
        return replace(reading, yearly=every_month((first.first.month + third - 1) % 12 + 1)) if first else None
    count = _count_days(reading)
    if reading.hours or not count or (match["what"] and not match["of"] and count > _LONGEST_MONTH):
        return None
    if match["what"] and count == _WEEK:
        return reading
    return reading.changed(lambda days: days.part(first_third).through(days.part(third)) if days.count > 25 else None)


def _take_nth(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the first week of" a month or year, "H1" of a year; its weekends are those that begin in it."""
    nth = int(match["half"]) - 1 if match["half"] else _NTHS[match["nth"]]
    unit = match["unit"] or match["part"] or "half"
    whole = reading.days or (reading.yearly and reading.yearly.months and reading.yearly.in_year(2001))
    if not whole or whole.count <= (300 if unit == "quarter" or match["half"] else 25) or reading.hours:
        return None
    changed = reading.changed(lambda days: _nth(days, unit, nth))
    return replace(changed, kind=Kind.FREE) if changed else None


def _take_edge(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the first days of" and "the last weeks of" what is longer."""
    length = read_count(match["count"]) * _DAYS_OF[match["unit"]] if match["count"] else _EDGE_DAYS[match["unit"]]
    if not reading.days or reading.days.count <= length or reading.hours:
        return None
    first, last, rest = reading.days.first, reading.days.last, timedelta(days=length - 1)
    return on_days(Days(first, first + rest) if match["nth"] == "first" else Days(last - rest, last))


def _nth(days: Days, unit: str, nth: int) -> Days:
    if unit == "quarter":
        start = shifted(days.first, 3 * nth) if nth >= 0 else shifted(days.first, 9)
        return days_of_months(start.year, start.month, 3)
    if unit in WEEKDAYS:
        first = latest_weekday(days.first + timedelta(days=6) if nth >= 0 else days.last, WEEKDAYS[unit]).first
        return Days(first + max(nth, 0) * timedelta(days=7), first + max(nth, 0) * timedelta(days=7))
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
    whole = reading.days or (reading.yearly and reading.yearly.in_year(2001))
    if not whole or whole.count > 7 or reading.hours:
        return None
    is_week = match["unit"] == "week"

    def change(days: Days) -> Days:
        first = latest_weekday(days.first, calendar.week_start if is_week else 0).first
        return Days(first, first + timedelta(days=6)) if is_week else _weekend(first)

    changed = reading.changed(change)
    return replace(changed, kind=Kind.FREE) if changed else None


def _take_beside(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the week before" and "three days after"; "the three days after" are all of them."""
    if re.fullmatch(PART_OF_DAY, match["unit"]):
        return _take_part_of_day_beside(match, reading)
    several = match["many"] and not match["count"]
    count = _SEVERAL[match["unit"]] if several else read_count(match["count"] or "one")
    single = match["unit"] == "day" and not match["all"] and not several
    changed = reading.changed(lambda days: _beside(days, match["unit"], match["where"], count, single=single))
    return replace(changed, kind=Kind.FREE) if changed else None


def _take_part_of_day_beside(match: re.Match[str], reading: Reading) -> Reading | None:
    """Read "the night before" a day or a few."""
    if not 0 < _count_days(reading) <= 4 or match["count"] or match["many"]:
        return None
    changed = reading.changed(lambda days: _beside(days, "day", match["where"], 1, single=False))
    return replace(changed, kind=Kind.FREE, hours=hours_on(changed, match["unit"])) if changed else None


def _take_run_up(_match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    """Read "the run-up to", four weeks."""
    changed = reading.changed(lambda days: _beside(days, "week", "before", _SEVERAL["week"], single=False))
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
    changed = reading.changed(lambda days: _weekday_beside(days, weekday, is_before=is_before))
    return replace(changed, kind=Kind.FREE) if changed else None


def _weekday_beside(days: Days, weekday: int, *, is_before: bool) -> Days:
    """Find the weekday before or after; of a few days, such as Easter, the middle one counts."""
    if days.count < 5:
        middle = days.first + timedelta(days=days.count // 2)
        days = Days(middle, middle)
    return latest_weekday(days.first - ONE_DAY if is_before else days.last + timedelta(days=7), weekday)


def _weekend(monday: date) -> Days:
    return Days(monday + timedelta(days=5), monday + timedelta(days=6))


def _take_season_beside(match: re.Match[str], reading: Reading, calendar: Calendar) -> Reading | None:
    """Read "the summer after 2015"."""
    days = reading.days
    if not days:
        return None
    season = every_season(match["season"], calendar.southern)
    near = season.past(days.first, 1) if match["where"] == "before" else season.following(days.last)
    if near and match["where"] == "after" and near.first <= days.last:
        near = season.following(near.last + ONE_DAY)
    return on_days(near)


def _take_hours(match: re.Match[str], reading: Reading, _: Calendar) -> Reading | None:
    if reading.hours or not (reading.days or reading.yearly):
        return None
    return replace(reading, hours=hours_on(reading, match["part"]), kind=Kind.FREE)


_CHANGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reading, Calendar], Reading | None]], ...] = (
    (_PART, _take_part),
    (_NTH, _take_nth),
    (_EDGE, _take_edge),
    (_WEEK_OF, _take_week),
    (_BESIDE, _take_beside),
    (_RUN_UP, _take_run_up),
    (_WEEKDAY_BESIDE, _take_weekday_beside),
    (_SEASON_BESIDE, _take_season_beside),
    (_HOURS_OF, _take_hours),
)

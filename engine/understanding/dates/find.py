"""Find the dates in what people type."""

import re
from dataclasses import dataclass, replace
from datetime import date

from engine.search.query import Filters
from engine.understanding.dates.atoms import Atom, find_atoms, plain
from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.context import is_age_of_a_thing, lead, stands, year_stands
from engine.understanding.dates.labels import label_dates, label_times
from engine.understanding.dates.parts import with_parts
from engine.understanding.dates.phrases import directed, joined, with_hours
from engine.understanding.dates.reading import Kind
from engine.understanding.dates.spoken import with_digits
from engine.understanding.dates.words import HOLIDAY, PART_OF_DAY, SEASON, any_of, words_in

_VISIBLE = re.compile(
    rf"(?:\b(?:in|at|on|by|during|over)\s+)(?:(?:the|an?|early|late|middle\s+of\s+the)\s+)*"
    rf"(?:{PART_OF_DAY}|{SEASON}|{HOLIDAY})(?:\s+{PART_OF_DAY})?s?(?=(?:,?\s+(?:every|each|any)\s+year)?$)",
    re.IGNORECASE,
)
# How a day was, which is to be seen: "on a wet and windy Saturday".
_WEATHER = any_of(
    words_in(
        """rainy snowy sunny foggy misty cloudy windy stormy frosty icy hazy muggy chilly breezy drizzly wet dry hot
        warm mild cool cold freezing humid crisp clear bright grey gray gloomy dull dreary beautiful lovely gorgeous
        glorious nice perfect quiet lazy"""
    )
)
_WEATHER_BEFORE = re.compile(
    r"(?:\b(?:on|in|at|during)\s+)?\b(?:an?|one|some|that|the)\s+(?:very\s+|really\s+|long,?\s+)?"
    rf"{_WEATHER}(?:(?:,|\s+and|\s+but)?\s+{_WEATHER})*\s+$"
)
_NOUNS_OF_TIME = [re.compile(rf"\b{noun}\b") for noun in (PART_OF_DAY, SEASON, "weekend")]
_OR = re.compile(r"\s+(?:or|and)\s+(?:at\s+|on\s+)?")
_ONLY = re.compile(r"\s+only(?=\s*(?:$|[,.;!?)]))")
_POSSESSIVE = re.compile(r"'s(?!\w)")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text, with the words that lead to it; `filters` has only dates and times set. `look` is what they say
    of how it looked: "on a rainy afternoon"."""

    start: int
    end: int
    filters: Filters
    label: str
    look: str = ""


def find_dates(text: str, calendar: Calendar) -> list[DateSpan]:
    """Find dates and times, in the order of the text, none overlapping; what is not surely meant as one is left out,
    and so is what is impossible or yet to come."""
    folded, origin = with_digits(plain(text))
    spans: list[DateSpan] = []
    for atom in joined(folded, with_parts(folded, find_atoms(folded, calendar), calendar)):
        between = folded[spans[-1].end : atom.start] if spans else "."
        is_joined = _OR.fullmatch(between) is not None or (
            atom.reading.kind in (Kind.YEAR, Kind.CLOCK) and not between.strip(" ,")
        )
        span = _settle(folded, with_hours(folded, atom), calendar, is_joined=is_joined)
        if span and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    return [replace(span, start=origin[span.start], end=origin[span.end]) for span in spans]


def visible_words(text: str, filters: Filters, calendar: Calendar) -> str:
    """Return the words of a date that say how a photo looks, as "at night" and "in winter" do, or nothing; they say all
    that is asked for, which "in the morning" does not of "7 in the morning"."""
    found = _VISIBLE.search(text)
    return found[0] if found and [span.filters for span in find_dates(found[0], calendar)] == [filters] else ""


def _settle(text: str, atom: Atom, calendar: Calendar, *, is_joined: bool) -> DateSpan | None:
    """Say what a piece of text means, if it is meant as a date; a holiday, year or hour is where it follows another."""
    whole = directed(text, atom, calendar)
    if whole is None:
        return None
    reading = whole.reading
    start = lead(reading.kind, text, whole.start, in_a_day=reading.is_in_a_day())
    only = _ONLY.match(text, whole.end)
    weather = _weather_before(text, whole)
    start = weather.start() if weather else start
    led = (
        whole.led
        or start is not None
        or bool(only)
        or (is_joined and reading.kind in (Kind.HOLIDAY, Kind.YEAR, Kind.CLOCK))
    )
    if reading.kind is Kind.YEAR:
        meant = year_stands(text, whole.start, whole.end, atom.reading.last_year(), calendar, led=led)
    else:
        meant = stands(reading.kind, text, whole.start, whole.end, led=led)
    if reading.kind in (Kind.YEAR, Kind.DECADE) and start is not None:
        meant = meant and not is_age_of_a_thing(text, start, atom.reading.last_year(), calendar)
    filters = reading.to_filters(calendar) if meant else Filters()
    if not filters:
        return None
    label = ", ".join(part for part in (label_dates(filters), label_times(filters)) if part)
    end = only.end() if only else whole.end + 2 if _POSSESSIVE.match(text, whole.end) else whole.end
    look = f"{weather[0]}{_noun_of_time(text, whole)}" if weather else ""
    return DateSpan(whole.start if start is None else start, end, filters, label, look)


def _weather_before(text: str, atom: Atom) -> re.Match[str] | None:
    """Find the words that say how a day or month was, before a day or month of the calendar."""
    if not atom.reading.weekdays and atom.reading.kind not in (Kind.FREE, Kind.MONTH):
        return None
    found = _WEATHER_BEFORE.search(text[: atom.start], max(0, atom.start - 60))
    return None if found and "the" in found[0].split() and atom.reading.kind is Kind.MONTH else found


def _noun_of_time(text: str, atom: Atom) -> str:
    """Name a date by what can be seen of it: "afternoon", "summer", or just "day"."""
    days, yearly = atom.reading.days, atom.reading.yearly
    for noun in _NOUNS_OF_TIME:
        if named := noun.search(text, atom.start, atom.end):
            return named[0]
    return "month" if (days and days.count > 20) or (yearly and yearly.months) else "day"


def read_date(text: str, calendar: Calendar) -> tuple[date, date] | None:
    """Read text that is nothing but days of one time, such as "2019-03" or "summer 2019", as the first and last day;
    None for anything else."""
    folded = plain(text.strip())
    atoms = joined(folded, with_parts(folded, find_atoms(folded, calendar), calendar))
    if len(atoms) != 1 or (atoms[0].start, atoms[0].end) != (0, len(folded)):
        return None
    reading = atoms[0].reading
    return (reading.days.first, reading.days.last) if reading.days and not reading.hours else None

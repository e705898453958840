"""How a pattern becomes a reading, and the parts that several kinds of rules read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.reading import Kind, Reading
from engine.understanding.dates.words import MONTHS, NUMBERS, ORDINALS, UNMISTAKABLE_MONTHS, VAGUE
from engine.understanding.dates.yearly import HOLIDAYS, Yearly, every_month, every_season

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what it says; None where it says nothing possible, as "30 February" does: then it stays words."""

    pattern: re.Pattern[str]
    read: Callable[[Match, Calendar], Reading | None]


def rule(pattern: str, read: Callable[[Match, Calendar], Reading | None]) -> Rule:
    """Compile a rule that begins where a word begins and ends where one ends, which may end in "ish"."""
    return Rule(re.compile(rf"(?:{pattern})(?!(?!ish\b)\w)"), read)


def read_count(text: str) -> int:
    """Read "3", "three", "twenty-five" or "a"."""
    return int(text) if text.isdigit() else sum(NUMBERS[word] for word in text.replace("-", " ").split())


def read_day(text: str) -> int:
    """Read "3", "3rd" or "third"."""
    return ORDINALS.get(text) or int(text.rstrip("stndrh"))


def read_amount(text: str) -> tuple[int, int]:
    """Read how many that is at least and at most: "three", "two or three", "a few"."""
    text = " ".join(text.split())
    if text in VAGUE:
        return VAGUE[text]
    counts = [read_count(part) for part in re.split(r" (?:or|to) |(?<=\d) ?- ?", text)]
    return counts[0], counts[-1]


def read_years(match: Match, calendar: Calendar) -> range:
    """Read the year of `SOME_YEAR`; several for "a few years ago"."""
    this = calendar.today.year
    if match["ago"]:
        least, most = read_amount(match["ago"])
        return range(this - most, this - least + 1)
    if match["told"]:
        year = this - (0 if "this" in match["told"] else 2 if "before" in match["told"] else 1)
    else:
        year = int(match["year"] or century_of(int(match["short"]), this) + int(match["short"]))
    return range(year, year + 1)


def century_of(two_digits: int, this_year: int) -> int:
    """Find the century that two digits of a year are said of: this one, unless that is yet to come."""
    return 2000 if two_digits <= this_year % 100 else 1900


def read_name(match: Match, calendar: Calendar) -> tuple[Kind, Yearly]:
    """Read what `NAME` names, and where it may stand without a year."""
    if month := match["month"]:
        month = month.rstrip(".")
        return Kind.FREE if month in UNMISTAKABLE_MONTHS else Kind.MONTH, every_month(MONTHS[month])
    if season := match["season"]:
        return Kind.SEASON, every_season(season, calendar.southern)
    if quarter := match["quarter"]:
        return Kind.MONTH, every_month(int(quarter[1]) * 3 - 2, 3)
    found = next(holiday for holiday in HOLIDAYS if re.fullmatch(holiday.pattern, match["holiday"]))
    return Kind.FREE if found.free else Kind.HOLIDAY, found.yearly

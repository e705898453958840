"""Find what may be a date in a text: the longest reading from each word on."""

import re
from dataclasses import dataclass

from engine.understanding.dates import absolute, recurring, relative, times
from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.reading import Reading
from engine.understanding.dates.words import (
    COUNT,
    DECADES,
    HOLIDAY,
    MONTH,
    ORDINALS,
    QUARTER,
    SEASON,
    VAGUE,
    WEEKDAY,
    any_of,
    words_in,
)

_RULES = (*relative.RULES, *recurring.RULES, *absolute.RULES, *times.RULES)
_OPENERS = words_in(
    """the last this past previous these earlier so more over at older about around roughly approximately some almost
    nearly maybe like day yesterday today tonight between before after since until weekend weekends weekday weekdays
    workday workdays mon tue tues wed weds thu thur thurs fri sat sun
    years recent start beginning middle end less newer not no during in early late half on one every each any some by
    turn week quarter all lunchtime lunch teatime tea dinnertime dinner breakfast calendar long shortly just soon
    exactly past at noon midday midnight"""
)
# "Our last night in Rome" was not yesterday, nor "the last night of the trip".
_OUR_LAST = (
    r"(?:(?<=\bmy )|(?<=\bour )|(?<=\bhis )|(?<=\bher )|(?<=\btheir )|(?<=\byour ))last\b|(?<=\bthe )last night\b"
)
_BEGINS = re.compile(
    rf"(?:(?<![\w#$€£/:.,])|(?<=[a-z]/)(?=(?:{MONTH}|{WEEKDAY}))(?<![#$€£:.,]))(?!{_OUR_LAST})"
    rf"(?=['(]?\d|\(|(?:{any_of(_OPENERS)}|{any_of(VAGUE)}|{any_of(ORDINALS)}|{COUNT}|{any_of(DECADES)}|{MONTH}"
    rf"|{SEASON}s?"
    rf"|{WEEKDAY}s?|{HOLIDAY}|{QUARTER})(?!\w))"
)
_PLAIN = str.maketrans("’‘‛`´–—‑−", "'''''----")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of the text that may be a date, or several of them joined; `led` by words that say it is one."""

    start: int
    end: int
    reading: Reading
    led: bool = False


def plain(text: str) -> str:
    """Write text in lower case with plain apostrophes and hyphens, each character at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(_PLAIN)


def find_atoms(text: str, calendar: Calendar) -> list[Atom]:
    """Find what may be dates in plain text, in order; what is written like a date and is none is passed over whole."""
    atoms: list[Atom] = []
    passed = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() < passed:
            continue
        matches = [(match, rule) for rule in _RULES if (match := rule.pattern.match(text, begin.start()))]
        if matches:
            match, rule = max(matches, key=lambda each: each[0].end())
            passed = match.end()
            if reading := rule.read(match, calendar):
                atoms.append(Atom(match.start(), match.end(), reading))
    return atoms

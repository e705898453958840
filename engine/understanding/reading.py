"""A request while it is being understood: what has been made of it so far, and the text that is left."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from engine.search.query import Filters
from engine.understanding.chip import Echo, Spelling
from engine.understanding.dates import Calendar
from engine.understanding.plan import QueryPlan
from engine.understanding.vocabulary import Vocabulary

# Stands in the text for what has been taken out, so that rules do not read across it.
GAP = "\ue000"
# How far before a word rules look for others: a text in which all looked back to its beginning would take long.
MOST_BEFORE = 200
# Cuneiform signs stand for what is kept as it is: letters to every rule, words to none.
_STAND_INS = [chr(sign) for sign in range(0x12000, 0x12040)]


@dataclass(slots=True)
class Reading:
    """`text` is what is left to understand, with a `GAP` where something was; `plan` is what is understood, and `dates`
    are the words that were read as such."""

    text: str
    vocabulary: Vocabulary
    calendar: Calendar
    plan: QueryPlan = field(default_factory=QueryPlan)
    dates: list[str] = field(default_factory=list)
    _kept: dict[str, str] = field(default_factory=dict)
    _echoes: list[Echo] = field(default_factory=list)

    def take(self, start: int, end: int) -> None:
        """Take a part out of the text."""
        self.text = f"{self.text[:start]} {GAP} {self.text[end:]}"

    def take_all(self, pattern: re.Pattern[str], understand: Callable[[re.Match[str]], bool]) -> None:
        """Take out all that matches a pattern and is understood."""
        position = 0
        while match := pattern.search(self.text, position):
            if understand(match):
                self.take(*match.span())
                position = match.start()
            else:
                position = max(match.end(), match.start() + 1)

    def narrow(self, **filters: Any) -> None:
        """Change filters of the plan."""
        self.plan = replace(self.plan, filters=replace(self.plan.filters, **filters))

    def widen(self, name: str, values: frozenset[Any]) -> None:
        """Add values to a filter that holds several, any of which will do."""
        known = getattr(self.plan.filters, name)
        if not values <= known:
            self.narrow(**{name: known | values})

    def narrow_dates(self, dates: Filters) -> None:
        """Ask for dates besides those asked for already."""
        self.plan = replace(self.plan, filters=narrowed(self.plan.filters, dates))

    def echo(self, echo: Echo) -> None:
        """Keep words that have become a filter for the description, too, if there is one."""
        self._echoes.append(echo)

    def deny(self, filters: Filters) -> None:
        """Leave out the photos that pass all demands of filters; those of several places, or the like, one by one."""
        self.widen("but_not", frozenset(_one_by_one(filters)))

    def append(self, name: str, *values: Any) -> None:
        """Add to a list of the plan what is not in it yet."""
        known = getattr(self.plan, name)
        changed: dict[str, Any] = {name: (*known, *(value for value in values if value not in known))}
        if changed[name] != known:
            self.plan = replace(self.plan, **changed)

    def insist(self, words: str) -> str:
        """Keep words that the user insists on, and return what stands for them in the text meanwhile."""
        self.append("spellings", Spelling(words, words))
        return self.keep(words)

    def keep(self, words: str) -> str:
        """Keep words from being understood, and return what stands for them in the text meanwhile."""
        used = "".join((self.text, *self._kept, *self._kept.values()))
        sign = next((sign for sign in _STAND_INS if sign not in used), None)
        if sign is None:
            return words
        self._kept[sign] = words
        return sign

    def describe(self, text: str) -> None:
        """Make a text the description, with what the user insists on in its place."""
        if text:
            self.append("echoes", *self._echoes)
            text = " ".join((self._with_kept(text), *(echo.words for echo in self.plan.echoes)))
        must, must_not = (
            tuple(self._with_kept(word).lower() for word in words) for words in (self.plan.must, self.plan.must_not)
        )
        phrases = tuple(map(self._with_kept, self.plan.phrases))
        self.plan = replace(self.plan, description=text, must=must, must_not=must_not, phrases=phrases)

    def _with_kept(self, text: str) -> str:
        for sign, words in self._kept.items():
            text = text.replace(sign, words)
        return text


def narrowed(filters: Filters, dates: Filters) -> Filters:
    """Return filters that also ask for a range of days: within the one they have already, or, where the two are apart,
    for both and between, but for "before 2019" and "after 2021" for all except between; and for the months, days and
    hours besides those that they have."""
    first, last = dates.date_from, dates.date_to
    known_first, known_last = filters.date_from, filters.date_to
    low = max((day for day in (first, known_first) if day), default=None)
    high = min((day for day in (last, known_last) if day), default=None)
    but_not = filters.but_not
    if low and high and low > high:
        between = high + timedelta(1), low - timedelta(1)
        low = min((first, known_first), key=lambda day: day or date.min)
        high = max((last, known_last), key=lambda day: day or date.max)
        if low is high is None and between[0] <= between[1]:
            but_not |= {Filters(*between)}
    parts = ("days", "months", "weekdays", "hours")
    both: dict[str, Any] = {name: getattr(filters, name) | getattr(dates, name) for name in parts}
    return replace(filters, date_from=low, date_to=high, but_not=but_not, **both)


def _one_by_one(filters: Filters) -> list[Filters]:
    for name in ("places", "cameras", "formats", "kinds"):
        several: dict[str, Any] = {name: getattr(filters, name)}
        if filters == Filters(**several):
            singles: list[dict[str, Any]] = [{name: frozenset({value})} for value in several[name]]
            return [Filters(**single) for single in singles]
    return [filters]

"""From what people type to a plan, by rules alone."""

import re
from dataclasses import replace
from datetime import timedelta

from engine.search.origin import Origin
from engine.search.query import Filters
from engine.understanding.cameras import read_cameras, read_folders
from engine.understanding.chip import Spelling
from engine.understanding.dates import Calendar, find_dates
from engine.understanding.filler import strip_filler
from engine.understanding.looks import read_looks
from engine.understanding.names import fold, name_key
from engine.understanding.negation import read_negation
from engine.understanding.operators import narrow_dates, read_operators
from engine.understanding.places import read_bare_places, read_cued_places
from engine.understanding.plan import QueryPlan
from engine.understanding.quotes import plain_marks, read_quotes
from engine.understanding.reading import GAP, Reading
from engine.understanding.same import change_in, is_look, read_same
from engine.understanding.vocabulary import Vocabulary

_LONGEST_TEXT = 2_000
_WORD = re.compile(r"(?<![\w'/.-])[^\W\d_]+(?![\w'/-]|\.\w)")
_NOT_BEFORE = re.compile(
    r"\b(?:not|except(?:\s+for)?|but\s+not|excluding|other\s+than|apart\s+from|instead\s+of|without)\s+$", re.IGNORECASE
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)$")


def parse(text: str, vocabulary: Vocabulary, calendar: Calendar, beside: Origin | None = None) -> QueryPlan:
    """Return how a request is understood; what no rule understands stays in the description.

    `beside` is the origin of the photo beside it, if there is one: then "at night" or "in winter" is no filter but a
    change of looks, and what is "the same" becomes a filter where the origin tells what that is. Of a text of more than
    2,000 characters the rest is not read.
    """
    reading = Reading(" ".join(plain_marks(text[:_LONGEST_TEXT]).replace(GAP, " ").split()), vocabulary)
    read_operators(reading)
    read_folders(reading)
    read_quotes(reading)
    spellings = _correct(reading)
    if beside:
        read_same(reading, beside)
    _read_dates(reading, calendar, beside=beside is not None)
    read_negation(reading)
    read_looks(reading)
    read_cued_places(reading)
    read_cameras(reading)
    reading.text = strip_filler(reading.text)
    read_bare_places(reading)
    description = strip_filler(reading.text)
    reading.describe(change_in(description, text) if beside else description)
    reading.append("spellings", *_that_matter(spellings, reading.plan))
    return reading.plan


def _correct(reading: Reading) -> list[Spelling]:
    """Correct slips in the text, and return them."""
    text, lexicon = reading.text, reading.vocabulary.lexicon
    found: list[tuple[re.Match[str], str]] = []
    for word in _WORD.finditer(text):
        is_name = word[0][0].isupper() and not word[0].isupper() and not _SENTENCE_START.search(text[: word.start()])
        meant = lexicon.correct(word[0], is_last=word.end() == len(text), is_name=is_name)
        if meant:
            found.append((word, meant))
    for word, meant in reversed(found):
        reading.text = reading.text[: word.start()] + meant + reading.text[word.end() :]
    return [Spelling(word[0], meant) for word, meant in found]


def _that_matter(spellings: list[Spelling], plan: QueryPlan) -> list[Spelling]:
    """Return the corrected words that are looked for, or that became a filter by name."""
    filters = plan.filters
    names = " ".join(map(name_key, (*filters.places, *filters.not_places, *filters.cameras))).split()
    words = set(re.findall(r"\w+", " ".join((plan.description, *plan.must, *plan.must_not)))) | set(names)
    return [spelling for spelling in spellings if fold(spelling.meant) in {fold(word) for word in words}]


def _read_dates(reading: Reading, calendar: Calendar, *, beside: bool) -> None:
    """Take out the dates; beside a photo those that can be seen stay, and are preferred."""
    text = reading.text
    for span in reversed(find_dates(text, calendar)):
        if _NOT_BEFORE.search(text[: span.start]):
            continue
        if beside and is_look(text[span.start : span.end], span.filters):
            _prefer(reading, span.filters)
        else:
            _narrow(reading, span.filters)
            reading.take(span.start, span.end + len("'s") * text.startswith("'s ", span.end))
    reading.narrow(months=_within_range(reading.plan.filters))


def _prefer(reading: Reading, filters: Filters) -> None:
    """Leave words such as "at night" in the text, and add when such photos are taken."""
    known = reading.plan.preferred
    days, months, hours = known.days | filters.days, known.months | filters.months, known.hours | filters.hours
    reading.plan = replace(reading.plan, preferred=replace(known, days=days, months=months, hours=hours))


def _narrow(reading: Reading, filters: Filters) -> None:
    """Add the dates of one mention to those of the others."""
    narrow_dates(reading, filters.date_from, filters.date_to)
    for name in ("days", "months", "weekdays", "hours"):
        reading.widen(name, getattr(filters, name))


def _within_range(filters: Filters) -> frozenset[int]:
    """Return the months that are in the range of days asked for besides: "July 2023, maybe August" has no August."""
    first, last = filters.date_from, filters.date_to
    if first is None or last is None or last - first >= timedelta(365):
        return filters.months
    return filters.months & {(first + timedelta(day)).month for day in range((last - first).days + 1)}

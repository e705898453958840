"""From what people type to a plan, by rules alone."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.search.origin import Origin
from engine.search.query import Condition, Filters
from engine.understanding.cameras import TAKEN_WITH, read_cameras, read_folders
from engine.understanding.chip import Echo, Spelling
from engine.understanding.dates import Calendar, DateSpan, find_dates, label_dates, label_times, visible_words
from engine.understanding.filler import strip_filler
from engine.understanding.looks import KINDS, read_denied_looks, read_looks
from engine.understanding.named import words_of_names
from engine.understanding.names import find_names, fold
from engine.understanding.negation import read_negation
from engine.understanding.operators import read_operators
from engine.understanding.places import keep_namesakes, read_bare_places, read_cued_places
from engine.understanding.plainly import say_plainly
from engine.understanding.plan import QueryPlan
from engine.understanding.quotes import plain_marks, read_quotes
from engine.understanding.reading import GAP, Reading, narrowed
from engine.understanding.refusals import denied_from
from engine.understanding.same import change_in, is_look, read_same
from engine.understanding.speech import PHOTOS
from engine.understanding.spelling import edit_distance
from engine.understanding.vocabulary import Vocabulary

# What no words stand for by themselves.
_UNWRITTEN: dict[str, Any] = {"spellings": (), "echoes": (), "preferred": Filters()}
_LONGEST_TEXT = 2_000
_SHORTEST_CAMERA = 5
_WORD = re.compile(r"(?<![\w'/.-])[^\W\d_]+(?![\w'/-]|\.\w)")
_ONES = re.compile(
    r"(?:\s+(?:ones?|trips?|holidays?|vacations?)\b)?(?:\s+(?:though|tho|either|please)\b)?", re.IGNORECASE
)
_OR = re.compile(r",?\s+n?or\s+", re.IGNORECASE)
# Between a place and a date that are left out together: "except Rome and 2019", "not in 2019 or in Rome".
_BOTH = re.compile(r"(?:\s?,)?\s(?:n?or(?:\s(?:in|from))?|and(?!\s(?:in|from|on|during)\b))\s(?=\S)", re.IGNORECASE)
# Photos of which several things are said, as in "not the selfies from Rome", "except the ones from Paris in 2019".
_THE_ONES = re.compile(
    rf"(?:(?<=\bthe\s)|(?<=\bthose\s))(?:ones|{KINDS}|{PHOTOS})\s+"
    r"(?:from|in|at|on|with|by|during|taken|made|shot)\s[^,.;:!?()]+?"
    rf"(?=\s*(?:$|[,.;:!?()])|\s(?:but|please)\b)",
    re.IGNORECASE,
)
_LONGEST_DATE = 60
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)")


def parse(text: str, vocabulary: Vocabulary, calendar: Calendar, beside: Origin | None = None) -> QueryPlan:
    """Return how a request is understood; what no rule understands stays in the description.

    `beside` is the origin of the photo beside it, if there is one: then "at night" or "in winter" is no filter but a
    change of looks, and what is "the same" becomes a filter where the origin tells what that is. Of a text of more than
    2,000 characters the rest is not read.
    """
    reading = Reading(" ".join(plain_marks(text[:_LONGEST_TEXT]).replace(GAP, " ").split()), vocabulary, calendar)
    read_operators(reading)
    reading.text = say_plainly(reading.text)
    _deny_together(reading)
    read_folders(reading)
    read_quotes(reading)
    spellings = _correct(reading)
    if beside:
        read_same(reading, beside)
    keep_namesakes(reading)
    _deny_each(reading)
    _read_dates(reading, beside=beside is not None)
    read_cameras(reading, only_denied=True)
    read_denied_looks(reading)
    read_negation(reading)
    read_looks(reading)
    read_cued_places(reading)
    read_cameras(reading)
    described = reading.text
    read_bare_places(reading)
    if reading.text != described:
        read_cameras(reading)
    reading.text = description = strip_filler(reading.text)
    read_bare_places(reading)
    if reading.text != description:
        description = strip_filler(reading.text)
    reading.describe(change_in(description, text) if beside else description)
    reading.append("spellings", *_that_matter(spellings, reading))
    return reading.plan


def write(plan: QueryPlan, vocabulary: Vocabulary, calendar: Calendar, beside: Origin | None = None) -> str:
    """Return words and operators that are understood as a plan; where its description alone would be taken for more
    than that, as "noon" would, it stands between backticks, and where all would not be read, it comes last."""
    text, others = plan.to_text(), plan.without_description().to_text()
    if len(text) > _LONGEST_TEXT:
        return f"{others} {plan.description}".strip()
    wanted = replace(plan, **_UNWRITTEN)
    for written in (text, f"`{plan.description}` {others}".strip()):
        if replace(parse(written, vocabulary, calendar, beside), **_UNWRITTEN) == wanted:
            return written
    return text


def _correct(reading: Reading) -> list[Spelling]:
    """Correct slips in the text, and return them."""
    text, lexicon = reading.text, reading.vocabulary.lexicon
    found: list[tuple[re.Match[str], str]] = []
    taken_with, sentences = ({at.end() for at in before.finditer(text)} for before in (TAKEN_WITH, _SENTENCE_START))
    for word in _WORD.finditer(text):
        is_name = word[0][0].isupper() and not word[0].isupper() and word.start() not in sentences
        meant = lexicon.correct(word[0], is_last=word.end() == len(text), is_name=is_name)
        if not meant and word.start() in taken_with:
            meant = _camera_like(word[0], reading.vocabulary)
        if meant:
            found.append((word, meant))
    for word, meant in reversed(found):
        reading.text = reading.text[: word.start()] + meant + reading.text[word.end() :]
    return [Spelling(word[0], meant) for word, meant in found]


def _camera_like(typed: str, vocabulary: Vocabulary) -> str | None:
    """Return the camera's name that is nearly the word typed, where a camera is named: "shot with the cannon"."""
    word = fold(typed)
    if len(word) < _SHORTEST_CAMERA or word in vocabulary.cameras:
        return None
    near = [name for name in vocabulary.cameras if name.isalpha() and edit_distance(word, name, 1) == 1]
    return near[0] if len(near) == 1 else None


def _that_matter(spellings: list[Spelling], reading: Reading) -> list[Spelling]:
    """Return the corrected words that are looked for, or that became a filter by name or as a date."""
    plan = reading.plan
    said = re.findall(r"\w+", " ".join((plan.description, *plan.must, *plan.must_not, *reading.dates)))
    words = words_of_names(plan.filters) | set(map(fold, said))
    return [spelling for spelling in spellings if fold(spelling.meant) in words]


def _deny_together(reading: Reading) -> None:
    """Leave out photos of a kind from a place, a time or the like, where that is all that is said of them."""
    for match in reversed(list(_THE_ONES.finditer(reading.text))):
        denied = denied_from(reading.text, match.start())
        if denied is None:
            continue
        wanted = parse(f"the {match[0]}", reading.vocabulary, reading.calendar)
        tells_of_words = wanted.filters.has_text is not None or wanted.filters.captioned is not None
        if wanted.filters and wanted == QueryPlan(filters=wanted.filters) and not tells_of_words:
            reading.deny(wanted.filters)
            reading.take(denied, match.end())


def _deny_each(reading: Reading) -> None:
    """Write "except Rome and 2019" as "except Rome not 2019", which the other rules read one by one."""
    text, calendar = reading.text, reading.calendar
    joints = list(_BOTH.finditer(text))
    places = list(find_names(text, reading.vocabulary.places)) if joints else []
    for joint in reversed(joints):
        starts = [place.start for place in places if place.end == joint.start()]
        if starts:
            after = text[joint.end() : joint.end() + _LONGEST_DATE]
            starts = [] if all(date.start for date in find_dates(after, calendar)) else starts
        elif any(place.start == joint.end() for place in places):
            first = max(0, joint.start() - _LONGEST_DATE)
            dates = find_dates(text[first : joint.start()], calendar)
            starts = [first + date.start for date in dates if first + date.end == joint.start()]
        if starts and denied_from(text, starts[0]) is not None:
            reading.text = f"{text[: joint.start()]} not {reading.text[joint.end() :]}"


def _read_dates(reading: Reading, *, beside: bool) -> None:
    """Take out the dates; beside a photo those that can be seen stay, and are preferred."""
    text = reading.text
    found: list[DateSpan] = []
    for span, denied in reversed(_dates(text, reading.calendar)):
        end = span.end + len("'s") * text.startswith("'s ", span.end)
        reading.dates.append(text[span.start : span.end])
        if denied is None and beside and is_look(text[span.start : span.end], span.filters):
            _prefer(reading, span.filters)
        elif denied is None:
            found.insert(0, span)
            reading.take(span.start, end)
            if span.look:
                reading.text = f"{reading.text[: span.start]}{span.look}{reading.text[span.start :]}"
        else:
            reading.deny(span.filters)
            reading.take(denied, _ONES.match(text, end).end())  # type: ignore[union-attr]
    for span in found:
        reading.narrow_dates(span.filters)
        words = visible_words(text[span.start : span.end], span.filters, reading.calendar)
        if words and not (span.filters.date_from or span.filters.date_to):
            texts = {Condition.DATE: label_dates(span.filters), Condition.TIME: label_times(span.filters)}
            reading.echo(Echo(frozenset(kind for kind, written in texts.items() if written), words))
    reading.narrow(months=_within_range(reading.plan.filters))


def _dates(text: str, calendar: Calendar) -> list[tuple[DateSpan, int | None]]:
    """Return the dates of a text, each with where the words begin that leave it out, if any do. Those that meet are
    left out together, "not at night in winter", and those with "or" between them each by itself."""
    found: list[tuple[DateSpan, int | None]] = []
    for span in find_dates(text, calendar):
        denied = denied_from(text, span.start)
        last, last_denied = found[-1] if found else (span, None)
        between = text[last.end : span.start]
        if last_denied is not None and between.isspace():
            both = replace(last, end=span.end, filters=narrowed(last.filters, span.filters))
            found[-1] = both, last_denied
        else:
            found.append((span, last.end if last_denied is not None and _OR.fullmatch(between) else denied))
    return found


def _prefer(reading: Reading, filters: Filters) -> None:
    """Leave words such as "at night" in the text, and add when such photos are taken."""
    known = reading.plan.preferred
    days, months, hours = known.days | filters.days, known.months | filters.months, known.hours | filters.hours
    reading.plan = replace(reading.plan, preferred=replace(known, days=days, months=months, hours=hours))


def _within_range(filters: Filters) -> frozenset[int]:
    """Return the months that are in the range of days asked for besides: "July 2023, maybe August" has no August."""
    first, last = filters.date_from, filters.date_to
    if first is None or last is None or last - first >= timedelta(365):
        return filters.months
    return filters.months & {(first + timedelta(day)).month for day in range((last - first).days + 1)}

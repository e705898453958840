"""A plan that is written down and read again is the same plan, whatever was typed and whichever chips were removed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.search.query import Condition, Filters
from engine.understanding.dates import Calendar
from engine.understanding.parse import parse, write
from engine.understanding.plan import Guidance, QueryPlan
from engine.understanding.vocabulary import Vocabulary

CALENDAR = Calendar(date(2026, 11, 24), years=(1994, 2026))
VOCABULARY = Vocabulary.build(
    [(None, "Paris", None, "France"), (None, "Munich", "Bavaria", "Germany"), (None, 'Saint "Q"', None, "France")],
    ["NIKON D750", 'Odd X"Q: 100'],
    [Path("/photos") / name for name in ("", "2019", "Anna’s trip", 'the "best" of', "a  b", "C", "C++", "sub/日本")],
    {"beach": 9, "dog": 9},
    {"photo"},
    CALENDAR.years,
)


def understand(text: str) -> QueryPlan:
    return parse(text, VOCABULARY, CALENDAR)


def meaning(plan: QueryPlan) -> QueryPlan:
    return replace(plan, spellings=(), echoes=())


@pytest.mark.parametrize(
    "text",
    [
        "it's noon, no dog",
        "noon in Paris",
        "dog March",
        "dog in summer nobody",
        "a cake without 40 on it in Paris",
        "dog not on Sunday mornings",
        "not on the morning of 3 March 2019",
        "not on Christmas morning 2019",
        "dog in 2010 or 2020",
        "two or three summers ago",
        "around 15 March",
        "before 2019 and after 2021",
        "taken with the odd camera",
        'place:"Saint Q" dog',
        "dog in the Anna's trip folder",
        "folder:\"/photos/the 'best' of\"",
        "folder:/photos/C++",
        'folder:"/photos/a  b"',
        "folder:/photos/sub/日本",
        "no `beahc`",
        '"in `Paris`" ` dog',
        '"closed before:2019 -free" dog',
        "-(weekday:sunday place:Paris)",
        "-text:hello dog",
        "-50% dog",
        "not in “Paris” dog",
        "`noon`, no 𒀀 lamp, `in Paris`",
        "the cake, every Christmas from 2005 to 2015",
        "three days before New Year",
        "from 23 December to 2 January or at Easter or late March",
    ],
)
def test_what_is_written_is_understood_as_it_was_meant(text: str) -> None:
    plan = understand(text)
    for meant in (plan, *map(plan.without, plan.chips())):
        assert meaning(understand(write(meant, VOCABULARY, CALENDAR))) == meaning(meant)


def test_words_that_would_be_a_filter_alone_stay_words() -> None:
    plan = understand("noon in Paris")
    assert write(plan, VOCABULARY, CALENDAR) == "noon place:Paris"
    rest = plan.without(next(chip for chip in plan.chips() if chip.kind is Condition.PLACE))
    assert write(rest, VOCABULARY, CALENDAR) == "`noon`"


def test_a_long_text_loses_no_filter_when_a_chip_is_removed() -> None:
    plan = understand(f"from 15 March, no dog, in Paris, {'a b ' * 490}")
    rest = plan.without(next(chip for chip in plan.chips() if chip.kind is Condition.PLACE))
    written = understand(write(rest, VOCABULARY, CALENDAR))
    assert (written.filters, written.must_not) == (rest.filters, rest.must_not)


def test_folders_are_told_apart_however_they_are_called() -> None:
    for name in ("Anna’s trip", 'the "best" of', "a  b", "C++", "sub/日本"):
        folder = Path("/photos") / name
        assert understand(QueryPlan(filters=Filters(folder=folder)).to_text()).filters.folder == folder


def test_a_folder_with_a_year_for_its_name_is_no_date() -> None:
    assert understand("dog in 2019").filters == Filters(date(2019, 1, 1), date(2019, 12, 31))
    assert understand("dog in the 2019 folder").filters == Filters(folder=Path("/photos/2019"))


def test_before_and_after_that_exclude_each_other_leave_out_what_is_between() -> None:
    between = Filters(date(2019, 1, 1), date(2021, 12, 31))
    for text in ("before:2019 after:2021", "after 2021 or before 2019"):
        assert understand(text).filters == Filters(but_not=frozenset({between}))
    assert not understand("before:2019 since:2019").filters


def test_what_is_insisted_on_is_denied_and_quoted_as_it_is_typed() -> None:
    plan = understand('no `beahc`, "a `dgo`" +`Tokoy`')
    assert (plan.must_not, plan.phrases, plan.must) == (("beahc",), ("a dgo",), ("tokoy",))


@pytest.mark.parametrize(
    ("text", "without_it"),
    [
        ("no beahc", QueryPlan(must_not=("beahc",))),
        ("dog in Muncih", QueryPlan("dog Muncih")),
        ("dog, not in Muncih", QueryPlan("dog", must_not=("muncih",))),
        ("dog at noon in Octobr", QueryPlan("dog Octobr", filters=Filters(hours=frozenset({11, 12})))),
        ("dog yesteday at noon", QueryPlan("dog yesteday", filters=Filters(hours=frozenset({11, 12})))),
    ],
)
def test_a_spelling_that_is_removed_counts_no_more(text: str, without_it: QueryPlan) -> None:
    plan = understand(text)
    rest = plan.without(next(chip for chip in plan.chips() if chip.kind is Guidance.SPELLING))
    assert meaning(rest) == without_it
    assert meaning(understand(write(rest, VOCABULARY, CALENDAR))) == without_it


def test_what_stands_in_quotation_marks_is_no_operator() -> None:
    assert understand('"closed before:2019 -free"').phrases == ("closed before:2019 -free",)


@pytest.mark.parametrize("text", ["date:2019-99", "weekday:some", "hour:25", "-place:nowhere", "type:summer"])
def test_what_an_operator_cannot_mean_stays_as_it_is_typed(text: str) -> None:
    assert meaning(understand(f"dog {text}")) == QueryPlan(f"dog {text}")


def test_operators_read_dates_as_everything_does() -> None:
    south = replace(CALENDAR, southern=True, week_start=6)
    for text, filters in (
        ('before:"last summer"', Filters(date_to=date(2025, 11, 30))),
        ('date:"last week"', Filters(date(2026, 11, 15), date(2026, 11, 21))),
        ("since:yesterday", Filters(date(2026, 11, 23))),
    ):
        assert parse(text, VOCABULARY, south).filters == filters


def test_operators_take_several_values_and_short_names() -> None:
    assert understand("place:paris,munich").filters == Filters(places=frozenset({"Paris", "Munich"}))
    assert understand("type:jpg,.png -type:gif,raw").to_text() == "type:JPEG type:PNG -type:GIF -type:RAW"
    assert understand("weekday:sat,sunday month:mar,4").filters == Filters(
        weekdays=frozenset({5, 6}), months=frozenset({3, 4})
    )


@pytest.mark.parametrize("text", ["-foo:bar", "+is:nothing", "-is:nothing", "-(is:nothing)"])
def test_what_is_no_operator_stays_whole(text: str) -> None:
    plan = understand(text)
    assert meaning(plan) == QueryPlan(plan.description)
    assert plan.description.strip("-+()") == text.strip("-+()")

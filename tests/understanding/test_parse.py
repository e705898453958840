"""Whatever is typed is understood in no time; what is not understood stays in the description."""

import random
import time
from datetime import date
from pathlib import Path

import pytest

from engine.search.query import Condition, Filters, Sort
from engine.understanding.dates import Calendar
from engine.understanding.parse import parse
from engine.understanding.plan import QueryPlan
from engine.understanding.vocabulary import Vocabulary

CALENDAR = Calendar(date(2026, 11, 24))
VOCABULARY = Vocabulary.build(
    [(None, "Paris", None, "France")], ["NIKON D750"], words={"beach": 9, "mountain": 9}, english={"dog", "photo"}
)
PLAIN = "the a photo of with i you can find my dog one that where it was not no without in at from paris 2019 last"
STRANGE = ", . \" ' - + : ( ) ` and or but taken have screenshot nikon camera: -place: date:.. \ue000 \0 \ud800 é 日本"
PIECES = (*PLAIN.split(), *STRANGE.split())


def understand(text: str) -> QueryPlan:
    return parse(text, VOCABULARY, CALENDAR)


def test_no_text_is_too_strange() -> None:
    draw = random.Random(0)
    for _ in range(1000):
        text = draw.choice(("", " ")).join(draw.choices(PIECES, k=draw.randint(1, 30)))
        plan = understand(text)
        assert plan.to_query().text == plan.description


def test_of_two_places_of_one_name_that_one_is_meant_which_lies_where_it_is_said_to() -> None:
    places = [
        (None, "Paris", "Île-de-France", "France"),
        (None, "Paris", "Texas", "United States"),
        (None, "Paris", "Kentucky", "United States"),
    ]
    vocabulary = Vocabulary.build(places, regions={"Paris": {"Texas", "Tennessee", "France", "United States"}})
    for text, meant in (
        ("Paris, Texas", "place:Paris -place:France -place:Kentucky"),
        ("Paris France", 'place:Paris -place:"United States"'),
        ("Paris", "place:Paris"),
        ("Paris, Tennessee", "Paris, Tennessee"),
    ):
        assert parse(text, vocabulary, CALENDAR).to_text() == meant


@pytest.mark.parametrize(
    "text",
    [
        "the that this my ",
        "i think you have ",
        "a photo ",
        "no without not ",
        '"',
        "in Paris or ",
        "2019 ",
        "x",
        "`a`",
        "`",
        "- ",
        "we ",
        "a ",
        "the nikon ",
        "in 2019 ",
        "at Christmas or ",
        "-(hour:8 ",
        "the time when we went ",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.thread_time()
    understand(text * 2_000)
    assert time.thread_time() - started < 0.6


def test_of_a_very_long_text_the_beginning_is_understood() -> None:
    assert understand(f"a dog in Paris {'x' * 3_000} from 2019").filters.places == {"Paris"}
    assert not understand(f"a dog {'x ' * 3_000} from 2019").filters


def test_a_word_is_only_taken_for_one_of_the_library() -> None:
    assert understand("a dog on the beahc").description == "a dog on the beach"
    assert parse("a dog on the beahc", Vocabulary(), CALENDAR).description == "a dog on the beahc"


def test_a_folder_is_not_taken_for_what_else_its_name_says() -> None:
    folders = [Path("/photos") / name for name in ("Summer 2019", "Old House", "Garden Pictures", "Signal Photos")]
    vocabulary = Vocabulary.build(folders=folders)

    def folder_in(text: str) -> Path | None:
        return parse(text, vocabulary, CALENDAR).filters.folder

    for typed in ("summer 2019", "a dog from summer 2019", "a dog in the old house", "in the garden"):
        assert folder_in(typed) is None
    assert folder_in("a dog from the old house") == Path("/photos/Old House")
    assert folder_in("what Tom sent on signal") == Path("/photos/Signal Photos")


def test_dates_said_loosely_are_wider_filters() -> None:
    filters = understand("a dog, i think from 2019 or so").filters
    assert (filters.date_from, filters.date_to) == (date(2018, 1, 1), date(2020, 12, 31))


def test_a_time_that_shows_stays_as_words_when_its_chip_is_removed() -> None:
    plan = understand("a street at night")
    assert (plan.description, bool(plan.filters.hours)) == ("a street at night", True)
    rest = plan.without(next(chip for chip in plan.chips() if chip.kind is Condition.TIME))
    again = understand(rest.to_text())
    assert rest.to_text() == "a street `at night`"
    assert (again.description, bool(again.filters)) == ("a street at night", False)


def test_a_time_alone_is_a_filter_and_no_description() -> None:
    plan = understand("photos at night")
    assert (plan.description, bool(plan.filters.hours)) == ("", True)


def test_contractions_need_no_apostrophe() -> None:
    assert understand("dont show me screenshots, kids that arent smiling").to_text() == "kids -smiling -is:screenshot"


def test_any_year_but_one_leaves_that_out() -> None:
    assert understand("boats, any year but 2021").to_text() == "boats -date:2021"


def test_a_correction_of_oneself_leaves_nothing_out() -> None:
    assert understand("the dog, no the brown one, on the beach").must_not == ()


def test_hours_of_the_clock_are_no_words_to_be_seen() -> None:
    assert understand("a dinner at 7 in the evening").to_text() == "a dinner hour:19"
    assert understand("a bus around half past ten in the morning").to_text() == "a bus hour:9,10,11"


def test_days_of_a_holiday_are_typed_as_the_holiday() -> None:
    plan = understand("the family at christmas")
    assert plan.to_text() == 'the family at christmas date:"at Christmas"'
    assert understand('date:"at Christmas"').filters == plan.filters


def test_a_day_of_each_year_is_typed_as_that_day() -> None:
    plan = understand("a cake on the 9th of October")
    assert plan.to_text() == 'a cake date:"on 9 October"'
    assert understand(plan.to_text()).filters == plan.filters
    plan = understand("a tree, dec 23 - jan 2")
    assert plan.to_text() == 'a tree date:"from 23 December to 2 January"'
    assert understand(plan.to_text()).filters == plan.filters


def test_operators_are_told_from_the_day_of_the_calendar() -> None:
    assert understand("since:yesterday").filters.date_from == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("hour:6-9", "hours", {6, 7, 8, 9}),
        ("hour:22..01", "hours", {22, 23, 0, 1}),
        ("month:dec", "months", {12}),
        ("month:nov-feb", "months", {11, 12, 1, 2}),
        ("weekday:fri-sun,tuesday", "weekdays", {4, 5, 6, 1}),
        ("hour:21..", "hours", {21, 22, 23}),
        ("hour:..2", "hours", {0, 1, 2}),
        ("date:>=2019", "date_from", date(2019, 1, 1)),
        ("date:>2019", "date_from", date(2020, 1, 1)),
        ("year:<2019", "date_to", date(2018, 12, 31)),
        ("date:<=2019-03", "date_to", date(2019, 3, 31)),
    ],
)
def test_operators_take_ranges_and_short_names(text: str, name: str, values: object) -> None:
    assert getattr(understand(text).filters, name) == values


def test_operators_that_say_nothing_possible_stay_words() -> None:
    for text in ("hour:25", "month:7-13", "date:1000..1999,2019"):
        assert understand(text).description == text


def test_days_apart_are_typed_as_ranges() -> None:
    plan = understand("a dog in spring 2018 or 2019")
    assert plan.to_text() == "a dog date:2018-03..2018-05,2019-03..2019-05"
    assert understand(plan.to_text()).filters == plan.filters
    days = Filters(days=frozenset({date(2019, 3, 1), date(2019, 3, 2), date(2019, 3, 3)}))
    text = QueryPlan(filters=days).to_text()
    assert (text, understand(text).filters) == ("date:2019-03-01,2019-03-02..2019-03-03", days)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("boats, newest on top", Sort.NEWEST),
        ("boats from the oldest to the newest", Sort.OLDEST),
        ("boats in order of date", Sort.OLDEST),
        ("boats chronologically", Sort.OLDEST),
        ("boats in reverse chronological order", Sort.NEWEST),
        ("boats, starting with the most recent", Sort.NEWEST),
        ("boats, starting with the first", Sort.OLDEST),
        ("the very first photos of boats", Sort.OLDEST),
        ("the first ever photo of boats", Sort.OLDEST),
        ("the last picture of boats", Sort.NEWEST),
        ("when did we last see boats", Sort.NEWEST),
    ],
)
def test_an_order_is_asked_for_in_many_ways(text: str, sort: Sort) -> None:
    plan = understand(text)
    assert (plan.description, plan.sort) == ("boats", sort)


def test_what_follows_apart_is_not_one_phrase() -> None:
    assert understand('"a dog" "a cat"').phrases == ("a dog", "a cat")
    assert understand("a dog without a leash, a cat without a bell").must_not == ("leash", "bell")


def test_brackets_leave_out_only_what_filters_can_say() -> None:
    assert understand("a tent -(month:7 hour:8)").filters.but_not
    for more in ("sort:newest", "text:exit", "+dog", "blue"):
        assert not understand(f"a tent -(month:7 hour:8 {more})").filters.but_not

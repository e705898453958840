"""Words beside a photo say what changes and what stays: what can be seen is a change, what is known is a filter."""

from datetime import date, datetime
from pathlib import Path

import pytest

from engine.search.origin import Origin
from engine.search.query import Filters
from engine.understanding.dates import Calendar
from engine.understanding.parse import parse
from engine.understanding.plan import QueryPlan
from engine.understanding.vocabulary import Vocabulary

CALENDAR = Calendar(date(2026, 11, 24), years=(2010, 2026))
VOCABULARY = Vocabulary.build([("Trastevere", "Rome", "Lazio", "Italy")], ["Canon EOS 5D"])
ORIGIN = Origin(
    datetime(2019, 7, 4, 21, 30), "Trastevere", "Rome", "Lazio", "Italy", "Canon EOS 5D", Path("/photos/Rome"),
    (date(2019, 7, 1), date(2019, 7, 9)),
)  # fmt: skip


def understand(text: str, origin: Origin = ORIGIN) -> QueryPlan:
    return parse(text, VOCABULARY, CALENDAR, origin)


@pytest.mark.parametrize(
    ("typed", "change", "places"),
    [
        ("same place but at night", "at night", {"Trastevere"}),
        ("can you find the same place in winter", "in winter", {"Trastevere"}),
        ("this place in the evening", "in the evening", {"Trastevere"}),
        ("same city, at Christmas", "at Christmas", {"Rome"}),
        ("more photos from here", "", {"Trastevere"}),
        ("what does this place look like in winter", "in winter", {"Trastevere"}),
        ("someone with this camera", "someone with this camera", set()),
        ("another photo of the same scene from above", "from above", set()),
        ("show me this in the rain", "in the rain", set()),
        ("same but black and white", "black and white", set()),
        ("the same person on a beach", "person on a beach", set()),
    ],
)
def test_what_can_be_seen_is_a_change_and_the_place_a_filter(typed: str, change: str, places: set[str]) -> None:
    plan = understand(typed)
    assert plan.description == change
    assert plan.filters == Filters(places=frozenset(places))
    assert [chip.label for chip in plan.chips()] == [label for label in (change, *places) if label]
    assert understand(plan.to_text()) == plan


def test_photos_taken_when_it_looks_so_are_preferred() -> None:
    plan = understand("same place on a winter evening")
    assert plan.description == "on a winter evening"
    assert plan.preferred.hours >= {18, 19, 20}
    assert plan.to_query().preferred == plan.preferred
    assert plan.without(plan.chips()[0]).preferred == Filters()
    assert understand("in summer instead of winter").preferred == understand("in summer instead").preferred != Filters()
    assert not understand("not at night").preferred


def test_without_a_photo_beside_them_words_are_understood_as_ever() -> None:
    plan = parse("a street at night", VOCABULARY, CALENDAR)
    assert 23 in plan.filters.hours
    assert not plan.preferred


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("from the same day", Filters(date_from=date(2019, 7, 4), date_to=date(2019, 7, 4))),
        ("from the same trip", Filters(date_from=date(2019, 7, 1), date_to=date(2019, 7, 9))),
        ("same week", Filters(date_from=date(2019, 7, 1), date_to=date(2019, 7, 7))),
        ("taken in the same month", Filters(date_from=date(2019, 7, 1), date_to=date(2019, 7, 31))),
        ("same year", Filters(date_from=date(2019, 1, 1), date_to=date(2019, 12, 31))),
        ("same time of day", Filters(hours=frozenset({20, 21, 22}))),
        ("same time of year", Filters(months=frozenset({6, 7, 8}))),
        ("with the same camera", Filters(cameras=frozenset({"Canon EOS 5D"}))),
        ("in the same folder", Filters(folder=Path("/photos/Rome"))),
    ],
)
def test_what_the_photo_tells_becomes_a_filter(typed: str, filters: Filters) -> None:
    plan = understand(typed)
    assert plan == QueryPlan(filters=filters)
    assert plan.chips()
    assert understand(f"{typed}, two dogs").description == "two dogs"


def test_what_is_not_to_be_the_same_is_left_out() -> None:
    assert understand("same dog, not here") == understand("same dog, not in the same place")
    plan = understand("same dog, not in the same place")
    assert plan.description == "dog"
    assert plan.filters == Filters(but_not=frozenset({Filters(places=frozenset({"Trastevere"}))}))


def test_dates_that_cannot_be_seen_stay_filters() -> None:
    assert understand("this but in 2019").filters == Filters(date_from=date(2019, 1, 1), date_to=date(2019, 12, 31))
    assert understand("on a Sunday").filters == Filters(weekdays=frozenset({6}))
    assert understand("in winter 2018").filters.date_from == date(2018, 12, 1)


def test_where_nothing_is_known_of_the_photo_its_looks_stay() -> None:
    for typed in ("same place but at night", "at night, from the same day", "at night with the same camera"):
        plan = understand(typed, Origin())
        assert plan.description == "at night"
        assert not plan.filters


def test_a_time_that_no_calendar_has_stays_words() -> None:
    plan = understand("a decade earlier", Origin(datetime(9, 1, 1)))
    assert plan.description == "a decade earlier"
    assert not plan.filters

"""A search that finds nothing says what it would find otherwise, and a guess about dates hides nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up_library import Library

from engine.search.query import Condition, Filters, Query
from engine.search.selection import Offer, Silent

SUMMER = Filters(date_from=date(2024, 6, 1), date_to=date(2024, 8, 31))


@pytest.fixture
def photos(library: Library) -> dict[str, int]:
    return {
        "paris": library.add("a/paris.jpg", "a dog", city="Paris", taken_at="2023-07-01T12:00:00"),
        "bern": library.add("a/bern.jpg", "a dog", city="Bern", taken_at="2024-07-01T12:00:00", text="EXIT"),
        "undated": library.add("b/undated.jpg", "a cat"),
    }


def test_filters_that_nothing_passes_are_left_out_and_named(library: Library, photos: dict[str, int]) -> None:
    results = library.service.search(Query("dog", filters=Filters(date_from=date(2030, 1, 1))))
    assert {hit.photo_id for hit in results.hits} == set(photos.values())
    assert results.relaxed
    assert results.left_out == (Condition.DATE,)
    assert results.offers == (Offer(Condition.DATE, 3),)
    assert results.without_filters == 3
    assert results.hits[0].why.passed == ()


def test_only_the_filter_that_is_to_blame_is_left_out(library: Library, photos: dict[str, int]) -> None:
    filters = Filters(date_from=date(2024, 1, 1), places=frozenset({"Paris"}), folder=Path("/photos/a"))
    results = library.service.search(Query("dog", filters=filters))
    assert [hit.photo_id for hit in results.hits] == [photos["paris"]]
    assert set(results.offers) == {Offer(Condition.DATE, 1), Offer(Condition.PLACE, 1)}
    assert len(results.left_out) == 1
    assert results.without_filters == 3


def test_all_filters_are_left_out_where_no_single_one_is_to_blame(library: Library, photos: dict[str, int]) -> None:
    results = library.service.search(Query("dog", filters=Filters(months=frozenset({1}), places=frozenset({"Rome"}))))
    assert {hit.photo_id for hit in results.hits} == set(photos.values())
    assert (results.offers, results.left_out) == ((), (Condition.DATE, Condition.PLACE))


def test_nothing_is_left_out_where_something_passes(library: Library, photos: dict[str, int]) -> None:
    results = library.service.search(Query("cat", filters=SUMMER))
    assert [hit.photo_id for hit in results.hits] == [photos["bern"]]
    assert (results.relaxed, results.offers, results.without_filters) == (False, (), 0)
    assert results.hits[0].why.passed == (Condition.DATE,)
    assert "the date is as you asked" in results.hits[0].why.summary


@pytest.mark.parametrize("text", ["", "dog"])
def test_a_list_and_a_strict_search_stay_empty_but_say_what_there_would_be(
    library: Library, photos: dict[str, int], text: str
) -> None:
    results = library.service.search(Query(text, filters=Filters(date_from=date(2030, 1, 1)), relax=not text))
    assert (results.hits, results.relaxed, results.strong) == ((), False, 0)
    assert results.offers == (Offer(Condition.DATE, 3),)


def test_words_and_phrases_are_never_left_out(library: Library, photos: dict[str, int]) -> None:
    results = library.service.search(Query("dog", filters=SUMMER, phrases=("ENTRANCE",)))
    assert results.hits == ()
    assert (results.offers, results.without_filters) == ((Offer(Condition.PHRASE, 1),), 0)
    results = library.service.search(Query("dog", filters=Filters(date_to=date(2024, 1, 1)), phrases=("exit",)))
    assert [hit.photo_id for hit in results.hits] == [photos["bern"]]
    assert results.left_out == (Condition.DATE,)
    assert set(results.offers) == {Offer(Condition.DATE, 1), Offer(Condition.PHRASE, 1)}
    assert results.hits[0].why.passed == (Condition.PHRASE,)
    results = library.service.search(Query("dog", must=("zebra",), phrases=("exit",)))
    assert (results.hits, results.offers) == ((), (Offer(Condition.MUST, 1),))


def test_what_is_ruled_out_stays_out(library: Library) -> None:
    library.add("1.jpg", caption="A dog.")
    results = library.service.search(Query("lawn", must_not=("dog",)))
    assert (results.hits, results.offers) == ((), (Offer(Condition.MUST_NOT, 1),))


def test_an_empty_library_offers_nothing(library: Library) -> None:
    results = library.service.search(Query("dog", filters=SUMMER, must=("dog",)))
    assert (results.hits, results.offers, results.relaxed) == ((), (), False)


@pytest.mark.parametrize("text", ["", "dog"])
@pytest.mark.parametrize(
    ("filters", "silent"),
    [
        (SUMMER, (Silent((Condition.DATE,), 1),)),
        (Filters(hours=frozenset({12})), (Silent((Condition.TIME,), 1),)),
        (replace(SUMMER, hours=frozenset({12})), (Silent((Condition.DATE, Condition.TIME), 1),)),
        (Filters(places=frozenset({"Bern"})), (Silent((Condition.PLACE,), 1),)),
        (replace(SUMMER, folder=Path("/photos/a")), ()),
        (Filters(folder=Path("/photos/a")), ()),
        (Filters(but_not=frozenset({SUMMER})), ()),
        (replace(SUMMER, has_text=True), ()),
    ],
)
def test_photos_without_a_date_or_place_are_counted_where_they_alone_are_lacking(
    library: Library, photos: dict[str, int], text: str, filters: Filters, silent: tuple[Silent, ...]
) -> None:
    results = library.service.search(Query(text, filters=filters))
    assert (results.silent, results.relaxed) == (silent, False)


def test_photos_without_a_date_are_not_counted_where_words_rule_them_out(library: Library) -> None:
    library.add("dated.jpg", "a dog", text="EXIT", taken_at="2024-07-01T12:00:00")
    library.add("undated.jpg", "a dog")
    assert library.service.search(Query("dog", filters=SUMMER, phrases=("exit",))).silent == ()


def test_photos_without_a_date_are_not_counted_where_they_are_shown(library: Library, photos: dict[str, int]) -> None:
    results = library.service.search(Query("dog", filters=Filters(date_from=date(2030, 1, 1))))
    assert (results.relaxed, results.silent) == (True, ())

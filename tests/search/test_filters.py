"""Filters let through exactly what they say."""

import os
from datetime import date
from pathlib import Path

import pytest
from made_up_library import Library

from engine.errors import InvalidQuery
from engine.search.query import Filters


@pytest.fixture
def photos(library: Library) -> dict[str, int]:
    return {
        "old": library.add("2018/old.jpg", "a dog", taken_at="2018-12-31T23:59:59"),
        "new year": library.add("2019/new year.png", "a dog", taken_at="2019-01-01T00:00:00", format="PNG"),
        "summer": library.add("2019/trip/summer.heic", "a dog", taken_at="2019-07-31T12:00:00", format="HEIC"),
        "undated": library.add("2019 scans/undated.jpg", "a dog"),
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["summer", "new year", "old", "undated"]),
        (Filters(date_from=date(2019, 1, 1)), ["summer", "new year"]),
        (Filters(date_to=date(2018, 12, 31)), ["old"]),
        (Filters(date_from=date(2019, 1, 1), date_to=date(2019, 1, 1)), ["new year"]),
        (Filters(date_from=date(2019, 7, 31), date_to=date(2019, 7, 31)), ["summer"]),
        (Filters(folder=Path("/photos")), ["summer", "new year", "old", "undated"]),
        (Filters(folder=Path("/photos/2019")), ["summer", "new year"]),
        (Filters(folder=Path("/photos/2019/trip/")), ["summer"]),
        (Filters(folder=Path("/photos/20")), []),
        (Filters(folder=Path("/")), ["summer", "new year", "old", "undated"]),
        (Filters(formats=frozenset({"jpeg"})), ["old", "undated"]),
        (Filters(formats=frozenset({"heic", "Png"})), ["summer", "new year"]),
        (Filters(date_from=date(2019, 1, 1), folder=Path("/photos/2019"), formats=frozenset({"PNG"})), ["new year"]),
        (Filters(date_from=date(2030, 1, 1)), []),
        (Filters(date_from=date.min, date_to=date.max), ["summer", "new year", "old"]),
    ],
)
def test_only_what_fits_is_listed_newest_first_and_found(
    library: Library, photos: dict[str, int], filters: Filters, expected: list[str]
) -> None:
    ids = [photos[name] for name in expected]
    assert library.find("", filters=filters) == ids
    assert sorted(library.find("dog", filters=filters, relax=False)) == sorted(ids)


def test_a_photo_passes_by_any_of_its_files(library: Library, photos: dict[str, int]) -> None:
    library.put("best/copy.jpg", photos["old"])
    assert library.find("dog", filters=Filters(folder=Path("/photos/best"))) == [photos["old"]]


def test_a_folder_with_an_undecodable_name_can_be_chosen(library: Library) -> None:
    name = os.fsdecode(b"caf\xe9")
    photo_id = library.add(f"{name}/x.jpg", "a dog")
    library.add("cafe/x.jpg", "a dog")
    assert library.find("dog", filters=Filters(folder=Path("/photos") / name)) == [photo_id]


def test_dates_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InvalidQuery, match="first date is after the last"):
        Filters(date_from=date(2019, 1, 2), date_to=date(2019, 1, 1))


def test_no_filter_is_no_filter() -> None:
    assert not Filters()
    assert Filters(formats=frozenset({"PNG"}))

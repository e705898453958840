"""Filters let through exactly what they say."""

import os
from datetime import date
from pathlib import Path

import pytest
from made_up_library import Library

from engine.catalog.captions import Standing
from engine.errors import InvalidQuery
from engine.imaging.kind import PhotoKind
from engine.search.query import Condition, Filters, Orientation, Query, Sort


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


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(days=frozenset({date(2023, 4, 9), date(2024, 3, 31)})), {"easter 23", "easter 24"}),
        (Filters(months=frozenset({3})), {"easter 24"}),
        (Filters(months=frozenset({3, 4}), date_from=date(2024, 1, 1)), {"easter 24"}),
        (Filters(weekdays=frozenset({6})), {"easter 23", "easter 24"}),
        (Filters(weekdays=frozenset({0})), {"monday night"}),
        (Filters(hours=frozenset({23, 0, 1})), {"monday night"}),
        (Filters(hours=frozenset({9})), {"easter 23"}),
        (Filters(but_not=frozenset({Filters(date_from=date(2024, 1, 1))})), {"easter 23", "undated"}),
        (
            Filters(but_not=frozenset({Filters(weekdays=frozenset({6}), hours=frozenset({9}))})),
            {"easter 24", "monday night", "undated"},
        ),
        (
            Filters(but_not=frozenset({Filters(hours=frozenset({9})), Filters(months=frozenset({7}))})),
            {"easter 24", "undated"},
        ),
    ],
)
def test_dates_are_those_of_the_photos_own_local_time(library: Library, filters: Filters, expected: set[str]) -> None:
    for name, taken_at in (
        ("easter 23", "2023-04-09T09:59:59"),
        ("easter 24", "2024-03-31T10:00:00"),
        ("monday night", "2024-07-01T23:30:00"),
        ("undated", None),
    ):
        library.add(f"{name}.jpg", "a dog", **({"taken_at": taken_at} if taken_at else {}))
    assert names(library, filters) == expected


NIGHT = frozenset({21, 22, 23, 0, 1, 2, 3, 4})


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(weekdays=frozenset({5}), hours=NIGHT), {"saturday 23:00", "sunday 0:05"}),
        (
            Filters(date_from=date(2024, 8, 31), date_to=date(2024, 8, 31), hours=NIGHT),
            {"saturday 23:00", "sunday 0:05"},
        ),
        (Filters(days=frozenset({date(2024, 8, 30)}), hours=NIGHT), {"saturday 4:59"}),
        (Filters(months=frozenset({8}), hours=NIGHT), {"saturday 4:59", "saturday 23:00", "sunday 0:05"}),
        (Filters(hours=NIGHT), {"saturday 4:59", "saturday 23:00", "sunday 0:05"}),
        (Filters(weekdays=frozenset({6}), hours=frozenset({23, 0})), set()),
        (Filters(weekdays=frozenset({6}), hours=frozenset({0, 1})), {"sunday 0:05"}),
        (Filters(weekdays=frozenset({6}), hours=frozenset(range(24))), {"sunday 0:05"}),
        (
            Filters(but_not=frozenset({Filters(weekdays=frozenset({5}), hours=NIGHT)})),
            {"saturday 4:59", "saturday 5:00"},
        ),
    ],
)
def test_a_night_ends_on_the_day_on_which_it_began(library: Library, filters: Filters, expected: set[str]) -> None:
    for name, taken_at in (
        ("saturday 4:59", "2024-08-31T04:59:59"),
        ("saturday 5:00", "2024-08-31T05:00:00"),
        ("saturday 23:00", "2024-08-31T23:00:00"),
        ("sunday 0:05", "2024-09-01T00:05:00"),
    ):
        library.add(f"{name}.jpg".replace(":", "."), "a dog", taken_at=taken_at)
    assert names(library, filters) == {name.replace(":", ".") for name in expected}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(places=frozenset({"paris"})), {"louvre"}),
        (Filters(places=frozenset({"France", "Zürich"})), {"louvre", "lyon", "lake"}),
        (Filters(places=frozenset({"Enge"})), {"lake"}),
        (Filters(places=frozenset({"Occitanie"})), set()),
        (Filters(but_not=frozenset({Filters(places=frozenset({"france"}))})), {"lake", "nowhere"}),
        (Filters(places=frozenset({"France"}), but_not=frozenset({Filters(places=frozenset({"Paris"}))})), {"lyon"}),
        (Filters(cameras=frozenset({"nikon d90"})), {"lyon"}),
        (Filters(but_not=frozenset({Filters(cameras=frozenset({"nikon d90"}))})), {"louvre", "lake", "nowhere"}),
        (Filters(but_not=frozenset({Filters(orientation=Orientation.SQUARE)})), {"louvre", "lake"}),
        (Filters(kinds=frozenset({PhotoKind.PANORAMA, PhotoKind.SELFIE})), {"louvre", "lake"}),
        (Filters(but_not=frozenset({Filters(kinds=frozenset({PhotoKind.SELFIE}))})), {"lyon", "lake", "nowhere"}),
        (Filters(orientation=Orientation.LANDSCAPE), {"lake"}),
        (Filters(orientation=Orientation.PORTRAIT), {"louvre"}),
        (Filters(orientation=Orientation.SQUARE), {"lyon", "nowhere"}),
        (Filters(has_text=True), {"louvre"}),
        (Filters(has_text=False), {"lyon", "lake", "nowhere"}),
        (Filters(captioned=True), {"lyon"}),
        (Filters(captioned=False), {"louvre", "lake", "nowhere"}),
        (Filters(captioned=False, has_text=True, places=frozenset({"Paris"})), {"louvre"}),
    ],
)
def test_places_cameras_kinds_shapes_texts_and_captions_are_kept_to(
    library: Library, filters: Filters, expected: set[str]
) -> None:
    paris = {"city": "Paris", "region": "Île-de-France", "country": "France"}
    library.add("louvre.jpg", "a dog", text="EXIT", kind="selfie", height_px=2, **paris)
    library.add("lyon.jpg", "a dog", "A dog.", camera="NIKON D90", city="Lyon", country="France")
    lake = library.add("lake.jpg", "a dog", kind="panorama", width_px=3, district="Enge", city="Zürich")
    library.write(lake, "A cat.", Standing.WITHHELD, 0.1)
    library.add("nowhere.jpg", "a dog")
    assert names(library, filters) == expected


def test_what_is_listed_or_found_can_be_sorted_by_date_with_undated_photos_last(
    library: Library, photos: dict[str, int]
) -> None:
    newest = [photos[name] for name in ("summer", "new year", "old", "undated")]
    oldest = [photos[name] for name in ("old", "new year", "summer", "undated")]
    for text in ("", "a dog"):
        assert library.find(text, sort=Sort.NEWEST) == newest
        assert library.find(text, sort=Sort.OLDEST) == oldest
    assert library.find("", sort=Sort.OLDEST, limit=2) == oldest[:2]


def names(library: Library, filters: Filters) -> set[str]:
    """Return the names of the photos that pass, which are the same for a list and for a search."""
    found = set(library.find("dog", filters=filters, relax=False))
    listed = library.service.search(Query(filters=filters)).hits
    assert {hit.photo_id for hit in listed} == found
    return {hit.paths[0].stem for hit in listed}


def test_a_folder_is_left_out(library: Library) -> None:
    library.add("work/desk.jpg", "a dog")
    kept = library.add("home/desk.jpg", "a dog")
    denied = frozenset({Filters(folder=Path("/photos/work"))})
    assert library.find("dog", filters=Filters(but_not=denied)) == [kept]


def test_what_is_left_out_is_offered_where_it_is_to_blame(library: Library) -> None:
    library.add("old.jpg", "a dog", taken_at="2019-04-09T09:59:59")
    denied = frozenset({Filters(date_to=date(2019, 12, 31))})
    results = library.service.search(Query("dog", filters=Filters(but_not=denied)))
    assert results.left_out == (Condition.DATE,)

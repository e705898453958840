"""Positions become the words that people use, and no word at all where any would be wrong."""

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from engine.imaging.decode import decode_photo
from engine.imaging.metadata import read_facts
from engine.imaging.places import nearest_place, regions_of_towns


@pytest.mark.parametrize(
    ("latitude", "longitude", "city", "region", "country"),
    [
        (48.8583, 2.2945, "Paris", "Île-de-France", "France"),
        (48.8049, 2.1204, "Versailles", "Île-de-France", "France"),
        (40.6892, -74.0445, "New York City", "New York", "United States"),
        (-33.8568, 151.2153, "Sydney", "New South Wales", "Australia"),
        (51.5007, -0.1246, "London", "England", "United Kingdom"),
        (60.1675, 24.953, "Helsinki", "Uusimaa", "Finland"),
        (69.65, 18.95, "Tromsø", "Troms", "Norway"),
        (78.22, 15.63, "Longyearbyen", "Svalbard", "Svalbard and Jan Mayen"),
        (45.9763, 7.6586, "Zermatt", "Valais", "Switzerland"),
        (37.5665, 126.978, "Seoul", "Seoul", "South Korea"),
        (1.2834, 103.8607, "Singapore", None, "Singapore"),
        (-16.8, 179.99, "Labasa", "Northern", "Fiji"),
    ],
)
def test_a_position_is_named_as_people_name_it(
    latitude: float, longitude: float, city: str, region: str | None, country: str
) -> None:
    place = nearest_place(latitude, longitude)
    assert place is not None
    assert (place.city, place.region, place.country) == (city, region, country)


def test_both_sides_of_the_date_line_are_the_same_place() -> None:
    west, east = nearest_place(-16.8, 179.999), nearest_place(-16.8, -179.999)
    assert west is not None
    assert east is not None
    assert west.city == east.city
    assert abs(west.distance_km - east.distance_km) < 1


def test_a_quarter_is_known_beside_its_city() -> None:
    place = nearest_place(51.5007, -0.1246)
    assert place is not None
    assert (place.city, place.district) == ("London", "City of Westminster")


def test_a_city_does_not_reach_across_a_border() -> None:
    place = nearest_place(40.7282, -74.0776)
    assert place is not None
    assert (place.city, place.region) == ("Jersey City", "New Jersey")


@pytest.mark.parametrize(("latitude", "longitude"), [(0.5, -30.0), (52.0, 179.9), (-90.0, 0.0), (90.0, 0.0)])
def test_far_from_any_town_there_is_no_name(latitude: float, longitude: float) -> None:
    assert nearest_place(latitude, longitude) is None


def test_distances_are_right_in_the_far_north() -> None:
    place = nearest_place(69.65, 18.95)
    assert place is not None
    assert place.distance_km == pytest.approx(0.2, abs=0.1)


def test_a_photo_with_a_position_has_its_place(save_photo: Callable[..., Path]) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.9), 3: "E", 4: (2.0, 17.0, 40.2)})
    facts = dataclasses.asdict(read_facts(decode_photo(save_photo("a.jpg", exif=exif), 512), "a.jpg"))
    assert (facts["city"], facts["region"], facts["country"]) == ("Paris", "Île-de-France", "France")


def test_the_table_is_read_only_when_a_photo_has_a_position() -> None:
    code = "import sys, engine.imaging.places; print('numpy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_towns_of_one_name_are_told_apart_by_their_regions() -> None:
    found = regions_of_towns(frozenset({"Paris", "Nowhere at all"}))
    assert found.keys() == {"Paris"}
    assert {"Île-de-France", "France", "Texas", "United States"} <= found["Paris"]

"""Holidays that move fall on the days that almanacs list."""

from datetime import date

import pytest

from engine.understanding.dates.yearly import HOLIDAYS, easter


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2038, 4, 25),
    ],
)
def test_easter_is_computed(day: date) -> None:
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Good Friday", date(2024, 3, 29)),
        ("Easter Monday", date(2024, 4, 1)),
        ("Thanksgiving", date(2018, 11, 22)),
        ("Mother's Day", date(2022, 5, 8)),
        ("Father's Day", date(2022, 6, 19)),
        ("Memorial Day", date(2021, 5, 31)),
        ("Labor Day", date(2020, 9, 7)),
    ],
)
def test_a_moving_holiday_falls_on_its_day(name: str, day: date) -> None:
    (holiday,) = (holiday for holiday in HOLIDAYS if holiday.name == name)
    days = holiday.yearly.in_year(day.year)
    assert days is not None
    assert (days.first, days.last) == (day, day)

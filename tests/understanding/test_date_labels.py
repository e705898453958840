"""Dates are said in people's words, and operators read single dates."""

from datetime import date

import pytest

from engine.search.query import Filters
from engine.understanding.dates import Calendar, find_dates, label_dates, label_times, read_date

CALENDAR = Calendar(date(2026, 11, 24), years=(2015, 2026))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("in 2019", "2019"),
        ("between 2010 and 2014", "2010 to 2014"),
        ("in the 90s", "the 1990s"),
        ("March 2019", "March 2019"),
        ("summer 2024", "June to August 2024"),
        ("winter 2018", "December 2018 to February 2019"),
        ("3/3/2019", "3 March 2019"),
        ("March 3-10, 2019", "3 to 10 March 2019"),
        ("from 28 February to 3 March 2019", "28 February to 3 March 2019"),
        ("from 24 December 2019 to 6 January 2020", "24 December 2019 to 6 January 2020"),
        ("after 2018", "since 2019"),
        ("since last summer", "since June 2026"),
        ("after last christmas", "since 27 December 2025"),
        ("before 2015", "until 2014"),
        ("before May 2019", "until April 2019"),
        ("older than 2 years", "until 23 November 2024"),
        ("in march", "every March"),
        ("in June or July", "every June and July"),
        ("in summer", "June to August"),
        ("one winter", "December to February"),
        ("at xmas", "at Christmas"),
        ("around christmas", "around Christmas"),
        ("on Easter Monday", "on Easter Monday"),
        ("4 july", "on the 4th of July"),
        ("3rd of march", "3 March"),
        ("24 december to 6 january", "24 December to 6 January"),
        ("march 2018 and may 2019", "March 2018 and May 2019"),
        ("in december 2019 or 2021", "December 2019 and December 2021"),
        ("a few christmases ago", "at Christmas (2021 to 2024)"),
        ("a few summers ago", "368 days of 2022 to 2025"),
        ("on a Sunday", "Sundays"),
        ("on Saturday or Sunday", "weekends"),
        ("monday to friday", "weekdays"),
        ("between friday and sunday", "Friday to Sunday"),
        ("on mondays and fridays", "Mondays and Fridays"),
        ("on a Sunday morning", "Sunday mornings"),
        ("saturday night", "Saturday nights"),
        ("by night", "at night"),
        ("late at night", "late at night"),
        ("in the early morning", "in the early morning"),
        ("at midnight", "at midnight"),
        ("at noon", "at noon"),
        ("at 15:30", "at 3 pm"),
        ("between 10:00 and 14:00", "10 am to 2 pm"),
        ("before 8 am", "before 8 am"),
        ("after 10 pm", "after 10 pm"),
        ("at 9 o'clock", "at 9 am and 9 pm"),
        ("last night", "23 November 2026, 6 pm to 5 am"),
        ("on a winter morning", "December to February, in the morning"),
    ],
)
def test_a_date_has_a_label_in_plain_words(text: str, label: str) -> None:
    assert [span.label for span in find_dates(text, CALENDAR)] == [label]


@pytest.mark.parametrize(
    "text",
    """in 2019|between 2010 and 2014|in the 90s|March 2019|summer 2024|winter 2018|3/3/2019|March 3-10, 2019|before 2015
    from 24 December 2019 to 6 January 2020|after 2018|since last summer|before May 2019|in march|in June or July
    in summer|one winter|at xmas|around christmas|on Easter Monday|4 july|3rd of march|24 december to 6 january
    march 2018 and may 2019|on a Sunday|on weekends|monday to friday|on a Sunday morning|saturday night|by night
    late at night|in the early morning|at noon|at 15:30|between 10:00 and 14:00|before 8 am|last night
    after 10 pm|tonight|halloween night|on summer evenings|between Christmas and New Year|the 9th of October
    over the christmas holidays|in advent|the first week of March
    in the small hours|at lunchtime""".replace("\n", "|").split("|"),
)
def test_a_label_typed_again_means_the_same(text: str) -> None:
    (span,) = find_dates(text.strip(), CALENDAR)
    again = [found.filters for found in find_dates(span.label, CALENDAR)]
    for name in ("date_from", "date_to", "days", "months", "weekdays", "hours"):
        assert getattr(span.filters, name) in [getattr(filters, name) for filters in again]


def test_filters_without_a_date_have_no_label() -> None:
    filters = Filters(cameras=frozenset({"Pixel 6"}))
    assert (label_dates(filters), label_times(filters)) == ("", "")


def test_dates_and_times_are_told_apart() -> None:
    filters = Filters(date(2019, 3, 1), date(2019, 3, 31), weekdays=frozenset({6}), hours=frozenset(range(5, 12)))
    assert (label_dates(filters), label_times(filters)) == ("March 2019", "Sunday mornings")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-03", date(2019, 3, 1), date(2019, 3, 31)),
        ("2019-03-03", date(2019, 3, 3), date(2019, 3, 3)),
        (" March 2019 ", date(2019, 3, 1), date(2019, 3, 31)),
        ("summer 2019", date(2019, 6, 1), date(2019, 8, 31)),
        ("christmas 2019", date(2019, 12, 24), date(2019, 12, 26)),
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("2010-2014", date(2010, 1, 1), date(2014, 12, 31)),
        ("yesterday", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_operators_read_single_dates(text: str, first: date, last: date) -> None:
    assert read_date(text, CALENDAR) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "Rome", "2019 in Rome", "2019-13", "30 February 2019", "march", "at night", "20191"]
)
def test_operators_read_nothing_else(text: str) -> None:
    assert read_date(text, CALENDAR) is None

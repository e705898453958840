"""Dates are found in what people type, and words that only look like dates stay words."""

from datetime import date, timedelta

import pytest

from engine.search.query import Filters
from engine.understanding.dates import Calendar, find_dates

TUESDAY = date(2026, 11, 24)
NORTH = Calendar(TUESDAY, years=(2015, 2026))
CHRISTMASES = frozenset(date(year, 12, day) for year in range(2015, 2026) for day in (24, 25, 26))
NIGHT = frozenset({21, 22, 23, 0, 1, 2, 3, 4})
OUT_AT_NIGHT = NIGHT | {18, 19, 20}


def days(first: str | None, last: str | None = None) -> Filters:
    """Filter by days written "2019", "2019-03" or "2019-03-03", to the end of what `last` names."""
    return Filters(date_from=_first(first) if first else None, date_to=_last(last or "") if last else None)


def whole(first: str, last: str | None = None) -> Filters:
    """Filter by a year, month or day, or from one to another."""
    return days(first, last or first)


def _first(text: str) -> date:
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return date(year, month, day)


def _last(text: str) -> date:
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return following - timedelta(days=1)


def whole_days(first: str, last: str) -> frozenset[date]:
    """List the days from one month to another."""
    start = _first(first)
    return frozenset(start + timedelta(days=day) for day in range((_last(last) - start).days + 1))


def months(*numbers: int) -> Filters:
    """Filter by months of any year."""
    return Filters(months=frozenset(numbers))


def weekly(*numbers: int, hours: object = ()) -> Filters:
    """Filter by weekdays, Monday is 0, and by hours."""
    return Filters(weekdays=frozenset(numbers), hours=frozenset(hours))  # type: ignore[call-overload]


def hours(*numbers: int) -> Filters:
    """Filter by hours of the day."""
    return Filters(hours=frozenset(numbers))


def every(month: int, day: int, first: int = 2015, last: int = 2026) -> Filters:
    """Filter by one day of each year of the library."""
    return Filters(days=frozenset(date(year, month, day) for year in range(first, last + 1)))


ABSOLUTE = [
    ("2019", whole("2019")),
    ("in 2019", whole("2019")),
    ("the year 2019", whole("2019")),
    ("photos of 2019", whole("2019")),
    ("back in 2008", whole("2008")),
    ("(2019)", whole("2019")),
    ("2019!", whole("2019")),
    ("our wedding, 2018", whole("2018")),
    ("2016 olympics", whole("2016")),
    ("world cup 2018 final", whole("2018")),
    ("my 2019 trip to rome", whole("2019")),
    ("rome 2019 with anna", whole("2019")),
    ("in 1984", whole("1984")),
    ("photos from 1998", whole("1998")),
    ("'98", whole("1998")),
    ("in ’98", whole("1998")),
    ("'19", whole("2019")),
    ("March 2019", whole("2019-03")),
    ("march, 2019", whole("2019-03")),
    ("march of 2019", whole("2019-03")),
    ("Sept 2019", whole("2019-09")),
    ("dec. 2019", whole("2019-12")),
    ("may 2019", whole("2019-05")),
    ("3 March 2019", whole("2019-03-03")),
    ("3rd of March, 2019", whole("2019-03-03")),
    ("March 3rd 2019", whole("2019-03-03")),
    ("march 3, 2019", whole("2019-03-03")),
    ("Saturday 4th of July 2020", whole("2020-07-04")),
    ("3/3/2019", whole("2019-03-03")),
    ("23/4/2019", whole("2019-04-23")),
    ("4/23/2019", whole("2019-04-23")),
    ("03.04.2019", whole("2019-04-03")),
    ("25.12.19", whole("2019-12-25")),
    ("2019-03-03", whole("2019-03-03")),
    ("2019-03", whole("2019-03")),
    ("03.2019", whole("2019-03")),
    ("29 February 2020", whole("2020-02-29")),
    ("Summer 2018", whole("2018-06", "2018-08")),
    ("summer of '98", whole("1998-06", "1998-08")),
    ("the fall of 2012", whole("2012-09", "2012-11")),
    ("winter 2019", whole("2019-12", "2020-02")),
    ("winter 2019/20", whole("2019-12", "2020-02")),
    ("winter 2023", whole("2023-12", "2024-02-29")),
    ("the 90s", whole("1990", "1999")),
    ("in the 90s", whole("1990", "1999")),
    ("1990s", whole("1990", "1999")),
    ("in the nineties", whole("1990", "1999")),
    ("'90s", whole("1990", "1999")),
    ("the 2000s", whole("2000", "2009")),
    ("early 2000s", whole("2000", "2003")),
    ("in the mid-90s", whole("1993", "1996")),
    ("late 90s", whole("1996", "1999")),
    ("early 2019", whole("2019-01", "2019-04")),
    ("the end of 2019", whole("2019-09", "2019-12")),
    ("mid March 2020", whole("2020-03-11", "2020-03-20")),
    ("the last week of March 2019", whole("2019-03-25", "2019-03-31")),
    ("the first weekend of May 2020", whole("2020-05-02", "2020-05-03")),
    ("twenty nineteen", whole("2019")),
    ("in the spring of two thousand and eighteen", whole("2018-03", "2018-05")),
    ("march or april twenty twenty one", whole("2021-03", "2021-04")),
    ("june nineteen ninety-eight", whole("1998-06")),
    ("on the twenty first of december twenty oh five", whole("2005-12-21")),
    ("july fourth twenty sixteen", whole("2016-07-04")),
    ("on the 3. May 2019", whole("2019-05-03")),
    ("2016/17", whole("2016", "2017")),
    ("2019/06", whole("2019-06")),
    ("Q3 2022", whole("2022-07", "2022-09")),
    ("2022 q1", whole("2022-01", "2022-03")),
    ("last quarter of 2019", whole("2019-10", "2019-12")),
    ("1st half 2023", whole("2023-01", "2023-06")),
    ("H2 2023", whole("2023-07", "2023-12")),
    ("summer of 19", whole("2019-06", "2019-08")),
    ("the summer holidays 2019", whole("2019-06", "2019-08")),
    ("spring break last year", whole("2025-03", "2025-05")),
    ("the turn of the millennium", whole("1999", "2000")),
    ("the turn of the year 2017/18", whole("2017-12", "2018-01")),
    ("the turn of the year 2018", whole("2017-12", "2018-01")),
    ("2k19", whole("2019")),
    ("the early noughties", whole("2000", "2003")),
    ("week 32 of 2004", whole("2004-08-02", "2004-08-08")),
    ("2020-W53", whole("2020-12-28", "2021-01-03")),
    ("spring 2018 or 2019", Filters(days=whole_days("2018-03", "2018-05") | whole_days("2019-03", "2019-05"))),
    ("New Year 2019/20", whole("2019-12-31", "2020-01-01")),
    ("the whole of April 2017", whole("2017-04")),
    ("all of 2017", whole("2017")),
    ("in, like, 2017", whole("2017")),
    ("from like july 2017", whole("2017-07")),
    ("late August or early September 2019", whole("2019-08-21", "2019-09-10")),
    (
        "the summer months of 2018 and 2019",
        Filters(days=whole_days("2018-06", "2018-08") | whole_days("2019-06", "2019-08")),
    ),
    ("winter of 2009 to 2010", whole("2009-12", "2010-02")),
    ("the first week of the year 2020", whole("2020-01-01", "2020-01-07")),
    ("the second Sunday of May 2019", whole("2019-05-12")),
    ("the last Friday in March 2019", whole("2019-03-29")),
    ("2019 March 14", whole("2019-03-14")),
    ("on Friday the 13th", whole("2026-11-13")),
    ("summer 2018 / summer 2019", Filters(days=whole_days("2018-06", "2018-08") | whole_days("2019-06", "2019-08"))),
    ("this decade", whole("2020", "2029")),
    ("in the last century", whole("1900", "1999")),
    ("exactly a year ago", whole("2025-11-24")),
    ("a year ago to the day", whole("2025-11-24")),
    ("this year vs last year", whole("2025", "2026")),
    (
        "every summer from 2016 to 2018",
        Filters(date(2016, 1, 1), date(2018, 12, 31), months=frozenset({6, 7, 8})),
    ),
    ("each halloween from 2016 to 2018", Filters(date(2016, 1, 1), date(2018, 12, 31), days=every(10, 31).days)),
    ("it must be from the 70s or 80s", whole("1970", "1989")),
    ("the first days of May 2022", whole("2022-05-01", "2022-05-10")),
    ("the last few weeks of 2022", whole("2022-12-11", "2022-12-31")),
    ("I'm guessing 2018", whole("2018")),
    ("the first snow of 2021", whole("2021")),
    ("the summer season 1998", whole("1998-06", "1998-08")),
    ("from 1997 up to and including 1999", whole("1997", "1999")),
    ("i want to say march 2019", whole("2019-03")),
    ("all through 2020", whole("2020")),
    ("the week of 12 October 2020", whole("2020-10-12", "2020-10-18")),
    ("the weekend around 12 October 2020", whole("2020-10-17", "2020-10-18")),
]

HOLIDAYS = [
    ("Christmas 2019", whole("2019-12-24", "2019-12-26")),
    ("christmas last year", whole("2025-12-24", "2025-12-26")),
    ("last year's christmas", whole("2025-12-24", "2025-12-26")),
    ("Christmas Eve 2019", whole("2019-12-24")),
    ("New Year's Eve 2020", whole("2020-12-31")),
    ("new year 2020", whole("2019-12-31", "2020-01-01")),
    ("Easter 2021", whole("2021-04-02", "2021-04-05")),
    ("easter sunday 2024", whole("2024-03-31")),
    ("thanksgiving 2022", whole("2022-11-24")),
    ("mother's day 2020", whole("2020-05-10")),
    ("valentine's day 2018", whole("2018-02-14")),
    ("the day after christmas 2019", whole("2019-12-27")),
    ("the weekend before Halloween last year", whole("2025-10-25", "2025-10-26")),
    ("the weekend before Halloween 2021", whole("2021-10-23", "2021-10-24")),
    ("the weekend after Halloween 2021", whole("2021-11-06", "2021-11-07")),
    ("three days before New Year's Eve 2022", whole("2022-12-28")),
    ("the three days before New Year's Eve 2022", whole("2022-12-28", "2022-12-30")),
    ("two weeks after Easter 2021", whole("2021-04-06", "2021-04-19")),
    ("a month before Easter 2021", whole("2021-03-02", "2021-04-01")),
    ("between Christmas and New Year of last year", whole("2025-12-24", "2026-01-01")),
    (
        "christmas morning 2012",
        Filters(date(2012, 12, 24), date(2012, 12, 26), hours=frozenset(range(5, 12))),
    ),
    ("vday 2025", whole("2025-02-14")),
    ("the Christmas holidays 2019", whole("2019-12-20", "2020-01-06")),
    ("easter break 2018", whole("2018-03-23", "2018-04-09")),
    ("Advent 2020", whole("2020-11-29", "2020-12-24")),
    ("bonfire night 2019", whole("2019-11-05")),
    ("on May Day", every(5, 1)),
    ("in the run-up to Christmas 2019", whole("2019-11-26", "2019-12-23")),
    ("the weeks before Christmas 2019", whole("2019-11-26", "2019-12-23")),
    ("the days after 3 May 2019", whole("2019-05-04", "2019-05-10")),
    ("the Friday before Christmas 2022", whole("2022-12-23")),
    ("the Monday after Easter 2026", whole("2026-04-06")),
    ("the Friday before Easter 2026", whole("2026-04-03")),
    ("between xmas and ny 2021", whole("2021-12-24", "2022-01-01")),
    ("the Sunday after Halloween 2021", whole("2021-11-07")),
    ("xmas 24", whole("2024-12-24", "2024-12-26")),
    ("at Christmas", Filters(days=CHRISTMASES)),
    ("the family during xmas", Filters(days=CHRISTMASES)),
    ("on Halloween", every(10, 31)),
    ("4th of July", every(7, 4)),
    ("fourth of july fireworks", every(7, 4)),
    ("independence day parade", every(7, 4)),
    ("on boxing day", every(12, 26, last=2025)),
    ("may 4th", every(5, 4)),
    ("on may 4", every(5, 4)),
    ("29 february", Filters(days=frozenset({date(2016, 2, 29), date(2020, 2, 29), date(2024, 2, 29)}))),
]

RELATIVE = [
    ("today", whole("2026-11-24")),
    ("yesterday", whole("2026-11-23")),
    ("the day before yesterday", whole("2026-11-22")),
    ("this week", whole("2026-11-23", "2026-11-29")),
    ("last week", whole("2026-11-16", "2026-11-22")),
    ("this month", whole("2026-11")),
    ("last month", whole("2026-10")),
    ("this year", whole("2026")),
    ("last year", whole("2025")),
    ("the year before last", whole("2024")),
    ("last weekend", whole("2026-11-21", "2026-11-22")),
    ("the weekend before last", whole("2026-11-14", "2026-11-15")),
    ("last summer", whole("2026-06", "2026-08")),
    ("this summer", whole("2026-06", "2026-08")),
    ("last winter", whole("2025-12", "2026-02")),
    ("last autumn", whole("2025-09", "2025-11")),
    ("this past spring", whole("2026-03", "2026-05")),
    ("last Monday", whole("2026-11-23")),
    ("last Tuesday", whole("2026-11-17")),
    ("last March", whole("2026-03")),
    ("last November", whole("2025-11")),
    ("last Christmas", whole("2025-12-24", "2025-12-26")),
    ("march of last year", whole("2025-03")),
    ("3 days ago", whole("2026-11-21")),
    ("two weeks ago", whole("2026-11-09", "2026-11-15")),
    ("3 months ago", whole("2026-08")),
    ("ten years ago", whole("2016")),
    ("2 or 3 years ago", whole("2023", "2024")),
    ("about ten years ago", whole("2015", "2017")),
    ("a couple of years ago", whole("2023", "2025")),
    ("a few weeks ago", whole("2026-10-19", "2026-11-15")),
    ("a decade ago", whole("2015", "2017")),
    ("two summers ago", whole("2025-06", "2025-08")),
    ("the summer before last", whole("2025-06", "2025-08")),
    ("summer two years ago", whole("2024-06", "2024-08")),
    ("three christmases ago", whole("2023-12-24", "2023-12-26")),
    ("two sundays ago", whole("2026-11-15")),
    ("the past three months", whole("2026-08-24", "2026-11-24")),
    ("in the last 10 days", whole("2026-11-14", "2026-11-24")),
    ("over the past year", whole("2025-11-24", "2026-11-24")),
    ("earlier this year", whole("2026-01-01", "2026-11-24")),
    ("late last year", whole("2025-09", "2025-12")),
    ("beginning of last summer", whole("2026-06")),
    ("more than 5 years ago", days(None, "2021-11-23")),
    ("older than 2 years", days(None, "2024-11-23")),
    ("photos older than 2 years", days(None, "2024-11-23")),
    ("less than 2 years ago", whole("2024-11-24", "2026-11-24")),
    ("a year ago today", whole("2025-11-24")),
    ("twenty-five years ago", whole("2001")),
    ("20-25 years ago", whole("2001", "2006")),
    ("a year or two ago", whole("2024", "2025")),
    ("a year and a half ago", whole("2025-04", "2025-06")),
    ("the Sunday before last", whole("2026-11-15")),
    ("tuesday two weeks ago", whole("2026-11-10")),
    ("the 3rd of last month", whole("2026-10-03")),
    ("the last 48 hours", whole("2026-11-22", "2026-11-24")),
    ("from the other day", whole("2026-11-03", "2026-11-24")),
    ("since the start of the year", whole("2026-01-01", "2026-11-24")),
    ("a fortnight ago", whole("2026-11-09", "2026-11-15")),
    ("the last fortnight", whole("2026-11-10", "2026-11-24")),
    ("last sat", whole("2026-11-21")),
    ("before five years", whole("2021")),
    ("two nights ago", Filters(date(2026, 11, 22), date(2026, 11, 22), hours=OUT_AT_NIGHT)),
    ("this time last year", whole("2025-11-10", "2025-12-08")),
    ("on this day five years ago", whole("2021-11-24")),
    ("on this day over the years", every(11, 24)),
    ("10y ago", whole("2016")),
    ("2 yrs back", whole("2024")),
    ("christmas 2 yrs ago", whole("2024-12-24", "2024-12-26")),
    ("since 2 days", days("2026-11-22")),
    ("since three years", days("2023-11-24")),
    ("999 decades ago", whole("1025", "1027")),
]

RANGES = [
    ("between 2010 and 2014", whole("2010", "2014")),
    ("sometime between 2012 and 2015", whole("2012", "2015")),
    ("2010-2014", whole("2010", "2014")),
    ("2010–2014", whole("2010", "2014")),
    ("2013-15", whole("2013", "2015")),
    ("2019 to 2021", whole("2019", "2021")),
    ("from March to May 2018", whole("2018-03", "2018-05")),
    ("may-july 2019", whole("2019-05", "2019-07")),
    ("december to february 2019", whole("2018-12", "2019-02")),
    ("from spring to autumn 2018", whole("2018-03", "2018-11")),
    ("3 to 10 march 2019", whole("2019-03-03", "2019-03-10")),
    ("march 3-10, 2019", whole("2019-03-03", "2019-03-10")),
    ("between 3 and 10 March 2019", whole("2019-03-03", "2019-03-10")),
    ("from 24 December 2019 to 6 January 2020", whole("2019-12-24", "2020-01-06")),
    ("from last christmas to easter", whole("2025-12-24", "2026-04-06")),
    ("June and July 2019", whole("2019-06", "2019-07")),
    ("in 2017, 2018 and 2019", whole("2017", "2019")),
    ("2019 or 2020", whole("2019", "2020")),
    ("in the 60s or 80s", whole("1960", "1989")),
    ("since 2019", days("2019")),
    ("since last summer", days("2026-06")),
    ("since March", days("2026-03")),
    ("since Christmas", days("2025-12-24")),
    ("from 2015 on", days("2015")),
    ("from May 2018 onwards", days("2018-05")),
    ("2018 or later", days("2018")),
    ("2010+", days("2010")),
    ("not before 2010", days("2010")),
    ("no later than 2010", days(None, "2010")),
    ("pre-2010", days(None, "2009")),
    ("in late 2019 or early 2020", whole("2019-09", "2020-04")),
    ("between last summer and this spring", whole("2026-03", "2026-08")),
    ("3-Mar-2019", whole("2019-03-03")),
    ("the winter of 2010-2011", whole("2010-12", "2011-02")),
    ("the first half of 2019", whole("2019-01", "2019-06")),
    ("after 2020", days("2021")),
    ("after last Christmas", days("2025-12-27")),
    ("until 2015", days(None, "2015")),
    ("2018 and earlier", days(None, "2018")),
    ("before 2015", days(None, "2014")),
    ("before the 90s", days(None, "1989")),
    ("before March", days(None, "2026-02")),
    ("before we moved (2015)", days(None, "2014")),
    ("before we moved in 2015", days(None, "2014")),
    ("after we moved in 2015", days("2016")),
    ("before the great fire of 2015", days(None, "2014")),
    ("after the first half of 2015", days("2015-07")),
    ("long before the old bakery closed its doors in 2018", days(None, "2017")),
    ("since our son was born in March 2017", days("2017-03")),
    ("since our son was born (March 2017)", days("2017-03")),
    ("the summer after we moved (2015)", whole("2016-06", "2016-08")),
    ("the winter before 2015", whole("2013-12", "2014-02")),
    ("between the time we married in 2016 and the day we left in 2019", whole("2016", "2019")),
    ("not later than 2015", days(None, "2015")),
    ("2015 at the latest", days(None, "2015")),
    ("2015 at the earliest", days("2015")),
    ("2016 to 2018 inclusive", whole("2016", "2018")),
    ("at any time since 2016", days("2016")),
    ("at some point in 2016", whole("2016")),
    ("c. 2016", whole("2015", "2017")),
    ("from early 2019 to late 2020", whole("2019", "2020")),
    ("between March 10 and March 20 this year", whole("2026-03-10", "2026-03-20")),
    ("between March 10 and 20, 2019", whole("2019-03-10", "2019-03-20")),
    ("around 2012", whole("2011", "2013")),
    ("around the summer of 2014", whole("2014-05", "2014-09")),
    ("around march 2019", whole("2019-02", "2019-04")),
]

RECURRING = [
    ("march", months(3)),
    ("a parade, maybe March", months(3)),
    ("any May", months(5)),
    ("apple picking, sept or oct, I guess", months(9, 10)),
    ("the lake, winter only", months(12, 1, 2)),
    ("fog, autumn mornings only", Filters(months=frozenset({9, 10, 11}), hours=frozenset(range(5, 12)))),
    ("q4", months(10, 11, 12)),
    ("in March", months(3)),
    ("in May with grandma", months(5)),
    ("August at the lake", months(8)),
    ("from December to February", months(12, 1, 2)),
    ("in June and July", months(6, 7)),
    ("in summer", months(6, 7, 8)),
    ("dogs in the summer running on a beach", months(6, 7, 8)),
    ("one winter", months(12, 1, 2)),
    ("every autumn", months(9, 10, 11)),
    ("in late winter", months(2)),
    ("on a Sunday", weekly(6)),
    ("Sundays", weekly(6)),
    ("friday", weekly(4)),
    ("on weekends", weekly(5, 6)),
    ("weekend", weekly(5, 6)),
    ("on Saturdays and Sundays", weekly(5, 6)),
    ("monday to friday", weekly(0, 1, 2, 3, 4)),
    ("on weekdays", weekly(0, 1, 2, 3, 4)),
    ("on a Sunday morning", weekly(6, hours=range(5, 12))),
    ("Saturday night", weekly(5, hours=OUT_AT_NIGHT)),
    ("on a winter morning", Filters(months=frozenset({12, 1, 2}), hours=frozenset(range(5, 12)))),
    ("from march to halloween", months(*range(3, 11))),
    ("christmas morning", Filters(days=CHRISTMASES, hours=frozenset(range(5, 12)))),
]

TIMES = [
    ("at night", Filters(hours=NIGHT)),
    ("by night", Filters(hours=NIGHT)),
    ("same place but at night", Filters(hours=NIGHT)),
    ("late at night", hours(22, 23, 0, 1, 2, 3)),
    ("in the morning", hours(*range(5, 12))),
    ("early in the morning", hours(4, 5, 6, 7)),
    ("in the afternoon", hours(*range(12, 18))),
    ("in the evening", hours(*range(17, 22))),
    ("at noon", hours(11, 12)),
    ("at midnight", hours(23, 0)),
    ("at 3pm", hours(15)),
    ("at 15:30", hours(15)),
    ("at 12 am", hours(0)),
    ("7 in the evening", hours(19)),
    ("around 3 pm", hours(14, 15, 16)),
    ("between 3 and 5 pm", hours(15, 16)),
    ("from 10 pm to 2 am", hours(22, 23, 0, 1)),
    ("11 to 1 pm", hours(11, 12)),
    ("between 5 and 7 in the morning", hours(5, 6)),
    ("at half past ten in the morning", hours(10)),
    ("between 10am and noon", hours(10, 11)),
    ("between 10 pm and midnight", hours(22, 23)),
    ("at a quarter to five in the afternoon", hours(16)),
    ("at five in the morning", hours(5)),
    ("dog park late afternoon", hours(15, 16, 17)),
    ("in the small hours", hours(*range(5))),
    ("at lunch time", hours(11, 12, 13)),
    ("before 8 am", hours(*range(8))),
    ("after midnight", hours(0, 1, 2, 3, 4)),
    ("in the evening of 3 May 2018", Filters(date(2018, 5, 3), date(2018, 5, 3), hours=frozenset(range(17, 22)))),
    ("after 10 pm", hours(22, 23)),
    ("yesterday evening", Filters(date(2026, 11, 23), date(2026, 11, 23), hours=frozenset(range(17, 22)))),
    ("this morning", Filters(TUESDAY, TUESDAY, hours=frozenset(range(5, 12)))),
    ("last night", Filters(date(2026, 11, 23), date(2026, 11, 23), hours=OUT_AT_NIGHT)),
    ("the night of 31 december 2019", Filters(date(2019, 12, 31), date(2019, 12, 31), hours=OUT_AT_NIGHT)),
]

WORDS = (
    """
spring flowers|summer dress|woman in summer dress|dog in winter snow|fall leaves|winter|summer in a glass|he may be here
it may rain|march band|band on the march|march of the penguins|the second man|sun|sunny day|sat on a chair|wed in white
christmas|christmas tree|at christmas dinner|around the christmas tree|easter eggs|halloween costume|happy new year
chinese new year|birthday|sunday dress|sunday roast|black friday|weekend trip|wedding weekend|weekend bag|night sky
morning coffee|stars in the night sky|evening dress|at sunset|at dawn|at dusk|the night market|at night market
good morning|recently|long ago|many years ago|next summer|tomorrow|in 2031|2049|Blade Runner 2049|1,200 people
2000 people|2000 balloons|room 2019|iPhone 2019|1984 the book|reading 1984|copy of 1984|1917 movie|ford mustang 1967
route 66|in 66|911|24/7|7-11|class of '98|the 1950s diner|80s hairstyle|a party in the 80s style|in his 80s
grandma in her eighties|music from the 80s|a car from 1967|30 February 2019|2019-13-45|31 June 2019|April 31 2020
29 February 2019|0 March 2019|3/4/2019|5.5.5|1200|April and her dog|a girl named june|with june|may 2 people
two weeks in Spain|a week at the beach|twenty people|one man and two dogs|last supper|last day of school
the last time we met|version 2019a|20190303|before winter|1920x1080|IMG_2019|a room for 2019 guests|25:70
a dog older than 2 years|two thousand balloons|twenty ten year olds|may first appear|audi q5|goal in the second half
Christmas and New Year cards|room 24|christmas 24 people|our fortnight in Spain|the sun sat low|week 32
our summer holidays|late night snack|early morning fog|lunch time snacks|advent calendar|may day parade|1999 Ford
friday the 13th poster|a class of 2019|in winter clothes only|the other day|back in the day|in the week we moved
the two in the morning light|before the bath in the garden|every summer from 2030 to 2032|a boat in a bay during the day
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(
    ("text", "filters"),
    [*ABSOLUTE, *HOLIDAYS, *RELATIVE, *RANGES, *RECURRING, *TIMES],
    ids=lambda value: str(value)[:30],
)
def test_a_date_is_understood(text: str, filters: Filters) -> None:
    assert [span.filters for span in find_dates(text, NORTH)] == [filters]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_are_no_dates_stay_words(text: str) -> None:
    assert find_dates(text, NORTH) == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("dog on the beach, taken in August 2020 near the lake", ["taken in August 2020"]),
        ("that picture from I think two summers ago, my sister laughing", ["from I think two summers ago"]),
        ("a Sunday in March 2019", ["a Sunday", "in March 2019"]),
        ("last summer at night", ["last summer", "at night"]),
        ("last year's trip to Rome", ["last year's"]),
        ("before we moved (2015), the old kitchen", ["before we moved (2015)"]),
        ("İstanbul in 2019", ["in 2019"]),
        ("a dog in twenty nineteen, a cat in June twenty ten", ["in twenty nineteen", "in June twenty ten"]),
        ("not 2018, 2019", ["2018", "2019"]),
        ("late last night", ["late last night"]),
        ("my sister on a Sunday morning in May", ["on a Sunday morning", "in May"]),
    ],
)
def test_the_words_around_a_date_belong_to_it(text: str, taken: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_dates(text, NORTH)] == taken


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("winter 2019", whole("2019-06", "2019-08")),
        ("summer 2019", whole("2019-12", "2020-02")),
        ("in summer", months(12, 1, 2)),
        ("last summer", whole("2025-12", "2026-02")),
        ("last winter", whole("2026-06", "2026-08")),
        ("this spring", whole("2026-09", "2026-11")),
        ("in early summer", months(12)),
        ("summer 2019/20", whole("2019-12", "2020-02")),
    ],
)
def test_seasons_turn_in_the_southern_hemisphere(text: str, filters: Filters) -> None:
    assert [span.filters for span in find_dates(text, Calendar(TUESDAY, southern=True))] == [filters]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("this week", whole("2026-11-22", "2026-11-28")),
        ("last week", whole("2026-11-15", "2026-11-21")),
        ("last weekend", whole("2026-11-21", "2026-11-22")),
        ("the week of 12 October 2020", whole("2020-10-11", "2020-10-17")),
    ],
)
def test_weeks_begin_where_the_settings_say(text: str, filters: Filters) -> None:
    assert [span.filters for span in find_dates(text, Calendar(TUESDAY, week_start=6))] == [filters]


@pytest.mark.parametrize(
    ("today", "text", "filters"),
    [
        (date(2027, 1, 2), "last week", whole("2026-12-21", "2026-12-27")),
        (date(2027, 1, 2), "last month", whole("2026-12")),
        (date(2027, 1, 2), "last winter", whole("2025-12", "2026-02")),
        (date(2027, 1, 2), "this winter", whole("2026-12", "2027-02")),
        (date(2027, 1, 2), "last christmas", whole("2026-12-24", "2026-12-26")),
        (date(2027, 1, 2), "last new year's eve", whole("2026-12-31")),
        (date(2027, 1, 2), "last weekend", whole("2026-12-26", "2026-12-27")),
        (date(2024, 2, 29), "last year", whole("2023")),
        (date(2024, 2, 29), "the past year", whole("2023-02-28", "2024-02-29")),
        (date(2026, 3, 31), "in the last month", whole("2026-02-28", "2026-03-31")),
        (date(2026, 7, 15), "last summer", whole("2025-06", "2025-08")),
        (date(2026, 7, 15), "this summer", whole("2026-06", "2026-08")),
    ],
)
def test_relative_dates_cross_years_and_leap_days(today: date, text: str, filters: Filters) -> None:
    assert [span.filters for span in find_dates(text, Calendar(today))] == [filters]


def test_a_number_alone_is_a_year_only_where_the_library_may_have_photos_of_it() -> None:
    assert find_dates("beach 1998", NORTH) == []
    assert [span.filters for span in find_dates("beach 1998", Calendar(TUESDAY))] == [whole("1998")]


def test_what_is_open_does_not_reach_beyond_the_calendar() -> None:
    (span,) = find_dates("since we moved (2019) until winter", NORTH)
    assert span.filters == days("2019")
    (span,) = find_dates("around early until we left (2015)", NORTH)
    assert span.filters == days(None, "2015")
    (span,) = find_dates("after since 2 days", NORTH)
    assert span.filters == days("2026-11-22")


def test_years_apart_are_asked_for_day_by_day() -> None:
    (span,) = find_dates("2017 or 2019", NORTH)
    assert len(span.filters.days) == 730
    assert {day.year for day in span.filters.days} == {2017, 2019}
    assert span.label == "2017 and 2019"


def test_the_week_of_a_day_begins_as_weeks_do() -> None:
    for week_start, first, last in ((0, "2021-06-28", "2021-07-04"), (6, "2021-07-04", "2021-07-10")):
        spans = find_dates("the week of 4 July 2021", Calendar(TUESDAY, week_start=week_start))
        assert [span.filters for span in spans] == [whole(first, last)]

"""Dates that say their year, or come back every year: "3 March 2019", "the 90s", "Christmas"."""

import re
from datetime import date, timedelta

from engine.understanding.dates.calendar import Calendar, Days, day_of, days_of_months, days_of_year, shifted, toward
from engine.understanding.dates.reading import Kind, Reading, on_days, on_each
from engine.understanding.dates.rules import Match, century_of, read_day, read_name, read_years, rule
from engine.understanding.dates.words import (
    DAY,
    DECADES,
    HOLIDAY,
    MONTH,
    MONTHS,
    NAME,
    ORDINALS,
    QUARTER,
    SEASON,
    SHORT_WEEKDAY,
    SOME_YEAR,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    any_of,
)
from engine.understanding.dates.yearly import every_day, every_season


def _read_iso_day(match: Match, _: Calendar) -> Reading | None:
    return on_days(day_of(int(match["year"]), int(match["month"]), int(match["day"])))


def _read_iso_month(match: Match, calendar: Calendar) -> Reading | None:
    """Read "2019-03"; what is no month ends a span of years behind us, as in "2013-15" and "1996/97"."""
    year, number = int(match["year"]), int(match["number"])
    if 1 <= number <= 12:
        return on_days(days_of_months(year, number))
    last = year // 100 * 100 + number
    return on_days(days_of_year(year).through(days_of_year(last))) if last <= calendar.today.year else None


def _read_years(match: Match, _: Calendar) -> Reading | None:
    return on_days(days_of_year(int(match["year"])).through(days_of_year(int(match["until"]))))


def _read_numbers(match: Match, calendar: Calendar) -> Reading | None:
    """Read "23/3/2019" and "3.4.2019"; with slashes, a day that might be a month is left alone."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += century_of(year, calendar.today.year) if year < 100 else 0
    if match["mark"] == "." or first == second or first > 12:
        return on_days(day_of(year, second, first))
    return on_days(day_of(year, first, second)) if second > 12 else None


def _read_month_number(match: Match, _: Calendar) -> Reading | None:
    month = int(match["number"])
    return on_days(days_of_months(int(match["year"]), month)) if 1 <= month <= 12 else None


def _read_day(match: Match, calendar: Calendar) -> Reading | None:
    """Read "3 March", "March 3rd to 10th", with a year or without."""
    month = MONTHS[match["month"].rstrip(".")]
    first = read_day(match["day"])
    last = read_day(match["until"]) if match["until"] else first
    if any(match[group] for group in ("year", "short", "told", "ago")):
        year = read_years(match, calendar)[-1]
        start, end = day_of(year, month, first), day_of(year, month, last)
        return on_days(start.through(end) if start and end else None)
    start_day, end_day = every_day(month, first), every_day(month, last)
    if not (start_day and end_day and first <= last):
        return None
    follows = match["day"] in ORDINALS and match.start("day") > match.start("month")
    doubtful = follows or (match["month"] in ("march", "may") and match["day"].isdigit())
    kind = Kind.MONTH if doubtful else Kind.FREE
    return Reading(kind, yearly=start_day.through(end_day) if first < last else start_day)


def _read_weekday_and_day(match: Match, calendar: Calendar) -> Reading | None:
    """Read "Friday the 13th", the latest one."""
    day, weekday = read_day(match["day"]), WEEKDAYS[match["weekday"]]
    months = (shifted(calendar.today.replace(day=1), -back) for back in range(_MONTHS_OF_EACH_WEEKDAY))
    days = (found for month in months if (found := day_of(month.year, month.month, day)))
    last = next((found for found in days if found.first <= calendar.today and found.first.weekday() == weekday), None)
    return Reading(Kind.WEEKDAY, days=last) if last else None


def _read_short_year(match: Match, calendar: Calendar) -> Reading | None:
    """Read "in 08", where the library may have photos of that year."""
    return _read_year(match, calendar) if calendar.holds_year(2000 + int(match["short"])) else None


def _read_name_of_year(match: Match, calendar: Calendar) -> Reading | None:
    yearly = read_name(match, calendar)[1]
    times = [days for year in read_years(match, calendar) if (days := yearly.in_year(year))]
    if len(times) > 1:
        return on_each(times)
    return on_days(times[0] if times else None)


def _read_name(match: Match, calendar: Calendar) -> Reading | None:
    kind, yearly = read_name(match, calendar)
    return Reading(kind, yearly=yearly)


def _read_name_of_short_year(match: Match, calendar: Calendar) -> Reading | None:
    """Read "xmas 24" and "the summer of 99", where the library may have photos of that year."""
    digits = int(match["digits"])
    year = century_of(digits, calendar.today.year) + digits
    return on_days(read_name(match, calendar)[1].in_year(year)) if calendar.holds_year(year) else None


def _read_name_over_two_years(match: Match, calendar: Calendar) -> Reading | None:
    """Read "winter 2019/20" and "New Year 2019/20"; what comes anew in each of the years is both."""
    year, yearly = int(match["year"]), read_name(match, calendar)[1]
    year += century_of(year, calendar.today.year) if year < 100 else 0
    if int(match["following"]) % 100 != (year + 1) % 100:
        return None
    times = [days for each in (year, year + 1) if (days := yearly.in_year(each))]
    across = next((days for days in times if days.first.year < days.last.year == year + 1), None)
    return on_days(across) or on_each(times)


def _read_season_of_two_years(match: Match, _: Calendar) -> Reading | None:
    """Read "the 2018/19 season"."""
    year = int(match["year"])
    is_next = int(match["following"]) == (year + 1) % 100
    return on_days(days_of_year(year).through(days_of_year(year + 1))) if is_next else None


def _read_name_of_years(match: Match, calendar: Calendar) -> Reading | None:
    """Read "spring 2018 or 2019"."""
    yearly = read_name(match, calendar)[1]
    times = [days for year in re.findall(YEAR, match["years"]) if (days := yearly.in_year(int(year)))]
    return on_each(times)


def _read_name_of_each_year(match: Match, calendar: Calendar) -> Reading | None:
    """Read "every summer from 2010 to 2015"."""
    yearly = read_name(match, calendar)[1]
    years = days_of_year(int(match["from"])).through(days_of_year(int(match["until"])))
    return Reading(Kind.FREE, days=years, yearly=yearly) if years else None


def _read_week(match: Match, _: Calendar) -> Reading | None:
    """Read "week 32 of 2004" and "2004-W32", as ISO 8601 counts weeks."""
    try:
        monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    except ValueError:
        return None
    return on_days(Days(monday, monday + timedelta(days=6)))


def _read_year(match: Match, calendar: Calendar) -> Reading:
    if match["year"]:
        return Reading(Kind.YEAR, days=days_of_year(int(match["year"])))
    short = int(match["short"])
    return Reading(Kind.FREE, days=days_of_year(century_of(short, calendar.today.year) + short))


def _read_about(match: Match, _: Calendar) -> Reading | None:
    """Read "2013ish"."""
    return on_days(days_of_year(int(match["year"])).widened())


def _read_event(match: Match, calendar: Calendar) -> Reading | None:
    """Read "before we moved (2015)", "the summer after we moved (2015)", and a year or month in brackets."""
    if season := match["season"]:
        year = int(match["year"]) + (-1 if match["when"] == "before" else 1)
        return on_days(every_season(season, calendar.southern).in_year(year))
    return on_days(toward(match["when"], _month_or_year(match)))


def _read_clause(match: Match, _: Calendar) -> Reading | None:
    """Read "before we moved in 2015" and "after the fire of 1954", which leave out the year itself."""
    return on_days(toward(match["when"], _month_or_year(match)))


def _month_or_year(match: Match) -> Days:
    year = int(match["year"])
    return days_of_months(year, MONTHS[match["month"].rstrip(".")]) if match["month"] else days_of_year(year)


def _read_turn_of_the_millennium(_match: Match, _: Calendar) -> Reading | None:
    return on_days(days_of_year(1999).through(days_of_year(2000)))


def _read_turn_of_the_year(match: Match, _: Calendar) -> Reading | None:
    """Read "the turn of the year 2018", which begins in the year before, and "of the year 2017/18"."""
    year = int(match["year"]) - (0 if match["following"] else 1)
    return on_days(days_of_months(year, 12, 2))


def _read_decade(match: Match, _: Calendar) -> Reading:
    if match["word"]:
        year = DECADES[match["word"]]
    elif match["century"]:
        year = int(match["century"]) * 100 + int(match["tens"])
    else:
        year = (2000 if int(match["tens"]) <= 20 else 1900) + int(match["tens"])
    days = days_of_year(year).through(days_of_year(year + 9))
    return Reading(Kind.DECADE, days=days)


_MONTHS_OF_EACH_WEEKDAY = 60  # in which every day of a month falls on each weekday
_OF = r"(?:(?:\s+(?:of|in|from)|,)?(?:\s+the)?\s+|-)"
_YEAR_AFTER = rf"(?:(?:(?:\s+(?:of|in)|,)?\s+|-){SOME_YEAR})?"
_DID = r"(?:\w+ed|was|were|got|had|came|went|left|fell|sold|bought|began|broke|shut|built)"
_SOMEBODY = rf"(?:i|we|he|she|they|(?:my|our|his|her|their)\s+\w+|the\s+(?:\w+\s+){{1,2}}?(?={_DID}\s))"
_A_TIME = (
    rf"(?:{SEASON}|{HOLIDAY}|{MONTH}|year|class|turn|beginning|start|middle|end|half|quarter|days?|weeks?|months?"
    r"|weekend|last|early"
    rf"|late|{any_of(ORDINALS)}|\d+\w*)\b"
)
_HAPPENING = rf"the\s+(?:(?!{_A_TIME})\w+\s+){{1,2}}of"
_ANY_WEEKDAY = rf"(?:{WEEKDAY}|{SHORT_WEEKDAY}\b\.?)"
_ORDINAL = any_of(ORDINALS)
_WHEN = "before|after|since|until"
_THROUGH = r"\s*(?:-|to|and|until|till|through)\s*(?:the\s+)?"

RULES = (
    rule(rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})", _read_iso_day),
    rule(rf"(?P<year>{YEAR})[-/](?P<number>\d\d)(?![-/])", _read_iso_month),
    rule(
        rf"(?:the\s+)?(?P<year>{YEAR})[-/](?P<following>\d\d)\s+(?:(?:school|academic|ski|football)\s+)?(?:season|year|term)",
        _read_season_of_two_years,
    ),
    rule(rf"(?P<year>{YEAR})\s*[-/]\s*(?P<until>{YEAR})", _read_years),
    rule(rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>{YEAR}|\d\d)", _read_numbers),
    rule(rf"(?P<number>\d{{1,2}})[./](?P<year>{YEAR})", _read_month_number),
    rule(
        rf"(?:between\s+(?=(?:the\s+)?{DAY}{_THROUGH}{DAY})|{_ANY_WEEKDAY},?\s+)?"
        rf"(?:the\s+)?(?P<day>{DAY}|{_ORDINAL}(?=\s+of\s|{_THROUGH}{_ORDINAL}\s))\.?"
        rf"(?:(?:{_THROUGH}|\s?[/&]\s?)(?P<until>{DAY}|{_ORDINAL}))?(?:(?:\s+of)?\s+|-)(?P<month>{MONTH}){_YEAR_AFTER}",
        _read_day,
    ),
    rule(
        rf"(?:between\s+(?={MONTH}\s+{DAY}{_THROUGH}{DAY})|{_ANY_WEEKDAY},?\s+)?(?P<month>{MONTH})\s+"
        rf"(?:the\s+)?(?P<day>{DAY}|{_ORDINAL})"
        rf"(?:{_THROUGH}(?P<until>{DAY}))?{_YEAR_AFTER}",
        _read_day,
    ),
    rule(
        rf"(?P<year>{YEAR})[\s,-]+(?P<month>{MONTH})[\s-]+(?P<day>{DAY})(?P<until>)(?P<short>)(?P<told>)(?P<ago>)",
        _read_day,
    ),
    rule(rf"(?P<weekday>{WEEKDAY})\s+the\s+(?P<day>{DAY})", _read_weekday_and_day),
    rule(
        r"(?:(?<=\bin )|(?<=from )|(?<=since )|(?<=before )|(?<=after ))(?P<short>0\d)(?=\s*(?:$|[,.;!?)]))(?P<year>)",
        _read_short_year,
    ),
    rule(
        rf"(?:the\s+)?{NAME}(?:\s+of)?\s+(?P<year>\d\d)\s*/\s*(?P<following>\d\d)(?![-/]\d)", _read_name_over_two_years
    ),
    rule(
        rf"(?:the\s+)?{NAME}(?:\s+of)?\s+(?P<year>{YEAR})(?:\s*[-/]\s*|\s+to\s+)(?P<following>{YEAR}|\d\d)(?![-/]\d)",
        _read_name_over_two_years,
    ),
    rule(
        rf"(?:the\s+)?{NAME}s?{_OF}(?P<years>{YEAR}(?:(?:\s*,|,?\s+(?:and|or|maybe|or\s+maybe))\s+{YEAR}(?![-/.]\d))+)",
        _read_name_of_years,
    ),
    rule(
        rf"(?:(?:every|each|all(?:\s+the)?)\s+)?{NAME}s?\s+(?:from|between)\s+(?P<from>{YEAR})(?:\s*-\s*|\s+(?:to|and|until|till)\s+)"
        rf"(?P<until>{YEAR})",
        _read_name_of_each_year,
    ),
    rule(rf"(?:calendar\s+)?week\s+(?P<week>\d\d?)(?:\s+(?:of|in)|,)?\s+(?P<year>{YEAR})", _read_week),
    rule(rf"(?P<year>{YEAR})-?w(?P<week>\d\d)", _read_week),
    rule(rf"(?:the\s+)?{NAME}{_OF}{SOME_YEAR}", _read_name_of_year),
    rule(rf"{SOME_YEAR}\s+in\s+(?:the\s+)?{NAME}", _read_name_of_year),
    rule(
        rf"{SOME_YEAR}(?:'s)?\s+(?:(?P<season>{SEASON})|(?P<holiday>{HOLIDAY})|(?P<quarter>{QUARTER}))(?P<month>)"
        r"(?!\s+(?:and|or)\b)",
        _read_name_of_year,
    ),
    rule(
        rf"(?:the\s+)?(?:(?P<season>{SEASON})|(?P<holiday>{HOLIDAY})|(?P<month>{MONTH})(?=\s+of))(?:\s+of)?\s+(?P<digits>\d\d)"
        r"(?P<quarter>)(?=\s*(?:$|[,.;!?)]))",
        _read_name_of_short_year,
    ),
    rule(NAME, _read_name),
    rule(r"(?:the\s+)?turn\s+of\s+the\s+(?:millennium|century)", _read_turn_of_the_millennium),
    rule(
        rf"(?:the\s+)?turn\s+of\s+the\s+year(?:\s+of)?\s+(?P<year>{YEAR})(?:\s*[-/]\s*(?P<following>{YEAR}|\d\d))?",
        _read_turn_of_the_year,
    ),
    rule(
        rf"(?:(?:(?:the\s+)?(?P<season>{SEASON})\s+)?(?P<when>{_WHEN})\s+(?:[\w']+\s+){{1,6}})?\(\s*(?:(?P<month>{MONTH})\s+)?"
        rf"(?P<year>{YEAR})\s*\)",
        _read_event,
    ),
    rule(
        rf"(?:(?:long|shortly|just|soon)\s+)?(?P<when>{_WHEN})\s+"
        rf"(?:{_SOMEBODY}\s*(?:\b[\w']+\s+){{1,5}}?(?:back\s+)?in|{_HAPPENING})\s+"
        rf"(?:(?P<month>{MONTH})\s+)?(?P<year>{YEAR})",
        _read_clause,
    ),
    rule(
        rf"between\s+(?:(?:the\s+)?(?:time|day|moment)\s+)?(?:when\s+)?{_SOMEBODY}\s*(?:\b[\w']+\s+){{1,5}}?in\s+(?P<year>{YEAR})\s+and"
        rf"\s+(?:[\w']+\s+){{1,8}}?in\s+(?P<until>{YEAR})",
        _read_years,
    ),
    rule(rf"(?P<year>{YEAR})-?ish", _read_about),
    rule(rf"(?:(?P<year>{YEAR})|(?<!class of )'(?P<short>\d\d))(?!'|[.,:/]\d|-\w|\s?%)", _read_year),
    rule(
        rf"(?:the\s+)?(?:(?P<century>18|19|20)|'|years\s+(?=[3-9]0))?(?P<tens>\d0)(?:'?s|(?<=years \d0))"
        rf"|(?:the\s+)?(?P<word>{any_of(DECADES)})",
        _read_decade,
    ),
)

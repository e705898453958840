"""Dates told from today: "yesterday", "last week", "two years ago", "the past three months"."""

from datetime import date, timedelta

from engine.understanding.dates.calendar import (
    MOST_DECADES,
    ONE_DAY,
    Calendar,
    Days,
    day_of,
    days_of_months,
    days_of_year,
    latest_weekday,
    moved_back,
    shifted,
    toward,
)
from engine.understanding.dates.reading import AFTERNOON, EVENING, MORNING, OUT_AT_NIGHT, Kind, Reading, on_days
from engine.understanding.dates.rules import Match, read_amount, read_day, read_years, rule
from engine.understanding.dates.words import (
    ABOUT,
    AMOUNT,
    DAY,
    NO_LAST_OF,
    NO_PART,
    ORDINALS,
    SOME_YEAR,
    WEEKDAY,
    WEEKDAYS,
    any_of,
)
from engine.understanding.dates.yearly import every_day

_WEEK = timedelta(days=7)


def _read_today(match: Match, calendar: Calendar) -> Reading:
    """Read "today", "yesterday" and the like, some with hours."""
    today, text = calendar.today, match[0]
    back = 2 if "before" in text else 1 if text in ("yesterday", "last night", "last evening") else 0
    day = today - back * ONE_DAY
    part_hours = {
        "morning": MORNING,
        "afternoon": AFTERNOON,
        "evening": EVENING,
        "night": OUT_AT_NIGHT,
        "tonight": OUT_AT_NIGHT,
    }.get(text.split()[-1], range(0))
    return Reading(Kind.FREE, days=Days(day, day), hours=frozenset(part_hours))


def _unit_days(unit: str, back: int, calendar: Calendar) -> Days:
    """Find the day, week, weekend, month, year or decade that lies so many back; this one for 0."""
    today = calendar.today
    match unit:
        case "day":
            return Days(today - back * ONE_DAY, today - back * ONE_DAY)
        case "week":
            first = latest_weekday(today, calendar.week_start).first - back * _WEEK
            return Days(first, first + _WEEK - ONE_DAY)
        case "weekend":
            first = latest_weekday(today, 5).first - back * _WEEK
            return Days(first, first + ONE_DAY)
        case "month":
            month = shifted(today, -back)
            return days_of_months(month.year, month.month)
        case "year":
            return days_of_year(today.year - back)
    year = today.year - min(back, MOST_DECADES) * 10
    return Days(date(year - 1, 1, 1), date(year + 1, 12, 31))


def _read_this_decade(_: Match, calendar: Calendar) -> Reading | None:
    first = calendar.today.year // 10 * 10
    return on_days(days_of_year(first).through(days_of_year(first + 9)))


def _read_last_century(_match: Match, _: Calendar) -> Reading:
    return Reading(Kind.DECADE, days=Days(date(1900, 1, 1), date(1999, 12, 31)))


def _read_this_unit(match: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days(match["unit"], 0, calendar))


def _read_last_unit(match: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days(match["unit"], _back(match["unit"], 1, calendar), calendar))


def _read_unit_before_last(match: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days(match["unit"], _back(match["unit"], 2, calendar), calendar))


def _back(unit: str, count: int, calendar: Calendar) -> int:
    """Count back from this one; a weekend that is over is the last one already."""
    return count - 1 if unit == "weekend" and _unit_days(unit, 0, calendar).last < calendar.today else count


def _read_ago(match: Match, calendar: Calendar) -> Reading | None:
    """Read "two weeks ago", "a few years ago"; "about ten years ago" takes in the years beside it."""
    least, most = read_amount(match["amount"])
    unit = _SHORT_UNITS.get(match["unit"], match["unit"])
    if match["about"] and unit not in ("day", "decade") and least > 1:
        least, most = least - 1, most + 1
    least, most = _back(unit, least, calendar), _back(unit, most, calendar)
    return on_days(Days(_unit_days(unit, most, calendar).first, _unit_days(unit, least, calendar).last))


def _read_nights_ago(match: Match, calendar: Calendar) -> Reading | None:
    least, most = read_amount(match["amount"])
    nights = Days(calendar.today - most * ONE_DAY, calendar.today - least * ONE_DAY)
    return Reading(Kind.FREE, days=nights, hours=frozenset(OUT_AT_NIGHT))


def _read_this_time(match: Match, calendar: Calendar) -> Reading | None:
    """Read "this time last year": two weeks before and after."""
    day = _same_day(match, calendar)
    return on_days(Days(day - 2 * _WEEK, day + 2 * _WEEK))


def _read_this_day(match: Match, calendar: Calendar) -> Reading | None:
    """Read "on this day five years ago"."""
    day = _same_day(match, calendar)
    return on_days(Days(day, day))


def _same_day(match: Match, calendar: Calendar) -> date:
    return shifted(calendar.today, (read_years(match, calendar)[-1] - calendar.today.year) * 12)


def _read_this_day_each_year(match: Match, calendar: Calendar) -> Reading | None:
    kind = Kind.FREE if match["years"] else Kind.MONTH
    return Reading(kind, yearly=every_day(calendar.today.month, calendar.today.day))


def _read_half_a_year_ago(_: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days("month", 6, calendar))


def _read_a_year_and_a_half_ago(_: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days("month", 18, calendar).widened())


def _read_just_now(_: Match, calendar: Calendar) -> Reading | None:
    """Read "two hours ago": today."""
    return on_days(Days(calendar.today, calendar.today))


def _read_this_or_last(match: Match, calendar: Calendar) -> Reading | None:
    return on_days(_unit_days(match["unit"], 1, calendar).through(_unit_days(match["unit"], 0, calendar)))


def _read_one_or_two_ago(match: Match, calendar: Calendar) -> Reading | None:
    """Read "a year or two ago" and "last year or the one before"."""
    last, before = (_back(match["unit"], count, calendar) for count in (1, 2))
    return on_days(_unit_days(match["unit"], before, calendar).through(_unit_days(match["unit"], last, calendar)))


def _read_weekday_of_week(match: Match, calendar: Calendar) -> Reading | None:
    """Read "Tuesday two weeks ago"."""
    least, most = read_amount(match["amount"])
    first = _unit_days("week", least, calendar).first
    day = latest_weekday(first + _WEEK - ONE_DAY, WEEKDAYS[match["weekday"]])
    return on_days(day) if least == most else None


def _read_day_of_month(match: Match, calendar: Calendar) -> Reading | None:
    """Read "the 3rd of last month"."""
    month = _unit_days("month", 1 if match["which"] == "last" else 0, calendar).first
    return on_days(day_of(month.year, month.month, read_day(match["day"])))


def _read_hours_past(match: Match, calendar: Calendar) -> Reading | None:
    """Read "the last 24 hours"."""
    days = (int(match["count"] or 1) + 23) // 24
    return on_days(Days(calendar.today - timedelta(days), calendar.today))


def _read_other_day(_: Match, calendar: Calendar) -> Reading | None:
    """Read "from the other day", which is not long ago."""
    return on_days(Days(calendar.today - 3 * _WEEK, calendar.today))


def _read_past(match: Match, calendar: Calendar) -> Reading | None:
    """Read "the past three months": up to today."""
    count = read_amount(match["amount"])[1] if match["amount"] else 1
    return on_days(Days(moved_back(calendar.today, match["unit"], count), calendar.today))


def _read_day_ago(match: Match, calendar: Calendar) -> Reading | None:
    """Read "a year ago today" and "a year ago yesterday": the very day."""
    day = moved_back(calendar.today, match["unit"], read_amount(match["amount"])[0])
    day -= ONE_DAY if match[0].endswith("yesterday") else timedelta()
    return on_days(Days(day, day))


def _read_longer_ago(match: Match, calendar: Calendar) -> Reading | None:
    """Read "more than five years ago", "older than two years"."""
    count = read_amount(match["amount"])[0]
    day = moved_back(calendar.today, match["unit"], count)
    return on_days(toward("before", Days(day, day)))


def _read_since(match: Match, calendar: Calendar) -> Reading | None:
    """Read "since two days", as many say whose language says it so."""
    day = moved_back(calendar.today, match["unit"], read_amount(match["amount"])[1])
    return on_days(toward("since", Days(day, day)))


def _read_so_far(match: Match, calendar: Calendar) -> Reading | None:
    """Read "earlier this year": up to today."""
    return on_days(Days(_unit_days(match["unit"], 0, calendar).first, calendar.today))


def _read_part_of_this(match: Match, calendar: Calendar) -> Reading | None:
    """Read "the start of the year"."""
    this, third = _unit_days(match["unit"], 0, calendar), {"middle": 1, "end": 2}.get(match["part"], 0)
    return on_days(this if match["unit"] == "week" else this.part(third))


def _read_recent(match: Match, calendar: Calendar) -> Reading | None:
    """Read "recent years"."""
    return on_days(Days(moved_back(calendar.today, match["unit"], _RECENT[match["unit"]]), calendar.today))


def _read_latest_day(match: Match, calendar: Calendar) -> Reading | None:
    """Read "on the 14th": the latest one."""
    number, today = read_day(match["day"]), calendar.today
    months = (shifted(today.replace(day=1), -back) for back in range(3))
    found = (day_of(month.year, month.month, number) for month in months)
    return on_days(next((day for day in found if day and day.first <= today), None))


_RECENT = {"day": 7, "week": 4, "month": 6, "year": 5}
_UNIT = "(?P<unit>day|weekend|week|month|year|decade)"
_SHORT_UNITS = {"yr": "year", "y": "year", "mth": "month", "mo": "month", "wk": "week", "d": "day"}
_LONG_UNIT = _UNIT.replace("day|", "", 1)
# "Photos older than two years", but not "a dog older than two years".
_PHOTOS_BEFORE = r"(?:(?<=nothing )|(?<=none )|(?<=photos )|(?<=pictures )|(?<=images )|(?<![\w.,!?] ))"

RULES = (
    rule(
        r"(?:(?:the\s+)?day\s+before\s+)?yesterday|(?:earlier\s+)?today|tonight|last\s+(?:night|evening)"
        r"|(?:earlier\s+)?this\s+(?:morning|afternoon|evening)",
        _read_today,
    ),
    rule(
        r"(?:the\s+)?(?:very\s+)?(?P<part>start|beginning|middle|end)\s+of\s+the\s+(?P<unit>year|month|week)"
        r"(?=\s*(?:$|[,.;!?)]))",
        _read_part_of_this,
    ),
    rule(r"recent\s+(?P<unit>day|week|month|year)s", _read_recent),
    rule(r"(?:(?<=\bon )|(?<=\bfrom ))the\s+(?P<day>\d{1,2}(?:st|nd|rd|th))(?=\s*(?:$|[,.;!?)]))", _read_latest_day),
    rule(r"this\s+decade", _read_this_decade),
    rule(rf"this\s+{_LONG_UNIT}", _read_this_unit),
    rule(r"(?:the\s+)?(?:last|previous|20th|twentieth)\s+century", _read_last_century),
    rule(rf"{NO_LAST_OF}(?:last|(?:the\s+)?previous)\s+{_LONG_UNIT}{NO_PART}", _read_last_unit),
    rule(r"(?:(?:the|this)\s+)?(?:past|last)\s+(?P<unit>weekend)(?!\s+of\b)", _read_last_unit),
    rule(rf"the\s+{_LONG_UNIT}\s+before\s+last", _read_unit_before_last),
    rule(rf"(?<!half ){ABOUT}(?P<amount>{AMOUNT})(?:\+|[\s-]odd)?\s+{_UNIT}s?\s+(?:ago|back)", _read_ago),
    rule(rf"{ABOUT}(?P<amount>\d{{1,3}})\s*(?P<unit>{any_of(_SHORT_UNITS)})s?\s+(?:ago|back)", _read_ago),
    rule(rf"before\s+(?P<about>)(?P<amount>{AMOUNT})\s+{_UNIT}s?(?=\s*(?:$|[,.;!?)]))", _read_ago),
    rule(rf"(?P<amount>{AMOUNT})\s+nights?\s+ago", _read_nights_ago),
    rule(
        rf"(?:(?:about|around)\s+)?(?:this|the\s+same)\s+time(?:\s+of\s+(?:the\s+)?year)?\s+{SOME_YEAR}",
        _read_this_time,
    ),
    rule(rf"(?:on\s+)?(?:this|the\s+same)\s+(?:very\s+)?day,?\s+{SOME_YEAR}", _read_this_day),
    rule(
        r"on\s+this\s+(?:very\s+)?day(?P<years>\s+(?:in\s+(?:past|previous|other|earlier)\s+years|over\s+the\s+years|in\s+history))?",
        _read_this_day_each_year,
    ),
    rule(r"half\s+a\s+year\s+(?:ago|back)", _read_half_a_year_ago),
    rule(r"a\s+year\s+and\s+a\s+half\s+(?:ago|back)", _read_a_year_and_a_half_ago),
    rule(r"(?:about\s+)?an?\s+(?P<unit>day|week|month|year)\s+or\s+two\s+(?:ago|back)", _read_one_or_two_ago),
    rule(rf"(?P<weekday>{WEEKDAY})\s+(?P<amount>{AMOUNT})\s+weeks?\s+ago", _read_weekday_of_week),
    rule(
        rf"(?:the\s+)?(?P<day>{DAY}|{any_of(ORDINALS)})\s+(?:of|in)\s+(?P<which>this|last)\s+month", _read_day_of_month
    ),
    rule(r"(?:the\s+)?(?:past|last)\s+(?P<count>\d{1,3})?\s*hours?", _read_hours_past),
    rule(r"(?<=from )the\s+other\s+(?:day|night|evening|morning|week)", _read_other_day),
    rule(rf"(?:half\s+an?|{AMOUNT})\s*(?:hours?|minutes?|mins?|hrs?)\s+ago", _read_just_now),
    rule(rf"(?P<amount>{AMOUNT})\s+{_UNIT}s?\s+(?P<about>or\s+so)\s+(?:ago|back)", _read_ago),
    rule(rf"last\s+{_UNIT}\s+or\s+the\s+\w+\s+before(?:\s+(?:that|last))?", _read_one_or_two_ago),
    rule(rf"this\s+{_UNIT}\s+or\s+last(?!\s+\w)", _read_this_or_last),
    rule(rf"last\s+or\s+this\s+{_UNIT}", _read_this_or_last),
    rule(
        rf"(?:exactly\s+)?(?P<amount>{AMOUNT})\s+{_UNIT}s?\s+ago\s+(?:today|yesterday|exactly|to\s+the\s+day)",
        _read_day_ago,
    ),
    rule(rf"exactly\s+(?P<amount>{AMOUNT})\s+{_UNIT}s?\s+ago", _read_day_ago),
    rule(rf"(?:(?:the|these|this)\s+)?(?:past|last)\s+(?P<amount>{AMOUNT})\s+{_UNIT}s{NO_PART}", _read_past),
    rule(rf"{NO_LAST_OF}(?:the|this)\s+(?:past|last)\s+(?P<amount>){_LONG_UNIT}{NO_PART}", _read_past),
    rule(rf"(?:more\s+than|over|at\s+least)\s+(?P<amount>{AMOUNT})\s+{_UNIT}s?\s+ago", _read_longer_ago),
    rule(rf"{_PHOTOS_BEFORE}older\s+than\s+(?P<amount>{AMOUNT})\s+{_UNIT}s?", _read_longer_ago),
    rule(rf"(?:less|not\s+more)\s+than\s+(?P<amount>{AMOUNT})\s+{_UNIT}s?\s+(?:ago|old)", _read_past),
    rule(rf"{_PHOTOS_BEFORE}(?:newer|(?:not|no)\s+older)\s+than\s+(?P<amount>{AMOUNT})\s+{_UNIT}s?", _read_past),
    rule(rf"since\s+(?:about\s+)?(?P<amount>{AMOUNT})\s+{_UNIT}s?(?!\s+(?:ago|back|before|after)\b)", _read_since),
    rule(rf"(?:earlier|so\s+far)\s+this\s+{_UNIT}", _read_so_far),
    rule(rf"since\s+the\s+(?:very\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+{_UNIT}", _read_so_far),
)

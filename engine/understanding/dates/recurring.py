"""What comes again, told from today: "last summer", "two Easters ago", "the Sunday before last"."""

from datetime import timedelta

from engine.understanding.dates.calendar import ONE_DAY, Calendar, Days, latest_weekday
from engine.understanding.dates.reading import Reading, on_days, on_each
from engine.understanding.dates.rules import Match, read_amount, read_name, rule
from engine.understanding.dates.words import (
    ABOUT,
    AMOUNT,
    NAME,
    NO_LAST_OF,
    NO_PART,
    SHORT_WEEKDAY,
    SHORT_WEEKDAYS,
    WEEKDAY,
    WEEKDAYS,
)

_WEEK = timedelta(days=7)
_WHICH = r"(?:the\s+)?(?P<which>this\s+past|this\s+last|last|this|past|previous)"


def _read_ordinal_name(match: Match, calendar: Calendar) -> Reading | None:
    """Read "last summer", "this March", "Easter just gone"."""
    yearly = read_name(match, calendar)[1]
    this = match["which"] == "this"
    return on_days(yearly.current(calendar.today) if this else yearly.past(calendar.today, 1))


def _read_name_before_last(match: Match, calendar: Calendar) -> Reading | None:
    return on_days(read_name(match, calendar)[1].past(calendar.today, 2))


def _read_ordinal_weekday(match: Match, calendar: Calendar) -> Reading | None:
    day = calendar.today if match["which"] == "this" else calendar.today - ONE_DAY
    return on_days(latest_weekday(day, SHORT_WEEKDAYS[match["weekday"][:3]]))


def _read_names_ago(match: Match, calendar: Calendar) -> Reading | None:
    """Read "two summers ago": the last one that is over is one summer ago."""
    least, most = read_amount(match["amount"])
    yearly = read_name(match, calendar)[1]
    times = [days for back in range(least, most + 1) if (days := yearly.past(calendar.today, back))]
    if len(times) > 1:
        return on_each(times)
    return on_days(times[0] if times else None)


def _read_names_past(match: Match, calendar: Calendar) -> Reading | None:
    """Read "the last three summers", no more than the library may have."""
    yearly = read_name(match, calendar)[1]
    count = min(read_amount(match["amount"])[1], len(calendar.every_year()))
    return on_each(filter(None, (yearly.past(calendar.today, back) for back in range(1, count + 1))))


def _read_weekday_before_last(match: Match, calendar: Calendar) -> Reading | None:
    last = latest_weekday(calendar.today - ONE_DAY, WEEKDAYS[match["weekday"]]).first
    return on_days(Days(last - _WEEK, last - _WEEK))


def _read_weekdays_ago(match: Match, calendar: Calendar) -> Reading | None:
    least, most = read_amount(match["amount"])
    last = latest_weekday(calendar.today - ONE_DAY, WEEKDAYS[match["weekday"]]).first
    return on_days(Days(last - (least - 1) * _WEEK, last - (least - 1) * _WEEK)) if least == most else None


RULES = (
    rule(rf"{_WHICH}\s+{NAME}", _read_ordinal_name),
    rule(rf"(?:the\s+)?{NAME}\s+before\s+last", _read_name_before_last),
    rule(rf"{NAME}\s+(?P<which>just\s+(?:gone|past)|past(?=\s*(?:$|[,.;!?)])))", _read_ordinal_name),
    rule(rf"(?:(?:the|these)\s+)?(?:past|last)\s+(?P<amount>{AMOUNT})\s+{NAME}(?:e?s)", _read_names_past),
    rule(
        rf"{NO_LAST_OF}{_WHICH}\s+(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY}){NO_PART}",
        _read_ordinal_weekday,
    ),
    rule(rf"(?:the\s+)?(?P<weekday>{WEEKDAY})\s+before\s+last", _read_weekday_before_last),
    rule(rf"{ABOUT}(?P<amount>{AMOUNT})\s+{NAME}(?:e?s)?\s+ago", _read_names_ago),
    rule(rf"(?P<amount>{AMOUNT})\s+(?P<weekday>{WEEKDAY})s?\s+ago", _read_weekdays_ago),
)

"""Weekdays and times of day: "Sundays", "at night", "around 3 pm", "between 3 and 5 pm"."""

from engine.understanding.dates.calendar import Calendar
from engine.understanding.dates.reading import AFTERNOON, EVENING, MORNING, NIGHT, OUT_AT_NIGHT, Kind, Reading
from engine.understanding.dates.rules import Match, read_count, rule
from engine.understanding.dates.words import PART_OF_DAY, SHORT_WEEKDAYS, UNITS, WEEKDAY, any_of

WEEKEND, WORKDAYS = frozenset({5, 6}), frozenset(range(5))
NOON, MIDNIGHT = frozenset({11, 12}), frozenset({23, 0})
_NAMED_HOURS = {
    "noon": NOON,
    "midday": NOON,
    "midnight": MIDNIGHT,
    "breakfasttime": frozenset({6, 7, 8, 9}),
    "lunchtime": frozenset({11, 12, 13}),
    "teatime": frozenset({15, 16, 17}),
    "dinnertime": frozenset({17, 18, 19, 20}),
}
HOURS = {
    "morning": frozenset(MORNING),
    "early morning": frozenset({4, 5, 6, 7}),
    "late morning": frozenset({9, 10, 11}),
    "afternoon": frozenset(AFTERNOON),
    "early afternoon": frozenset({12, 13, 14}),
    "late afternoon": frozenset({15, 16, 17}),
    "evening": frozenset(EVENING),
    "early evening": frozenset({17, 18, 19}),
    "late evening": frozenset({20, 21, 22, 23}),
    "night": frozenset(NIGHT),
    "early night": frozenset({21, 22}),
    "late night": frozenset({22, 23, 0, 1, 2, 3}),
}


def hours_on(reading: Reading, part: str) -> frozenset[int]:
    """Find the hours of a part of the day; the night of one day begins with its evening."""
    if part == "night":
        long = reading.days.count > 4 if reading.days else reading.yearly and reading.yearly.months
        return frozenset(NIGHT if long else OUT_AT_NIGHT)
    return HOURS[part]


def between_hours(first: int, last: int) -> frozenset[int]:
    """List the hours from one to before another, past midnight where that is earlier."""
    return frozenset((first + step) % 24 for step in range((last - first) % 24))


def _read_weekday(match: Match, _: Calendar) -> Reading:
    weekday = SHORT_WEEKDAYS[match["weekday"][:3]]
    return Reading(Kind.FREE if match["many"] else Kind.WEEKDAY, weekdays=frozenset({weekday}))


def _read_weekdays(match: Match, _: Calendar) -> Reading:
    """Read "mon-fri"."""
    first, last = SHORT_WEEKDAYS[match["first"]], SHORT_WEEKDAYS[match["last"]]
    return Reading(Kind.FREE, weekdays=frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)))


def _read_weekend(match: Match, _: Calendar) -> Reading:
    days = WEEKEND if match["days"] == "weekend" else WORKDAYS
    return Reading(Kind.FREE if match["many"] else Kind.WEEKDAY, weekdays=days)


def _read_workdays(_match: Match, _: Calendar) -> Reading:
    return Reading(Kind.PART_OF_DAY, weekdays=WORKDAYS)


def _read_part(match: Match, _: Calendar) -> Reading:
    part = " ".join(word for word in (match["when"] or match["how"], match["part"]) if word)
    return Reading(Kind.PART_OF_DAY, hours=HOURS[part])


def _read_night(match: Match, _: Calendar) -> Reading:
    return Reading(Kind.FREE, hours=HOURS["late night" if match["late"] else "night"])


def _read_hour_by_name(match: Match, _: Calendar) -> Reading:
    return Reading(Kind.CLOCK, hours=_NAMED_HOURS["".join(match[0].split())])


def _read_small_hours(_match: Match, _: Calendar) -> Reading:
    return Reading(Kind.FREE, hours=frozenset(range(5)))


def hour_of(hour: str, half: str | None) -> int | None:
    """Read an hour of the clock with "am", "pm" or a part of the day; None where there is no such hour."""
    number = int(hour)
    if not half:
        return number if number < 24 else None
    if not 1 <= number <= 12:
        return None
    late = half.startswith("p") or half in ("afternoon", "evening") or (half == "night" and number >= 6)
    return number % 12 + (12 if late else 0)


def _read_clock(match: Match, _: Calendar) -> Reading | None:
    hour = hour_of(match["hour"], match["half"])
    if hour is None or int(match["minute"] or 0) > 59:
        return None
    return Reading(Kind.CLOCK, hours=frozenset({hour}))


def _read_told_hour(match: Match, _: Calendar) -> Reading | None:
    """Read "7 in the evening" and "half past ten in the morning"."""
    number = read_count(match["hour"]) - (match["side"] == "to")
    hour = hour_of(str(number or 12), match["half"])
    return None if hour is None else Reading(Kind.CLOCK, hours=frozenset({hour}))


def _read_o_clock(match: Match, _: Calendar) -> Reading | None:
    hour = int(match["hour"])
    return Reading(Kind.CLOCK, hours=frozenset({hour % 12, hour % 12 + 12})) if 1 <= hour <= 12 else None


def _read_hours(match: Match, _: Calendar) -> Reading | None:
    """Read "3 to 5 pm", "10 pm to 2 am", "14:00 to 16:00"; what ends on the hour ends before it."""
    half = match["half"] or match["part"]
    last = hour_of(str(read_count(match["last"])), half)
    first = hour_of(str(read_count(match["first"])), match["first_half"] or half)
    if first is None or last is None:
        return None
    if not match["first_half"] and half and first > last:
        first -= 12
    hours = between_hours(first, last + (1 if int(match["last_minute"] or 0) else 0))
    return Reading(Kind.FREE, hours=hours) if hours else None


_HOUR_NAMES = any_of([*UNITS, "ten", "eleven", "twelve"])
_HALF = r"[ap]\.?m\b\.?"
_THROUGH = r"\s*(?:-|to|and|until|till)\s*"

RULES = (
    rule(rf"(?P<first>{any_of(SHORT_WEEKDAYS)})\s*(?:-|to)\s*(?P<last>{any_of(SHORT_WEEKDAYS)})", _read_weekdays),
    rule(r"past\s+midnight", _read_small_hours),
    rule(
        rf"(?P<weekday>{WEEKDAY}|tues|weds|thurs?|(?<=\bon )(?:mon|tue|wed|thu|fri|sat)"
        rf"|{any_of(SHORT_WEEKDAYS)}(?=\s+{PART_OF_DAY}))(?P<many>s)?",
        _read_weekday,
    ),
    rule(r"(?P<days>weekend|weekday|workday)(?P<many>s)?", _read_weekend),
    rule(
        r"(?:during|in)\s+the\s+(?:working\s+)?week(?!\s+(?:i|we|he|she|they|it|my|our|the|when|that|of|before|after|\d))",
        _read_workdays,
    ),
    rule(
        r"(?:(?P<when>early|late)\s+)?in\s+the\s+(?:(?P<how>early|late)\s+)?(?P<part>morning|afternoon|evening)s?",
        _read_part,
    ),
    rule(
        rf"(?:on\s+(?:an?|one)|(?:on\s+)?(?:one|every|each|any|some))\s+(?P<when>)(?:(?P<how>early|late)\s+)?"
        rf"(?P<part>{PART_OF_DAY})",
        _read_part,
    ),
    rule(
        r"(?:(?P<late>late)\s+)?(?:(?:at|by)\s+night(?:time)?(?!\s+(?:market|club|stand|bus|train|time))"
        r"|in\s+the\s+night(?!\s+sky)|(?:during|in\s+the\s+middle\s+of)\s+the\s+night)",
        _read_night,
    ),
    rule(
        r"(?P<when>early|late)\s+(?P<how>)(?P<part>morning|afternoon|evening|night)(?:s(?!\w)|(?=\s*(?:$|[,.;!?)])))",
        _read_part,
    ),
    rule(
        r"(?:in|during)\s+the\s+(?:small|wee|early)\s+hours(?:\s+of\s+the\s+(?:morning|night|day))?", _read_small_hours
    ),
    rule("noon|midday|midnight|lunch\\s?time|tea\\s?time|dinner\\s?time|breakfast\\s?time", _read_hour_by_name),
    rule(rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*(?P<half>{_HALF})", _read_clock),
    rule(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<half>)", _read_clock),
    rule(
        rf"(?:(?:half|quarter|twenty|ten|five)\s+(?P<side>past|to)\s+)?(?P<hour>\d{{1,2}}|{_HOUR_NAMES})(?::[0-5]\d)?(?:\s+o'?clock)?"
        rf"\s+(?:in\s+the|at)\s+(?P<half>{PART_OF_DAY})",
        _read_told_hour,
    ),
    rule(r"(?P<hour>\d{1,2})\s*o'?clock", _read_o_clock),
    rule(
        rf"(?:between\s+)?(?P<first>\d{{1,2}}|{_HOUR_NAMES})(?::\d\d)?\s*(?P<first_half>{_HALF})?{_THROUGH}"
        rf"(?P<last>\d{{1,2}}|{_HOUR_NAMES})(?::(?P<last_minute>\d\d))?"
        rf"(?:\s*(?P<half>{_HALF})|\s+(?:in\s+the|at)\s+(?P<part>{PART_OF_DAY}))",
        _read_hours,
    ),
    rule(
        rf"(?:between\s+)?(?P<first>\d{{1,2}}):\d\d(?P<first_half>){_THROUGH}(?P<last>\d{{1,2}}):(?P<last_minute>\d\d)"
        r"(?P<half>)(?P<part>)",
        _read_hours,
    ),
)

"""When a photo was taken, counted from the one beside the request: "a year later", "the day before"."""

import re
from datetime import date, timedelta
from typing import Any

from engine.understanding.dates.words import NUMBERS, any_of

_UNIT = r"(?:day|week|month|year|decade)"
MOMENT = re.compile(
    rf"""\b(?:(?:taken|made|shot|from)\s+)?(?:
    (?P<count>\d{{1,2}}|{any_of(NUMBERS)})\s+(?P<counted>{_UNIT})s?\s+(?P<way>later|earlier|after|before|afterwards)
    |(?:the\s+)?(?P<near>{_UNIT})\s+(?P<side>before|after)(?=\s*(?:$|[,.;!?]|\b(?:this|that|but)\b))
    |(?:the\s+)?(?P<next>next|following|previous)\s+(?P<one>{_UNIT})
    |(?:(?:some|many|a\s+few|several)\s+)?(?:{_UNIT}s\s+)(?P<open>later|earlier|before|after)
    |(?P<than>later|earlier|before|after)(?=\s+(?:than\s+)?(?:this|that)\b(?!\s+{_UNIT})))
    (?:\s+(?:than\s+)?(?:this|that)(?:\s+(?:one|photo|picture|day))?\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_FORWARD = frozenset(("later", "after", "afterwards", "next", "following"))


def days_from(moment: re.Match[str], day: date) -> dict[str, Any]:
    """Return the first and the last day of what a match of `MOMENT` speaks of, where the photo is of this `day`."""
    way = next(moment[name] for name in ("way", "side", "next", "open", "than") if moment[name]).lower()
    unit = moment["counted"] or moment["near"] or moment["one"]
    step = 1 if way in _FORWARD else -1
    if unit is None:
        return {"date_from": day + timedelta(1)} if step > 0 else {"date_to": day - timedelta(1)}
    count = (moment["count"] or "a").lower()
    steps = step * (int(count) if count.isdigit() else NUMBERS[count])
    match unit.lower():
        case "day" | "week" as known:
            length = 7 if known == "week" else 1
            start = day - timedelta(day.weekday() if length == 7 else 0) + timedelta(steps * length)
            return {"date_from": start, "date_to": start + timedelta(length - 1)}
        case "month":
            return {"date_from": _month(day, steps), "date_to": _month(day, steps + 1) - timedelta(1)}
    year = day.year + steps * (10 if unit.lower() == "decade" else 1)
    return {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}


def _month(day: date, steps: int) -> date:
    """Return the first day of the month that is so many months later."""
    months = day.year * 12 + day.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)

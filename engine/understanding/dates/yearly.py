"""What comes back every year: months, seasons, holidays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from engine.understanding.dates.calendar import Calendar, Days, day_of, days_of_months, days_of_year, latest_weekday

_REACH_YEARS = 200


@dataclass(frozen=True, slots=True)
class Yearly:
    """Days of any year. `months` are set where these are just whole months; some days are not in every year."""

    in_year: Callable[[int], Days | None]
    months: frozenset[int] = frozenset()

    def past(self, today: date, back: int) -> Days | None:
        """Find the last time that is over (1), the one before it (2), and so on."""
        over = [days for days in self._backwards(today.year, back + 2) if days.last < today]
        return over[back - 1] if 0 < back <= len(over) else None

    def current(self, today: date) -> Days | None:
        """Find "this" one: what has begun and lies, at least partly, in this year."""
        begun = self.begun(today)
        return begun if begun and begun.last.year >= today.year else None

    def begun(self, day: date) -> Days | None:
        """Find the last time that had begun on a day."""
        return next((days for days in self._backwards(day.year, _REACH_YEARS) if days.first <= day), None)

    def following(self, day: date) -> Days | None:
        """Find the first time that is not over on a day."""
        years = range(day.year - 1, min(day.year + 9, date.max.year))
        return next((days for year in years if (days := self.in_year(year)) and days.last >= day), None)

    def each(self, calendar: Calendar) -> frozenset[date]:
        """List its days in all years of the library."""
        years = calendar.every_year()
        found = (self.in_year(year) for year in range(max(years.start - 1, 1), years.stop + 1))
        return frozenset(day for days in found if days for day in days.each() if day.year in years)

    def changed(self, change: Callable[[Days], Days | None]) -> "Yearly":
        """Change its days in every year; what is left of whole months may be less than whole ones."""
        return Yearly(lambda year: change(days) if (days := self.in_year(year)) else None)

    def through(self, other: "Yearly") -> "Yearly":
        """Reach to another one, in the next year where that comes earlier in the year."""

        def reach(year: int) -> Days | None:
            first = self.in_year(year)
            last = other.following(first.first) if first else None
            return first.through(last) if first and last else None

        return Yearly(reach)

    def _backwards(self, year: int, count: int) -> list[Days]:
        found = (self.in_year(each) for each in range(year + 1, max(year - count, 1), -1))
        return [days for days in found if days]


def every_month(month: int, count: int = 1) -> Yearly:
    """Take months of any year."""
    months = frozenset((month - 1 + offset) % 12 + 1 for offset in range(count))
    return Yearly(lambda year: days_of_months(year, month, count), months)


def every_day(month: int, day: int) -> Yearly | None:
    """Take one day of any year, where any year has it."""
    return Yearly(lambda year: day_of(year, month, day)) if day_of(2000, month, day) else None


def every_season(name: str, southern: bool) -> Yearly:
    """Take a season, as the three months that weather services count; that of a year is the one that begins in it. Its
    name may be that of its holidays: "summertime", "summer break"."""
    name = name.split(maxsplit=1)[0].removesuffix("time")
    month = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    return every_month((month + 5) % 12 + 1 if southern else month, 3)


def easter(year: int) -> date:
    """Compute Easter Sunday (the "anonymous Gregorian" rule; Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Find the nth weekday of a month; -1 is the last one."""
    days = days_of_months(year, month)
    if nth < 0:
        return days.last - timedelta(days=(days.last.weekday() - weekday) % 7)
    return days.first + timedelta(days=(weekday - days.first.weekday()) % 7 + 7 * (nth - 1))


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday: how it is written, a pattern; with which preposition it is said; and its days. One that stands `free`
    is never the mere look of something, as a Christmas tree is."""

    name: str
    pattern: str
    said: str
    yearly: Yearly
    free: bool = False


def _fixed(month: int, day: int, count: int = 1) -> Yearly:
    first = timedelta(days=count - 1)
    return Yearly(lambda year: Days(date(year, month, day), date(year, month, day) + first))


def _floating(find: Callable[[int], date], before: int = 0, after: int = 0) -> Yearly:
    return Yearly(lambda year: Days(find(year) - timedelta(days=before), find(year) + timedelta(days=after)))


def _new_year(year: int) -> Days:
    return Days(days_of_year(year).first - timedelta(days=1), days_of_year(year).first)


def _advent() -> Yearly:
    """From the fourth Sunday before Christmas to Christmas Eve."""
    return Yearly(lambda year: Days(latest_weekday(date(year, 12, 24), 6).first - timedelta(21), date(year, 12, 24)))


HOLIDAYS = (
    Holiday(
        "Christmas and New Year",
        r"(?:between|from) (?:the )?(?:christmas|xmas) (?:and|to|till|until) "
        r"(?:(?:the )?new year'?s?(?: eve| day)?|nye?)",
        "between",
        _fixed(12, 24, 9),
        free=True,
    ),
    Holiday(
        "the Christmas holidays",
        r"(?:the )?(?:christmas|xmas) (?:holidays?|period|break|vacation|season)",
        "over",
        _fixed(12, 20, 18),
    ),
    Holiday("Advent", "advent", "in", _advent()),
    Holiday("Christmas Eve", r"(?:christmas|xmas) eve", "on", _fixed(12, 24), free=True),
    Holiday("Christmas Day", r"(?:christmas|xmas) day", "on", _fixed(12, 25), free=True),
    Holiday("Christmas", r"christmas(?: ?time)?|xmas", "at", _fixed(12, 24, 3)),
    Holiday("Boxing Day", r"boxing day", "on", _fixed(12, 26), free=True),
    Holiday("New Year's Eve", r"new year'?s? eve|nye", "on", _fixed(12, 31), free=True),
    Holiday("New Year's Day", r"new year'?s? day", "on", _fixed(1, 1), free=True),
    Holiday("New Year", r"(?<!chinese )(?<!lunar )(?<!jewish )new year'?s?", "at", Yearly(_new_year)),
    Holiday("the Easter holidays", r"(?:the )?easter (?:holidays?|break|vacation)", "over", _floating(easter, 9, 8)),
    Holiday("Good Friday", r"good friday", "on", _floating(easter, 2, -2), free=True),
    Holiday("Easter Sunday", r"easter (?:sunday|day)", "on", _floating(easter), free=True),
    Holiday("Easter Monday", r"easter monday", "on", _floating(easter, -1, 1), free=True),
    Holiday("Easter", r"easter(?: weekend)?", "at", _floating(easter, 2, 1)),
    Holiday("Valentine's Day", r"(?:st\.? )?valentine'?s?(?: day)?|v-?day", "on", _fixed(2, 14)),
    Holiday("St Patrick's Day", r"(?:st\.?|saint) (?:patrick|paddy)'?s? day", "on", _fixed(3, 17)),
    Holiday("Halloween", r"hallowe'?en", "on", _fixed(10, 31)),
    Holiday("the 4th of July", r"independence day|fourth of july", "on", _fixed(7, 4), free=True),
    Holiday("Thanksgiving", r"thanksgiving(?: day)?", "on", _floating(lambda year: nth_weekday(year, 11, 3, 4))),
    Holiday("Mother's Day", r"mother'?s'? day", "on", _floating(lambda year: nth_weekday(year, 5, 6, 2))),
    Holiday("Mothering Sunday", r"mothering sunday", "on", _floating(easter, 21, -21), free=True),
    Holiday("Father's Day", r"father'?s'? day", "on", _floating(lambda year: nth_weekday(year, 6, 6, 3))),
    Holiday("Memorial Day", r"memorial day", "on", _floating(lambda year: nth_weekday(year, 5, 0, -1))),
    Holiday("May Day", r"may day", "on", _fixed(5, 1)),
    Holiday("Palm Sunday", r"palm sunday", "on", _floating(easter, 7, -7), free=True),
    Holiday("Shrove Tuesday", r"shrove tuesday|pancake (?:tuesday|day)|mardi gras", "on", _floating(easter, 47, -47)),
    Holiday("Ash Wednesday", r"ash wednesday", "on", _floating(easter, 46, -46), free=True),
    Holiday("Whit Monday", r"whit monday", "on", _floating(easter, -50, 50), free=True),
    Holiday("Whitsun", r"whitsun(?:day| weekend)?|pentecost", "at", _floating(easter, -48, 50)),
    Holiday("April Fools' Day", r"april fool'?s'? day", "on", _fixed(4, 1)),
    Holiday("Bastille Day", r"bastille day", "on", _fixed(7, 14)),
    Holiday("Canada Day", r"canada day", "on", _fixed(7, 1)),
    Holiday("Australia Day", r"australia day", "on", _fixed(1, 26)),
    Holiday("Anzac Day", r"anzac day", "on", _fixed(4, 25)),
    Holiday("Bonfire Night", r"bonfire night|guy fawkes(?: night| day)?", "on", _fixed(11, 5)),
    Holiday(
        "the August bank holiday",
        r"(?:august|summer) bank holiday(?: weekend)?",
        "on",
        _floating(lambda year: nth_weekday(year, 8, 0, -1), before=2),
        free=True,
    ),
    Holiday("Remembrance Day", r"(?:remembrance|armistice|veterans?'?) day", "on", _fixed(11, 11)),
    Holiday("Labor Day", r"labou?r day", "on", _floating(lambda year: nth_weekday(year, 9, 0, 1))),
)

"""The words of dates, as parts of patterns. Text is in lower case, with plain apostrophes and hyphens."""

import re
from collections.abc import Iterable

from engine.understanding.dates.yearly import HOLIDAYS


def words_in(text: str) -> list[str]:
    """List the words of a text."""
    return text.split()


_MONTHS = words_in("january february march april may june july august september october november december")
MONTHS = {form: number for number, name in enumerate(_MONTHS, 1) for form in (name, name[:3])} | {"sept": 9}
UNMISTAKABLE_MONTHS = frozenset(_MONTHS) - {"march", "april", "may", "june"}
WEEKDAYS = {
    name: number for number, name in enumerate(words_in("monday tuesday wednesday thursday friday saturday sunday"))
}
SHORT_WEEKDAYS = {name[:3]: number for name, number in WEEKDAYS.items()}
UNITS = {word: number for number, word in enumerate(words_in("one two three four five six seven eight nine"), 1)}
TEENS = {
    word: number
    for number, word in enumerate(
        words_in("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 10
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate(words_in("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
NUMBERS = {"a": 1, "an": 1, **UNITS, **TEENS, **TENS}
_UP_TO_TWENTIETH = words_in(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth"""
)
ORDINALS = (
    {word: number for number, word in enumerate(_UP_TO_TWENTIETH, 1)}
    | {
        f"{tens}{mark}{word}": number + more
        for tens, more, most in (("twenty", 20, 9), ("thirty", 30, 1))
        for mark in " -"
        for number, word in enumerate(_UP_TO_TWENTIETH[:most], 1)
    }
    | {"thirtieth": 30}
)
VAGUE = {
    "a couple of": (1, 3),
    "a couple": (1, 3),
    "couple of": (1, 3),
    "a few": (2, 5),
    "few": (2, 5),
    "several": (3, 7),
}
_DECADES = words_in("thirties forties fifties sixties seventies eighties nineties")
DECADES = {word: 1930 + decade * 10 for decade, word in enumerate(_DECADES)} | {
    "twenties": 2020,
    "noughties": 2000,
    "naughties": 2000,
    "aughts": 2000,
}


def any_of(words: Iterable[str]) -> str:
    """Write a pattern of any of the words, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


MONTH = any_of(MONTHS) + r"\b\.?"
SEASON = r"(?:spring|summer|autumn|fall|winter)(?:time|\s+(?:break|holidays?|vacation|season|term|semester|months))?"
HOLIDAY = "(?:" + "|".join(holiday.pattern for holiday in HOLIDAYS) + ")"
WEEKDAY = any_of(WEEKDAYS)
SHORT_WEEKDAY = "(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
YEAR = r"(?:18|19|20)\d\d"
UNDER_HUNDRED = rf"(?:{any_of(TENS)}(?:[\s-]+{any_of(UNITS)})?|{any_of(TEENS)})"
COUNT = rf"(?:\d{{1,3}}|{UNDER_HUNDRED}|{any_of(UNITS)}|an?)"
AMOUNT = rf"(?:{any_of(VAGUE)}|{COUNT}(?:(?:\s+(?:or|to)\s+|\s?-\s?(?=\d)){COUNT})?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
QUARTER = "q[1-4]"
PART_OF_DAY = "(?:morning|afternoon|evening|night)"

# How people say that they are not sure.
THINKING = (
    r"i\s+(?:think|guess|believe|suppose|reckon|imagine|bet|want\s+to\s+say)|i'm\s+guessing|i'd\s+(?:say|guess)"
    r"|i\s+should\s+(?:think|say|imagine)|my\s+guess\s+is"
)
MAYBE = "maybe|perhaps|probably|possibly|probs?|prolly"

# A year, also one told from now: "2019", "'98", "last year", "two years ago".
SOME_YEAR = (
    rf"(?:(?P<year>{YEAR})|'(?P<short>\d\d)|(?P<told>last year|this year|(?:the )?year before last)"
    rf"|(?:(?:about|around)\s+)?(?P<ago>{AMOUNT})\s*(?:years?|yrs?)\s+(?:ago|back))"
)
NAME = rf"(?:(?P<holiday>{HOLIDAY})|(?P<month>{MONTH})|(?P<season>{SEASON})|(?P<quarter>{QUARTER}))"
ABOUT = r"(?:(?P<about>about|around|roughly|approximately|some|almost|nearly|maybe|like|a\s+good)\s+)?"

# "The last week of our trip" and "last Sunday of May" are a part of that, "last week of my dog" is not.
NO_LAST_OF = r"(?!(?:(?<=\bthe )|the\s+)last\s+\w+\s+of\b)"
NO_PART = (
    rf"(?!\s+of\s+(?:(?:the|that|this|our|my|last)\s+)?(?:{MONTH}|{SEASON}|{HOLIDAY}|{YEAR}|'?\d|year|month|term|school"
    r"|trip|holidays?|vacation)\b)"
)

# Words that go on with the sentence rather than with a name: "in summer with" is a date, "in summer dress" is not.
FUNCTION_WORDS = frozenset(
    words_in(
        """with without at on in by near from of for to into onto over under behind beside between during before after
        since until and or but not nor while when where which who that than as like because if so then
        around inside outside through across along next above below against the a an my our your his her
        their its this these those some any all both every each no i we you he she it they me us him them is
        are was were has have had do did does can could will would there here just only also too maybe one ones
        perhaps please though tho although thanks somewhere last photo photos picture pictures pic pics image images
        newest oldest latest earliest sorted ordered portrait landscape vertical horizontal
        shot shots snapshot snapshots taken made captured snapped nobody except excluding besides minus instead"""
    )
)

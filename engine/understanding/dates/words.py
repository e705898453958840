"""The words of dates, as parts of patterns. Text is in lower case, with plain apostrophes and hyphens."""

import re

from engine.understanding.dates.yearly import HOLIDAYS

_MONTHS = "january february march april may june july august september october november december".split()
MONTHS = {form: number for number, name in enumerate(_MONTHS, 1) for form in (name, name[:3])} | {"sept": 9}
UNMISTAKABLE_MONTHS = frozenset(_MONTHS) - {"march", "april", "may", "june"}
WEEKDAYS = {
    name: number
    for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30}
VAGUE = {"a couple of": (1, 3), "a couple": (1, 3), "couple of": (1, 3), "a few": (2, 5), "few": (2, 5), "several": (3, 7)}
DECADES = {
    word: decade
    for decade, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}


def any_of(words: object) -> str:
    """Write a pattern of any of the words, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"  # type: ignore[call-overload]


MONTH = any_of(MONTHS) + r"\b\.?"
SEASON = "(?:spring|summer|autumn|fall|winter)(?:time)?"
HOLIDAY = "(?:" + "|".join(holiday.pattern for holiday in HOLIDAYS) + ")"
WEEKDAY = any_of(WEEKDAYS)
YEAR = r"(?:18|19|20)\d\d"
COUNT = rf"(?:\d{{1,3}}|{any_of(NUMBERS)})"
AMOUNT = rf"(?:{any_of(VAGUE)}|{COUNT}(?:\s+(?:or|to)\s+{COUNT})?)"
ORDINAL = r"(?:st|nd|rd|th)"
DAY = rf"\d{{1,2}}{ORDINAL}?"
PART_OF_DAY = "(?:morning|afternoon|evening|night)"

# A year, also one told from now: "2019", "'98", "last year", "two years ago".
SOME_YEAR = (
    rf"(?:(?P<year>{YEAR})|'(?P<short>\d\d)|(?P<told>last year|this year|(?:the )?year before last)"
    rf"|(?:(?:about|around)\s+)?(?P<ago>{AMOUNT})\s+years?\s+ago)"
)
NAME = rf"(?:(?P<month>{MONTH})|(?P<season>{SEASON})|(?P<holiday>{HOLIDAY}))"

# Words that go on with the sentence rather than with a name: "in summer with" is a date, "in summer dress" is not.
FUNCTION_WORDS = frozenset(
    """with without at on in by near from of for to into onto over under behind beside between during before after
    since until and or but not nor while when where which who that than as like because if so then around inside
    outside through across along next above below against the a an my our your his her their its this these those some
    any all both every each no i we you he she it they me us him them is are was were has have had do did does can
    could will would there here just only also too maybe perhaps please somewhere last photo photos picture pictures
    pic pics image images shot shots snapshot snapshots""".split()
)

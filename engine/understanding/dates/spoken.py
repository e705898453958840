"""Years and days as they are dictated: "twenty nineteen", "the twenty first of June"."""

import re

from engine.understanding.dates.words import any_of, words_in

_UNITS = {word: number for number, word in enumerate(words_in("one two three four five six seven eight nine"), 1)}
_TEENS = {
    word: number
    for number, word in enumerate(
        words_in("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 10
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(words_in("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_VALUES = {**_UNITS, **_TEENS, **_TENS}
_UNDER_HUNDRED = rf"(?:{any_of(_TENS)}(?:[\s-]+{any_of(_UNITS)})?|{any_of(_TEENS)})"
_YEAR = re.compile(
    rf"\b(?:(?P<century>nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?P<unit>{any_of(_UNITS)})|(?P<rest>{_UNDER_HUNDRED}))"
    rf"|two\s+thousand(?:\s+(?:and\s+)?(?P<since>{_UNDER_HUNDRED}|{any_of(_UNITS)}))?)\b"
)


def with_digits(text: str) -> tuple[str, list[int]]:
    """Write the years of a text in lower case as digits; and say where each character of it, and its end, stood."""
    origin = list(range(len(text) + 1))
    for match in reversed(list(_YEAR.finditer(text))):
        start, end = match.span()
        text = f"{text[:start]}{_year(match)}{text[end:]}"
        origin[start:end] = [start] * 4
    return text, origin


def _year(match: re.Match[str]) -> int:
    century = _VALUES[match["century"]] * 100 if match["century"] else 2000
    rest = match["unit"] or match["rest"] or match["since"] or ""
    return century + sum(_VALUES[word] for word in rest.replace("-", " ").split())

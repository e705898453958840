"""Years as they are dictated or written by ear: "twenty nineteen", "2k19"."""

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
_SPOKEN = re.compile(
    rf"\b(?:(?P<century>nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?P<unit>{any_of(_UNITS)})|(?P<rest>{_UNDER_HUNDRED}))"
    rf"|2k(?P<short>\d\d)|two\s+thousand(?:\s+(?:and\s+)?(?P<since>{_UNDER_HUNDRED}|{any_of(_UNITS)}))?"
    r"|(?P<weeks>(?:a\s+)?fortnight))\b"
)


def with_digits(text: str) -> tuple[str, list[int]]:
    """Write such years of a text in lower case as digits, and a fortnight as two weeks; and say where each character
    of it, and its end, stood."""
    origin = list(range(len(text) + 1))
    for match in reversed(list(_SPOKEN.finditer(text))):
        start, end = match.span()
        meant = "2 weeks" if match["weeks"] else str(_year(match))
        text = f"{text[:start]}{meant}{text[end:]}"
        origin[start:end] = [start] * len(meant)
    return text, origin


def _year(match: re.Match[str]) -> int:
    if match["short"]:
        return 2000 + int(match["short"])
    century = _VALUES[match["century"]] * 100 if match["century"] else 2000
    rest = match["unit"] or match["rest"] or match["since"] or ""
    return century + sum(_VALUES[word] for word in rest.replace("-", " ").split())

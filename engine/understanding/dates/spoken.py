"""Years as they are dictated or written by ear: "twenty nineteen", "2k19"."""

import re

from engine.understanding.dates.words import NUMBERS, UNDER_HUNDRED, UNITS, any_of

_SPOKEN = re.compile(
    rf"\b(?:(?P<century>nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?P<unit>{any_of(UNITS)})|(?P<rest>{UNDER_HUNDRED}))"
    rf"|2k(?P<short>\d\d)|two\s+thousand(?:\s+(?:and\s+)?(?P<since>{UNDER_HUNDRED}|{any_of(UNITS)}))?"
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
    century = NUMBERS[match["century"]] * 100 if match["century"] else 2000
    rest = match["unit"] or match["rest"] or match["since"] or ""
    return century + sum(NUMBERS[word] for word in rest.replace("-", " ").split())

"""Years as they are dictated or written by ear: "twenty nineteen", "2k19"."""

import re

from engine.understanding.dates.words import DECADES, NUMBERS, UNDER_HUNDRED, UNITS, YEAR, any_of

_SPOKEN = re.compile(
    rf"\b(?:(?P<century>nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?P<unit>{any_of(UNITS)})|(?P<rest>{UNDER_HUNDRED}))"
    rf"|(?P<decade>(?:eighteen|nineteen)\s+{any_of(DECADES)})"
    rf"|2k(?P<short>\d\d)|two\s+thousand(?:\s+(?:and\s+)?(?P<since>{UNDER_HUNDRED}|{any_of(UNITS)}))?"
    r"|(?P<weeks>(?:a\s+)?fortnight)|(?P<which>last|this|past)\s+(?P<unit_of_time>yr|wk|wkend|nite))\b"
    rf"|(?P<sign>[<>]=?)\s?(?={YEAR})"
)
_SHORT = {"yr": "year", "wk": "week", "wkend": "weekend", "nite": "night"}
_SIGNS = {"<": "before ", "<=": "until ", ">": "after ", ">=": "since "}


def with_digits(text: str) -> tuple[str, list[int]]:
    """Write such years of a text in lower case as digits, and what is typed short in words, "last yr" and "<2010"; and
    say where each character of it, and its end, stood."""
    origin = list(range(len(text) + 1))
    for match in reversed(list(_SPOKEN.finditer(text))):
        start, end = match.span()
        meant = _written_out(match)
        text = f"{text[:start]}{meant}{text[end:]}"
        origin[start:end] = [start] * len(meant)
    return text, origin


def _written_out(match: re.Match[str]) -> str:
    if match["sign"]:
        return _SIGNS[match["sign"]]
    if match["which"]:
        return f"{match['which']} {_SHORT[match['unit_of_time']]}"
    if match["decade"]:
        century, decade = match["decade"].split()
        return f"{NUMBERS[century] * 100 + DECADES[decade] % 100}s"
    return "2 weeks" if match["weeks"] else str(_year(match))


def _year(match: re.Match[str]) -> int:
    if match["short"]:
        return 2000 + int(match["short"])
    century = NUMBERS[match["century"]] * 100 if match["century"] else 2000
    rest = match["unit"] or match["rest"] or match["since"] or ""
    return century + sum(NUMBERS[word] for word in rest.replace("-", " ").split())

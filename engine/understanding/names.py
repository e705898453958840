"""Find names in text, whatever their accents, capitals and hyphens."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[ \-'’./]{1,2}")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that stands in a text from `start` to `end`; `key` is that of `name_key`."""

    start: int
    end: int
    key: str


def fold(word: str) -> str:
    """Return a word without capitals and accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def name_key(name: str) -> str:
    """Return what all spellings of a name have in common: "Saint-Étienne" and "saint etienne" are the same."""
    return " ".join(fold(word) for word in _WORD.findall(name))


def find_names(text: str, names: Container[str]) -> Iterator[Mention]:
    """Yield the names, given by their keys, that stand in a text; the longest from the left wins."""
    words = _words(text)
    place = 0
    while place < len(words):
        mention = _longest(text, words[place : place + _LONGEST_NAME], names)
        if mention:
            yield mention
        place += mention.key.count(" ") + 1 if mention else 1


@lru_cache(maxsize=8)  # one rule after the other looks for names of its own in a text
def _words(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text))


def _longest(text: str, words: Sequence[tuple[int, int, str]], names: Container[str]) -> Mention | None:
    found, key = None, ""
    for count, (start, end, word) in enumerate(words):
        if count and not _JOINED.fullmatch(text, words[count - 1][1], start):
            break
        key = f"{key} {word}" if count else word
        if key in names:
            found = Mention(words[0][0], end, key)
    return found

"""Forgive slips of the finger in words that the library has."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.understanding.names import fold

_SHORTEST, _LONG, _LONGEST = 4, 8, 40
_SHORTEST_MIXED = 5
_CLEARLY_MORE = 10
_FEW_PHOTOS, _MANY_PHOTOS = 2, 20
_Y_TO_IES = re.compile(r"..[^aeiou]y$")
_ENDINGS = ("s", "es", "d", "ed", "r", "er", "ers", "y", "ly", "ing", "ish", "like", "less", "free", "ness")
# Words that are understood, whatever the library holds; the first of them are written as names are.
_NAMED_TIMES_TEXT = """
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter halloween thanksgiving"""
_OWN_TEXT = """
    yesterday today weekend weekends morning evening afternoon midnight summer winter
    autumn spring screenshot screenshots selfie selfies panorama panoramas
    photo photos picture pictures photograph image images without except excluding looking searching between before
    after during taken showing captioned uncaptioned captions caption newest oldest latest folder
    people person nobody anyone
    night last camera vertical horizontal please"""
_NAMED_TIMES = frozenset(_NAMED_TIMES_TEXT.split())
_OWN = _NAMED_TIMES | frozenset(_OWN_TEXT.split())
# The same with each double letter said once, a slip even where English has such a word: "sumer".
_UNDOUBLED = {single: word for word in _OWN if (single := re.sub(r"(.)\1", r"\1", word)) != word}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Known words, those that many photos have, those of names, and those that a slip may have been meant for, with
    their number of photos.

    `letters` is for each of these a set of bits, uint32 (n,), one for each letter; `lengths` is int8 (n,). Words with
    a slip share nearly all letters, so these leave few words to compare: looking up one word takes 0.2 ms among 40,000.
    """

    known: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    meant: tuple[str, ...] = ()
    photos: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    letters: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    lengths: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))

    @classmethod
    def build(cls, words: Mapping[str, int], names: frozenset[str], english: frozenset[str]) -> "Lexicon":
        """Take in the library's words by their number of photos, words of its names, and words of English.

        A word that one photo alone has may itself be a slip: it is known, but nothing is taken for it unless it is
        English.
        """
        counts = {word: count for word, count in words.items() if count >= _FEW_PHOTOS or word in english}
        counts |= {f"{word[:-1]}ies": count for word, count in counts.items() if _Y_TO_IES.search(word)}
        counts |= dict.fromkeys(names | _OWN, max(counts.values(), default=1))
        meant = tuple(sorted(word for word in counts if len(word) >= _SHORTEST and word.isalpha()))
        return cls(
            known=frozenset(words) | names | _OWN | english,
            everyday=frozenset(word for word, count in words.items() if count >= _MANY_PHOTOS),
            names=names,
            meant=meant,
            photos=np.array([counts[word] for word in meant], np.int64),
            letters=np.array([_letters(word) for word in meant], np.uint32),
            lengths=np.array([min(len(word), _LONGEST + 2) for word in meant], np.int8),
        )

    def correct(self, typed: str, *, is_last: bool = False, is_name: bool = False) -> str | None:
        """Return the one word that a typed one was clearly meant for, None where it is known or nothing is clear.

        The last word may not be finished. What is written as a name is only ever taken for another name.
        """
        word = fold(typed)
        if is_last and self._is_start(word):
            return None
        if word in _UNDOUBLED and word not in self.everyday | self.names:
            return _UNDOUBLED[word]
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or self._knows(word):
            return None
        if "f" in word and (sounded := word.replace("f", "ph")) in self.known:
            return sounded if not is_name or sounded in self.names else None
        for distance in (1, 2)[: 2 if len(word) >= _LONG else 1]:
            if near := self._near(word, distance):
                meant = self._clearest(word, near)
                if distance > 1 and meant and word.endswith("s") and edit_distance(word, f"{meant}s", 1) == 1:
                    meant = f"{meant}s"
                return meant if not is_name or meant in self.names or meant in _NAMED_TIMES else None
        return None if is_name else self._in_order(word)

    def _in_order(self, word: str) -> str | None:
        """Return the word of which a typed one has the letters in another order, or the plural of that."""
        singular = self._clearest(word[:-1], self._mixed(word[:-1])) if word.endswith("s") else None
        return f"{singular}s" if singular else self._clearest(word, self._mixed(word))

    def _knows(self, word: str) -> bool:
        if word in self.known:
            return True
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            stems = {stem, f"{stem}e"} if ending[0] in "eiy" else {stem}
            if len(stem) > 2 and stem != word and word[-2:] != "ss" and stems & self.known:
                return True
        return False

    def _is_start(self, word: str) -> bool:
        place = bisect_left(self.meant, word)
        return place < len(self.meant) and self.meant[place].startswith(word)

    def _near(self, word: str, distance: int) -> list[int]:
        """Return the places of the words at this distance that may have been meant."""
        other = np.bitwise_count(self.letters ^ np.uint32(_letters(word))) <= 2 * distance
        other &= np.abs(self.lengths - len(word)) <= 1
        return [
            place
            for place in np.flatnonzero(other).tolist()
            if _is_likely(word, self.meant[place], distance)
            and edit_distance(word, self.meant[place], distance) == distance
        ]

    def _mixed(self, word: str) -> list[int]:
        """Return the places of the words of the same letters in nearly the same order: "bycicle"."""
        same = (self.letters == np.uint32(_letters(word))) & (self.lengths == len(word))
        return [
            place
            for place in np.flatnonzero(same).tolist()
            if len(word) > _SHORTEST_MIXED
            and sorted(word) == sorted(self.meant[place])
            and edit_distance(word, self.meant[place], 2) == 2
        ]

    def _clearest(self, word: str, near: list[int]) -> str | None:
        near.sort(key=lambda place: -self.photos[place])
        if len({self.meant[place].removesuffix("s") for place in near}) == 1:
            near = [place for place in near if self.meant[place][-1] == word[-1]] or near
        if not near or (len(near) > 1 and self.photos[near[0]] < _CLEARLY_MORE * self.photos[near[1]]):
            return None
        return self.meant[near[0]]


def _is_likely(word: str, other: str, distance: int) -> bool:
    """Two slips leave the first letter as it is; a short word with another letter in it is another word."""
    if distance > 1:
        return word[0] == other[0] and other not in _OWN
    return len(word) > _SHORTEST or len(other) != len(word) or sorted(word) == sorted(other)


def edit_distance(word: str, other: str, most: int) -> int:
    """Return how many letters are added, left out, exchanged or swapped with the next one, or `most` + 1 if more.

    This is the optimal string alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance.
    """
    while word and other and word[-1] == other[-1]:
        word, other = word[:-1], other[:-1]
    while word and other and word[0] == other[0]:
        word, other = word[1:], other[1:]
    if most == 1 and max(len(word), len(other)) > 2:
        return 2
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if before and column > 1 and letter == other[column - 2] and word[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits

"""The parts of a plan that people see, correct and remove."""

from dataclasses import dataclass
from enum import StrEnum

from engine.search.query import Condition


class Guidance(StrEnum):
    """What a chip stands for that rules out no photo."""

    DESCRIPTION = "description"
    SPELLING = "spelling"
    SORT = "sort"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a plan: `label` is for people ("June to August 2024"); `text`, typed, means just this part again. The
    window shows an icon for each `kind`."""

    kind: Condition | Guidance
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that was taken for another one of the library; where both are the same, the user insists on it."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Echo:
    """Words of the description that are a filter as well, for they say how a photo looks: "at night". They stay mere
    words when a chip of any of the kinds is removed."""

    kinds: frozenset[Condition]
    words: str

"""How a request was understood: shown as chips, and corrected by them."""

from dataclasses import dataclass, field
from enum import StrEnum

from engine.search.query import Filters, Sort


class ChipKind(StrEnum):
    """What a chip stands for; the window shows an icon for each."""

    DESCRIPTION = "description"
    MUST = "must"
    MUST_NOT = "must not"
    PHRASE = "phrase"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    CAMERA = "camera"
    FOLDER = "folder"
    FORMAT = "format"
    KIND = "kind"
    SHAPE = "shape"
    TEXT = "text"
    CAPTION = "caption"
    SPELLING = "spelling"
    SORT = "sort"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a plan: `label` is for people ("June to August 2024"); `text`, typed, means just this part again."""

    kind: ChipKind
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that was taken for another one of the library."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What a request asks for. `description` is what is embedded, without filler; with a reference photo beside it,
    which the caller holds, it is the change wanted. `must`, `must_not` and `phrases` are those of `Query`."""

    description: str = ""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    spellings: tuple[Spelling, ...] = ()
    sort: Sort = Sort.RELEVANCE

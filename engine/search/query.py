"""What somebody is looking for."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidQuery
from engine.imaging.kind import PhotoKind


class Source(StrEnum):
    """Where evidence comes from. `SENTENCE`: the meaning of a caption's sentences. `PHOTO`: the photo itself, in the
    text space. `WORDS`: the very words of captions, texts in photos, names, places and tags. `VISUAL`: likeness to a
    photo. `TIME`: when it was taken, where that is preferred.
    """

    SENTENCE = "sentence"
    PHOTO = "photo"
    WORDS = "words"
    VISUAL = "visual"
    TIME = "time"


class Condition(StrEnum):
    """What a query demands of every photo."""

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
    MUST = "must"
    MUST_NOT = "must not"
    PHRASE = "phrase"


class Orientation(StrEnum):
    """The shape of a photo as it is seen."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"


class Sort(StrEnum):
    """In which order photos are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a photo must be; what is empty filters nothing.

    Dates are local ones, both inclusive. `months` (1 to 12), `weekdays` (Monday is 0) and `hours` (0 to 23) are those
    of the photo's own local time, in any year; `days` are single local dates, such as every Easter. Where the hours go
    on past midnight, what is taken then counts to the day before: Saturday night ends on Sunday. A photo without a date
    passes none of these. `places` are names as the catalog has them, of districts, towns, regions or countries; a photo
    is in one of them. `cameras` are names as the catalog has them. `folder` holds a photo at any depth. `formats` are
    names such as "JPEG", in any case. `kinds` are those of `PhotoKind`. A photo that passes one of `but_not` is left
    out; what is not known of it keeps no photo out. Raises `InvalidQuery` where the dates are in the wrong order.
    """

    date_from: date | None = None
    date_to: date | None = None
    days: frozenset[date] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()
    folder: Path | None = None
    formats: frozenset[str] = frozenset()
    kinds: frozenset[PhotoKind] = frozenset()
    orientation: Orientation | None = None
    has_text: bool | None = None
    captioned: bool | None = None
    but_not: frozenset["Filters"] = frozenset()

    def __post_init__(self) -> None:
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise InvalidQuery(
                "The first date is after the last one.", f"You asked for {self.date_from} to {self.date_to}."
            )

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """Words, a photo to resemble as its raw image-encoder output, float32 (1536,), or both; neither lists by date.

    With a photo, `text` is the change wanted. Every photo found holds all words of `must`, none of `must_not`, and each
    of `phrases` literally, in its caption or in the text in it; what `must_not` names is also not to be seen in it.
    Where no photo passes `filters`, a query with words or a photo is answered without them, unless `relax` is off.
    Photos that pass `preferred` are the likelier answers, if there is anything.
    `reference` is the id of the photo to resemble, where the library has it: it is not among the results, and neither
    are those `left_out`. `placed` is where the visual head places that photo, float32 (384,), `usual` where the mean
    caption and an average photo lie, float32 (2, 384), and `caption` what the photo is said to show, if that is known:
    without `placed` only looks count, and a change is not applied to what the photo shows (see `Reference.about`).
    `strictness` in [0, 1] is how much of the irrelevant tail is cut: 0 cuts nothing, 1 leaves strong matches alone.
    `sources` narrows down where evidence may come from, for measuring.
    """

    text: str = ""
    visual: NDArray[np.float32] | None = None
    reference: int | None = None
    left_out: frozenset[int] = frozenset()
    placed: NDArray[np.float32] | None = None
    usual: NDArray[np.float32] | None = None
    caption: str = ""
    filters: Filters = field(default_factory=Filters)
    preferred: Filters = field(default_factory=Filters)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    strictness: float = 0.0
    relax: bool = True
    limit: int = 50
    sources: frozenset[Source] = frozenset(Source)

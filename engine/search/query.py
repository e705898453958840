"""What somebody is looking for."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidQuery


class Source(StrEnum):
    """Where evidence comes from. `SENTENCE`: the meaning of a caption's sentences. `PHOTO`: the photo itself, in the
    text space. `WORDS`: the very words of captions, texts in photos, names, places and tags. `VISUAL`: likeness to a
    photo.
    """

    SENTENCE = "sentence"
    PHOTO = "photo"
    WORDS = "words"
    VISUAL = "visual"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a photo must be; what is empty filters nothing.

    Dates are local ones, both inclusive. `folder` holds a photo at any depth. `formats` are names such as "JPEG", in
    any case. Raises `InvalidQuery` where the dates are in the wrong order.
    """

    date_from: date | None = None
    date_to: date | None = None
    folder: Path | None = None
    formats: frozenset[str] = frozenset()

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

    `sources` narrows down where evidence may come from, for measuring.
    """

    text: str = ""
    visual: NDArray[np.float32] | None = None
    filters: Filters = field(default_factory=Filters)
    limit: int = 50
    sources: frozenset[Source] = frozenset(Source)

"""A photo that somebody asks by, and what the library knows of it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.search.duplicates import Duplicate, Sameness
from engine.search.query import Query

_QUESTION = re.compile(
    r"\s*(?:(?P<when>when|what\s+(?:year|month|day|date|time))|(?P<where>where|(?:which|what)\s+(?:place|town|city|country))"
    r"|who(?:'s|m)?|what(?:'s)?)\b(?=.*\b(?:this|that|these|those|here|it|he|she|they)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A photo to ask by: `visual`, the raw image-encoder output, float32 (1536,), and `placed`, where the visual head
    places it in the text space, unit float32 (384,).

    What the library knows of it is empty where it is not part of it: `photo_id`, `caption`, unless it is withheld,
    `taken_at`, `place`. `duplicates` are the copies that the library holds, the very photo with all its files first.
    """

    visual: NDArray[np.float32]
    placed: NDArray[np.float32]
    photo_id: int | None = None
    caption: str | None = None
    taken_at: str | None = None
    place: str | None = None
    duplicates: tuple[Duplicate, ...] = ()

    def about(self, query: Query) -> Query:
        """Return a query that is asked by this photo; its words say the change, if it has any."""
        return replace(
            query, visual=self.visual, reference=self.photo_id, placed=self.placed, caption=self.caption or ""
        )

    def sameness(self, photo_id: int) -> Sameness | None:
        """Say whether a photo that was found is a copy of this one."""
        return next((copy.sameness for copy in self.duplicates if copy.photo_id == photo_id), None)

    def answer(self, question: str) -> str | None:
        """Answer "who", "what", "where" or "when is this" in a sentence, from what the library knows of the photo.

        None where the words are no such question, but a change.
        """
        asked = _QUESTION.match(question)
        if not asked:
            return None
        if asked["when"]:
            return f"It was taken on {_in_words(self.taken_at)}." if self.taken_at else "The photo doesn't say when."
        if asked["where"]:
            return f"It was taken in {self.place}." if self.place else "The photo doesn't say where."
        return self.caption or "It has no caption yet."


def _in_words(taken_at: str) -> str:
    moment = datetime.fromisoformat(taken_at)
    return f"{moment.day} {moment:%B %Y at %H:%M}"

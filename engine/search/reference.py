"""A photo that somebody asks by, and what the library knows of it."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.search.duplicates import Duplicate, Sameness
from engine.search.origin import Origin
from engine.search.query import Query

_ASKS = re.compile(
    r"\s*(?:(?:and|so|tell\s+me|do\s+you\s+know)\s+)*(?:who|whom|what(?!\s+if\b)|where|when|which|how)\b", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(?:this|that|these|those|here|there|it|he|she|they|him|her|them|(?:in|is|was)\s+the\s+(?:photo|picture|shot))\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\b(?:else|others?|another|more|looks?)\b", re.IGNORECASE)
# The narrower questions come first: what is left of "what camera was it" asks nothing more.
_SOUGHT = {
    "when": r"when|(?:what|which)\s+(?:year|month|day|date|time|season)|how\s+(?:old\s+is|long\s+ago)",
    "where": r"where|(?:what|which)\s+(?:place|town|city|village|country|region|location|part\s+of)",
    "camera": r"(?:what|which)\s+(?:camera|phone|device)|with\s+what",
    "what": r"who|whom|what|which",
}


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A photo to ask by: `visual`, the raw image-encoder output, float32 (1536,), and `placed`, where the visual head
    places it in the text space, unit float32 (384,).

    `usual`, float32 (2, 384), is where the mean caption and an average photo lie. `photo_id` and `caption`, unless it
    is withheld, are those of the library; None where it does not have the photo. `origin` is what the file tells.
    `duplicates` are the copies that the library holds, the very photo with all its files first.
    """

    visual: NDArray[np.float32]
    placed: NDArray[np.float32]
    usual: NDArray[np.float32] | None = None
    photo_id: int | None = None
    caption: str | None = None
    origin: Origin = field(default_factory=Origin)
    duplicates: tuple[Duplicate, ...] = ()

    def about(self, query: Query) -> Query:
        """Return a query that is asked by this photo; its words say the change, if it has any.

        Where there is a change, other files of the same pixels can no more show it than the photo itself.
        """
        copies = {copy.photo_id for copy in self.duplicates if copy.sameness is Sameness.EXACT} if query.text else ()
        return replace(
            query,
            visual=self.visual,
            reference=self.photo_id,
            left_out=frozenset(copies),
            placed=self.placed,
            usual=self.usual,
            caption=self.caption or "",
        )

    def sameness(self, photo_id: int) -> Sameness | None:
        """Say whether a photo that was found is a copy of this one."""
        return next((copy.sameness for copy in self.duplicates if copy.photo_id == photo_id), None)

    def answer(self, question: str) -> str | None:
        """Answer questions such as "who is this" or "where was it taken, and when" from what is known of the photo.

        None where the words are no such question, but a change.
        """
        if not _ASKS.match(question) or not _POINTS.search(question) or _OF_OTHERS.search(question):
            return None
        asked = set()
        for sought, words in _SOUGHT.items():
            question, count = re.subn(rf"\b(?:{words})\b", " ", question, flags=re.IGNORECASE)
            asked |= {sought} if count else set()
        answers = {"what": self._what, "where": self._where, "when": self._when, "camera": self._camera}
        return " ".join(answer() for sought, answer in answers.items() if sought in asked) or None

    def _when(self) -> str:
        moment = self.origin.taken_at
        return f"It was taken on {_in_words(moment)}." if moment else "The photo doesn't say when it was taken."

    def _where(self) -> str:
        place = self.origin.place
        return f"It was taken in {place}." if place else "The photo doesn't say where it was taken."

    def _camera(self) -> str:
        camera = self.origin.camera
        return f"It was taken with a {camera}." if camera else "The photo doesn't say what it was taken with."

    def _what(self) -> str:
        return self.caption or "It has no caption yet."


def _in_words(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y at %H:%M}"

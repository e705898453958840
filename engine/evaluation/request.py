"""What somebody asks for, and what answers it."""

from dataclasses import dataclass
from enum import StrEnum


class RequestKind(StrEnum):
    """How somebody asks. `SHORT`: a caption as it is. `VERBOSE`: a caption amid everyday filler. `MODIFICATION`: a
    photo that is somewhat like the one sought, and the words that make the difference. `NEGATION`: a caption, and
    something that the photo does not show though others like it do."""

    SHORT = "short"
    VERBOSE = "verbose"
    MODIFICATION = "modification"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with one right answer. `photo` is the place of that answer among the photos, `caption` the place of
    the caption that the text is made of among the photo's own, `reference` the place of the photo that comes along, and
    `without` the places of the photos that show what nobody wants to see."""

    kind: RequestKind
    text: str
    photo: int
    caption: int
    reference: int | None = None
    without: frozenset[int] = frozenset()

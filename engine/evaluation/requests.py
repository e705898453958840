"""Turn captions into what people ask for: short, wordy, or as a photo with a change. Rules, so nothing is by chance."""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.search.stemmer import Stemmer
from engine.search.stop_words import STOP_WORDS

_FILLERS = (
    "i'm trying to find that picture we took, i think two summers ago, where {caption}",
    "do you remember the one, it must be on here somewhere, with {caption}? i can't find it any more",
    "ok so i need a photo for a card, and i know that i have one that goes something like {caption}",
    "hi, could you please look for the shot that i showed to everybody last week, {caption}, thanks",
    "there was this image on my old laptop, not sure when it was made, basically {caption}, if that helps",
    "my memory is bad, but i believe that we once had a picture in which {caption}, or close to that",
    "i've been scrolling for ages and still don't see it: {caption}. it has to be in this library, i'm sure",
    "what i want is quite simple, really, just that one photo from before we moved, you know, {caption}",
    "please help me find it, i promised it to a friend: i think you could see {caption} on it",
    "somebody asked me yesterday about a photo, maybe from spring, maybe later, and it was {caption}",
    "can you get me the picture, i don't know what the file is called, that shows {caption}, as far as i recall",
    "i only remember bits of it and it may be a few years old by now, but it's {caption}, more or less",
)

_Words: TypeAlias = list[tuple[str, str]]


class RequestKind(StrEnum):
    """How somebody asks. `SHORT`: a caption as it is. `VERBOSE`: a caption amid everyday filler. `MODIFICATION`: a
    photo that is somewhat like the one sought, and the words that make the difference."""

    SHORT = "short"
    VERBOSE = "verbose"
    MODIFICATION = "modification"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with one right answer. `photo` is the place of that answer among the photos, `caption` the place of
    the caption that the text is made of among the photo's own, `reference` the place of the photo that comes along."""

    kind: RequestKind
    text: str
    photo: int
    caption: int
    reference: int | None = None


def make_requests(photos: Sequence[CaptionedPhoto]) -> list[Request]:
    """Return the requests of every kind for each photo by each of its captions; the same photos give the same ones."""
    captions = [
        (place, number, caption) for place, photo in enumerate(photos) for number, caption in enumerate(photo.captions)
    ]
    return [
        *(Request(RequestKind.SHORT, caption, place, number) for place, number, caption in captions),
        *(Request(RequestKind.VERBOSE, wrap(caption), place, number) for place, number, caption in captions),
        *_modifications(photos),
    ]


def wrap(caption: str) -> str:
    """Put a caption between words that do not describe the photo.

    The BLAKE2 hash of the caption chooses one of twelve fillers; the caption goes in with a small first letter and
    without its full stop.
    """
    filler = _FILLERS[int.from_bytes(hashlib.blake2b(caption.encode(), digest_size=8).digest()) % len(_FILLERS)]
    bare = caption.rstrip(" .")
    return filler.format(caption=bare[:1].lower() + bare[1:])


def _modifications(photos: Sequence[CaptionedPhoto]) -> Iterator[Request]:
    """Yield for each caption a request by a reference photo and the change from it.

    Content words are those that are no stop words, and are compared by their stems. The reference is the other photo
    whose captions share most of them: the highest cosine of the counts of all words in a photo's captions, each count
    times the idf ln(photos / photos with the word). The words decide, so that no encoder is favoured. The change is
    the content words of the caption that are in none of the reference's captions, in their order, each once. Where
    there are none, or no photo shares a word, there is no request.
    """
    with contextlib.closing(Stemmer()) as stemmer:
        words = [[_content_words(stemmer, caption) for caption in photo.captions] for photo in photos]
    bags = [Counter(stem for caption in captions for _, stem in caption) for captions in words]
    for photo, reference in enumerate(_nearest(bags)):
        if reference is not None:
            for number, caption in enumerate(words[photo]):
                if change := _change(caption, bags[reference]):
                    yield Request(RequestKind.MODIFICATION, change, photo, number, reference)


def _content_words(stemmer: Stemmer, text: str) -> _Words:
    return [(word, stem) for word, stem in stemmer.split(text) if word not in STOP_WORDS]


def _change(caption: _Words, known: Counter[str]) -> str:
    new = {stem: word for word, stem in reversed(caption) if stem not in known}
    return " ".join(reversed(new.values()))


def _nearest(bags: Sequence[Counter[str]]) -> list[int | None]:
    """Return for each bag of stems the place of the other one that is most like it; None where none shares a stem."""
    vectors = _weighted(bags)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, 0)
    best = np.argmax(cosines, axis=1).tolist()
    return [place if cosines[own, place] > 0 else None for own, place in enumerate(best)]


def _weighted(bags: Sequence[Counter[str]]) -> NDArray[np.float32]:
    """Return counts times idf as rows of length 1, float32 (bags, stems); a row of nothing stays 0."""
    columns = {stem: column for column, stem in enumerate(sorted(set().union(*bags)))}
    counts = np.zeros((len(bags), len(columns)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for stem, count in bag.items():
            counts[row, columns[stem]] = count
    counts *= np.log(len(bags) / np.count_nonzero(counts, axis=0))
    counts /= np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
    return counts

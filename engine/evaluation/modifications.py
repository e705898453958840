"""Requests by a photo and a change of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.content_words import count_stems, idf_of, read_content_words
from engine.evaluation.request import Request, RequestKind

_LEAST_SHARED = 0.5
_LONGEST_CHANGE = 2


def make_modifications(photos: Sequence[CaptionedPhoto]) -> Iterator[Request]:
    """Yield for each caption a request by a reference photo and the change from it, if it is a change.

    Content words are those that are no stop words, and are compared by their stems; each is worth its idf, ln(photos /
    photos with the word). The words decide, so that no encoder is favoured. The reference is the other photo whose
    captions hold most of the caption; the change is what they do not hold, in the order of the caption, each word once.
    People who come with a photo change little of it: it has to hold at least half of the caption, and what is left has
    to be one or two words. Else, and where there is no change, there is no request.

    An earlier rule took the photo whose captions share most words with all captions of the one sought, and any change:
    four words on average, most of the caption, so that the photo hardly mattered. It is measured in the README.
    """
    words = read_content_words(photos)
    bags = [count_stems(captions) for captions in words]
    idf = idf_of(bags)
    for photo, captions in enumerate(words):
        for number, caption in enumerate(captions):
            stems = {stem: word for word, stem in reversed(caption)}
            reference, shared = _reference(stems, bags, idf, photo)
            change = [stems[stem] for stem in dict.fromkeys(stem for _, stem in caption) if stem not in bags[reference]]
            if 0 < len(change) <= _LONGEST_CHANGE and shared >= _LEAST_SHARED:
                yield Request(RequestKind.MODIFICATION, " ".join(change), photo, number, reference)


def _reference(
    stems: Mapping[str, str], bags: Sequence[Counter[str]], idf: Mapping[str, float], photo: int
) -> tuple[int, float]:
    """Return the place of the other photo that holds most of these stems, and the share that it holds."""
    held = [sum(idf[stem] for stem in stems if stem in bag) for bag in bags]
    total, held[photo] = held[photo], -1.0
    best = max(range(len(held)), key=held.__getitem__)
    return best, held[best] / total if total else 0.0

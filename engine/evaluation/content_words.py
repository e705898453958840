"""The words of captions that say what is in a photo, and what they are worth."""

import contextlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.search.stemmer import Stemmer
from engine.search.stop_words import STOP_WORDS


def read_content_words(photos: Sequence[CaptionedPhoto]) -> list[list[list[tuple[str, str]]]]:
    """Return (word, stem) of the words that are no stop words, for each photo and each of its captions, in order."""
    with contextlib.closing(Stemmer()) as stemmer:
        return [
            [[pair for pair in stemmer.split(caption) if pair[0] not in STOP_WORDS] for caption in photo.captions]
            for photo in photos
        ]


def count_stems(captions: Sequence[Sequence[tuple[str, str]]]) -> Counter[str]:
    """Count the stems in all captions of a photo."""
    return Counter(stem for caption in captions for _, stem in caption)


def idf_of(bags: Sequence[Counter[str]]) -> dict[str, float]:
    """Return ln(photos / photos with the stem) of each stem."""
    having = Counter(stem for bag in bags for stem in bag)
    return {stem: float(np.log(len(bags) / count)) for stem, count in having.items()}


def word_cosines(bags: Sequence[Counter[str]]) -> NDArray[np.float32]:
    """Return how many words photos share, (photos, photos): the cosine of their counts times idf; 0 to itself."""
    idf = idf_of(bags)
    columns = {stem: column for column, stem in enumerate(sorted(idf))}
    counts = np.zeros((len(bags), len(columns)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for stem, count in bag.items():
            counts[row, columns[stem]] = count * idf[stem]
    counts /= np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
    cosines: NDArray[np.float32] = counts @ counts.T
    np.fill_diagonal(cosines, 0)
    return cosines

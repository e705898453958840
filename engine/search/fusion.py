"""Weigh the sources against each other."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.search.candidates import Evidence
from engine.search.query import Source

_Ratio: TypeAlias = Callable[[NDArray[np.float32]], NDArray[np.float32]]

_PHOTO_WEIGHT, _PHOTO_EVEN = 4.0, 0.05
_SENTENCE_WEIGHT, _SENTENCE_EVEN = 16.0, 0.5
_CAPTION_DOUBT = 2.0
_WORDS_WEIGHT = 4.0
_VISUAL_WEIGHT, _VISUAL_EVEN = 12.0, 0.85

SENTENCE_MATCHES = _SENTENCE_EVEN - _CAPTION_DOUBT / _SENTENCE_WEIGHT
"""The cosine from which a sentence is the better explanation than a caption that misses the point."""


def fuse(evidence: Evidence) -> NDArray[np.float32]:
    """Return the evidence for each candidate, float32 (n,): the sum of what the sources say, in nats.

    Naive Bayes: each source's score becomes a log-likelihood ratio of "this is the photo" against "it is not", and
    the ratios are added up; a source that knows nothing of a photo says 0, so photos without a caption yet stand
    beside captioned ones on equal terms.

    photo      4 (score - .05)
    sentence   ln(e^-2 + e^(16 (cosine - .5))), a mixture: the caption may leave out, or get wrong, what was asked for,
               so a caption that does not match takes away 2 nats at most
    words      4 x the share of the query's idf that the photo holds
    visual     12 (cosine - .85)

    The constants are rounded from the maximum of the likelihood of 4,000 captions as queries, each among 160 photos
    (Flickr8k, a head that has not seen them, the photo's other four captions as its caption); .5 instead of .6 helps
    short queries, whose cosines are lower. R@1/R@10 with captions for half of the photos .50/.82 (two or three words
    as query: .30/.59), against .46/.49 for the best weighted sum of raw scores, where photos without captions sink,
    and .31/.49 for reciprocal ranks; with captions for all of them .87/.99 against .88/.99 and .60/.98.
    """
    total = np.zeros(len(evidence.photo_ids), dtype=np.float32)
    for said in weigh(evidence).values():
        total += said
    return total


def weigh(evidence: Evidence) -> dict[Source, NDArray[np.float32]]:
    """Return what each source says for each candidate, in nats; 0 where it says nothing."""
    return {source: _said(_RATIOS[source], scores) for source, scores in evidence.scores.items()}


def _said(ratio: _Ratio, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    said = np.zeros(len(scores), dtype=np.float32)
    known = ~np.isnan(scores)
    said[known] = ratio(scores[known])
    return said


def _sentence_ratio(cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    ratio: NDArray[np.float32] = np.logaddexp(np.float32(-_CAPTION_DOUBT), _SENTENCE_WEIGHT * (cosine - _SENTENCE_EVEN))
    return ratio


_RATIOS: dict[Source, _Ratio] = {
    Source.PHOTO: lambda score: _PHOTO_WEIGHT * (score - _PHOTO_EVEN),
    Source.SENTENCE: _sentence_ratio,
    Source.WORDS: lambda coverage: _WORDS_WEIGHT * coverage,
    Source.VISUAL: lambda cosine: _VISUAL_WEIGHT * (cosine - _VISUAL_EVEN),
}

"""Keep away what must not be in a photo, where no word says that it is: by looks."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.search.candidates import Evidence
from engine.search.negated import Thing
from engine.search.sight import Sight

SURE = 0.8
"""From here on a photo that shows what must not be in it is refused; below it sinks."""

_WEIGHT = 5.0


def doubt(sight: Sight, evidence: Evidence, things: Mapping[Thing, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return how likely each candidate, (n,), shows what must not be in it, float32 in [0, 1].

    `things` are those that must not be there, with the vectors of their prompts; no caption names one. A caption that
    is silent about a thing multiplies the odds of it by 1 - t, where t is how far the caption is to be trusted.
    """
    likelihood = np.zeros(len(evidence.photo_ids), dtype=np.float32)
    for thing, prompts in things.items():
        likelihood = np.maximum(likelihood, sight.likelihood(evidence.photo_ids, thing.words, prompts))
    silent = likelihood * (1 - evidence.trust)
    return silent / (silent + 1 - likelihood)


def denied(doubts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what doubts, (n,) in [0, 1), take away, in nats: 5 ln(1 - p), five times what naive Bayes takes, for who
    says "without" means it.

    Measured by packaging/models/calibrate_search.py on 526 requests, made of captions of 704 Flickr8k and COCO photos
    by heads and tags that had not seen them, in galleries of 176, each without what most photos like the one sought
    show. Of the first ten .87, .90, .91, .92 and .92 are free of it with weights of 2, 4, 5, 6 and 8, and the photo
    sought is among them for .67, .59, .54, .52 and .47: five leaves some room above the .9 that is wanted. That surely
    seen photos are refused, or all from .5 on, changes neither.
    """
    return (_WEIGHT * np.log1p(-doubts)).astype(np.float32)

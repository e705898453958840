"""Fit what makes a match strong: the evidence for the best hits of queries that a photo fits and that none does."""

import numpy as np
from build_tags import logistic
from left_out import FOLDS, LeftOut
from numpy.typing import NDArray
from photo_sets import read_heldout_caption_groups

from engine.embedding.text_encoder import TextEncoder
from engine.search.candidates import Evidence
from engine.search.fusion import fuse
from engine.search.query import Source
from engine.search.trust import MOST_TRUST

FITS_NONE = 0.4  # the highest cosine of a query to a human caption of the photos
SHARES = (0.0, 0.5, 1.0)  # of the photos that have captions

Rows = NDArray[np.float32]


def report_strong_matches(left_out: LeftOut, encoder: TextEncoder) -> None:
    """Print for galleries with captions of none, half and all photos what a regression on them says, and how many best
    hits are strong by it: those of a caption of a photo that is there, and of captions that fit none."""
    said = [encoder.encode(captions) for captions in left_out.captions]
    others = encoder.encode([captions[0] for captions in read_heldout_caption_groups()])
    best = {share: _best_hits(left_out, said, others, share) for share in SHARES}
    evidence, fits = (np.concatenate(parts) for parts in zip(*best.values(), strict=True))
    inputs = np.column_stack([evidence, np.ones(len(evidence))])
    slope, bias = logistic(inputs, fits, np.zeros(2), np.full(2, 1e-3))
    print(f"ranking: slope {slope:.2f}, even {-bias / slope:.2f}")
    for share, (own, own_fits) in best.items():
        for even in (1.4, 1.6, -bias / slope):
            strong = own >= even
            print(
                f"  captions of {share:.1f}, even {even:.2f}: strong {strong[own_fits].mean():.3f} of the "
                f"{own_fits.sum()} that fit, {strong[~own_fits].mean():.3f} of the {(~own_fits).sum()} that do not"
            )


def _best_hits(left_out: LeftOut, said: list[Rows], others: Rows, share: float) -> tuple[Rows, NDArray[np.bool_]]:
    evidence: list[float] = []
    fits: list[bool] = []
    for part in range(FOLDS):
        places = np.flatnonzero(left_out.fold[: len(said)] == part)
        captions = [said[place] for place in places]
        strange = others[(others @ np.concatenate(captions).T).max(axis=1) < FITS_NONE]
        for query in [*(own[0] for own in captions), *strange]:
            evidence.append(_best(left_out, places, captions, query, share))
        fits += [True] * len(captions) + [False] * len(strange)
    return np.array(evidence, np.float32), np.array(fits)


def _best(left_out: LeftOut, places: NDArray[np.intp], captions: list[Rows], query: Rows, share: float) -> float:
    """Return the evidence for the best hit of a query, where all but the first caption of a photo are its caption."""
    captioned = np.arange(len(places)) < share * len(places)
    sentence = np.array([(own[1:] @ query).max() for own in captions], np.float32)
    scores = {
        Source.PHOTO: 2 * left_out.vectors[places] @ query - left_out.hubness[places],
        Source.SENTENCE: np.where(captioned, sentence, np.nan).astype(np.float32),
    }
    trust = np.where(captioned, MOST_TRUST, 0).astype(np.float32)
    return float(fuse(Evidence(places, scores, np.zeros_like(places), trust, ())).max())

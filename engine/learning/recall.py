"""Measure how often the right photo comes near the top."""

import numpy as np
from numpy.typing import NDArray


def ranks_of(scores: NDArray[np.floating], truth: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the rank of each query's right photo, 1 = first.

    `scores` is (queries, photos), higher is better; `truth` (queries,) holds the column of the right photo. Photos
    with the same score as the right one are counted before it, so that a scorer that says nothing earns nothing.
    """
    right = scores[np.arange(len(scores)), truth]
    return np.asarray((scores >= right[:, None]).sum(axis=1), np.int64)


def recall_at(ranks: NDArray[np.integer], k: int) -> float:
    """Return the share of queries whose right photo is among the first `k`; 0 without queries."""
    return float(np.mean(ranks <= k)) if len(ranks) else 0.0


def median_rank(ranks: NDArray[np.integer]) -> float:
    """Return the rank that half of the right photos reach; 0 without queries."""
    return float(np.median(ranks)) if len(ranks) else 0.0

"""How far the figures of an evaluation would move with other photos of the same kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Interval: TypeAlias = tuple[float, float]

_RESAMPLES = 2_000
_AT_ONCE = 100
_SEED = 7
_TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Intervals:
    """The 95 % confidence intervals of the share of queries among the first 1, 5 and 10, and of their median rank."""

    recall_at_1: Interval
    recall_at_5: Interval
    recall_at_10: Interval
    median_rank: Interval


def intervals_of(ranks: NDArray[np.int64], photos: NDArray[np.int64]) -> Intervals:
    """Return percentile intervals from 2,000 resamples with a fixed seed.

    `ranks` (n,), 1 = first, belong to queries for the `photos` (n,), at least one. Photos are drawn with replacement,
    each with all of its queries, for the captions of one photo are hard or easy together: drawing queries would make
    the intervals too narrow. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 13.
    """
    order = np.argsort(ranks, kind="stable")
    own = np.unique(photos, return_inverse=True)[1][order]
    figures = np.concatenate([_figures(ranks[order], drawn[:, own]) for drawn in _draw(int(own.max()) + 1)])
    low, high = np.quantile(figures, _TAILS, axis=0, method="nearest").tolist()
    return Intervals(*zip(low, high, strict=True))


def _draw(photos: int) -> Iterator[NDArray[np.int64]]:
    """Yield how often each photo is drawn, (some resamples, photos) at a time to bound the memory."""
    random = np.random.default_rng(_SEED)
    for _ in range(_RESAMPLES // _AT_ONCE):
        yield random.multinomial(photos, np.full(photos, 1 / photos), _AT_ONCE)


def _figures(ranks: NDArray[np.int64], times: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return recall at 1, 5, 10 and the median (resamples, 4) of ascending `ranks` that count so many `times` each."""
    reached = np.cumsum(times, axis=1)
    total = reached[:, -1]
    before = np.column_stack([np.zeros_like(total), reached])
    recalls = [before[:, np.searchsorted(ranks, k, side="right")] / total for k in (1, 5, 10)]
    middles = [ranks[np.argmax(reached >= wanted[:, None], axis=1)] for wanted in ((total + 1) // 2, total // 2 + 1)]
    return np.column_stack([*recalls, np.mean(middles, axis=0)])

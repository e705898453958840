"""Intervals hold what they promise, and know that the captions of a photo are no independent witnesses."""

import numpy as np

from engine.evaluation.bootstrap import intervals_of
from engine.learning.recall import median_rank, recall_at

RANDOM = np.random.default_rng(3)


def test_intervals_hold_the_figures_and_are_the_same_every_time() -> None:
    ranks, photos = RANDOM.integers(1, 40, 200), np.repeat(np.arange(40), 5)
    intervals = intervals_of(ranks, photos)
    assert intervals == intervals_of(ranks, photos)
    for k, (low, high) in ((1, intervals.recall_at_1), (5, intervals.recall_at_5), (10, intervals.recall_at_10)):
        assert 0 <= low <= recall_at(ranks, k) <= high <= 1
    low, high = intervals.median_rank
    assert low <= median_rank(ranks) <= high


def test_an_interval_is_as_wide_as_the_binomial_one_where_each_photo_is_asked_for_once() -> None:
    ranks = np.where(np.arange(400) < 100, 1, 20)
    low, high = intervals_of(ranks, np.arange(400)).recall_at_1
    deviation = np.sqrt(0.25 * 0.75 / 400)
    np.testing.assert_allclose([low, high], [0.25 - 1.96 * deviation, 0.25 + 1.96 * deviation], atol=0.006)


def test_five_captions_that_agree_are_worth_one() -> None:
    ranks = np.where(np.arange(80) % 2, 1, 20)
    once = intervals_of(ranks, np.arange(80))
    five_times = intervals_of(np.repeat(ranks, 5), np.repeat(np.arange(80), 5))
    assert five_times == once


def test_resampled_medians_are_those_of_the_drawn_ranks() -> None:
    """Two photos are drawn as (2, 0), (1, 1) or (0, 2), so the median is 2, (2 + 9) / 2 or 9."""
    assert intervals_of(np.array([9, 2]), np.array([31, 7])).median_rank == (2, 9)


def test_one_photo_has_no_spread() -> None:
    intervals = intervals_of(np.array([1, 4]), np.array([5, 5]))
    assert intervals.recall_at_1 == (0.5, 0.5)
    assert intervals.median_rank == (2.5, 2.5)

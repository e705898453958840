"""Ranks and recall, on tables small enough to check by eye."""

import numpy as np

from engine.learning.recall import median_rank, ranks_of, recall_at

SCORES = np.array([[0.9, 0.1, 0.5], [0.9, 0.1, 0.5], [0.2, 0.3, 0.4]])
TRUTH = np.array([0, 1, 1])


def test_the_rank_counts_photos_from_the_best_down() -> None:
    assert ranks_of(SCORES, TRUTH).tolist() == [1, 3, 2]


def test_ties_count_against_the_right_photo() -> None:
    assert ranks_of(np.zeros((2, 5)), np.array([0, 4])).tolist() == [5, 5]


def test_recall_is_the_share_of_ranks_within_k() -> None:
    ranks = np.array([1, 3, 2, 11])
    assert [recall_at(ranks, k) for k in (1, 2, 10, 20)] == [0.25, 0.5, 0.75, 1.0]


def test_the_median_rank_is_what_half_of_the_queries_reach() -> None:
    assert median_rank(np.array([1, 2, 50])) == 2


def test_without_queries_nothing_is_found() -> None:
    nothing = np.zeros(0, np.int64)
    assert (recall_at(nothing, 10), median_rank(nothing)) == (0.0, 0.0)

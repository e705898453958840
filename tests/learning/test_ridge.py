"""The closed form finds what a general solver finds."""

import numpy as np
import pytest

from engine.learning.ridge import fit_ridge

RANDOM = np.random.default_rng(3)
INPUTS = RANDOM.normal(size=(60, 5)) * [1, 10, 0.1, 3, 1] + [0, 5, -2, 0, 100]
TARGETS = RANDOM.normal(size=(60, 3)) + INPUTS[:, :3]
EQUAL = np.ones(60)


def test_without_penalty_it_is_least_squares() -> None:
    solution, *_ = np.linalg.lstsq(np.column_stack([INPUTS, EQUAL]), TARGETS)
    fitted = fit_ridge(INPUTS, TARGETS, EQUAL, penalty=0)
    np.testing.assert_allclose(fitted.weight, solution[:-1], atol=1e-4)
    np.testing.assert_allclose(fitted.bias, solution[-1], atol=1e-3)


def test_the_penalty_is_rows_that_ask_for_nothing() -> None:
    penalty = 7.0
    standard = (INPUTS - INPUTS.mean(axis=0)) / INPUTS.std(axis=0)
    rows = np.vstack([standard, np.sqrt(penalty) * np.eye(5)])
    wanted = np.vstack([TARGETS - TARGETS.mean(axis=0), np.zeros((5, 3))])
    solution, *_ = np.linalg.lstsq(rows, wanted)
    predicted = fit_ridge(INPUTS, TARGETS, EQUAL, penalty).apply(INPUTS.astype(np.float32))
    np.testing.assert_allclose(predicted, standard @ solution + TARGETS.mean(axis=0), atol=1e-3)


def test_importance_two_is_the_same_as_two_equal_rows() -> None:
    twice = np.r_[np.full(20, 2.0), np.ones(40)]
    doubled = np.vstack([INPUTS[:20], INPUTS]), np.vstack([TARGETS[:20], TARGETS])
    weighted, repeated = fit_ridge(INPUTS, TARGETS, twice, 3), fit_ridge(*doubled, np.ones(80), 3)
    np.testing.assert_allclose(weighted.weight, repeated.weight, atol=1e-6)


def test_an_input_that_never_changes_has_no_say() -> None:
    constant = np.column_stack([INPUTS, np.full(60, 4.0)])
    assert fit_ridge(constant, TARGETS, EQUAL, 1).weight[5] == pytest.approx(0, abs=1e-6)

"""The text space is evened out, not turned round."""

import numpy as np

from engine.learning.spread import spread_of

RANDOM = np.random.default_rng(11)
BANK = (RANDOM.normal(size=(500, 4)) * [4, 2, 1, 0.01] + [3, 0, 0, 0]).astype(np.float32)


def test_directions_in_which_captions_vary_much_are_drawn_in() -> None:
    before, after = BANK.std(axis=0), spread_of(BANK).apply(BANK).std(axis=0)
    assert before[0] / before[1] > 1.4 * after[0] / after[1]
    assert before[1] / before[2] > after[1] / after[2]


def test_the_order_of_directions_stays() -> None:
    after = spread_of(BANK).apply(BANK).std(axis=0)
    assert after.tolist() == sorted(after, reverse=True)


def test_half_of_what_all_captions_share_is_taken_away() -> None:
    spread = spread_of(BANK)
    mean = BANK.mean(axis=0)
    np.testing.assert_allclose(spread.apply(mean), 0.5 * mean @ spread.weight, atol=1e-5)


def test_a_photo_fitted_to_its_caption_is_still_nearest_to_it() -> None:
    captions = RANDOM.normal(size=(40, 4)).astype(np.float32)
    captions /= np.linalg.norm(captions, axis=1, keepdims=True)
    placed = spread_of(captions).apply(captions)
    nearest = (captions @ (placed / np.linalg.norm(placed, axis=1, keepdims=True)).T).argmax(axis=1)
    assert (nearest == np.arange(40)).mean() > 0.6

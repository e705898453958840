"""A caption that points towards its photo is believed, one that does not is not."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelUnavailable
from engine.learning.grounding import GROUNDING, Grounding

SMALL = Grounding(cosine=20, hubness=-10, bias=-2, threshold=0.3, recipe="r")


def ship(folder: Path, content: str) -> None:
    """Write a models folder that holds nothing but weights."""
    (folder / GROUNDING).write_text(content)
    entry = {"file": GROUNDING, "bytes": len(content), "sha256": hashlib.sha256(content.encode()).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"files": [entry]}))


def test_the_probability_is_the_logistic_function_of_cosine_and_hubness() -> None:
    photo = np.array([0.6, 0.8, 0], dtype=np.float32)
    sentences = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.float32)
    expected = 1 / (1 + np.exp(-(20 * 1.4 / np.sqrt(2) - 10 * 0.5 - 2)))
    assert SMALL.judge(sentences, photo, 0.5) == pytest.approx(expected, abs=1e-6)


def test_a_caption_of_one_sentence_is_judged_by_that_and_more_of_the_same_changes_nothing() -> None:
    photo = np.array([0.28, 0.96], dtype=np.float32)
    one = np.array([[1, 0]], dtype=np.float32)
    assert SMALL.judge(one, photo, 0.3) == pytest.approx(SMALL.judge(np.repeat(one, 4, axis=0), photo, 0.3))


def test_nearer_is_likelier_and_a_photo_that_is_near_to_everything_less_so() -> None:
    photo = np.array([1, 0], dtype=np.float32)
    near, far = np.array([[0.8, 0.6]], dtype=np.float32), np.array([[-0.6, 0.8]], dtype=np.float32)
    assert 0 <= SMALL.judge(far, photo, 0.3) < SMALL.judge(near, photo, 0.3) <= 1
    assert SMALL.judge(near, photo, 0.9) < SMALL.judge(near, photo, 0.3)


def test_the_shipped_weights_are_loaded_and_their_file_names_the_recipe() -> None:
    shipped = Grounding.open()
    assert 0 < shipped.threshold < 1
    assert shipped.cosine > 0
    assert len(shipped.recipe) == 12


def test_other_weights_are_another_recipe(tmp_path: Path) -> None:
    recipes = set()
    for threshold in (0.3, 0.4):
        ship(tmp_path, json.dumps({"cosine": 20, "hubness": -10, "bias": -2, "threshold": threshold}))
        recipes.add(Grounding.open(tmp_path).recipe)
    assert len(recipes) == 2


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cosine": "a lot", "hubness": 1, "bias": 1, "threshold": 1}'])
def test_damaged_weights_are_named(tmp_path: Path, content: str) -> None:
    ship(tmp_path, content)
    with pytest.raises(ModelUnavailable, match=r"grounding\.json can't be read"):
        Grounding.open(tmp_path)

"""Tags are words that are likely enough, each by its own measure."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelUnavailable
from engine.learning.tagger import TAGS, Tagger

RANDOM = np.random.default_rng(3)


def tagger(bias: list[float], threshold: float | list[float] = 0.5) -> Tagger:
    """Return a tagger that looks at nothing: each word's bias decides."""
    count = len(bias)
    return Tagger(
        words=tuple(f"word{place}" for place in range(count)),
        weight=np.zeros((4, count), np.float32),
        bias=np.array(bias, np.float32),
        threshold=np.broadcast_to(np.float32(threshold), count),
        mean=np.zeros(4, np.float32),
        deviation=np.ones(4, np.float32),
        recipe="t1",
    )


def ship(folder: Path, **arrays: np.ndarray) -> None:
    """Write a models folder that holds nothing but a tagger."""
    np.savez_compressed(folder / TAGS, **arrays)
    content = (folder / TAGS).read_bytes()
    entry = {"file": TAGS, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"files": [entry]}))


def arrays() -> dict[str, np.ndarray]:
    return {
        "words": np.array(["dog", "snow", "élan"]),
        "weight": RANDOM.normal(size=(1536, 3)).astype(np.float16),
        "bias": np.array([0.1, -0.2, 0.3], np.float32),
        "threshold": np.zeros(3, np.float32),
        "mean": RANDOM.normal(size=1536).astype(np.float32),
        "deviation": RANDOM.uniform(0.5, 2, 1536).astype(np.float32),
    }


def test_words_that_reach_their_threshold_are_tags_most_certain_first() -> None:
    tags = tagger([0.0, 2.0, -1.0, 1.0], [0.5, 0.5, 0.5, 0.9]).tag(np.ones(4, np.float32))
    assert [tag.word for tag in tags] == ["word1", "word0"]
    assert [tag.probability for tag in tags] == pytest.approx([1 / (1 + np.exp(-2)), 0.5])


def test_there_are_at_most_eight() -> None:
    tags = tagger([place / 10 for place in range(20)]).tag(np.ones(4, np.float32))
    assert [tag.word for tag in tags] == [f"word{place}" for place in range(19, 11, -1)]


def test_words_that_are_certain_or_out_of_the_question_do_no_harm() -> None:
    (tag,) = tagger([1e4, -1e4]).tag(np.ones(4, np.float32))
    assert (tag.word, tag.probability) == ("word0", 1)


def test_features_are_standardised_before_they_are_weighed(tmp_path: Path) -> None:
    stored = arrays()
    ship(tmp_path, **stored)
    features = RANDOM.normal(size=1536).astype(np.float32)
    standard = (features - stored["mean"]) / stored["deviation"]
    expected = 1 / (1 + np.exp(-(standard @ stored["weight"].astype(np.float64) + stored["bias"])))
    found = {tag.word: tag.probability for tag in Tagger.open(tmp_path).tag(features)}
    assert found == pytest.approx(dict(zip(stored["words"].tolist(), expected, strict=True)), abs=1e-5)


def test_the_shipped_tagger_is_loaded_and_its_file_names_the_recipe() -> None:
    shipped = Tagger.open()
    assert len(set(shipped.words)) == len(shipped.words) > 0
    assert shipped.weight.shape == (1536, len(shipped.words))
    assert len(shipped.tag(np.zeros(1536, np.float32))) <= 8
    assert len(shipped.recipe) == 12


def test_a_damaged_tagger_is_named(tmp_path: Path) -> None:
    stored = arrays()
    del stored["threshold"]
    ship(tmp_path, **stored)
    with pytest.raises(ModelUnavailable, match=r"tags\.npz can't be read"):
        Tagger.open(tmp_path)

"""The shipped head places photos among captions."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.embedding.text_encoder import TextEncoder
from engine.errors import ModelUnavailable
from engine.learning.ridge import AffineMap
from engine.learning.visual_head import BANK, HELDOUT_HEAD, NEIGHBOURS, VisualHead
from engine.paths import SHIPPED_MODELS

GOLDEN = Path(__file__).parents[1] / "embedding" / "golden.npz"
RANDOM = np.random.default_rng(5)


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def small_head() -> VisualHead:
    weight, bias = RANDOM.normal(size=(6, 4)).astype(np.float32), RANDOM.normal(size=4).astype(np.float32)
    return VisualHead(AffineMap(weight, bias), unit(RANDOM.normal(size=(30, 4))), "recipe")


def test_hubness_is_the_mean_cosine_to_the_ten_nearest_captions() -> None:
    head = small_head()
    vectors, hubness = head.project(RANDOM.normal(size=(3, 6)).astype(np.float32))
    for vector, found in zip(vectors, hubness, strict=True):
        nearest = sorted((float(vector @ caption) for caption in head.bank), reverse=True)[:NEIGHBOURS]
        assert found == pytest.approx(sum(nearest) / NEIGHBOURS, abs=1e-6)


def test_a_projected_photo_is_the_direction_of_the_affine_map() -> None:
    head = small_head()
    features = RANDOM.normal(size=(5, 6)).astype(np.float32)
    vectors, _ = head.project(features)
    np.testing.assert_allclose(vectors, unit(features @ head.to_text.weight + head.to_text.bias), atol=1e-6)


def test_no_photos_give_no_rows() -> None:
    vectors, hubness = VisualHead.open().project(np.zeros((0, 1536), np.float32))
    assert (vectors.shape, hubness.shape) == ((0, 384), (0,))


@pytest.mark.parametrize("name", ["visual_head.npz", HELDOUT_HEAD])
def test_photos_it_never_saw_lie_near_words_for_them(name: str) -> None:
    words = ["a woman in an orange space suit", "a cat's face", "a cup of coffee", "a rocket on its launch pad"]
    vectors, hubness = VisualHead.open(name=name).project(np.load(GOLDEN)["features"])
    scores = 2 * TextEncoder.open().encode(words) @ vectors.T - hubness
    assert (scores.argmax(axis=1) == np.arange(4)).sum() >= 3


@pytest.mark.parametrize(("name", "place"), [(HELDOUT_HEAD, 0), (HELDOUT_HEAD, 300), (BANK, 0)])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str, place: int) -> None:
    models = Path(shutil.copytree(SHIPPED_MODELS, tmp_path / "models", ignore=shutil.ignore_patterns("*.onnx")))
    content = bytearray((models / name).read_bytes())
    content[place : place + 100] = b"x" * 100
    (models / name).write_bytes(content)
    with pytest.raises(ModelUnavailable, match=f"{name} can't be read"):
        VisualHead.open(models, HELDOUT_HEAD)


def test_the_two_heads_are_told_apart() -> None:
    assert VisualHead.open().recipe != VisualHead.open(name=HELDOUT_HEAD).recipe


def test_a_head_knows_the_photos_it_was_trained_on() -> None:
    shipped, heldout = VisualHead.open(), VisualHead.open(name=HELDOUT_HEAD)
    assert heldout.trained_on < shipped.trained_on
    fingerprint = min(shipped.trained_on) + "0" * 16
    assert shipped.has_seen(fingerprint)
    assert not shipped.has_seen("0" * 32)

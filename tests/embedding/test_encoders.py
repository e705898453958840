"""The shipped encoders say what the original weights say, alone or in company."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from numpy.typing import NDArray
from PIL import Image

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import LONGEST_WORD_PIECES, TextEncoder
from engine.embedding.views import whole_view

GOLDEN = Path(__file__).parent / "golden.npz"  # written by packaging/models/write_golden.py
SAMPLES = Path(skimage.__file__).parent / "data"


@pytest.fixture(scope="module")
def text_encoder() -> TextEncoder:
    return TextEncoder.open()


@pytest.fixture(scope="module")
def image_encoder() -> ImageEncoder:
    return ImageEncoder.open()


@pytest.fixture(scope="module")
def pixels() -> NDArray[np.uint8]:
    return np.stack([whole_view(Image.open(SAMPLES / name).convert("RGB")) for name in np.load(GOLDEN)["photos"]])


def cosines(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def test_texts_lie_where_the_original_weights_put_them(text_encoder: TextEncoder) -> None:
    golden = np.load(GOLDEN)
    cosine = cosines(text_encoder.encode(golden["sentences"].tolist()), golden["vectors"])
    assert cosine.mean() > 0.998
    assert cosine.min() > 0.995  # the shortest texts are the least exact: nothing averages their int8 steps


def test_photos_lie_where_the_original_weights_put_them(image_encoder: ImageEncoder, pixels: NDArray[np.uint8]) -> None:
    golden = np.load(GOLDEN)["features"]
    features = image_encoder.encode(pixels)
    for start in range(0, ImageEncoder.dimensions, 384):
        part = slice(start, start + 384)
        assert cosines(features[:, part], golden[:, part]).min() > 0.99


def test_text_vectors_have_length_one(text_encoder: TextEncoder) -> None:
    vectors = text_encoder.encode(["", "a", "a dog on a sofa", "x" * 5000, "🐕 \x00 \n"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_and_no_views_give_no_rows(text_encoder: TextEncoder, image_encoder: ImageEncoder) -> None:
    assert text_encoder.encode([]).shape == (0, TextEncoder.dimensions)
    assert image_encoder.encode(np.zeros((0, 224, 224, 3), np.uint8)).shape == (0, ImageEncoder.dimensions)


def test_a_text_is_the_same_alone_and_among_others(text_encoder: TextEncoder) -> None:
    texts = ["boat", *(f"a {'very ' * (number % 40)}long walk number {number}" for number in range(70)), "two cats"]
    together = text_encoder.encode(texts)
    for row in (0, 35, 71):
        np.testing.assert_allclose(text_encoder.encode([texts[row]])[0], together[row], atol=1e-5)


def test_a_photo_is_the_same_alone_and_among_others(image_encoder: ImageEncoder, pixels: NDArray[np.uint8]) -> None:
    np.testing.assert_array_equal(image_encoder.encode(pixels)[2:3], image_encoder.encode(pixels[2:3]))


def test_words_beyond_the_longest_text_are_not_read(text_encoder: TextEncoder) -> None:
    full = "dog " * LONGEST_WORD_PIECES
    with_more, without = text_encoder.encode([full + "cat", full])
    np.testing.assert_array_equal(with_more, without)


def test_undecodable_characters_are_read_as_question_marks(text_encoder: TextEncoder) -> None:
    broken, plain = text_encoder.encode(["\udcff a dog", "? a dog"])
    np.testing.assert_array_equal(broken, plain)


def test_recipes_tell_the_encoders_apart(text_encoder: TextEncoder, image_encoder: ImageEncoder) -> None:
    assert len({text_encoder.recipe, image_encoder.recipe, ""}) == 3

"""The starter captioner that is shipped computes in llama.cpp what it was trained to compute in PyTorch.

PyTorch is not needed here: `packaging/models/write_starter_golden.py` wrote down what it said of four photos.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skimage
from llama_cpp import mtmd_cpp as mtmd
from numpy.typing import NDArray
from PIL import Image

from engine.captioning.picture import fit_picture
from engine.captioning.vision_model import VisionModel
from engine.paths import SHIPPED_MODELS

GOLDEN = np.load(Path(__file__).with_name("starter_golden.npz"))
PHOTOS = [str(name) for name in GOLDEN["photos"]]
# Two words that are likelier by turns are no error: among 84 photos rounding decided between words only at .00.
CLEAR_LEAD = 0.02
CLEAR = [photo for photo, lead in zip(PHOTOS, GOLDEN["leads"], strict=True) if lead >= CLEAR_LEAD]


@pytest.fixture(scope="module")
def starter() -> Iterator[VisionModel]:
    folder = SHIPPED_MODELS / "starter"
    with VisionModel.open(folder / "model.gguf", folder / "mmproj.gguf", gpu=False, threads=1) as model:
        yield model


def read_photo(name: str, model: VisionModel) -> NDArray[np.uint8]:
    with Image.open(f"{skimage.__path__[0]}/data/{name}") as photo:
        return fit_picture(photo.convert("RGB"), model.profile)


def test_the_image_tokens_differ_from_pytorch_by_less_than_a_hundredth(
    starter: VisionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = GOLDEN["image"].astype(np.float32)
    found: list[NDArray[np.float32]] = []
    look = VisionModel._look

    def keep_what_was_seen(self: VisionModel, chunk: Any, position: int) -> int:
        end = look(self, chunk, position)
        found.append(np.ctypeslib.as_array(mtmd.mtmd_get_output_embd(self._encoder), expected.shape[1:]).copy())
        return end

    monkeypatch.setattr(VisionModel, "_look", keep_what_was_seen)
    for name in PHOTOS:
        starter.describe(read_photo(name, starter))
    assert np.linalg.norm(np.stack(found) - expected) / np.linalg.norm(expected) < 0.01


def test_most_captions_are_clear_enough_to_be_compared() -> None:
    assert len(CLEAR) >= 2


@pytest.mark.parametrize("name", CLEAR)
def test_the_caption_is_the_one_that_pytorch_writes(name: str, starter: VisionModel) -> None:
    expected = str(GOLDEN["captions"][PHOTOS.index(name)])
    assert starter.describe(read_photo(name, starter)).text == expected

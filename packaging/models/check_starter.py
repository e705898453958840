"""Compare the starter captioner in PyTorch with its GGUF pair in llama.cpp, for every way of storing it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import torch
from llama_cpp import mtmd_cpp as mtmd
from numpy.typing import NDArray
from photo_sets import read_photo_sets
from sources import CACHE
from starter import Starter
from starter_gguf import Storage, write_mmproj, write_model
from starter_tokenizer import FIRST
from view_features import thumbnail

from engine.captioning.chat import Reply
from engine.captioning.profile import Sampling
from engine.captioning.vision_model import VisionModel
from engine.embedding.views import whole_view

PHOTOS = 20


class WatchedModel(VisionModel):
    """Keep what llama.cpp computed on the way: the image tokens (n, width) and the logits of the first word."""

    seen: NDArray[np.float32]
    first_logits: NDArray[np.float32]

    def _look(self, chunk: Any, position: int) -> int:
        end = super()._look(chunk, position)
        shape = mtmd.mtmd_input_chunk_get_n_tokens(chunk), llama_cpp.llama_model_n_embd_inp(self._model)
        self.seen = np.ctypeslib.as_array(mtmd.mtmd_get_output_embd(self._encoder), shape).copy()
        return end

    def _write(self, position: int, sampling: Sampling) -> Reply:
        shape = (llama_cpp.llama_vocab_n_tokens(self._vocab),)
        self.first_logits = np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(self._context, -1), shape).copy()
        return super()._write(position, sampling)

    def read(self, text: str) -> list[int]:
        """Return the token ids of a text."""
        raw = text.encode()
        ids = (llama_cpp.llama_token * (len(raw) + 8))()
        return list(ids[: llama_cpp.llama_tokenize(self._vocab, raw, len(raw), ids, len(ids), False, True)])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold, a photo each, the relative errors of image tokens and first logits, and whether the captions are equal."""

    image: list[float]
    logits: list[float]
    equal: list[bool]

    def __str__(self) -> str:
        image, logits = (f"{np.mean(each):.3%} (worst {max(each):.3%})" for each in (self.image, self.logits))
        return f"image tokens {image}, first logits {logits}, captions equal {sum(self.equal)} of {len(self.equal)}"


def compare(starter: Starter, model: Path, mmproj: Path, pixels: NDArray[np.uint8]) -> Comparison:
    """Run pictures (n, 224, 224, 3) through both."""
    image = starter.image_tokens(pixels)
    logits = first_logits(starter, image)
    captions = starter.captions(pixels)
    result = Comparison([], [], [])
    with WatchedModel.open(model, mmproj, gpu=False, threads=1) as native:
        for index, rgb in enumerate(pixels):
            result.equal.append(native.describe(rgb).text == captions[index])
            result.image.append(relative_error(native.seen, image[index].numpy()))
            result.logits.append(relative_error(native.first_logits, logits[index].numpy()))
    return result


@torch.inference_mode()
def first_logits(starter: Starter, image: torch.Tensor) -> torch.Tensor:
    first = torch.full((len(image), 1), FIRST)
    return starter.decoder(image, first)[:, 0]


def relative_error(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected))


def differently_read(starter: Starter, model: Path, mmproj: Path, texts: list[str]) -> list[str]:
    """Return the texts that llama.cpp cuts into other tokens than the tokenizer, or that are not read back whole."""
    with WatchedModel.open(model, mmproj, gpu=False, threads=1) as native:
        ids = [encoding.ids for encoding in starter.tokenizer.encode_batch(texts)]
        back = starter.tokenizer.decode_batch(ids)
        return [
            text for text, row, again in zip(texts, ids, back, strict=True) if native.read(text) != row or again != text
        ]


def main() -> None:
    starter = Starter.load()
    flickr8k = read_photo_sets()[0]
    chosen = np.flatnonzero(flickr8k.test_part())[:PHOTOS]
    pixels = np.stack([whole_view(thumbnail(flickr8k.photos[index])) for index in chosen])
    model, mmproj = CACHE / "model.gguf", CACHE / "mmproj.gguf"
    write_model(model, starter.decoder, starter.tokenizer)
    for storage in Storage:
        write_mmproj(mmproj, starter.tower, starter.projector, storage)
        sizes = " + ".join(f"{path.stat().st_size / 1e6:.1f}" for path in (model, mmproj))
        print(f"{storage.name}: {sizes} MB, {compare(starter, model, mmproj, pixels)}")
    texts = [text for texts in flickr8k.texts for text in texts]
    print(f"{len(texts)} captions, read differently: {differently_read(starter, model, mmproj, texts)}")


if __name__ == "__main__":
    main()

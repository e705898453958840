"""The parts of the starter captioner together: what is trained, exported and compared with llama.cpp."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sources import CACHE
from starter_model import Decoder, Projector, Shape, generate, pixel_shuffle
from starter_tower import VisionTower
from tokenizers import Tokenizer
from torch import Tensor

TRAINED = CACHE / "starter.pt"


@dataclass(frozen=True, slots=True)
class Starter:
    """Hold a captioner, from pixels to text."""

    tower: VisionTower
    projector: Projector
    decoder: Decoder
    tokenizer: Tokenizer

    @torch.inference_mode()
    def image_tokens(self, pixels: NDArray[np.uint8]) -> Tensor:
        """Return what the decoder gets (n, 64, width) of RGB pixels (n, 224, 224, 3)."""
        return self.projector(pixel_shuffle(self.tower(pixels)))

    def captions(self, pixels: NDArray[np.uint8]) -> list[str]:
        """Write the likeliest caption of each picture."""
        return self.tokenizer.decode_batch(generate(self.decoder, self.image_tokens(pixels)))

    def save(self, path: Path = TRAINED) -> None:
        """Write what was trained; the tower is not."""
        torch.save(
            {
                "shape": asdict(self.decoder.shape),
                "decoder": self.decoder.state_dict(),
                "projector": self.projector.state_dict(),
                "tokenizer": self.tokenizer.to_str(),
            },
            path,
        )

    @classmethod
    def load(cls, path: Path = TRAINED) -> "Starter":
        saved = torch.load(path, weights_only=True)
        decoder = Decoder(Shape(**saved["shape"]))
        decoder.load_state_dict(saved["decoder"])
        projector = Projector(decoder.shape.width, inner=len(saved["projector"]["up.bias"]))
        projector.load_state_dict(saved["projector"])
        return cls(VisionTower.original(), projector, decoder, Tokenizer.from_str(saved["tokenizer"]))

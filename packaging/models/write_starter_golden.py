"""Write `tests/captioning/starter_golden.npz`: what the starter captioner in PyTorch makes of a few photos."""

from pathlib import Path

import numpy as np
import torch
from sources import REPOSITORY
from starter import Starter
from starter_model import generate
from starter_tokenizer import FIRST, LAST
from write_golden import PHOTOS, read_squares

GOLDEN = REPOSITORY / "tests" / "captioning" / "starter_golden.npz"


def write_starter_golden(starter: Starter, target: Path = GOLDEN) -> None:
    """Keep image tokens (n, 64, width) as float16, which moves them by .02 %, captions and how sure each one is."""
    image = starter.image_tokens(read_squares())
    written = generate(starter.decoder, image)
    leads = [smallest_lead(starter, tokens, ids) for tokens, ids in zip(image, written, strict=True)]
    captions = starter.tokenizer.decode_batch(written)
    for photo, caption, lead in zip(PHOTOS, captions, leads, strict=True):
        print(f"{photo}: {caption} ({lead:.2f} ahead)")
    tokens = image.numpy().astype(np.float16)
    np.savez_compressed(target, photos=PHOTOS, image=tokens, captions=captions, leads=leads)


@torch.inference_mode()
def smallest_lead(starter: Starter, image: torch.Tensor, ids: list[int]) -> float:
    """Return by how much, at the least, a token of the caption was ahead of the second best (difference of logits)."""
    logits = starter.decoder(image[None], torch.tensor([[FIRST, *ids]]))[0]
    chosen = torch.tensor([*ids, LAST])
    best = logits.topk(2)
    assert torch.equal(best.indices[:, 0], chosen)
    return float((best.values[:, 0] - best.values[:, 1]).min())


if __name__ == "__main__":
    write_starter_golden(Starter.load())

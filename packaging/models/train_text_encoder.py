"""Train the text encoder on enhanced text and on photos: a quarter of an hour on 2 cores.

One caption of a photo is the query. Three things should be near it: the photo's other captions joined and shuffled as
its dense caption (arXiv 2602.07125 trains the retriever on enhanced text), the mean of three of them as sentence
vectors, and the photo itself. For that the visual head is fitted in closed form on five sixths of the photos and places
the others, so that every photo is seen where an unknown one would be: what a head cannot see then moves no text. The
wordy form of a query is pulled to the concise one. Half of the batches hold photos and their nearest others, as hard
negatives. The trained weights are mixed with the original ones against forgetting (Wortsman et al. 2022, WiSE-FT).
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np
import torch
from build_visual_head import BANK_SIZE, Encoded, encode, fit
from numpy.typing import NDArray
from photo_sets import read_bank_captions, read_caption_groups, read_photo_sets
from safetensors.torch import save_file
from sources import TRAINED_TEXT_ENCODER
from text_model import TextModel
from torch import Tensor
from torch.nn import functional

from engine.embedding.image_encoder import ImageEncoder
from engine.learning.visual_head import VisualHead

SEED = 3
STEPS, WARM_UP, RATE = 300, 15, 4e-5
BATCH, HARD, NEIGHBOURS = 64, 0.4, 3
SENTENCES, WORDY, SEEN, NAMED = 3, 12, 40, 16
TEXT_SCALE, PHOTO_SCALE = 20.0, 12.0
FOLDS = 6  # of photos for the heads that place them
TRAINED_SHARE = 0.6  # .9 finds photos a point better and single sentences half a point worse
Rows = NDArray[np.float32]
REQUESTS = (
    "i'm looking for a photo of {}",
    "can you find the picture where {}",
    "that photo we took, i think last summer, of {}",
    "i remember a picture, not sure when, it showed {}",
    "show me the one with {} please",
    "where is that shot of {} from a few years ago",
    "i'm trying to find that picture of {}, maybe from our trip",
    "do you still have the photo of {}",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Photos of the training parts: their texts, and where heads that have not seen them place them."""

    texts: list[tuple[str, ...]]
    vectors: Tensor
    hubness: Tensor

    def loss(self, queries: Tensor, photos: Sequence[int]) -> Tensor:
        """Return the cross-entropy of finding each query's photo among all."""
        scores = 2 * queries @ self.vectors.T - self.hubness
        return functional.cross_entropy(PHOTO_SCALE * scores, torch.tensor(photos))


def place_photos(model: TextModel) -> tuple[Seen, Seen]:
    """Return the captioned and the named photos of the training parts, each placed by a head fitted on the others."""
    image_encoder = ImageEncoder.open()
    sets = [encode(photo_set, image_encoder, model) for photo_set in read_photo_sets()]
    bank = model.encode(read_bank_captions(BANK_SIZE))
    draw = np.random.default_rng(SEED)
    folds = [np.where(each.photos.test_part(), -1, draw.permutation(len(each.features)) % FOLDS) for each in sets]
    placed = [(np.zeros((len(own), model.width), np.float32), np.zeros(len(own), np.float32)) for own in folds]
    for fold in range(FOLDS):
        head = VisualHead(fit(sets, [(own >= 0) & (own != fold) for own in folds], bank), bank, recipe="")
        for each, own, (vectors, hubness) in zip(sets, folds, placed, strict=True):
            vectors[own == fold], hubness[own == fold] = head.project(each.features[own == fold].mean(axis=1))
    parts = list(zip(sets, folds, placed, strict=True))
    return _seen([part for part in parts if part[0].photos.has_captions]), _seen(
        [part for part in parts if not part[0].photos.has_captions]
    )


def _seen(parts: Sequence[tuple[Encoded, NDArray[np.intp], tuple[Rows, Rows]]]) -> Seen:
    texts = [text for each, own, _ in parts for text, fold in zip(each.photos.texts, own, strict=True) if fold >= 0]
    vectors, hubness = (
        torch.from_numpy(np.concatenate([placed[kind][own >= 0] for _, own, placed in parts])) for kind in (0, 1)
    )
    return Seen(texts, vectors, hubness)


class Batches:
    """Draw photos whose captions are to be told apart: at random, or in groups that are hard to tell apart."""

    def __init__(self, photos: Sequence[tuple[str, ...]], model: TextModel, draw: random.Random) -> None:
        self.photos = photos
        self._draw = draw
        vectors = model.encode([" ".join(captions[:2]) for captions in photos])
        self._nearest = np.argsort(-(vectors @ vectors.T), axis=1)[:, 1:9].tolist()

    def next(self) -> list[tuple[str, ...]]:
        """Return photos, all different, each with its captions in a new order."""
        chosen: dict[tuple[str, ...], None] = {}
        hard = self._draw.random() < HARD
        while len(chosen) < BATCH:
            first = self._draw.randrange(len(self.photos))
            for photo in [first, *(self._draw.sample(self._nearest[first], NEIGHBOURS) if hard else [])]:
                chosen[self.photos[photo]] = None
        return [tuple(self._draw.sample(captions, len(captions))) for captions in list(chosen)[:BATCH]]


def join(captions: Sequence[str], draw: random.Random) -> str:
    """Return one to four captions as one dense caption, mostly as sentences."""
    some = captions[: draw.randint(1, min(4, len(captions)))]
    return " ".join(caption.rstrip(" .") + "." for caption in some) if draw.random() < 0.7 else " ".join(some)


def request(caption: str, draw: random.Random) -> str:
    """Return the caption as people type it who talk to a machine."""
    plain = caption.strip().rstrip(" .")
    return draw.choice(REQUESTS).format(plain[:1].lower() + plain[1:])


def contrast(queries: Tensor, answers: Tensor) -> Tensor:
    """Return the symmetric cross-entropy of telling the right pairs from all others (InfoNCE, van den Oord 2018)."""
    scores, right = TEXT_SCALE * queries @ answers.T, torch.arange(len(queries))
    return (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2


def loss_of(model: TextModel, batch: Sequence[tuple[str, ...]], seen: Seen, named: Seen, draw: random.Random) -> Tensor:
    queries = [captions[0] for captions in batch]
    others = [text for captions in batch for text in islice(cycle(captions[1:]), SENTENCES)]
    wordy = [request(query, draw) for query in queries[:WORDY]]
    looked_at, names = draw.sample(range(len(seen.texts)), SEEN), draw.sample(range(len(named.texts)), NAMED)
    photo_queries = [draw.choice(seen.texts[photo]) for photo in looked_at] + [named.texts[name][0] for name in names]
    with torch.autocast("cpu", torch.bfloat16):
        short = model([*queries, *others, *wordy, *photo_queries])
        dense = model([join(captions[1:], draw) for captions in batch])
    asked, sentences, wrapped, of_photos, of_names = short.split([BATCH, SENTENCES * BATCH, WORDY, SEEN, NAMED])
    sentences = sentences.view(BATCH, SENTENCES, -1)
    mean = functional.normalize(sentences.mean(dim=1), dim=-1)
    return (
        contrast(asked, dense)
        + contrast(asked, mean)
        + 0.3 * contrast(asked, sentences[:, 0])
        + 2 * (1 - (asked[:WORDY].detach() * wrapped).sum(dim=-1)).mean()
        + 0.4 * seen.loss(of_photos, looked_at)
        + 0.15 * named.loss(of_names, names)
    )


def train(model: TextModel, batches: Batches, seen: Seen, named: Seen, draw: random.Random) -> None:
    """Train all but the tables of words and places, with a rate that rises and falls once."""
    model.embeddings.requires_grad_(False)
    model.embeddings["LayerNorm"].requires_grad_(True)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    started = time.monotonic()
    for step in range(STEPS):
        fall = 0.05 + 0.95 * (1 + math.cos(math.pi * step / STEPS)) / 2
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / WARM_UP) * fall
        model.train()
        loss = loss_of(model, batches.next(), seen, named, draw)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        if step % 20 == 19:
            print(f"step {step + 1}: loss {loss.item():.3f}, {time.monotonic() - started:.0f} s", flush=True)


def mix(trained: TextModel, original: TextModel) -> dict[str, Tensor]:
    before = original.state_dict()
    return {
        name: torch.lerp(before[name], weight, TRAINED_SHARE).contiguous()
        for name, weight in trained.state_dict().items()
    }


def main() -> None:
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    model = TextModel.original(dropout=0.05)
    seen, named = place_photos(model)
    captioned = [captions for captions in [*read_caption_groups(), *seen.texts, *seen.texts] if len(captions) > 2]
    train(model, Batches(captioned, model, draw), seen, named, draw)
    save_file(mix(model, TextModel.original()), TRAINED_TEXT_ENCODER)
    print(f"Wrote {TRAINED_TEXT_ENCODER}. Next: build_text_encoder.py")


if __name__ == "__main__":
    main()

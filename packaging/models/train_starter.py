"""Train the starter captioner and write its GGUF pair: half an hour on 2 cores.

Some hundred captioned photos are too few to learn to speak from, so the decoder learns from text alone, and photos are
brought to where the text is:

1. A ridge regression in closed form maps a photo's patch tokens to the mean vector of its captions.
2. Fitted on five sixths of the photos and used on the others, that map shows what it does to a photo it has not seen:
   how far it shrinks each direction of the text space, what error is left, and how the tokens of a photo scatter.
3. The decoder reads 64 tokens made of the mean vector of a photo's captions, shrunk, with the error and the scatter of
   a random photo on top, and writes two of the captions, one after the other. So it learns to say what can be known.
   Some photos of the training part, placed by a map that has not seen them, are mixed in.
4. It learns to write one sentence, the best of several that it tried (`sharpen`).
5. The map and what the decoder reads it through are one linear map, which the GELU projector holds exactly: x = GELU(x)
   - GELU(-x). No gradient ever comes from a photo's pixels.
"""

import math
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from manifest import Entry, record
from numpy.typing import NDArray
from photo_sets import PhotoSet, read_caption_groups, read_photo_sets
from sources import CACHE, SHIPPED
from starter import Starter
from starter_gguf import write_mmproj, write_model
from starter_model import Decoder, Projector, Shape, generate, pixel_shuffle
from starter_tokenizer import PAD, stack_captions, train_tokenizer
from starter_tower import VisionTower
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm
from view_features import thumbnail

from engine.embedding.sentences import split_sentences
from engine.embedding.text_encoder import TextEncoder
from engine.embedding.views import whole_view
from engine.learning.recall import ranks_of, recall_at
from engine.learning.ridge import AffineMap, fit_ridge

SEED = 4
STEPS, WARM_UP, RATE = 900, 60, 1.5e-3
PICTURES, TEXTS_EACH, PHOTOS_AMONG = 24, 4, 6
PHOTOS_FROM = 0.4  # of the steps: real photos are mixed in from then on
SENTENCES = 2
SMOOTHING = 0.1
TRIED_TEXTS, TRIES, TRYING_TEMPERATURE, TRIED_AT_ONCE = 1000, 6, 0.6, 100
SHARPENING_STEPS, SHARPENING_RATE, SHARPENING_BATCH = 260, 3e-4, 48
LOUDNESS = 4.0  # text vectors are short: about .7, and their differences shorter
PENALTY, FOLDS = 200, 6
TOKEN_WIDTH = 1536
CROPS = (slice(0, 8), slice(0, 6), slice(2, 8))

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Photos:
    """Captioned photos as tokens (n, 2, 64, 1536), each photo and its mirror image, and vectors of their captions
    (n, 5, 384)."""

    tokens: NDArray[np.float16]
    captions: list[tuple[str, ...]]
    vectors: Rows

    def part(self, chosen: NDArray[np.bool_]) -> "Photos":
        captions = [captions for captions, taken in zip(self.captions, chosen, strict=True) if taken]
        return Photos(self.tokens[chosen], captions, self.vectors[chosen])


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a map does to photos that it was not fitted on, `tokens` (n, 2, 64, 384): see the top of this file."""

    tokens: NDArray[np.float16]
    centre: Rows
    middle: Rows
    shrink: Rows
    errors: Rows
    scatter: NDArray[np.float16]

    @classmethod
    def of(cls, photos: Photos) -> "Unseen":
        fold = np.random.default_rng(SEED).permutation(len(photos.tokens)) % FOLDS
        tokens = np.empty((*photos.tokens.shape[:3], photos.vectors.shape[2]), np.float16)
        for held in range(FOLDS):
            tokens[fold == held] = place(fit_map(photos.part(fold != held)), photos.tokens[fold == held])
        placed = tokens.astype(np.float32).mean(axis=2)
        wanted = photos.vectors.mean(axis=1)
        centre, middle = placed.mean(axis=(0, 1)), wanted.mean(axis=0)
        _, directions = np.linalg.eigh(np.cov(wanted.T))
        found, true = (placed[:, 0] - centre) @ directions, (wanted - middle) @ directions
        slopes = np.clip((found * true).sum(axis=0) / (true * true).sum(axis=0), 0, 1)
        shrink = (directions * slopes) @ directions.T
        errors = placed - centre - ((wanted - middle) @ shrink)[:, None]
        scatter = (tokens - placed[:, :, None]).astype(np.float16)
        return cls(tokens, centre, middle, shrink, errors.reshape(-1, errors.shape[-1]), _rows_of_tokens(scatter))

    def imagine(self, vectors: Rows, draw: np.random.Generator) -> Rows:
        """Return the tokens (n, 64, 384) of photos whose captions have these mean vectors (n, 384)."""
        errors, scatter = (draw.integers(len(self.errors), size=len(vectors)) for _ in range(2))
        means = self.centre + (vectors - self.middle) @ self.shrink + self.errors[errors]
        imagined: Rows = means[:, None] + self.scatter[scatter].astype(np.float32)
        return imagined


class Ear(nn.Module):
    """What the decoder hears text vectors through (…, 384) -> (…, width)."""

    def __init__(self, centre: Rows, width: int) -> None:
        super().__init__()
        self.centre = torch.from_numpy(centre)
        self.linear = nn.Linear(len(centre), width)

    def forward(self, vectors: Tensor) -> Tensor:
        return self.linear(LOUDNESS * (vectors - self.centre))

    def projector(self, to_text: AffineMap) -> Projector:
        """Return the projector that does what the map and this do, exactly."""
        width = self.linear.out_features
        with torch.no_grad():
            weight = LOUDNESS * self.linear.weight @ torch.from_numpy(to_text.weight).T
            bias = self(torch.from_numpy(to_text.bias))
            projector = Projector(width, inner=2 * width)
            projector.up.weight.copy_(torch.cat([weight, -weight]))
            projector.up.bias.copy_(torch.cat([bias, -bias]))
            projector.down.weight.copy_(torch.cat([torch.eye(width), -torch.eye(width)], dim=1))
            projector.down.bias.zero_()
        return projector


def plain(caption: str) -> str:
    """Return a caption in lower case, without the space before its marks and without a full stop."""
    text = re.sub(r"\s+([.,!?;])", r"\1", " ".join(caption.lower().split()))
    return text.strip(" .,\"'")


def read_tokens(photo_set: PhotoSet, tower: VisionTower) -> NDArray[np.float16]:
    """Return patch tokens (n, 2, 64, 1536) as the projector's norm leaves them; kept in `build/models`."""
    cached = CACHE / f"{photo_set.name}-patches.npy"
    if not cached.is_file():
        views = (whole_view(thumbnail(photo)) for photo in tqdm(photo_set.photos, photo_set.name))
        np.save(cached, np.stack([tower(np.stack([view, view[:, ::-1]])).numpy().astype(np.float16) for view in views]))
    patches = torch.from_numpy(np.load(cached).astype(np.float32))
    merged = pixel_shuffle(patches.flatten(0, 1))
    normal = functional.layer_norm(merged, merged.shape[-1:])
    return normal.unflatten(0, patches.shape[:2]).numpy().astype(np.float16)


def read_photos(tower: VisionTower, encoder: TextEncoder) -> tuple[Photos, Photos]:
    """Return the photos of the training and of the test parts that people have captioned."""
    parts: tuple[list[Photos], list[Photos]] = [], []
    for photo_set in read_photo_sets():
        if photo_set.has_captions:
            captions = [tuple(plain(caption) for caption in group) for group in photo_set.texts]
            vectors = encoder.encode([caption for group in captions for caption in group])
            photos = Photos(read_tokens(photo_set, tower), captions, vectors.reshape(len(captions), -1, 384))
            for place_, chosen in enumerate((~photo_set.test_part(), photo_set.test_part())):
                parts[place_].append(photos.part(chosen))
    return _joined(parts[0]), _joined(parts[1])


def _joined(parts: Sequence[Photos]) -> Photos:
    captions = [group for part in parts for group in part.captions]
    tokens, vectors = (np.concatenate([getattr(part, name) for part in parts]) for name in ("tokens", "vectors"))
    return Photos(tokens, captions, vectors)


def fit_map(photos: Photos) -> AffineMap:
    """Fit the map from the mean of tokens to the mean vector of the captions; parts of a photo are photos too."""
    grid = photos.tokens.astype(np.float32).reshape(len(photos.tokens), 2, 8, 8, TOKEN_WIDTH)
    crops = [(rows, columns) for rows in CROPS[1:] for columns in CROPS[1:]]
    views = [grid[:, :, rows, columns].mean(axis=(2, 3)) for rows, columns in [(CROPS[0], CROPS[0]), *crops]]
    inputs = np.concatenate(views, axis=1)
    count = inputs.shape[1]
    wanted = np.repeat(photos.vectors.mean(axis=1), count, axis=0)
    return fit_ridge(inputs.reshape(-1, TOKEN_WIDTH), wanted, np.full(len(wanted), 1 / count), PENALTY)


def place(to_text: AffineMap, tokens: NDArray[np.float16]) -> Rows:
    placed: Rows = to_text.apply(tokens.astype(np.float32).reshape(-1, TOKEN_WIDTH))
    return placed.reshape(*tokens.shape[:-1], -1)


def _rows_of_tokens(tokens: NDArray[np.float16]) -> NDArray[np.float16]:
    return tokens.reshape(-1, *tokens.shape[2:])


def usable(groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the captions of each photo without repetitions and oddities, of photos that still have two."""
    kept = [tuple(dict.fromkeys(text for text in group if 2 < len(text.split()) < 26)) for group in groups]
    return [group for group in kept if len(group) >= SENTENCES]


def mean_vectors(groups: Sequence[tuple[str, ...]], encoder: TextEncoder) -> Rows:
    owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    means = np.zeros((len(groups), encoder.dimensions), np.float32)
    np.add.at(means, owner, encoder.encode([text for group in groups for text in group]))
    return means / np.bincount(owner)[:, None].astype(np.float32)


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that the decoder learns from: texts with their mean vectors, and photos placed by maps that do not know
    them."""

    groups: list[tuple[str, ...]]
    means: Rows
    photos: list[tuple[str, ...]]
    wanted: Rows
    unseen: Unseen

    def draw(self, photos: int, draw: np.random.Generator, order: random.Random) -> tuple[Tensor, list[str]]:
        """Return tokens (b, 64, 384), the first of them of real photos, and texts (b * k)."""
        chosen = draw.integers(len(self.groups), size=PICTURES - photos)
        real, mirrored = draw.integers(len(self.photos), size=photos), draw.integers(2, size=photos)
        tokens = np.concatenate(
            [self.unseen.tokens[real, mirrored].astype(np.float32), self.unseen.imagine(self.means[chosen], draw)]
        )
        groups = [self.photos[place_] for place_ in real] + [self.groups[place_] for place_ in chosen]
        texts = [
            ". ".join(order.sample(group, min(SENTENCES, len(group)))) + "."
            for group in groups
            for _ in range(TEXTS_EACH)
        ]
        return torch.from_numpy(tokens.astype(np.float32)), texts


def train(decoder: Decoder, ear: Ear, tokenizer: Tokenizer, lesson: Lesson) -> None:
    draw, order = np.random.default_rng(SEED), random.Random(SEED)
    weights = [*decoder.parameters(), *ear.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=RATE, betas=(0.9, 0.98), weight_decay=0.05)
    started = time.monotonic()
    for step in range(STEPS):
        fall = 0.03 + 0.97 * (1 + math.cos(math.pi * step / STEPS)) / 2
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / WARM_UP) * fall
        tokens, texts = lesson.draw(PHOTOS_AMONG if step > PHOTOS_FROM * STEPS else 0, draw, order)
        loss = _learn(decoder, ear, tokens, stack_captions(tokenizer, texts), optimizer, weights)
        if step % 50 == 49:
            print(f"step {step + 1}: loss {loss:.3f}, {time.monotonic() - started:.0f} s", flush=True)


def _learn(
    decoder: Decoder, ear: Ear, tokens: Tensor, ids: Tensor, optimizer: torch.optim.Optimizer, weights: list[Tensor]
) -> float:
    """Take one step towards writing the token ids (b * k, t) when hearing tokens (b, 64, 384); return the loss."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = decoder(ear(tokens), ids[:, :-1])
    loss = functional.cross_entropy(
        logits.float().flatten(0, 1), ids[:, 1:].flatten(), ignore_index=PAD, label_smoothing=SMOOTHING
    )
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()
    return loss.item()


def sharpen(decoder: Decoder, ear: Ear, tokenizer: Tokenizer, lesson: Lesson, encoder: TextEncoder) -> None:
    """Teach the decoder to write at once what it would have to try several times for.

    Its likeliest words are those that fit most photos. So it writes some captions by chance, the one sentence that lies
    nearest to what people said is kept, and is what it learns to write (expert iteration, Anthony et al. 2017).
    """
    draw, random_ = np.random.default_rng(SEED), torch.Generator().manual_seed(SEED)
    chosen = draw.choice(len(lesson.groups), TRIED_TEXTS, replace=False)
    heard = np.concatenate(
        [_rows_of_tokens(lesson.unseen.tokens), lesson.unseen.imagine(lesson.means[chosen], draw).astype(np.float16)]
    )
    wanted = np.concatenate([np.repeat(lesson.wanted, 2, axis=0), lesson.means[chosen]])
    best = [
        sentence
        for start in tqdm(range(0, len(heard), TRIED_AT_ONCE), "trying")
        for sentence in _best_sentences(
            decoder, ear, tokenizer, encoder, heard[start : start + TRIED_AT_ONCE],
            wanted[start : start + TRIED_AT_ONCE], random_,
        )
    ]  # fmt: skip
    weights = [*decoder.parameters(), *ear.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=SHARPENING_RATE, weight_decay=0.05)
    decoder.train()
    for step in range(SHARPENING_STEPS):
        optimizer.param_groups[0]["lr"] = SHARPENING_RATE * (1 - step / SHARPENING_STEPS)
        rows = draw.choice(len(heard), SHARPENING_BATCH, replace=False)
        ids = stack_captions(tokenizer, [best[row] for row in rows])
        _learn(decoder, ear, torch.from_numpy(heard[rows].astype(np.float32)), ids, optimizer, weights)


def _best_sentences(
    decoder: Decoder, ear: Ear, tokenizer: Tokenizer, encoder: TextEncoder, heard: NDArray[np.float16], wanted: Rows,
    random_: torch.Generator,
) -> list[str]:  # fmt: skip
    """Return for tokens (b, 64, 384) the sentence, of several captions written by chance, nearest to a vector each."""
    decoder.eval()
    with torch.inference_mode():
        image = ear(torch.from_numpy(heard.astype(np.float32)))
    written = generate(decoder, image, samples=TRIES, temperature=TRYING_TEMPERATURE, random=random_)
    captions = tokenizer.decode_batch(written)
    tried = [
        sorted({sentence for caption in captions[row * TRIES : (row + 1) * TRIES] for sentence in _sentences(caption)})
        for row in range(len(heard))
    ]
    every = sorted({sentence for sentences in tried for sentence in sentences})
    vectors = dict(zip(every, encoder.encode(every), strict=True))
    return [
        max(sentences, key=lambda sentence: float(vectors[sentence] @ vector))
        for sentences, vector in zip(tried, wanted, strict=True)
    ]


def _sentences(caption: str) -> list[str]:
    return [f"{part.strip(' .')}." for part in caption.split(". ") if part.strip(" .")] or [caption]


def measure(decoder: Decoder, ear: Ear, tokenizer: Tokenizer, tokens: Rows, photos: Photos) -> dict[str, object]:
    """Return recall of the captions written for photos, by the best sentence, with every human caption a query."""
    encoder = TextEncoder.open()
    with torch.inference_mode():
        captions = tokenizer.decode_batch(generate(decoder, ear(torch.from_numpy(tokens))))
    for caption, human in list(zip(captions, photos.captions, strict=True))[:8]:
        print(f"  {caption}   ({human[0]})")
    sentences = [split_sentences(caption) or ["-"] for caption in captions]
    queries = photos.vectors.reshape(-1, encoder.dimensions)
    truth = np.repeat(np.arange(len(captions)), photos.vectors.shape[1])
    best = np.stack([(queries @ encoder.encode(each).T).max(axis=1) for each in sentences], axis=1)
    whole = queries @ encoder.encode(captions).T
    return {
        "recall at 1, 5, 10 by the best sentence": _recalls(ranks_of(best, truth)),
        "recall at 1, 5, 10 by the whole caption": _recalls(ranks_of(whole, truth)),
        "photos": len(captions),
        "different captions": len(set(captions)),
    }


def _recalls(ranks: NDArray[np.int64]) -> list[float]:
    return [round(recall_at(ranks, k), 3) for k in (1, 5, 10)]


def write(starter: Starter, figures: dict[str, object]) -> None:
    folder = SHIPPED / "starter"
    folder.mkdir(exist_ok=True)
    write_model(folder / "model.gguf", starter.decoder, starter.tokenizer)
    write_mmproj(folder / "mmproj.gguf", starter.tower, starter.projector)
    source = "trained by packaging/models/train_starter.py on MS COCO captions (CC BY 4.0) and Flickr8k (research use)"
    decoder = "llama decoder, 6 layers of 256, trained on caption text; Q8_0"
    tower = "DINOv2 ViT-S/14 and a closed-form projector in llama.cpp's internvl layout; float16 and Q8_0"
    upstream = "https://github.com/facebookresearch/dinov2 (ViT-S/14)"
    record(Entry("starter/model.gguf", source, "-", "Apache-2.0", decoder, figures))
    record(Entry("starter/mmproj.gguf", source, upstream, "Apache-2.0", tower))


def main() -> None:
    torch.manual_seed(SEED)
    tower, encoder = VisionTower.original(), TextEncoder.open()
    known, unknown = read_photos(tower, encoder)
    texts = [tuple(plain(caption) for caption in group) for group in read_caption_groups()]
    groups = usable([*texts, *known.captions])
    lesson = Lesson(groups, mean_vectors(groups, encoder), known.captions, known.vectors.mean(axis=1), Unseen.of(known))
    tokenizer = train_tokenizer(text for group in groups for text in group)
    decoder = Decoder(Shape())
    ear = Ear(lesson.unseen.centre, decoder.shape.width)
    train(decoder, ear, tokenizer, lesson)
    sharpen(decoder, ear, tokenizer, lesson, encoder)
    decoder.eval()
    to_text = fit_map(known)
    figures = measure(decoder, ear, tokenizer, place(to_text, unknown.tokens[:, 0]), unknown)
    print(figures)
    starter = Starter(tower, ear.projector(to_text), decoder, tokenizer)
    starter.save()
    write(starter, figures)


if __name__ == "__main__":
    main()

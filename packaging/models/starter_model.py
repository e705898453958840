"""The starter captioner in PyTorch: what llama.cpp computes from our two GGUF files, so that it can be trained.

The decoder is a `llama` model (Touvron et al. 2023, arXiv 2302.13971) with tied embeddings; the projector is the
`internvl` one. A request is laid out as llama.cpp lays it out: `<img>`, the image tokens, `</img>`, `<s>`, caption.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from starter_tokenizer import FIRST, IMAGE_BEGIN, IMAGE_END, LAST, PAD, SIZE
from torch import Tensor, nn
from torch.nn import functional

MERGE = 2  # so many patches along each side become one image token
PATCH_WIDTH = 384
LONGEST = 64  # tokens of a caption, as in the captioner's profile


@dataclass(frozen=True, slots=True)
class Shape:
    """Say how large a decoder is; `context` is the largest number of tokens of image and caption together."""

    layers: int = 6
    width: int = 256
    heads: int = 4
    feed_width: int = 704
    vocabulary: int = SIZE
    context: int = 256
    epsilon: float = 1e-5
    rotary_base: float = 10_000.0

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class Memory:
    """What one layer keeps of earlier tokens: keys and values (b, heads, t, head width), with their gradients."""

    def __init__(self) -> None:
        self._kept: tuple[Tensor, Tensor] | None = None

    @property
    def length(self) -> int:
        return 0 if self._kept is None else self._kept[0].shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Add new tokens and return all."""
        if self._kept is not None:
            keys, values = torch.cat([self._kept[0], keys], dim=2), torch.cat([self._kept[1], values], dim=2)
        self._kept = keys, values
        return self._kept

    def repeat(self, times: int) -> None:
        """Let each row be continued in `times` ways, which become neighbouring rows."""
        assert self._kept is not None
        keys, values = self._kept
        self._kept = keys.repeat_interleave(times, dim=0), values.repeat_interleave(times, dim=0)

    def with_room(self, tokens: int) -> "RoomyMemory":
        assert self._kept is not None
        return RoomyMemory(*self._kept, tokens)


class RoomyMemory(Memory):
    """The same without gradients, filled in place: one step of writing copies nothing that is there already."""

    def __init__(self, keys: Tensor, values: Tensor, room: int) -> None:
        super().__init__()
        self._keys, self._values = (functional.pad(each, (0, 0, 0, room)) for each in (keys, values))
        self._length = keys.shape[2]

    @property
    def length(self) -> int:
        return self._length

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        start, self._length = self._length, self._length + keys.shape[2]
        self._keys[:, :, start : self._length] = keys
        self._values[:, :, start : self._length] = values
        return self._keys[:, :, : self._length], self._values[:, :, : self._length]


class Layer(nn.Module):
    """Attend, then feed forward (SwiGLU), each on the normalised sum so far."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.feed_width, bias=False)
        self.down = nn.Linear(shape.feed_width, shape.width, bias=False)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor], mask: Tensor | None, memory: Memory) -> Tensor:
        x = x + self._attend(self.attend_norm(x), rotation, mask, memory)
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * up)

    def _attend(self, x: Tensor, rotation: tuple[Tensor, Tensor], mask: Tensor | None, memory: Memory) -> Tensor:
        rows, tokens, width = x.shape
        qkv = self.qkv(x).view(rows, tokens, 3, self.heads, width // self.heads)
        queries, keys = _rotate(qkv[:, :, :2], *rotation).permute(2, 0, 3, 1, 4)
        keys, values = memory.extend(keys, qkv[:, :, 2].transpose(1, 2))
        mixed = functional.scaled_dot_product_attention(queries, keys, values, mask)
        return self.out(mixed.transpose(1, 2).reshape(rows, tokens, width))


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn neighbouring pairs by their position (Su et al. 2021), as llama.cpp does for `llama`: x (b, t, ..., 2n)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)


class Decoder(nn.Module):
    """Write captions after image tokens."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, shape.epsilon)
        exponents = torch.arange(0, shape.head_width, 2) / shape.head_width
        angles = torch.arange(shape.context)[:, None] * shape.rotary_base**-exponents
        self.register_buffer("cos", angles.cos()[:, None, None], persistent=False)
        self.register_buffer("sin", angles.sin()[:, None, None], persistent=False)
        self._initialise()

    def forward(self, image: Tensor, ids: Tensor) -> Tensor:
        """Return the logits (b * k, t, vocabulary) of what follows each of the token ids (b * k, t).

        `image` holds the image tokens (b, p, width), read once for the k texts of each image; the texts of an image
        are neighbouring rows of `ids` and begin with `<s>`.
        """
        memories = self.look(image)
        for memory in memories:
            memory.repeat(len(ids) // len(image))
        return self.read(ids, memories)

    def look(self, image: Tensor) -> list[Memory]:
        """Read `<img>`, the image tokens and `</img>`; return what each layer remembers."""
        marks = self.words.weight[[IMAGE_BEGIN, IMAGE_END]].expand(len(image), -1, -1)
        memories = [Memory() for _ in self.layers]
        self._run(torch.cat([marks[:, :1], image, marks[:, 1:]], dim=1), memories)
        return memories

    def read(self, ids: Tensor, memories: Sequence[Memory]) -> Tensor:
        """Return the logits (b, t, vocabulary) after token ids (b, t) that follow what is remembered."""
        return functional.linear(self.norm(self._run(self.words(ids), memories)), self.words.weight)

    def _run(self, x: Tensor, memories: Sequence[Memory]) -> Tensor:
        start, tokens = memories[0].length, x.shape[1]
        rotation = self.cos[start : start + tokens], self.sin[start : start + tokens]
        mask = None if tokens == 1 else torch.ones(tokens, start + tokens, dtype=torch.bool).tril(start)
        for layer, memory in zip(self.layers, memories, strict=True):
            x = layer(x, rotation, mask, memory)
        return x

    def _initialise(self) -> None:
        """Draw small weights, smaller still where layers add to the sum (Radford et al. 2019)."""
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                added = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * self.shape.layers) ** 0.5 if added else 0.02)


class Projector(nn.Module):
    """Turn merged patch tokens (b, p, 4 x 384) into image tokens (b, p, width); the GELU is the tanh one of llama.cpp.

    It can be any linear map exactly: x = GELU(x) - GELU(-x).
    """

    def __init__(self, width: int, inner: int = 512) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(MERGE * MERGE * PATCH_WIDTH, eps=1e-5)
        self.up = nn.Linear(MERGE * MERGE * PATCH_WIDTH, inner)
        self.down = nn.Linear(inner, width)

    def forward(self, merged: Tensor) -> Tensor:
        return self.down(functional.gelu(self.up(self.norm(merged)), approximate="tanh"))


def pixel_shuffle(patches: Tensor) -> Tensor:
    """Merge each 2 x 2 patches of a square picture, row by row: (b, n * n, d) -> (b, n * n / 4, 4 * d)."""
    rows, count, width = patches.shape
    side = int(count**0.5) // MERGE
    grid = patches.view(rows, side, MERGE, side, MERGE, width).transpose(2, 3)
    return grid.reshape(rows, side * side, MERGE * MERGE * width)


@torch.inference_mode()
def generate(
    decoder: Decoder,
    image: Tensor,
    *,
    samples: int = 1,
    temperature: float = 0.0,
    longest: int = LONGEST,
    random: torch.Generator | None = None,
) -> list[list[int]]:
    """Write `samples` captions for each of the image tokens (b, p, width); temperature 0 takes the likeliest token.

    Returns b * samples lists of token ids without `<s>` and `</s>`, those of an image beside each other. About 250
    pictures at once are fastest.
    """
    memories = decoder.look(image)
    for memory in memories:
        memory.repeat(samples)
    roomy = [memory.with_room(longest) for memory in memories]
    token = torch.full((len(image) * samples, 1), FIRST)
    written, done = [], torch.zeros(len(token), dtype=torch.bool)
    while len(written) < longest and not done.all():
        token = _choose(decoder.read(token, roomy)[:, -1], temperature, random)
        token[done] = PAD
        done |= token[:, 0] == LAST
        written.append(token)
    return [[each for each in row if each not in (LAST, PAD)] for row in torch.cat(written, dim=1).tolist()]


def _choose(logits: Tensor, temperature: float, random: torch.Generator | None) -> Tensor:
    if temperature == 0.0:
        return logits.argmax(dim=-1, keepdim=True)
    return torch.multinomial((logits.float() / temperature).softmax(dim=-1), 1, generator=random)

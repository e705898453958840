"""The text encoder in PyTorch, so that it can be trained; its parameters have upstream's names."""

from collections.abc import Sequence

import numpy as np
import torch
from build_text_encoder import EPSILON, HEADS, LAYERS, LONGEST, WIDTH
from numpy.typing import NDArray
from safetensors.numpy import load
from sources import minilm_tokenizer, minilm_weights
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

FEED_WIDTH = 4 * WIDTH
_BATCH = 128


class Residual(nn.Module):
    """A linear layer whose output is added to what came before and normalised."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inputs, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, before: Tensor, dropout: float) -> Tensor:
        return self.LayerNorm(before + functional.dropout(self.dense(x), dropout, self.training))


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.self = nn.ModuleDict({part: nn.Linear(WIDTH, WIDTH) for part in ("query", "key", "value")})
        self.output = Residual(WIDTH)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        rows, tokens, _ = x.shape
        parts = [self.self[part](x).view(rows, tokens, HEADS, -1).transpose(1, 2) for part in ("query", "key", "value")]
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        return self.output(mixed.transpose(1, 2).reshape(rows, tokens, WIDTH), x, dropout)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, FEED_WIDTH)})
        self.output = Residual(FEED_WIDTH)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        x = self.attention(x, mask, dropout)
        return self.output(functional.gelu(self.intermediate["dense"](x)), x, dropout)


class TextModel(nn.Module):
    """all-MiniLM-L6-v2: texts to unit vectors (n, 384)."""

    width = WIDTH

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        tables = {"word_embeddings": 30522, "position_embeddings": 512, "token_type_embeddings": 2}
        self.embeddings = nn.ModuleDict({name: nn.Embedding(rows, WIDTH) for name, rows in tables.items()})
        self.embeddings["LayerNorm"] = nn.LayerNorm(WIDTH, EPSILON)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})
        self.dropout = dropout
        self._tokenizer = Tokenizer.from_str(minilm_tokenizer().decode())
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    @classmethod
    def original(cls, dropout: float = 0.0) -> "TextModel":
        """Return the model as it was published."""
        model = cls(dropout)
        weights = {name: torch.from_numpy(weight.copy()) for name, weight in load(minilm_weights()).items()}
        model.load_state_dict({name: weights[name] for name in model.state_dict()})
        return model

    def forward(self, texts: Sequence[str]) -> Tensor:
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = torch.tensor([encoding.ids for encoding in encodings])
        kept = torch.tensor([encoding.attention_mask for encoding in encodings], dtype=torch.float32)
        tables = self.embeddings
        places = tables["position_embeddings"].weight[: ids.shape[1]] + tables["token_type_embeddings"].weight[0]
        x = tables["LayerNorm"](tables["word_embeddings"](ids) + places)
        x = functional.dropout(x, self.dropout, self.training)
        mask = kept[:, None, None].bool()
        for layer in self.encoder["layer"]:
            x = layer(x, mask, self.dropout)
        return functional.normalize((x.float() * kept[..., None]).sum(dim=1), dim=-1)

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of any number of texts, float32 (n, 384), without dropout."""
        self.eval()
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for start in range(0, len(texts), _BATCH):
            rows = by_length[start : start + _BATCH]
            vectors[rows] = self([texts[row] for row in rows]).numpy()
        return vectors

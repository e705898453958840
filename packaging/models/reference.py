"""Compute what the encoders should say without our graphs: plain numpy from the original weights, the original ONNX."""

from math import erf, sqrt

import numpy as np
import onnx
from build_image_encoder import MEAN, STD, cut
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import load_file
from sources import TRAINED_TEXT_ENCODER, dinov2_graph, minilm_tokenizer
from tokenizers import Tokenizer

Array = NDArray[np.float64]
HEADS, LAYERS = 12, 6


class ReferenceTextEncoder:
    """The trained all-MiniLM-L6-v2 in float64, one text at a time (Devlin et al. 2018; mean pooling, then L2)."""

    def __init__(self) -> None:
        self._weights = {name: tensor.astype(np.float64) for name, tensor in load_file(TRAINED_TEXT_ENCODER).items()}
        self._tokenizer = Tokenizer.from_str(minilm_tokenizer().decode())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def encode(self, text: str) -> Array:
        ids = self._tokenizer.encode(text).ids
        tables = [self._weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")]
        x = self._norm(tables[0][ids] + tables[1][: len(ids)] + tables[2][0], "embeddings")
        for index in range(LAYERS):
            at = f"encoder.layer.{index}"
            x = self._norm(x + self._attend(x, at), f"{at}.attention.output")
            x = self._norm(x + self._feed(x, at), f"{at}.output")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _attend(self, x: Array, at: str) -> Array:
        q, k, v = (
            self._linear(x, f"{at}.attention.self.{name}").reshape(len(x), HEADS, -1).swapaxes(0, 1)
            for name in ("query", "key", "value")
        )
        scores = q @ k.swapaxes(1, 2) / sqrt(q.shape[2])
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        mixed = (shares / shares.sum(axis=2, keepdims=True)) @ v
        return self._linear(mixed.swapaxes(0, 1).reshape(x.shape), f"{at}.attention.output.dense")

    def _feed(self, x: Array, at: str) -> Array:
        wide = self._linear(x, f"{at}.intermediate.dense")
        gelu = wide * 0.5 * (1 + np.vectorize(erf)(wide / sqrt(2)))
        return self._linear(gelu, f"{at}.output.dense")

    def _linear(self, x: Array, name: str) -> Array:
        return x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=1, keepdims=True)
        standard = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return standard * self._weights[f"{name}.LayerNorm.weight"] + self._weights[f"{name}.LayerNorm.bias"]


class ReferenceImageEncoder:
    """The original float32 graph, cut after the last two layers, with preprocessing, norm and pooling outside it."""

    def __init__(self) -> None:
        source = onnx.load_from_string(dinov2_graph())
        self._sessions = [cut(source, f"/backbone/encoder/layer.{layer}/Add_1_output_0") for layer in (11, 10)]
        weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in source.graph.initializer}
        self._scale, self._shift = (weights[f"backbone.layernorm.{part}"] for part in ("weight", "bias"))

    def encode(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return [CLS, mean of patches] of the last layer and the one before, (n, 1536), of RGB pixels
        (n, 224, 224, 3)."""
        planes = ((pixels / 255 - MEAN) / STD).astype(np.float32).transpose(0, 3, 1, 2)
        layers = [self._norm(session.run(None, {"input_image": planes})[0]) for session in self._sessions]
        return np.concatenate([part for x in layers for part in (x[:, 0], x[:, 1:].mean(axis=1))], axis=1)

    def _norm(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-6)
        return centred / spread * self._scale + self._shift

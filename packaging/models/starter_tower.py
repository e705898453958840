"""DINOv2 ViT-S/14 (Oquab et al. 2023, arXiv 2304.07193) in PyTorch, from the original weights in float32."""

import numpy as np
import onnx
import torch
from build_image_encoder import EPSILON, HEADS, LAYERS, MEAN, PATCH_PX, STD, WIDTH, read_weights
from numpy.typing import NDArray
from sources import dinov2_graph
from torch import Tensor, nn
from torch.nn import functional
from transformer import Array


class VisionTower(nn.Module):
    """Hold the backbone; weights keep upstream's names, matrices as (inputs x outputs)."""

    def __init__(self, weights: dict[str, Array]) -> None:
        super().__init__()
        kept = {name: tensor for name, tensor in weights.items() if name.startswith(("backbone.", "positions"))}
        self.weights = {name: torch.tensor(tensor) for name, tensor in kept.items()}

    @classmethod
    def original(cls) -> "VisionTower":
        return cls(read_weights(onnx.load_from_string(dinov2_graph())))

    @torch.inference_mode()
    def forward(self, pixels: NDArray[np.uint8]) -> Tensor:
        """Return the patch tokens (n, 256, 384) after the last norm, row by row, of RGB pixels (n, 224, 224, 3)."""
        x = self._embed(torch.tensor(((pixels / 255 - MEAN) / STD).astype(np.float32)).permute(0, 3, 1, 2))
        for index in range(LAYERS):
            at = f"backbone.encoder.layer.{index}"
            x = x + self._attend(self._norm(x, f"{at}.norm1"), at) * self.weights[f"{at}.layer_scale1.lambda1"]
            x = x + self._feed(self._norm(x, f"{at}.norm2"), at) * self.weights[f"{at}.layer_scale2.lambda1"]
        return self._norm(x, "backbone.layernorm")[:, 1:]

    def _embed(self, planes: Tensor) -> Tensor:
        name = "backbone.embeddings.patch_embeddings.projection"
        kernel, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        patches = functional.conv2d(planes, kernel, bias, stride=PATCH_PX).flatten(2).transpose(1, 2)
        first = self.weights["backbone.embeddings.cls_token"].view(1, 1, WIDTH).expand(len(patches), -1, -1)
        return torch.cat([first, patches], dim=1) + self.weights["positions"]

    def _attend(self, x: Tensor, at: str) -> Tensor:
        parts = (self._linear(x, f"{at}.attention.attention.{part}") for part in ("query", "key", "value"))
        heads = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in parts)
        mixed = functional.scaled_dot_product_attention(*heads)
        return self._linear(mixed.transpose(1, 2).flatten(2), f"{at}.attention.output.dense")

    def _feed(self, x: Tensor, at: str) -> Tensor:
        return self._linear(functional.gelu(self._linear(x, f"{at}.mlp.fc1")), f"{at}.mlp.fc2")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return x @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return functional.layer_norm(x, (WIDTH,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], EPSILON)

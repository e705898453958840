"""Write the starter captioner as the two GGUF files that llama.cpp reads: a `llama` model and an `internvl` mmproj.

Names and layouts of tensors: https://github.com/ggml-org/llama.cpp, gguf-py/gguf/constants.py and tools/mtmd/clip.cpp.
"""

import json
from enum import StrEnum
from pathlib import Path

import numpy as np
from build_image_encoder import EPSILON, HEADS, LAYERS, MEAN, PATCH_PX, SIDE_PX, STD, WIDTH
from gguf import GGMLQuantizationType as Kind
from gguf import GGUFWriter, LlamaFileType, TokenType
from gguf.quants import quantize
from starter_model import MERGE, Decoder, Projector
from starter_tokenizer import FIRST, LAST, PAD, SPECIAL
from starter_tower import VisionTower
from tokenizers import Tokenizer
from torch import Tensor

NAME = "reverie-starter"
LICENCE = "Apache-2.0"
F32, F16, Q8_0 = Kind.F32, Kind.F16, Kind.Q8_0
BLOCK = 32  # columns that share a scale in Q8_0
# The request is the picture alone; the reply begins after `<s>`.
TEMPLATE = (
    "{% for message in messages %}{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}{% if part['type'] == 'text' %}{{ part['text'] }}{% endif %}{% endfor %}"
    "{% endif %}{% endfor %}" + SPECIAL[FIRST]
)


class Storage(StrEnum):
    """How the matrices are stored.

    Image tokens of a 6 x 256 captioner against PyTorch in float32, and size of its mmproj: `HALF` .2 % and 45.5 MB,
    `MIXED` .9 % and 38.5 MB, `EIGHT` more than 2 % and 24.7 MB. A decoder in `EIGHT` moves the first logits by 2 % and
    saves 5.5 of 11.9 MB, which `MIXED` spends.
    """

    HALF = "float16"
    EIGHT = "8 bits, 32 weights share a scale"
    MIXED = "8 bits, float16 where 8 bits are felt most"

    @property
    def file_type(self) -> LlamaFileType:
        return LlamaFileType.MOSTLY_F16 if self is Storage.HALF else LlamaFileType.MOSTLY_Q8_0

    def kind(self, felt: bool = False) -> Kind:
        return F16 if self is Storage.HALF or (felt and self is Storage.MIXED) else Q8_0


class _File:
    """Add tensors to one GGUF file: matrices (outputs x inputs) of the kind asked for, everything else in float32."""

    def __init__(self, path: Path, architecture: str, name: str, storage: Storage) -> None:
        self.writer = GGUFWriter(path, architecture)
        self.writer.add_name(name)
        self.writer.add_license(LICENCE)
        self.writer.add_file_type(storage.file_type)

    def matrix(self, name: str, weight: Tensor, kind: Kind) -> None:
        fits = kind != Q8_0 or weight.shape[-1] % BLOCK == 0
        self._add(f"{name}.weight", weight, kind if fits else F16)

    def vector(self, name: str, values: Tensor) -> None:
        self._add(name, values, F32)

    def norm(self, name: str, weight: Tensor, bias: Tensor) -> None:
        self.vector(f"{name}.weight", weight)
        self.vector(f"{name}.bias", bias)

    def linear(self, name: str, weight: Tensor, bias: Tensor, kind: Kind) -> None:
        self.matrix(name, weight, kind)
        self.vector(f"{name}.bias", bias)

    def close(self) -> None:
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()

    def _add(self, name: str, values: Tensor, kind: Kind) -> None:
        array = np.ascontiguousarray(values.detach().float().numpy())
        self.writer.add_tensor(name, quantize(array, kind), raw_dtype=kind)


def write_model(path: Path, decoder: Decoder, tokenizer: Tokenizer, storage: Storage = Storage.EIGHT) -> None:
    """Write the part that writes."""
    file, kind = _File(path, "llama", NAME, storage), storage.kind()
    _describe_decoder(file.writer, decoder)
    _add_vocabulary(file.writer, tokenizer)
    file.matrix("token_embd", decoder.words.weight, kind)
    file.vector("output_norm.weight", decoder.norm.weight)
    for index, layer in enumerate(decoder.layers):
        at = f"blk.{index}"
        file.vector(f"{at}.attn_norm.weight", layer.attend_norm.weight)
        file.vector(f"{at}.ffn_norm.weight", layer.feed_norm.weight)
        gate, up = layer.gate_up.weight.chunk(2)
        matrices = dict(zip(("attn_q", "attn_k", "attn_v"), layer.qkv.weight.chunk(3), strict=True))
        matrices |= {"attn_output": layer.out.weight, "ffn_gate": gate, "ffn_up": up, "ffn_down": layer.down.weight}
        for name, weight in matrices.items():
            file.matrix(f"{at}.{name}", weight, kind)
    file.close()


def _describe_decoder(writer: GGUFWriter, decoder: Decoder) -> None:
    shape = decoder.shape
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_width)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rotary_base)
    writer.add_vocab_size(shape.vocabulary)


def _add_vocabulary(writer: GGUFWriter, tokenizer: Tokenizer) -> None:
    learned = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(learned["vocab"], key=learned["vocab"].get)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL if token in SPECIAL else TokenType.NORMAL for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in learned["merges"]])
    writer.add_pad_token_id(PAD)
    writer.add_bos_token_id(FIRST)
    writer.add_eos_token_id(LAST)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def write_mmproj(path: Path, tower: VisionTower, projector: Projector, storage: Storage = Storage.MIXED) -> None:
    """Write the part that sees."""
    file = _File(path, "clip", f"{NAME}-mmproj", storage)
    _describe_tower(file.writer, projector.down.out_features)
    weights = tower.weights
    patch = "backbone.embeddings.patch_embeddings.projection"
    file.linear("v.patch_embd", weights[f"{patch}.weight"], weights[f"{patch}.bias"], F16)
    file.vector("v.class_embd", weights["backbone.embeddings.cls_token"].flatten())
    file.vector("v.position_embd.weight", weights["positions"][0].roll(-1, dims=0))  # internvl has CLS last
    for index in range(LAYERS):
        _add_block(file, weights, index, storage)
    file.norm("v.post_ln", weights["backbone.layernorm.weight"], weights["backbone.layernorm.bias"])
    _add_projector(file, projector, storage.kind(felt=True))
    file.close()


def _describe_tower(writer: GGUFWriter, text_width: int) -> None:
    sizes = {"image_size": SIDE_PX, "patch_size": PATCH_PX, "embedding_length": WIDTH, "feed_forward_length": 4 * WIDTH}
    sizes |= {"block_count": LAYERS, "attention.head_count": HEADS, "projection_dim": text_width}
    sizes |= {"projector.scale_factor": MERGE}
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", "internvl")
    writer.add_bool("clip.use_gelu", True)
    for key, value in sizes.items():
        writer.add_uint32(f"clip.vision.{key}", value)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", EPSILON)
    writer.add_array("clip.vision.image_mean", MEAN.tolist())
    writer.add_array("clip.vision.image_std", STD.tolist())


def _add_block(file: _File, weights: dict[str, Tensor], index: int, storage: Storage) -> None:
    source, at = f"backbone.encoder.layer.{index}", f"v.blk.{index}"
    names = {f"attn_{part[0]}": f"attention.attention.{part}" for part in ("query", "key", "value")}
    names |= {"attn_out": "attention.output.dense", "ffn_up": "mlp.fc1", "ffn_down": "mlp.fc2"}
    for name, part in names.items():
        weight, bias = weights[f"{source}.{part}.weight"], weights[f"{source}.{part}.bias"]
        file.linear(f"{at}.{name}", weight.T, bias, storage.kind(_is_felt(index, name)))
    for number in (1, 2):
        norm = f"{source}.norm{number}"
        file.norm(f"{at}.ln{number}", weights[f"{norm}.weight"], weights[f"{norm}.bias"])
        file.vector(f"{at}.ls{number}.weight", weights[f"{source}.layer_scale{number}.lambda1"])


def _is_felt(block: int, name: str) -> bool:
    """Tell the matrices whose rounding changes the image tokens most for their size, measured one by one."""
    if name.startswith("ffn"):
        return block in (0, 6, 8, 9, 10, 11)
    return block != 1 or name not in ("attn_q", "attn_k")


def _add_projector(file: _File, projector: Projector, kind: Kind) -> None:
    at = "mm.model.mlp"
    file.norm(f"{at}.0", projector.norm.weight, projector.norm.bias)
    file.linear(f"{at}.1", projector.up.weight, projector.up.bias, kind)
    file.linear(f"{at}.3", projector.down.weight, projector.down.bias, kind)

"""Build tiny GGUF pairs with random weights and a true architecture, to run llama.cpp for real in tests.

The vocabulary holds every byte, so that any prompt can be read, and two dozen words, the only tokens that the output
layer ever prefers: what such a model writes is nonsense, but text.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, LlamaFileType, TokenType
from numpy.typing import NDArray

_WORDS = ["a", "the", "red", "blue", "green", "dog", "cat", "house", "tree", "car", "boat", "man", "woman", "child"]
_WORDS += ["beach", "street", "snow", "lake", "runs", "sits", "stands", "on", "in", "with"]
_CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<img>", "</img>", "<start_of_image>", "<end_of_image>"]
_CONTROL += ["<|image_start|>", "<|image_end|>", "<|img_thumbnail|>", "<fake_token_around_image>", "<global-img>"]
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n"
    "{% if m['content'] is string %}{{ m['content'] }}{% else %}"
    "{% for c in m['content'] %}{% if c['type'] == 'text' %}{{ c['text'] }}{% endif %}{% endfor %}{% endif %}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Name the two files of a model."""

    model: Path
    mmproj: Path


def build_pair(
    folder: Path,
    projector: str = "internvl",
    architecture: str = "llama",
    width: int = 64,
    layers: int = 2,
    image_px: int = 64,
    merge: int = 2,
    name: str = "tiny",
    prints_bos: bool = False,
) -> Pair:
    """Write `model.gguf` and `mmproj.gguf`.

    A `llama`, hybrid `lfm2` or two-dimensionally placed `qwen2vl` language model, and an `internvl`, `gemma3`, `lfm2`,
    `idefics3` or `qwen2vl_merger` tower of patches of 16 pixels, of which `merge` x `merge` become one token.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pair = Pair(folder / "model.gguf", folder / "mmproj.gguf")
    build_language_model(pair.model, architecture, width, layers, name, prints_bos)
    build_mmproj(pair.mmproj, projector, width, layers, image_px, merge)
    return pair


class _Weights:
    """Add random tensors; the same seed gives the same file."""

    def __init__(self, writer: GGUFWriter, seed: int) -> None:
        self._writer = writer
        self._random = np.random.default_rng(seed)

    def random(self, name: str, *shape: int, scale: float = 0.3) -> None:
        self.put(name, self._random.standard_normal(shape) * scale)

    def ones(self, name: str, length: int) -> None:
        self.put(name, np.ones(length))

    def zeros(self, name: str, length: int) -> None:
        self.put(name, np.zeros(length))

    def norm(self, name: str, length: int) -> None:
        self.ones(f"{name}.weight", length)
        self.zeros(f"{name}.bias", length)

    def linear(self, name: str, rows: int, columns: int) -> None:
        self.random(f"{name}.weight", rows, columns)
        self.zeros(f"{name}.bias", rows)

    def words_only(self, name: str, vocabulary: int, width: int) -> None:
        """Give every token but the words an output of zero, which is never the largest."""
        weights = self._random.standard_normal((vocabulary, width))
        weights[:256] = 0
        weights[256 + len(_WORDS) :] = 0
        self.put(name, weights)

    def put(self, name: str, values: NDArray[np.float64]) -> None:
        self._writer.add_tensor(name, values.astype(np.float32))


def build_language_model(
    path: Path, architecture: str, width: int, layers: int, name: str = "tiny", prints_bos: bool = False
) -> None:
    """Write the part that writes; with `prints_bos` both its tokenizer and its template put a first token."""
    writer = GGUFWriter(path, architecture)
    heads = 4
    writer.add_name(name)
    writer.add_license("Apache-2.0")
    writer.add_file_type(LlamaFileType.ALL_F32)
    writer.add_context_length(4096)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(2 * width)
    writer.add_head_count(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // heads)
    writer.add_rope_freq_base(10000.0)
    vocabulary = _add_vocabulary(writer, prints_bos)
    writer.add_vocab_size(vocabulary)
    weights = _Weights(writer, seed=1)
    weights.random("token_embd.weight", vocabulary, width, scale=1.0)
    weights.words_only("output.weight", vocabulary, width)
    if architecture == "lfm2":
        writer.add_head_count_kv([0 if layer % 2 == 0 else heads for layer in range(layers)])
        writer.add_shortconv_l_cache(3)
        weights.ones("token_embd_norm.weight", width)
    else:
        writer.add_head_count_kv(heads)
        weights.ones("output_norm.weight", width)
    if architecture == "qwen2vl":
        writer.add_rope_dimension_sections([width // heads // 4, width // heads // 8, width // heads // 8, 0])
    for layer in range(layers):
        _add_text_layer(weights, f"blk.{layer}.", width, heads, architecture, recurrent=layer % 2 == 0)
    _write(writer)


def _add_vocabulary(writer: GGUFWriter, prints_bos: bool) -> int:
    letters = _byte_letters()
    newline = letters[10]
    tokens = [*letters, *(letters[32] + word for word in _WORDS), newline + newline, *_CONTROL]
    plain = len(tokens) - len(_CONTROL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.NORMAL] * plain + [TokenType.CONTROL] * len(_CONTROL))
    writer.add_token_merges([f"{newline} {newline}"])
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(prints_bos)
    writer.add_chat_template("{{ bos_token }}" * prints_bos + CHATML)
    return len(tokens)


def _byte_letters() -> list[str]:
    """Return the visible character that GPT-2's byte-level vocabulary uses for each byte."""
    visible = {*range(33, 127), *range(161, 173), *range(174, 256)}
    stand_ins = iter(range(256, 512))
    return [chr(byte) if byte in visible else chr(next(stand_ins)) for byte in range(256)]


def _add_text_layer(
    weights: _Weights, prefix: str, width: int, heads: int, architecture: str, *, recurrent: bool
) -> None:
    weights.ones(f"{prefix}attn_norm.weight", width)
    weights.ones(f"{prefix}ffn_norm.weight", width)
    weights.random(f"{prefix}ffn_gate.weight", 2 * width, width)
    weights.random(f"{prefix}ffn_up.weight", 2 * width, width)
    weights.random(f"{prefix}ffn_down.weight", width, 2 * width)
    if architecture == "lfm2" and recurrent:
        weights.random(f"{prefix}shortconv.conv.weight", width, 3)
        weights.random(f"{prefix}shortconv.in_proj.weight", 3 * width, width)
        weights.random(f"{prefix}shortconv.out_proj.weight", width, width)
        return
    for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
        weights.random(f"{prefix}{part}.weight", width, width)
        if architecture == "qwen2vl" and part != "attn_output":
            weights.zeros(f"{prefix}{part}.bias", width)
    if architecture == "lfm2":
        weights.ones(f"{prefix}attn_q_norm.weight", width // heads)
        weights.ones(f"{prefix}attn_k_norm.weight", width // heads)


def build_mmproj(path: Path, projector: str, text_width: int, layers: int, image_px: int, merge: int = 2) -> None:
    """Write the part that sees."""
    width, patch_px = 48, 16
    writer = GGUFWriter(path, "clip")
    writer.add_name("tiny-mmproj")
    writer.add_file_type(LlamaFileType.ALL_F32)
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_bool("clip.use_gelu", True)
    writer.add_string("clip.projector_type", projector)
    sizes = {"image_size": image_px, "patch_size": patch_px, "embedding_length": width, "feed_forward_length": 96}
    sizes |= {"block_count": layers, "attention.head_count": 4, "projection_dim": text_width}
    sizes |= {"projector.scale_factor": merge}
    if projector == "idefics3":
        sizes["preproc_image_size"] = 4 * image_px  # as in SmolVLM
    for key, value in sizes.items():
        writer.add_uint32(f"clip.vision.{key}", value)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-6)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    weights = _Weights(writer, seed=2)
    weights.random("v.patch_embd.weight", width, 3, patch_px, patch_px)
    if projector == "qwen2vl_merger":
        weights.random("v.patch_embd.weight.1", width, 3, patch_px, patch_px)
    else:
        weights.zeros("v.patch_embd.bias", width)
        weights.random("v.position_embd.weight", (image_px // patch_px) ** 2 + (projector == "internvl"), width)
    if projector == "internvl":
        weights.random("v.class_embd", width)
    for layer in range(layers):
        _add_vision_layer(weights, f"v.blk.{layer}.", width)
    weights.norm("v.post_ln", width)
    _add_projection(weights, projector, width, width * merge * merge, text_width)
    _write(writer)


def _add_vision_layer(weights: _Weights, prefix: str, width: int) -> None:
    for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
        weights.linear(prefix + part, width, width)
    for part in ("ln1", "ln2"):
        weights.norm(prefix + part, width)
    weights.linear(f"{prefix}ffn_up", 96, width)
    weights.linear(f"{prefix}ffn_down", width, 96)


def _add_projection(weights: _Weights, projector: str, width: int, merged: int, text_width: int) -> None:
    if projector == "internvl":
        weights.norm("mm.model.mlp.0", merged)
        weights.linear("mm.model.mlp.1", text_width, merged)
        weights.linear("mm.model.mlp.3", text_width, text_width)
    elif projector == "gemma3":
        weights.random("mm.input_projection.weight", width, text_width)
        weights.ones("mm.soft_emb_norm.weight", width)
    elif projector == "qwen2vl_merger":
        weights.linear("mm.0", merged, merged)
        weights.linear("mm.2", text_width, merged)
    elif projector == "idefics3":
        weights.random("mm.model.fc.weight", text_width, merged)
    else:
        weights.norm("mm.input_norm", merged)
        weights.linear("mm.1", 2 * text_width, merged)
        weights.linear("mm.2", text_width, 2 * text_width)


def _write(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

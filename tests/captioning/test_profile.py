"""How a model pair is recognised by its files, and how it is asked then."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_gguf import Pair, build_pair

from engine.captioning.gguf_header import GgufHeader, read_header, read_pair
from engine.captioning.identity import caption_recipe, file_identity
from engine.captioning.picture import fit_picture, read_picture
from engine.captioning.profile import STARTER_NAME, Fit, Instruction, ModelProfile, Sampling, choose_profile
from engine.captioning.prompt import CAPTION_PROMPT, PROMPT_VERSION, Prompt, prompt_version
from engine.errors import ModelUnavailable, UnreadablePhoto


def header(**values: Any) -> GgufHeader:
    return GgufHeader(Path("any.gguf"), {key.replace("__", "."): value for key, value in values.items()}, 0)


def profile_of(projector: str, size_px: int = 0, name: str = "Some Model") -> ModelProfile:
    model = header(general__architecture="llama", general__name=name)
    return choose_profile(model, header(clip__projector_type=projector, clip__vision__image_size=size_px))


@pytest.mark.parametrize(
    ("projector", "native_px", "family", "image_px", "fit"),
    [
        ("idefics3", 512, "smolvlm", 512, Fit.STRETCH),
        ("lfm2", 256, "lfm2-vl", 512, Fit.LONGEST_SIDE),
        ("internvl", 448, "internvl", 448, Fit.STRETCH),
        ("gemma3", 896, "gemma3", 896, Fit.STRETCH),
        ("gemma4v", 224, "gemma4", 512, Fit.LONGEST_SIDE),
        ("qwen2.5vl_merger", 560, "qwen-vl", 512, Fit.LONGEST_SIDE),
        ("qwen3vl_merger", 768, "qwen-vl", 512, Fit.LONGEST_SIDE),
        ("mlp", 378, "llava", 378, Fit.LONGEST_SIDE),
        ("minicpmv4_6", 448, "minicpm-v", 448, Fit.LONGEST_SIDE),
        ("something_new", 384, "something_new", 384, Fit.LONGEST_SIDE),
        ("something_new", 1540, "something_new", 512, Fit.LONGEST_SIDE),
        ("", 0, "unknown", 448, Fit.LONGEST_SIDE),
    ],
)
def test_a_family_is_known_by_its_projector(
    projector: str, native_px: int, family: str, image_px: int, fit: Fit
) -> None:
    profile = profile_of(projector, native_px)
    assert (profile.family, profile.image_px, profile.fit) == (family, image_px, fit)
    assert profile.instruction is not Instruction.NONE
    assert profile.sampling.temperature == 0


@pytest.mark.parametrize("name", ["starter", "reverie-starter", "reverie-starter-2"])
def test_our_own_starter_gets_the_image_alone(name: str) -> None:
    profile = profile_of("internvl", 224, name)
    assert (profile.family, profile.instruction) == ("reverie-starter", Instruction.NONE)
    assert (profile.image_px, profile.fit, profile.sampling) == (224, Fit.STRETCH, Sampling())


def test_the_shipped_starter_is_recognised(starter_pair: Pair) -> None:
    headers = read_pair(starter_pair.model, starter_pair.mmproj)
    assert headers[0].name == STARTER_NAME
    assert choose_profile(*headers).family == "reverie-starter"


def test_a_header_is_read_without_its_vocabulary(tiny_pair: Pair) -> None:
    model, mmproj = read_pair(tiny_pair.model, tiny_pair.mmproj)
    assert (model.architecture, model.name, model.context_tokens) == ("llama", "tiny", 4096)
    assert not model.is_projector
    assert mmproj.is_projector
    assert (mmproj.projector, mmproj.image_size_px, mmproj.has_vision) == ("internvl", 64, True)
    assert "tokenizer.ggml.tokens" not in model.values
    assert model.parameters * 4 == pytest.approx(tiny_pair.model.stat().st_size, rel=0.1)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("mmproj", "model", "swapped"),
        ("mmproj", "mmproj", "Both files are mmproj files"),
        ("model", "model", "not an mmproj file"),
    ],
)
def test_files_in_the_wrong_place_are_named(first: str, second: str, message: str, tiny_pair: Pair) -> None:
    with pytest.raises(ModelUnavailable, match=message):
        read_pair(getattr(tiny_pair, first), getattr(tiny_pair, second))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a GGUF model"),
        (b"hello " * 1000, "not a GGUF model"),
        (b"GG", "not a GGUF model"),
        (b"GGUF\x63\0\0\0" + bytes(100), "unknown version"),
        (b"GGUF\3\0\0\0", "damaged or cut off"),
        (b"GGUF\3\0\0\0" + b"\xff" * 4000, "damaged or cut off"),
    ],
)
def test_what_is_no_gguf_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "file.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=message) as caught:
        read_header(path)
    assert caught.value.path == path


def test_random_bytes_after_a_true_start_never_escape_as_foreign_errors(tiny_pair: Pair, tmp_path: Path) -> None:
    whole = bytearray(tiny_pair.mmproj.read_bytes())
    random = np.random.default_rng(3)
    path = tmp_path / "file.gguf"
    refused = 0
    for _ in range(200):
        damaged = bytearray(whole)
        at = int(random.integers(8, 1500))
        damaged[at : at + 8] = random.bytes(8)
        path.write_bytes(damaged)
        try:
            read_header(path)
        except ModelUnavailable:
            refused += 1
    assert refused > 50


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="doesn't exist"):
        read_header(tmp_path / "none.gguf")
    with pytest.raises(ModelUnavailable, match="not a GGUF model"):
        read_header(tmp_path)


def test_an_mmproj_without_eyes_is_refused(tiny_pair: Pair, tmp_path: Path) -> None:
    ears = tmp_path / "ears.gguf"
    ears.write_bytes(tiny_pair.mmproj.read_bytes().replace(b"has_vision_encoder", b"has_sounds_encoder"))
    with pytest.raises(ModelUnavailable, match="can't see"):
        read_pair(tiny_pair.model, ears)


def test_a_recipe_changes_with_model_and_profile_but_not_with_place(tiny_pair: Pair, tmp_path: Path) -> None:
    profile = profile_of("internvl", 64)
    moved = tmp_path / "moved.gguf"
    moved.write_bytes(tiny_pair.model.read_bytes())
    other = build_pair(tmp_path / "other", name="other")
    recipe = caption_recipe(tiny_pair.model, tiny_pair.mmproj, profile)
    assert caption_recipe(moved, tiny_pair.mmproj, profile) == recipe
    assert caption_recipe(other.model, tiny_pair.mmproj, profile) != recipe
    assert caption_recipe(tiny_pair.model, tiny_pair.mmproj, profile_of("gemma3", 64)) != recipe
    assert len(recipe) == 12


def test_a_file_is_identified_by_size_head_and_tail(tmp_path: Path) -> None:
    path = tmp_path / "file"
    identities = []
    for head, tail, size in ((1, 1, 3), (2, 1, 3), (1, 2, 3), (1, 1, 4)):
        path.write_bytes(bytes([head]) * (1 << 20) + bytes(size << 20) + bytes([tail]) * (1 << 20))
        identities.append(file_identity(path))
    assert len(set(identities)) == 4


def test_the_prompt_has_an_instruction_a_cue_and_a_version() -> None:
    assert CAPTION_PROMPT.instruction.startswith("You write captions")
    assert CAPTION_PROMPT.cue == "Describe what is shown."
    assert "at most 100 words" in CAPTION_PROMPT.instruction
    assert len(PROMPT_VERSION) == 8
    assert prompt_version("another") != PROMPT_VERSION
    assert Prompt.parse("one\n---\ntwo\n") == Prompt("one", "two")


def test_a_picture_is_stretched_or_kept_in_shape(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("L", (400, 300), 128).save(path)
    stretched = read_picture(path, ModelProfile("any", image_px=224, fit=Fit.STRETCH))
    kept = read_picture(path, ModelProfile("any", image_px=224, fit=Fit.LONGEST_SIDE))
    small = fit_picture(Image.new("RGB", (40, 30)), ModelProfile("any", image_px=224, fit=Fit.LONGEST_SIDE))
    assert (stretched.shape, kept.shape, small.shape) == ((224, 224, 3), (224 * 3 // 4, 224, 3), (30, 40, 3))
    assert stretched.dtype == np.uint8
    assert stretched.flags.c_contiguous


def test_a_damaged_thumbnail_is_an_unreadable_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 no jpeg")
    with pytest.raises(UnreadablePhoto) as caught:
        read_picture(path, ModelProfile("any"))
    assert caught.value.path == path

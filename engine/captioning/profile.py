"""How each family of vision models wants to be asked, chosen by what its files say of themselves."""

from dataclasses import dataclass, replace
from enum import StrEnum

from engine.captioning.gguf_header import GgufHeader

STARTER_NAME = "reverie-starter"
"""What the model that ships with Reverie calls itself; no other may be called so."""

_UNKNOWN_SIZE_PX = 448
_LARGEST_SIDE_PX = 512


class Fit(StrEnum):
    """How a photo is brought to the size the model looks at."""

    STRETCH = "stretch"
    """A square, whatever the photo's shape: what fixed-size encoders were trained on, and never more than one tile."""
    LONGEST_SIDE = "longest-side"
    """Keep the shape; encoders of fixed size pad it themselves."""


class Instruction(StrEnum):
    """Where the instruction stands. It always comes before the image, so that its state can be kept."""

    NONE = "none"
    SYSTEM_TURN = "system-turn"
    USER_TURN = "user-turn"


@dataclass(frozen=True, slots=True)
class Sampling:
    """Say how the next token is chosen. Temperature 0 is greedy; everything is repeatable by `seed`."""

    temperature: float = 0.0
    repeat_penalty: float = 1.0
    min_p: float = 0.1
    seed: int = 1


RETRY = Sampling(temperature=0.3, repeat_penalty=1.15)
DRAFTING = Sampling(temperature=0.4)


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """Describe how to caption with one family of models.

    `image_px` is the side of the square, or the longest side. `batch_tokens` must hold every token of an image that
    the model attends to in both directions (ggml-org/llama.cpp#23409 aborts otherwise). `image_max_tokens` −1 leaves
    the number of image tokens to llama.cpp. So many `drafts` more are written by chance, with the seeds 1, 2, …, and
    the one that fits the photo best is taken: for models so small that it costs next to nothing.
    They write fastest on a single one of the `writing_threads`: waking a second for every word costs more than it does.
    """

    family: str
    instruction: Instruction = Instruction.SYSTEM_TURN
    image_px: int = _UNKNOWN_SIZE_PX
    fit: Fit = Fit.LONGEST_SIDE
    sampling: Sampling = Sampling()
    retry: Sampling = RETRY
    stop: tuple[str, ...] = ()
    max_tokens: int = 180
    context_tokens: int = 2048
    batch_tokens: int = 512
    image_max_tokens: int = -1
    drafts: int = 0
    writing_threads: int = 64


_STARTER = ModelProfile(
    STARTER_NAME,
    Instruction.NONE,
    224,
    Fit.STRETCH,
    max_tokens=64,
    context_tokens=256,
    batch_tokens=256,
    drafts=5,
    writing_threads=1,
)

# Image sizes: one encoding a photo, measured with llama.cpp's own preprocessing. Larger ones tile: a 4:3 photo costs
# SmolVLM 13 encodings at full size and 2 here, LFM2-VL 7 above 1024 x 512 and 1 here.
_BY_PROJECTOR: dict[str, ModelProfile] = {
    "idefics3": ModelProfile(
        "smolvlm", image_px=512, fit=Fit.STRETCH, sampling=Sampling(repeat_penalty=1.1), image_max_tokens=64
    ),
    "lfm2": ModelProfile("lfm2-vl", image_px=512, sampling=Sampling(repeat_penalty=1.05)),
    "internvl": ModelProfile("internvl", fit=Fit.STRETCH),
    "gemma3": ModelProfile("gemma3", image_px=896, fit=Fit.STRETCH),
    "gemma3nv": ModelProfile("gemma3n", image_px=768, fit=Fit.STRETCH),
    "gemma4v": ModelProfile("gemma4", image_px=512, batch_tokens=1152),
    "gemma4uv": ModelProfile("gemma4", image_px=512, batch_tokens=1152),
    "qwen2vl_merger": ModelProfile("qwen-vl", image_px=512),
    "qwen2.5vl_merger": ModelProfile("qwen-vl", image_px=512),
    "qwen3vl_merger": ModelProfile("qwen-vl", image_px=512),
    "resampler": ModelProfile("minicpm-v"),
    "minicpmv4_6": ModelProfile("minicpm-v"),
    "pixtral": ModelProfile("pixtral", image_px=512),
    "mlp": ModelProfile("llava", Instruction.USER_TURN, image_px=336),
    "ldp": ModelProfile("llava", Instruction.USER_TURN, image_px=336),
    "ldpv2": ModelProfile("llava", Instruction.USER_TURN, image_px=336),
}

# These look at one square of the size their mmproj names, so that size is the right one.
_FIXED_SIZE = {"internvl", "gemma3", "gemma3nv", "mlp", "ldp", "ldpv2", "janus_pro", "nemotron_v2_vl"}


def choose_profile(model: GgufHeader, mmproj: GgufHeader) -> ModelProfile:
    """Pick the profile for a pair: our own starter by its name, others by the projector, unknown ones by size."""
    if model.name == "starter" or model.name.startswith(STARTER_NAME):
        return replace(_STARTER, image_px=mmproj.image_size_px or _STARTER.image_px)
    known = _BY_PROJECTOR.get(mmproj.projector)
    if known is None:
        return _cautious(mmproj)
    if mmproj.projector in _FIXED_SIZE and mmproj.image_size_px:
        return replace(known, image_px=mmproj.image_size_px)
    return known


def _cautious(mmproj: GgufHeader) -> ModelProfile:
    """Look no larger than the encoder was built for: what is too large may be cut into a dozen tiles."""
    size_px = mmproj.image_size_px or _UNKNOWN_SIZE_PX
    return ModelProfile(mmproj.projector or "unknown", image_px=min(size_px, _LARGEST_SIDE_PX))

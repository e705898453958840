"""Turn what llama.cpp logs when it cannot load a model into a sentence for a person."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import ModelUnavailable

_UNKNOWN_KIND = ("This kind of model is not known to this version of Reverie.", "Choose another model.")
_KNOWN = (
    (
        "mismatch between text model",
        "These two model files don't belong together.",
        "Choose the mmproj file that was published with the model.",
    ),
    ("corrupted or incomplete", "This model file is damaged or cut off.", "Copy or download it again."),
    ("failed to read", "This model file is damaged or cut off.", "Copy or download it again."),
    ("unknown model architecture", *_UNKNOWN_KIND),
    ("unknown projector", *_UNKNOWN_KIND),
    (
        "failed to allocate",
        "There is not enough memory for this model.",
        "Close other programs or choose a smaller model.",
    ),
)


def explain_load_failure(log: Sequence[str], path: Path) -> ModelUnavailable:
    """Return the error that the last lines of llama.cpp's log speak of."""
    said = " ".join(log)
    for trace, title, detail in _KNOWN:
        if trace in said:
            return ModelUnavailable(title, detail, path)
    return ModelUnavailable("This model can't be loaded.", log[-1] if log else "", path)

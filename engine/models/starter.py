"""The captioning model that ships with Reverie: it serves until the user installs a better one."""

from pathlib import Path

from engine.captioning.gguf_header import read_pair
from engine.captioning.profile import STARTER_NAME
from engine.embedding.shipped_models import shipped_model
from engine.models.installed import MMPROJ_FILE, MODEL_FILE, InstalledModel
from engine.paths import SHIPPED_MODELS

_FOLDER = "starter"


def read_starter(folder: Path = SHIPPED_MODELS) -> InstalledModel:
    """Describe the starter by its headers and the manifest; raise `ModelUnavailable` where a file is not as shipped.

    Sizes are compared here and hashes by `verify_model`.
    """
    model, mmproj = (shipped_model(f"{_FOLDER}/{name}", folder) for name in (MODEL_FILE, MMPROJ_FILE))
    return InstalledModel.of(
        read_pair(model.path, mmproj.path),
        folder=folder / _FOLDER,
        name=STARTER_NAME,
        sha256=(model.sha256, mmproj.sha256),
        imported_at="",
    )

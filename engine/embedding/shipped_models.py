"""Find the model files that come with Reverie and know what each of them should be."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelUnavailable
from engine.paths import SHIPPED_MODELS

ADVICE = "Reinstall Reverie, or run `git checkout resources/models` in a source checkout."
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class ShippedModel:
    """One file of the shipped models, with the size and SHA-256 that the manifest promises."""

    path: Path
    size_bytes: int
    sha256: str

    def check_size(self) -> None:
        """Raise `ModelUnavailable` if the file is missing or cut off; costs one `stat`."""
        if not self.path.is_file():
            raise ModelUnavailable(f"The file {self.path.name} is missing.", ADVICE, self.path)
        if self.path.stat().st_size != self.size_bytes:
            raise ModelUnavailable(f"The file {self.path.name} is incomplete or changed.", ADVICE, self.path)

    def check_content(self) -> None:
        """Raise `ModelUnavailable` unless every byte is as shipped; reads the whole file."""
        self.check_size()
        if hashlib.sha256(self.path.read_bytes()).hexdigest() != self.sha256:
            raise ModelUnavailable(f"The file {self.path.name} is damaged.", ADVICE, self.path)

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """Give the path to read from; raise `ModelUnavailable` where what comes of it shows that it is damaged."""
        try:
            yield self.path
        except _DAMAGE as error:
            raise ModelUnavailable(f"The file {self.path.name} can't be read.", str(error), self.path) from error


def shipped_models(folder: Path = SHIPPED_MODELS) -> list[ShippedModel]:
    """Return every file that the folder's manifest names."""
    manifest = folder / "manifest.json"
    try:
        files = json.loads(manifest.read_text("utf-8"))["files"]
        return [ShippedModel(folder / file["file"], file["bytes"], file["sha256"]) for file in files]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable("The list of Reverie's models can't be read.", ADVICE, manifest) from error


def shipped_model(name: str, folder: Path = SHIPPED_MODELS) -> ShippedModel:
    """Return one file by the name the manifest gives it, after checking that it is there and whole in size."""
    for model in shipped_models(folder):
        if model.path == folder / name:
            model.check_size()
            return model
    raise ModelUnavailable(f"The list of Reverie's models does not name {name}.", ADVICE, folder / "manifest.json")


def verify_models(folder: Path = SHIPPED_MODELS) -> list[ShippedModel]:
    """Read all shipped models (about 100 MB) and return them; raise `ModelUnavailable` at the first damaged one."""
    models = shipped_models(folder)
    for model in models:
        model.check_content()
    return models

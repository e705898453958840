"""What Reverie remembers of an imported model: the `model.json` beside its files."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import ModelUnavailable

RECORD = "model.json"
MODEL_FILE = "model.gguf"
MMPROJ_FILE = "mmproj.gguf"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """Describe one model pair in the models folder. `parameters` and `context_tokens` are 0 where unknown."""

    folder: Path
    name: str
    model_source: str
    mmproj_source: str
    size_bytes: int
    model_sha256: str
    mmproj_sha256: str
    family: str
    architecture: str
    parameters: int
    context_tokens: int
    licence: str
    imported_at: str

    @property
    def model(self) -> Path:
        return self.folder / MODEL_FILE

    @property
    def mmproj(self) -> Path:
        return self.folder / MMPROJ_FILE

    def write(self, folder: Path) -> None:
        """Record this model in `folder`."""
        values = asdict(self)
        del values["folder"]
        (folder / RECORD).write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "InstalledModel":
        """Read the record in `folder`; raise `ModelUnavailable` where it is missing or damaged."""
        try:
            values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            return cls(folder=folder, **values)
        except (OSError, ValueError, TypeError) as error:
            raise ModelUnavailable(
                f"The record of the model “{folder.name}” is damaged.", "Remove it and import it again.", folder
            ) from error


def folder_name(name: str) -> str:
    """Turn a model's name into the name of its folder; raise `ModelUnavailable` where nothing is left of it."""
    slug = re.sub(r"[^a-z0-9.]+", "-", name.casefold()).strip("-.")[:80]
    if not slug:
        raise ModelUnavailable("This model needs a name.", "Give it one with letters or digits.")
    return slug

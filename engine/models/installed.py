"""What Reverie knows of a model pair; of an imported one it is remembered in the `model.json` beside its files."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.captioning.gguf_header import GgufHeader
from engine.captioning.profile import STARTER_NAME, choose_profile
from engine.errors import ModelUnavailable

RECORD = "model.json"
MODEL_FILE = "model.gguf"
MMPROJ_FILE = "mmproj.gguf"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """Describe one model pair: an imported one, or the one that ships with Reverie, whose `imported_at` is empty.

    `parameters` and `context_tokens` are 0 where unknown.
    """

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

    @classmethod
    def of(
        cls,
        headers: tuple[GgufHeader, GgufHeader],
        *,
        folder: Path,
        name: str,
        sha256: tuple[str, str],
        imported_at: str,
    ) -> "InstalledModel":
        """Describe a pair in `folder` by what its files, wherever they lie now, say of themselves."""
        model, mmproj = headers
        return cls(
            folder=folder,
            name=name,
            model_source=model.path.name,
            mmproj_source=mmproj.path.name,
            size_bytes=model.path.stat().st_size + mmproj.path.stat().st_size,
            model_sha256=sha256[0],
            mmproj_sha256=sha256[1],
            family=choose_profile(model, mmproj).family,
            architecture=model.architecture,
            parameters=model.parameters + mmproj.parameters,
            context_tokens=model.context_tokens,
            licence=model.text("general.license.name") or model.text("general.license"),
            imported_at=imported_at,
        )

    @property
    def is_starter(self) -> bool:
        """Say whether this is the model that ships with Reverie."""
        return self.name == STARTER_NAME

    @property
    def memory_bytes(self) -> int:
        """Roughly what it takes while it captions: a line through the estimates of the catalogue."""
        return round(1.2 * self.size_bytes + 300e6)

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

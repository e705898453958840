"""The models that can be downloaded, as `resources/catalogue.toml` lists them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import ModelUnavailable
from engine.paths import RESOURCES


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to download, and how it is known to have come whole."""

    url: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be downloaded. `verified` tells whether its hashes have been compared with the files themselves.

    `model_id` is also the name of its folder once it is installed. `memory_bytes` and `core_seconds`, what a photo
    takes one core, are estimates.
    """

    model_id: str
    name: str
    licence: str
    memory_bytes: int
    core_seconds: float
    note: str
    verified: bool
    model: RemoteFile
    mmproj: RemoteFile

    @property
    def size_bytes(self) -> int:
        """How much is to be downloaded."""
        return self.model.size_bytes + self.mmproj.size_bytes


@cache
def read_catalogue(path: Path = RESOURCES / "catalogue.toml") -> tuple[ModelOffer, ...]:
    """Return all offers, the smallest first."""
    with path.open("rb") as file:
        return tuple(_offer(entry) for entry in tomllib.load(file)["model"])


def find_offer(model_id: str) -> ModelOffer:
    """Return an offer; raise `ModelUnavailable` where there is none of this id."""
    for offer in read_catalogue():
        if offer.model_id == model_id:
            return offer
    raise ModelUnavailable(f"Reverie knows no model called “{model_id}” to download.")


def _offer(entry: dict[str, Any]) -> ModelOffer:
    files = {key: RemoteFile(**entry[key]) for key in ("model", "mmproj")}
    return ModelOffer(**{"model_id": entry["id"], **{k: v for k, v in entry.items() if k != "id"}, **files})

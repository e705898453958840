"""The models on their way: downloaded file by file into a hidden folder, and installed once both are there."""

import hashlib
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from engine.captioning.gguf_header import read_pair
from engine.models.catalogue import ModelOffer
from engine.models.download import check_room, fetch, size_of
from engine.models.installed import InstalledModel, folder_name
from engine.models.store import free_folder, install, make_folder
from engine.paths import Home

_COMING = ".download-"


def download_pair(
    home: Home,
    offer: ModelOffer,
    validate: Callable[[Path, Path], None],
    on_bytes: Callable[[int, int], None],
    stop: threading.Event,
) -> InstalledModel:
    """Download a pair, or what is missing of it, and install it once `validate` has run it.

    `on_bytes` hears how many bytes are there and how many there will be. Raises what `fetch` and `import_pair` do.
    """
    folder = free_folder(home, offer.name)
    make_folder(home)
    coming = _folder(home, offer.model_id)
    coming.mkdir(exist_ok=True)
    check_room(home.models, offer.size_bytes - downloaded_bytes(home, offer.model_id))
    model, mmproj = (coming / file.url.rpartition("/")[2] for file in (offer.model, offer.mmproj))
    if not model.exists():
        fetch(offer.model, model, lambda done: on_bytes(done, offer.size_bytes), stop)
    if not mmproj.exists():
        fetch(offer.mmproj, mmproj, lambda done: on_bytes(offer.model.size_bytes + done, offer.size_bytes), stop)
    headers = read_pair(model, mmproj)
    validate(model, mmproj)
    installed = install(model, mmproj, headers, offer.name, folder, _move)
    forget_download(home, offer.model_id)
    return installed


def downloaded_bytes(home: Home, model_id: str) -> int:
    """Return how much of a model has come that is not installed yet."""
    return sum(size_of(path) for path in _folder(home, model_id).glob("*"))


def forget_download(home: Home, model_id: str) -> None:
    """Throw away what has come of a model."""
    shutil.rmtree(_folder(home, model_id), ignore_errors=True)


def _folder(home: Home, model_id: str) -> Path:
    return home.models / f"{_COMING}{folder_name(model_id)}"


def _move(source: Path, target: Path) -> str:
    """Move a file within one disk, and return its SHA-256."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    source.replace(target)
    return digest

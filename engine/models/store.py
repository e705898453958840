"""The captioning models: the starter, and those imported, which lie in Reverie's own folder; one of them is in use."""

import errno
import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from engine.captioning.gguf_header import GgufHeader, read_pair
from engine.captioning.profile import STARTER_NAME
from engine.embedding.shipped_models import ADVICE
from engine.errors import CannotWrite, ModelUnavailable
from engine.models.download import check_room
from engine.models.installed import MMPROJ_FILE, MODEL_FILE, InstalledModel, folder_name
from engine.models.starter import read_starter
from engine.paths import Home

_log = logging.getLogger(__name__)

_IN_USE = "in_use"
_UNFINISHED = ".import-"
_BLOCK_BYTES = 1 << 22


def import_pair(
    home: Home,
    model: Path,
    mmproj: Path,
    validate: Callable[[Path, Path], None],
    name: str | None = None,
) -> InstalledModel:
    """Copy a pair into the models folder once `validate` has run it; the files given are left as they are.

    `validate` gets both paths, loads them for real and raises a `ReverieError` where that fails.

    Raises:
        ModelUnavailable: a file is missing, damaged or of the wrong kind, the name is taken, or the disk is full.
        CannotWrite: the models folder cannot be made.

    """
    headers = read_pair(model, mmproj)
    chosen = name or headers[0].name or model.stem
    folder = free_folder(home, chosen)
    make_folder(home)
    _remove_unfinished(home)
    check_room(home.models, model.stat().st_size + mmproj.stat().st_size)
    validate(model, mmproj)
    return install(model, mmproj, headers, chosen, folder, _copy)


def free_folder(home: Home, name: str) -> Path:
    """Return where a model of this name will lie; raise `ModelUnavailable` where the name is taken."""
    folder = home.models / folder_name(name)
    if folder.exists() or folder.name == STARTER_NAME:
        raise ModelUnavailable(f"A model called “{name}” is already there.", "Choose another name.", folder)
    return folder


def make_folder(home: Home) -> None:
    """Make the models folder; raise `CannotWrite` where that is not possible."""
    try:
        home.models.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite("Reverie can't write to its own folder.", f"The system says: {error}.", home.root) from error


def install(
    model: Path,
    mmproj: Path,
    headers: tuple[GgufHeader, GgufHeader],
    name: str,
    folder: Path,
    bring: Callable[[Path, Path], str],
) -> InstalledModel:
    """Bring both files into a folder that nobody looks at, and give it its name when all is there."""
    unfinished = folder.with_name(f"{_UNFINISHED}{os.getpid()}-{folder.name}")
    try:
        unfinished.mkdir()
        described = InstalledModel.of(
            headers,
            folder=folder,
            name=name,
            sha256=("", ""),
            imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        installed = replace(
            described,
            model_sha256=bring(model, unfinished / MODEL_FILE),
            mmproj_sha256=bring(mmproj, unfinished / MMPROJ_FILE),
        )
        installed.write(unfinished)
        unfinished.rename(folder)
    except OSError as error:
        raise _copy_failure(error, model) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return installed


def list_models(home: Home) -> list[InstalledModel]:
    """Return the starter and then every imported model by name; what is damaged is logged and left out."""
    models = []
    names = [folder.name for folder in sorted(home.models.glob("[!.]*/"))] if home.models.is_dir() else []
    for name in (STARTER_NAME, *names):
        try:
            models.append(_read(home, name))
        except ModelUnavailable as error:
            _log.warning("%s", error)
    return models


def find_model(home: Home, name: str) -> InstalledModel:
    """Return the model called `name`; raise `ModelUnavailable` where there is none."""
    slug = folder_name(name)
    if slug != STARTER_NAME and not (home.models / slug).is_dir():
        known = ", ".join(model.name for model in list_models(home)) or "none"
        raise ModelUnavailable(f"There is no model called “{name}”.", f"Installed: {known}.")
    return _read(home, slug)


def use_model(home: Home, name: str) -> InstalledModel:
    """Caption with this model from now on."""
    model = find_model(home, name)
    marker = home.models / _IN_USE
    if model.is_starter:
        marker.unlink(missing_ok=True)
        return model
    fresh = marker.with_name(f"{_IN_USE}.{os.getpid()}")
    fresh.write_text(model.folder.name, encoding="utf-8")
    fresh.replace(marker)
    return model


def model_in_use(home: Home) -> InstalledModel:
    """Return the model to caption with: the starter, unless another was chosen and is there.

    Raises `ModelUnavailable` where the starter is needed and damaged.
    """
    return chosen_model(home) or read_starter()


def chosen_model(home: Home) -> InstalledModel | None:
    """Return the model that was chosen over the starter, or None where there is none or it is gone."""
    try:
        return find_model(home, (home.models / _IN_USE).read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, ModelUnavailable):
        return None


def remove_model(home: Home, name: str) -> None:
    """Delete a model's files; captions that it wrote stay. Where it was in use, the starter serves again."""
    folder = home.models / folder_name(name)
    if folder.name == STARTER_NAME:
        raise ModelUnavailable(
            f"The model “{STARTER_NAME}” comes with Reverie, so it stays.", "It rests while another one is used."
        )
    if not folder.is_dir():
        find_model(home, name)
    used = chosen_model(home)
    doomed = home.models / f"{_UNFINISHED}{os.getpid()}-{folder.name}"
    try:
        folder.rename(doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise ModelUnavailable(
            "This model can't be removed now.", f"Close other windows of Reverie. ({error.strerror})", folder
        ) from error
    if used is not None and used.folder == folder:
        (home.models / _IN_USE).unlink(missing_ok=True)


def verify_model(model: InstalledModel) -> None:
    """Compare both files with the hashes taken when they came; raise `ModelUnavailable` where they differ."""
    for path, recorded in ((model.model, model.model_sha256), (model.mmproj, model.mmproj_sha256)):
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _changed(model, path) from error
        if found != recorded:
            raise _changed(model, path)


def _changed(model: InstalledModel, path: Path) -> ModelUnavailable:
    advice = ADVICE if model.is_starter else "Remove it and import it again."
    return ModelUnavailable(f"The files of the model “{model.name}” are missing or have changed.", advice, path)


def _read(home: Home, slug: str) -> InstalledModel:
    return read_starter() if slug == STARTER_NAME else InstalledModel.read(home.models / slug)


def _copy(source: Path, target: Path) -> str:
    """Copy a file to the disk itself, and return the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            digest.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _copy_failure(error: OSError, model: Path) -> ModelUnavailable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelUnavailable("The disk is full.", "Make room and import the model again.", model)
    return ModelUnavailable("This model can't be copied.", f"{error.strerror}.", model)


def _remove_unfinished(home: Home) -> None:
    """Delete what an import left behind that was killed."""
    for folder in home.models.glob(f"{_UNFINISHED}*/"):
        owner = folder.name.removeprefix(_UNFINISHED).partition("-")[0]
        if not (owner.isdigit() and psutil.pid_exists(int(owner))):
            shutil.rmtree(folder, ignore_errors=True)

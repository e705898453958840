"""Name what a caption depends on, so that a change of it makes the captions of old pending."""

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

from engine.captioning.profile import ModelProfile
from engine.captioning.prompt import PROMPT_VERSION

_SAMPLE_BYTES = 1 << 20


def file_identity(path: Path) -> str:
    """Hash the size, the first and the last megabyte: milliseconds for a file of gigabytes."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(_SAMPLE_BYTES))
        file.seek(max(size - _SAMPLE_BYTES, 0), os.SEEK_SET)
        digest.update(file.read())
    return digest.hexdigest()


def caption_recipe(model: Path, mmproj: Path, profile: ModelProfile) -> str:
    """Return the short hash of model, mmproj, profile and prompt."""
    parts = [file_identity(model), file_identity(mmproj), asdict(profile), PROMPT_VERSION]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]

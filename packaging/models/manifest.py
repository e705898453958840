"""Keep the manifests of `resources/models` and its folder `plain`: what each file is, whence, and how it was made."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sources import SHIPPED

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe one shipped file; its size and SHA-256 are taken from the file when the entry is recorded."""

    file: str
    source: str
    upstream: str
    licence: str
    made: str
    measured: dict[str, object] = field(default_factory=dict)


def record(entry: Entry, folder: Path = SHIPPED) -> None:
    """Write the entry of one file; figures measured on the very same file are kept."""
    content = (folder / entry.file).read_bytes()
    facts = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    entries = read(folder)
    before = entries.get(entry.file, {})
    kept = before.get("measured", {}) if before.get("sha256") == facts["sha256"] else {}
    entries[entry.file] = asdict(entry) | facts | {"measured": kept | entry.measured}
    _write(entries, folder)


def record_measured(file: str, figures: dict[str, object]) -> None:
    """Add measured figures to the entry of a file."""
    entries = read(SHIPPED)
    entries[file]["measured"] |= figures
    _write(entries, SHIPPED)


def read(folder: Path) -> dict[str, dict]:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return {}
    return {entry["file"]: entry for entry in json.loads(manifest.read_text("utf-8"))["files"]}


def _write(entries: dict[str, dict], folder: Path) -> None:
    files = [entries[name] for name in sorted(entries)]
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=2, ensure_ascii=False) + "\n", "utf-8")

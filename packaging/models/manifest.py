"""Keep `resources/models/manifest.json`: what each shipped file is, where it comes from and how it was made."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from sources import SHIPPED

MANIFEST = SHIPPED / "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe one shipped file; its size and SHA-256 are taken from the file when the entry is recorded."""

    file: str
    source: str
    upstream: str
    licence: str
    made: str
    measured: dict[str, object] = field(default_factory=dict)


def record(entry: Entry) -> None:
    """Write the entry of one file; figures measured on the very same file are kept."""
    content = (SHIPPED / entry.file).read_bytes()
    facts = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    entries = read()
    before = entries.get(entry.file, {})
    kept = before.get("measured", {}) if before.get("sha256") == facts["sha256"] else {}
    entries[entry.file] = asdict(entry) | facts | {"measured": kept | entry.measured}
    _write(entries)


def record_measured(file: str, figures: dict[str, object]) -> None:
    """Add measured figures to the entry of a file."""
    entries = read()
    entries[file]["measured"] |= figures
    _write(entries)


def read() -> dict[str, dict]:
    if not MANIFEST.is_file():
        return {}
    return {entry["file"]: entry for entry in json.loads(MANIFEST.read_text("utf-8"))["files"]}


def _write(entries: dict[str, dict]) -> None:
    files = [entries[name] for name in sorted(entries)]
    MANIFEST.write_text(json.dumps({"files": files}, indent=2, ensure_ascii=False) + "\n", "utf-8")

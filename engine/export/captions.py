"""Write captions into a folder of the user's choice: never into the photos, and never over what is there."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.catalog.exported import CaptionedFile
from engine.errors import CannotWrite
from engine.export.xmp import write_sidecar

_NAME = "Reverie captions"
_FIELDS = ("path", "caption", "written_by", "reliability", "written_at", "taken_at", "city", "region", "country")


class ExportFormat(StrEnum):
    """`XMP`: a sidecar a file, in folders as those of the photos. `CSV` and `JSON`: one file for all."""

    XMP = "xmp"
    CSV = "csv"
    JSON = "json"


def export_captions(
    files: Iterable[CaptionedFile], folder: Path, chosen_format: ExportFormat, watched: Sequence[Path]
) -> int:
    """Write captions into something new in `folder`, and return how many were written.

    Raises `CannotWrite`, also where `folder` lies in one of the `watched` folders: Reverie writes nothing among photos.
    """
    real = folder.resolve()
    for photos in watched:
        if real.is_relative_to(photos.resolve()):
            raise CannotWrite(
                "Reverie writes nothing into the folders of your photos.",
                "Choose another folder for the export.",
                photos,
            )
    target = _new_path(real, "" if chosen_format is ExportFormat.XMP else f".{chosen_format}")
    try:
        return _WRITERS[chosen_format](files, target)
    except OSError as error:
        raise CannotWrite("The captions can't be exported there.", f"The system says: {error}.", folder) from error


def _new_path(folder: Path, suffix: str) -> Path:
    path, number = folder / f"{_NAME}{suffix}", 2
    while path.exists():
        path, number = folder / f"{_NAME} {number}{suffix}", number + 1
    return path


def _write_sidecars(files: Iterable[CaptionedFile], target: Path) -> int:
    """Lay sidecars out as the photos are: `IMG_1.jpg` of the folder Pictures gets `Pictures/IMG_1.jpg.xmp`."""
    target.mkdir()
    roots: dict[Path, Path] = {}
    number = 0
    for file in files:
        if file.folder not in roots:
            roots[file.folder] = _root(target, file.folder, set(roots.values()))
        inner = file.path.relative_to(file.folder) if file.path.is_relative_to(file.folder) else Path(file.path.name)
        sidecar = roots[file.folder] / inner.parent / f"{inner.name}.xmp"
        sidecar.parent.mkdir(parents=True, exist_ok=True)
        write_sidecar(sidecar, file)
        number += 1
    return number


def _root(target: Path, folder: Path, taken: set[Path]) -> Path:
    root, number = target / (folder.name or "photos"), 2
    while root in taken:
        root, number = target / f"{folder.name} {number}", number + 1
    return root


def _write_csv(files: Iterable[CaptionedFile], target: Path) -> int:
    """Write a table that spreadsheets open as UTF-8, which some do only with a byte order mark."""
    with target.open("x", encoding="utf-8-sig", errors="replace", newline="") as file:
        table = csv.writer(file)
        table.writerow(_FIELDS)
        return sum(1 for row in map(_fields, files) if table.writerow(row.values()))


def _write_json(files: Iterable[CaptionedFile], target: Path) -> int:
    rows = [_fields(file) for file in files]
    with target.open("x", encoding="utf-8", errors="replace") as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)
    return len(rows)


def _fields(file: CaptionedFile) -> dict[str, Any]:
    values = (
        str(file.path), file.caption, file.model or "you", file.standing.value, file.written_at, file.taken_at,
        file.city, file.region, file.country,
    )  # fmt: skip
    return dict(zip(_FIELDS, values, strict=True))


_WRITERS: dict[ExportFormat, Callable[[Iterable[CaptionedFile], Path], int]] = {
    ExportFormat.XMP: _write_sidecars,
    ExportFormat.CSV: _write_csv,
    ExportFormat.JSON: _write_json,
}

"""`reverie doctor`: is everything in order?"""

import argparse
import contextlib
import platform
import sqlite3
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from PIL import Image

from engine.catalog.connection import open_reader
from engine.catalog.embeddings import Kind
from engine.catalog.folders import list_folders
from engine.embedding.shipped_models import verify_models
from engine.errors import CatalogDamaged, CatalogMissing, ReverieError
from engine.index.embedding_index import EmbeddingIndex
from engine.index.index_file import check_index
from engine.indexing.reading import open_decode_worker
from engine.models.store import model_in_use, verify_model
from engine.models.validation import validate_pair
from engine.paths import Home

_PACKAGES = ("llama-cpp-python", "onnxruntime", "usearch", "sqlite-utils", "watchdog", "rapidocr", "Pillow", "rawpy")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", home: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "doctor", parents=[home], help="check versions, models, the library and the worker processes"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check everything, one line each; return 1 if anything is wrong."""
    home = Home.choose(options.home)
    checks: list[tuple[str, Callable[[], str]]] = [
        ("versions", _versions),
        ("shipped models", lambda: f"{len(verify_models())} files as they should be"),
        ("library", lambda: _library(home)),
        ("indexes", lambda: _indexes(home)),
        ("photo reader", lambda: _photo_reader(home)),
        ("captioning", lambda: _captioning(home)),
        ("watching", lambda: _watching(home)),
    ]
    return max([_check(name, check) for name, check in checks])


def _check(name: str, check: Callable[[], str]) -> int:
    try:
        print(f"ok     {name}: {check()}")
    except ReverieError as error:
        print(f"WRONG  {name}: {error}")
        return 1
    return 0


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"reverie {version('reverie')}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )


def _library(home: Home) -> str:
    try:
        with contextlib.closing(open_reader(home.catalog)) as db:
            (found,) = db.execute("PRAGMA integrity_check").fetchone()
            (photos,) = db.execute("SELECT count(*) FROM visible_photos").fetchone()
    except CatalogMissing:
        return f"none yet at {home.root}"
    if found != "ok":
        raise CatalogDamaged("The library file is damaged.", f"SQLite says: {found}.", home.catalog)
    return f"{photos:,} photos at {home.root}"


def _indexes(home: Home) -> str:
    if not home.catalog.exists():
        return "none yet"
    for path in sorted(home.index.glob("*.index")):
        check_index(path)
    found = []
    with contextlib.closing(open_reader(home.catalog)) as db:
        for kind in Kind:
            index = EmbeddingIndex(kind, home.index)
            index.open(db)
            found.append(f"{kind}: {len(index):,} vectors, {index.in_graph:,} of them in a graph on disk")
    return "; ".join(found)


def _photo_reader(home: Home) -> str:
    with (
        tempfile.TemporaryDirectory(prefix="reverie-") as folder,
        contextlib.closing(open_decode_worker(home)) as worker,
    ):
        photo = Path(folder) / "photo.png"
        Image.new("RGB", (640, 480), "orange").save(photo)
        facts = worker.request("decode", {"path": str(photo), "thumbnail": str(photo.with_suffix(".jpg"))})
    return f"works, in a process of its own ({facts['width_px']} × {facts['height_px']} test picture)"


def _captioning(home: Home) -> str:
    used = model_in_use(home)
    verify_model(used)
    validate_pair(used.model, used.mmproj)
    return f"{used.name} is as {'shipped' if used.is_starter else 'imported'} and runs"


def _watching(home: Home) -> str:
    """Name the folders; on Linux also how many directories may be watched, which is what runs out first."""
    folders = "no folders yet"
    if home.catalog.exists():
        with contextlib.closing(open_reader(home.catalog)) as db:
            folders = ", ".join(f"{folder.path} is {folder.state}" for folder in list_folders(db)) or folders
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    return f"{folders}" + (f"; at most {int(limit.read_text()):,} directories can be watched" if limit.exists() else "")

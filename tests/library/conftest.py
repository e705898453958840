"""Real folders with small files in them; their content does not matter to a scan."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_files import LONG_AGO_S, Put
from sqlite_utils import Database

from engine.catalog.connection import open_writer


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def put(root: Path) -> Put:
    """Write a file that has been still for long, and return its path; names are relative to `root`."""

    def write(name: str | Path, content: bytes = b"photo", age_s: float = LONG_AGO_S) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (time.time() - age_s,) * 2)
        return path

    return write


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    catalog = open_writer(tmp_path / "catalog.db")
    yield catalog
    catalog.close()

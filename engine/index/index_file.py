"""Graphs on disk: a file is read only after its checksum and its description have been found right.

usearch has no checksum of its own: with random bits flipped it crashed the process in 38 of 40 trials, so one bad
sector would kill Reverie at every start. The layout is the graph as usearch writes it, a JSON description, and the
length of that description as four bytes.
"""

import contextlib
import hashlib
import json
import logging
import mmap
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import CannotWrite, CatalogDamaged
from engine.index.vector_index import USEARCH_VERSION, VectorIndex

_LOG = logging.getLogger(__name__)
_FORMAT = "reverie-index-1"
_LENGTH_BYTES = 4
_PROBLEMS = (OSError, ValueError, RuntimeError, TypeError)


@dataclass(frozen=True, slots=True)
class _Description:
    """What must be equal before a graph is read. `checksum` is blake2b-256 of the graph's bytes."""

    format: str
    usearch: str
    kind: str
    dtype: str
    dimensions: int
    count: int
    checksum: str


def save_index(index: VectorIndex, kind: str, path: Path) -> None:
    """Write a graph so that `path` always holds a whole file, the old or the new one; raises `CannotWrite`."""
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        count = index.write(unfinished)
        with unfinished.open("r+b") as file:
            description = _describe(kind, index.dimensions, count, hashlib.file_digest(file, _digest).hexdigest())
            footer = json.dumps(asdict(description)).encode()
            file.seek(0, os.SEEK_END)
            file.write(footer + len(footer).to_bytes(_LENGTH_BYTES, "little"))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except (OSError, RuntimeError) as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise CannotWrite("Can't save the search index.", f"{error}. It will be built again.", path) from error


def load_index(kind: str, path: Path, dimensions: int) -> VectorIndex | None:
    """Read a graph of this kind and width; return None where there is none or anything about it is wrong."""
    if not path.exists():
        return None
    try:
        with _checked(path) as (described, graph):
            expected = _describe(kind, dimensions, described.count, described.checksum)
            if described != expected:
                raise ValueError(f"{described} instead of {expected}")
            index = VectorIndex(dimensions)
            index.read(graph)
    except _PROBLEMS as error:
        _LOG.warning("%s is not used and will be built again: %s", path.name, error)
        return None
    return index


def check_index(path: Path) -> int:
    """Return how many vectors a file holds after reading all of it; raise `CatalogDamaged`."""
    try:
        with _checked(path) as (described, _):
            return described.count
    except _PROBLEMS as error:
        raise CatalogDamaged("A search index is damaged.", "Reverie will build it again by itself.", path) from error


@contextlib.contextmanager
def _checked(path: Path) -> Iterator[tuple[_Description, memoryview]]:
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as content,
    ):
        end = len(content) - _LENGTH_BYTES
        start = end - int.from_bytes(content[end:], "little")
        if start <= 0:
            raise ValueError("it is cut off")
        described = _Description(**json.loads(bytes(content[start:end])))
        with content[:start] as graph:
            if _digest(graph).hexdigest() != described.checksum:
                raise ValueError("its checksum is wrong")
            yield described, graph


def _describe(kind: str, dimensions: int, count: int, checksum: str) -> _Description:
    return _Description(_FORMAT, USEARCH_VERSION, kind, "f16", dimensions, count, checksum)


def _digest(content: bytes | memoryview = b"") -> hashlib.blake2b:
    return hashlib.blake2b(content, digest_size=32)

"""A graph for approximate nearest-neighbour search: the only importer of usearch."""

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Before usearch: loaded after it, ONNX Runtime crashes the process (usearch 2.26.6, onnxruntime 1.32, Linux), for both
# bring a C++ runtime and the symbols of the first one win.
import engine.embedding.onnx_session  # noqa: F401  isort: skip
import usearch  # isort: skip
from usearch.index import Index  # isort: skip

USEARCH_VERSION: str = usearch.__version__
_EXPANSION_SEARCH = 256


class VectorIndex:
    """Hold f16 vectors under int64 keys; insert-only, safe to search while another thread adds.

    f16 is always named: usearch's own default depends on the processor, so files would differ between machines.
    Adding and saving take one lock, because a save during an add writes a file that cannot be read; searches run
    free. One thread each, because zero means all cores. Nothing is ever removed: what is gone is dropped from the
    results by whoever knows, and the graph is rebuilt when that is too much of it.
    """

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._lock = threading.RLock()
        self._index = Index(ndim=dimensions, metric="ip", dtype="f16", expansion_search=_EXPANSION_SEARCH)

    def __len__(self) -> int:
        return len(self._index)

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Insert rows (n, d) under ids that are not in the graph yet."""
        if ids.min(initial=0) < 0 or not np.isfinite(vectors).all():
            raise ValueError("ids must not be negative and vectors must be finite")
        with self._lock:
            self._index.add(ids.astype(np.uint64), vectors, threads=1)

    def holds(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell for each id whether it is in the graph."""
        return np.asarray(self._index.contains(ids.astype(np.uint64)), dtype=np.bool_)

    def search(self, query: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return ids and inner products of up to `count` near vectors, best first."""
        matches = self._index.search(query.astype(np.float16), count, threads=1)
        return np.asarray(matches.keys, dtype=np.int64), 1 - np.asarray(matches.distances, dtype=np.float32)

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float16]:
        """Return the vectors of ids that are in the graph, (n, d): 1.3 ms a thousand."""
        if not len(ids):
            return np.empty((0, self.dimensions), dtype=np.float16)
        return np.stack(self._index.get(ids.astype(np.uint64)), dtype=np.float16)  # type: ignore[arg-type]

    def write(self, path: Path) -> int:
        """Write the graph to a file and return how many vectors it holds."""
        with self._lock:
            self._index.save(str(path))
            return len(self._index)

    def read(self, content: memoryview) -> None:
        """Take over a graph that was written before.

        usearch crashes the process on flipped bits, so `content` must have passed a checksum. It adopts whatever
        width it finds, so that is checked here; raises `ValueError` or `RuntimeError`.
        """
        self._index.load(content)
        if self._index.ndim != self.dimensions:
            raise ValueError(f"{self._index.ndim} dimensions instead of {self.dimensions}")

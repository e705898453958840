"""A graph comes back as it was written, or not at all."""

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.errors import CannotWrite, CatalogDamaged
from engine.index.index_file import check_index, load_index, save_index
from engine.index.vector_index import VectorIndex

DIMENSIONS = 24


@pytest.fixture
def graph() -> VectorIndex:
    index = VectorIndex(DIMENSIONS)
    rows = np.random.default_rng(0).standard_normal((300, DIMENSIONS)).astype(np.float16)
    index.add(np.arange(10, 310), rows)
    return index


@pytest.fixture
def path(tmp_path: Path, graph: VectorIndex) -> Path:
    path = tmp_path / "index" / "sentence.index"
    save_index(graph, "sentence", path)
    return path


def test_a_saved_graph_comes_back_whole(path: Path, graph: VectorIndex) -> None:
    loaded = load_index("sentence", path, DIMENSIONS)
    assert loaded is not None
    assert len(loaded) == 300
    ids = np.array([10, 200, 309])
    np.testing.assert_array_equal(loaded.vectors(ids), graph.vectors(ids))
    query = loaded.vectors(ids)[1].astype(np.float32)
    np.testing.assert_array_equal(loaded.search(query, 20)[0], graph.search(query, 20)[0])
    assert [file.name for file in path.parent.iterdir()] == ["sentence.index"]


def test_a_graph_that_was_loaded_can_grow_and_be_saved_again(path: Path) -> None:
    loaded = load_index("sentence", path, DIMENSIONS)
    assert loaded is not None
    loaded.add(np.array([1000]), np.ones((1, DIMENSIONS), dtype=np.float16))
    save_index(loaded, "sentence", path)
    again = load_index("sentence", path, DIMENSIONS)
    assert again is not None
    assert again.holds(np.array([10, 1000, 1001])).tolist() == [True, True, False]


def test_a_file_can_be_checked_without_being_loaded(path: Path) -> None:
    assert check_index(path) == 300
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(CatalogDamaged, match="search index is damaged"):
        check_index(path)


def test_a_missing_file_is_no_graph(tmp_path: Path) -> None:
    assert load_index("sentence", tmp_path / "none.index", DIMENSIONS) is None


@pytest.mark.parametrize(("kind", "dimensions"), [("photo", DIMENSIONS), ("sentence", 32)])
def test_a_graph_of_another_kind_or_width_is_not_used(path: Path, kind: str, dimensions: int) -> None:
    assert load_index(kind, path, dimensions) is None


@pytest.mark.parametrize("length", [0, 1, 3, 4, 5, 100, 5_000, -1, -4, -200])
def test_a_file_that_is_cut_off_is_not_used(path: Path, length: int, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with caplog.at_level(logging.WARNING):
        assert load_index("sentence", path, DIMENSIONS) is None
    assert "will be built again" in caplog.text


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"\0" * 4096, b"\xff" * 4096])
def test_a_file_of_garbage_is_not_used(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert load_index("sentence", path, DIMENSIONS) is None


def test_a_graph_of_another_usearch_is_not_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.index.index_file.USEARCH_VERSION", "9.9.9")
    assert load_index("sentence", path, DIMENSIONS) is None


def test_no_flipped_bit_gets_past_the_checksum_and_crashes_the_process(path: Path) -> None:
    """usearch 2.26.6 itself dies of this: 38 of 40 files with bits flipped in the graph ended in SIGSEGV."""
    script = f"""
import sys; sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
import numpy as np
from engine.index.index_file import load_index
path, random = Path({str(path)!r}), np.random.default_rng(3)
whole = path.read_bytes()
for trial in range(300):
    damaged = bytearray(whole)
    for place in random.integers(0, len(damaged), 1 + trial % 40):
        damaged[place] ^= 1 << int(random.integers(8))
    path.write_bytes(damaged)
    assert load_index("sentence", path, {DIMENSIONS}) is None, trial
path.write_bytes(whole)
assert len(load_index("sentence", path, {DIMENSIONS})) == 300
print("survived")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "survived"), done.stderr


def test_a_folder_that_cannot_be_written_is_said_and_the_old_file_stays(path: Path, graph: VectorIndex) -> None:
    whole = path.read_bytes()
    path.with_suffix(".part").mkdir()
    with pytest.raises(CannotWrite, match="search index"):
        save_index(graph, "sentence", path)
    assert path.read_bytes() == whole


def test_only_finite_vectors_under_natural_keys_are_taken() -> None:
    """usearch takes NaN and turns -1 into 2**64 - 1."""
    index = VectorIndex(DIMENSIONS)
    row = np.ones((1, DIMENSIONS), dtype=np.float16)
    for ids, rows in ((np.array([1]), row * np.nan), (np.array([-1]), row)):
        with pytest.raises(ValueError, match="negative"):
            index.add(ids, rows)
    assert len(index) == 0

"""The keeper grows and saves what is open, and leaves the rest alone."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up_vectors import Vectors
from sqlite_utils import Database

from engine.catalog.embeddings import Kind
from engine.index.indexes import Indexes, IndexKeeper


@pytest.fixture(autouse=True)
def _small_libraries_have_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.index.embedding_index.GROW_AT", 100)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_an_index_is_opened_when_it_is_first_asked_for_and_then_follows_the_catalog(
    db: Database, tmp_path: Path, vectors: Vectors
) -> None:
    indexes = Indexes(tmp_path / "index")
    ids = vectors.photos(10)
    vectors.embed(ids, Kind.PHOTO)
    assert len(indexes.current(Kind.PHOTO, db)) == 10
    vectors.embed(vectors.photos(5), Kind.PHOTO)
    assert len(indexes.current(Kind.PHOTO, db)) == 15


def test_the_keeper_grows_and_saves_only_what_is_open(db: Database, tmp_path: Path, vectors: Vectors) -> None:
    ids = vectors.photos(120)
    vectors.embed(ids, Kind.PHOTO)
    vectors.embed(ids, Kind.VISUAL)
    indexes = Indexes(tmp_path / "index")
    index = indexes.current(Kind.PHOTO, db)
    keeper = IndexKeeper(indexes, tmp_path / "catalog.db", round_s=0.01)
    wait_for((tmp_path / "index" / "photo.index").exists)
    assert index.in_graph == 120
    vectors.embed(vectors.photos(150), Kind.PHOTO)
    wait_for(lambda: index.in_graph == 270)
    keeper.close()
    assert [file.name for file in (tmp_path / "index").iterdir()] == ["photo.index"]


def test_a_disk_that_cannot_be_written_does_not_end_the_keeper(
    db: Database, tmp_path: Path, vectors: Vectors, caplog: pytest.LogCaptureFixture
) -> None:
    vectors.embed(vectors.photos(120), Kind.PHOTO)
    (tmp_path / "index").write_text("a file where the folder should be")
    indexes = Indexes(tmp_path / "index")
    index = indexes.current(Kind.PHOTO, db)
    keeper = IndexKeeper(indexes, tmp_path / "catalog.db", round_s=0.01)
    wait_for(lambda: "Can't save the search index" in caplog.text)
    vectors.embed(vectors.photos(150), Kind.PHOTO)
    wait_for(lambda: index.in_graph == 270)
    keeper.close()

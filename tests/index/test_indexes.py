"""Indexes open when they are needed, and are kept up by the process that writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_vectors import Vectors
from sqlite_utils import Database

from engine.catalog.connection import open_reader
from engine.catalog.embeddings import Kind
from engine.errors import CannotWrite
from engine.index.indexes import Indexes


@pytest.fixture(autouse=True)
def _small_libraries_have_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.index.embedding_index.GROW_AT", 100)


@pytest.fixture
def reader(db: Database, tmp_path: Path) -> Iterator[Database]:
    reader = open_reader(tmp_path / "catalog.db")
    yield reader
    reader.close()


def test_an_index_follows_the_catalog_from_when_it_is_first_asked_for(
    db: Database, reader: Database, tmp_path: Path, vectors: Vectors
) -> None:
    indexes = Indexes(tmp_path / "index")
    vectors.embed(vectors.photos(10), Kind.PHOTO)
    index = indexes.current(Kind.PHOTO, reader)
    assert len(index) == 10
    vectors.embed(vectors.photos(5), Kind.PHOTO)
    indexes.refresh(reader)
    assert len(index) == 15
    vectors.embed(vectors.photos(5), Kind.PHOTO)
    assert len(indexes.current(Kind.PHOTO, reader)) == 20


def test_what_words_need_is_kept_up_and_the_rest_only_once_it_is_open(
    reader: Database, tmp_path: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(120)
    for kind in Kind:
        vectors.embed(ids, kind)
    indexes = Indexes(tmp_path / "index")
    indexes.keep_up(reader, lambda: False)
    assert sorted(file.name for file in (tmp_path / "index").iterdir()) == ["photo.index", "sentence.index"]
    assert indexes.current(Kind.PHOTO, reader).in_graph == 120
    assert indexes.current(Kind.VISUAL, reader).in_graph == 0
    vectors.embed(vectors.photos(1), Kind.PHOTO)
    indexes.keep_up(reader, lambda: False)
    assert (tmp_path / "index" / "visual.index").exists()


def test_nothing_is_written_while_nothing_has_changed(reader: Database, tmp_path: Path, vectors: Vectors) -> None:
    vectors.embed(vectors.photos(120), Kind.PHOTO)
    indexes = Indexes(tmp_path / "index")
    indexes.keep_up(reader, lambda: False)
    (tmp_path / "index" / "photo.index").unlink()
    indexes.keep_up(reader, lambda: False)
    assert not (tmp_path / "index" / "photo.index").exists()


def test_a_disk_that_cannot_be_written_is_said_and_tried_again(
    reader: Database, tmp_path: Path, vectors: Vectors
) -> None:
    vectors.embed(vectors.photos(120), Kind.PHOTO)
    (tmp_path / "index").write_text("a file where the folder should be")
    indexes = Indexes(tmp_path / "index")
    for _ in range(2):
        with pytest.raises(CannotWrite, match="search index"):
            indexes.keep_up(reader, lambda: False)
    (tmp_path / "index").unlink()
    indexes.keep_up(reader, lambda: False)
    assert (tmp_path / "index" / "photo.index").exists()

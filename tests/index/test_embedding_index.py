"""An index follows the catalog wherever it is behind, ahead or damaged, and always answers."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_up_vectors import Vectors, unit
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.connection import open_reader, transaction
from engine.catalog.embeddings import Kind, embedding_keys, replace_embeddings
from engine.index import embedding_index
from engine.index.embedding_index import EmbeddingIndex
from engine.index.photo_set import PhotoSet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(db: Database, kind: Kind, folder: Path, grow_at: int = 50_000) -> EmbeddingIndex:
    index = EmbeddingIndex(kind, folder, grow_at)
    index.open(db)
    return index


def grown(db: Database, kind: Kind, folder: Path) -> EmbeddingIndex:
    index = opened(db, kind, folder, grow_at=1)
    index.grow(db)
    index.save()
    return index


def best(index: EmbeddingIndex, query: NDArray[np.float32]) -> int:
    return int(index.search(query, 1).photo_ids[0])


def test_an_empty_catalog_finds_nothing(db: Database, folder: Path) -> None:
    index = opened(db, Kind.PHOTO, folder)
    assert len(index.search(np.ones(48, dtype=np.float32), 10)) == 0
    index.grow(db)
    index.save()
    assert not folder.exists()


def test_the_score_of_a_sentence_is_its_cosine(db: Database, folder: Path, vectors: Vectors) -> None:
    ids = vectors.photos(30)
    rows = vectors.embed(ids, Kind.SENTENCE)
    matches = opened(db, Kind.SENTENCE, folder).search(rows[7], 30)
    cosines = rows @ rows[7]
    assert matches.photo_ids.tolist() == [ids[place] for place in np.argsort(-cosines)]
    np.testing.assert_allclose(matches.scores, np.sort(cosines)[::-1], atol=2e-3)


def test_the_score_of_a_photo_is_twice_the_cosine_less_its_hubness(
    db: Database, folder: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(3)
    rows = unit(np.array([[1.0, 0, 0], [0.8, 0.6, 0], [0, 1, 0]]))
    with transaction(db):
        for photo_id, row, hub in zip(ids, rows, [0.9, 0.2, 0.0], strict=True):
            replace_embeddings(db, photo_id, Kind.PHOTO, "r", row[None], [hub])
    matches = opened(db, Kind.PHOTO, folder).search(rows[0], 3)
    assert matches.photo_ids.tolist() == [ids[1], ids[0], ids[2]]
    np.testing.assert_allclose(matches.scores, [1.4, 1.1, 0.0], atol=2e-3)


def test_the_score_of_a_raw_visual_vector_is_its_cosine_whatever_its_length(
    db: Database, folder: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(2)
    with transaction(db):
        replace_embeddings(db, ids[0], Kind.VISUAL, "r", np.array([[30.0, 40.0]]))
        replace_embeddings(db, ids[1], Kind.VISUAL, "r", np.array([[0.0, 2.0]]))
    matches = opened(db, Kind.VISUAL, folder).search(np.array([3, 4], dtype=np.float32), 2)
    assert matches.photo_ids.tolist() == ids
    np.testing.assert_allclose(matches.scores, [1.0, 0.8], atol=1e-3)


def test_each_photo_comes_once_with_its_best_sentence(db: Database, folder: Path, vectors: Vectors) -> None:
    ids = vectors.photos(20)
    rows = vectors.embed(ids, Kind.SENTENCE, per_photo=4)
    matches = opened(db, Kind.SENTENCE, folder).search(rows[4 * 5 + 2], 50)
    assert (matches.photo_ids[0], matches.parts[0]) == (ids[5], 2)
    assert sorted(matches.photo_ids) == ids
    assert (np.diff(matches.scores) <= 0).all()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_graph_agrees_with_exact_search(db: Database, folder: Path, vectors: Vectors, kind: Kind) -> None:
    rows = vectors.embed(vectors.photos(4000), kind, hubness=0.4)
    exact, graph = opened(db, kind, folder), grown(db, kind, folder)
    assert (exact.in_graph, graph.in_graph) == (0, 4000)
    shared = []
    for query in unit(rows[:40] + 0.02):
        truth, found = exact.search(query, 50), graph.search(query, 50)
        shared.append(len(np.intersect1d(truth.photo_ids, found.photo_ids)) / 50)
        assert found.photo_ids[0] == truth.photo_ids[0]
    assert np.mean(shared) >= 0.98


def test_only_allowed_photos_are_found_whether_they_are_few_or_many(
    db: Database, folder: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.index.snapshot._EXACT_ROWS", 100)
    ids = vectors.photos(2000)
    rows = vectors.embed(ids, Kind.PHOTO)
    order = np.argsort(-(rows @ rows[0]))
    for index in (opened(db, Kind.PHOTO, folder), grown(db, Kind.PHOTO, folder)):
        for places in (order[1::40], order[1::2]):
            allowed = np.array(ids)[places]
            found = index.search(rows[0], 20, PhotoSet.of(allowed)).photo_ids
            assert len(np.intersect1d(found, allowed[:20])) >= 19
            assert np.isin(found, allowed).all()
        assert len(index.search(rows[0], 20, PhotoSet.of(np.empty(0, dtype=np.int64)))) == 0


@pytest.mark.parametrize("make", [opened, grown])
def test_new_vectors_are_found_at_once_and_replaced_ones_no_more(
    db: Database, folder: Path, vectors: Vectors, make: Callable[[Database, Kind, Path], EmbeddingIndex]
) -> None:
    ids = vectors.photos(300)
    first = vectors.embed(ids[:200], Kind.SENTENCE, per_photo=2)
    index = make(db, Kind.SENTENCE, folder)
    assert best(index, first[0]) == ids[0]
    new = vectors.embed(ids[200:], Kind.SENTENCE)
    replaced = vectors.embed(ids[:1], Kind.SENTENCE)
    index.refresh(db)
    assert best(index, new[50]) == ids[250]
    assert best(index, replaced[0]) == ids[0]
    assert index.search(first[0], 1).scores[0] < 0.99
    assert len(index) == 400 - 2 + 100 + 1


def test_vectors_that_are_replaced_while_they_are_read_are_read_again(
    db: Database, folder: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = vectors.photos(3)
    vectors.embed(ids, Kind.PHOTO)
    index = opened(db, Kind.PHOTO, folder)
    vectors.embed(ids[:1], Kind.PHOTO)
    rows: list[NDArray[np.float32]] = []

    def read_keys_before_all_changes(*given: Any) -> NDArray[np.int64]:
        keys = embedding_keys(*given)
        if not rows:
            rows.append(vectors.embed(ids[:1], Kind.PHOTO)[0])
        return keys

    monkeypatch.setattr(embedding_index, "embedding_keys", read_keys_before_all_changes)
    index.refresh(db)
    assert sorted(index.search(rows[0], 3).photo_ids) == ids
    assert best(index, rows[0]) == ids[0]


def test_an_index_file_that_is_behind_the_catalog_is_completed(db: Database, folder: Path, vectors: Vectors) -> None:
    vectors.embed(vectors.photos(100), Kind.SENTENCE, per_photo=2)
    grown(db, Kind.SENTENCE, folder)
    later = vectors.photos(50)
    rows = vectors.embed(later, Kind.SENTENCE)
    index = opened(db, Kind.SENTENCE, folder)
    assert (len(index), index.in_graph) == (250, 200)
    assert best(index, rows[9]) == later[9]


def test_an_index_file_that_is_ahead_of_the_catalog_finds_nothing_that_is_gone(
    db: Database, folder: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(100)
    rows = vectors.embed(ids, Kind.SENTENCE)
    open_index = grown(db, Kind.SENTENCE, folder)
    with transaction(db):
        db.execute("DELETE FROM embeddings WHERE photo_id <= ?", [ids[19]])
    open_index.reconcile(db)
    for index in (open_index, opened(db, Kind.SENTENCE, folder)):
        assert len(index) == 80
        assert not np.isin(index.search(rows[0], 100).photo_ids, ids[:20]).any()


def test_a_graph_that_is_mostly_dead_is_built_anew(db: Database, folder: Path, vectors: Vectors) -> None:
    ids = vectors.photos(200)
    vectors.embed(ids, Kind.PHOTO)
    index = grown(db, Kind.PHOTO, folder)
    size = (folder / "photo.index").stat().st_size
    vectors.embed(ids[:50], Kind.PHOTO)
    index.grow(db)
    index.save()
    assert (folder / "photo.index").stat().st_size > size
    rows = vectors.embed(ids, Kind.PHOTO)
    index.grow(db)
    index.save()
    assert (folder / "photo.index").stat().st_size == pytest.approx(size, rel=0.05)
    assert index.in_graph == len(index) == 200
    assert best(index, rows[9]) == ids[9]


def test_a_graph_of_a_library_that_became_small_goes_with_its_file(
    db: Database, folder: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(100)
    rows = vectors.embed(ids, Kind.PHOTO)
    grown(db, Kind.PHOTO, folder)
    with transaction(db):
        db.execute("DELETE FROM embeddings WHERE photo_id > ?", [ids[10]])
    index = opened(db, Kind.PHOTO, folder, grow_at=50)
    index.grow(db)
    index.save()
    assert not (folder / "photo.index").exists()
    assert best(index, rows[4]) == ids[4]


@pytest.mark.parametrize("damage", ["empty", "cut off", "bits flipped"])
def test_a_damaged_file_is_served_exactly_and_then_built_anew(
    db: Database, folder: Path, vectors: Vectors, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    rows = vectors.embed(vectors.photos(150), Kind.PHOTO)
    grown(db, Kind.PHOTO, folder)
    path = folder / "photo.index"
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(flipped) // 2] ^= 4
    path.write_bytes({"empty": b"", "cut off": whole[:-100], "bits flipped": bytes(flipped)}[damage])
    with caplog.at_level(logging.WARNING):
        index = opened(db, Kind.PHOTO, folder, grow_at=1)
    assert "photo.index is not used" in caplog.text
    assert (len(index), index.in_graph) == (150, 0)
    before = index.search(rows[3], 10)
    index.grow(db)
    index.save()
    assert index.in_graph == 150
    assert index.search(rows[3], 10).photo_ids.tolist() == before.photo_ids.tolist()
    assert opened(db, Kind.PHOTO, folder).in_graph == 150


def test_a_vector_that_has_no_direction_is_left_out_and_named_in_the_log(
    db: Database, folder: Path, vectors: Vectors, caplog: pytest.LogCaptureFixture
) -> None:
    ids = vectors.photos(3)
    rows = vectors.embed(ids[:2], Kind.SENTENCE)
    with transaction(db):
        replace_embeddings(db, ids[2], Kind.SENTENCE, "r", np.zeros((1, 48)))
    with caplog.at_level(logging.WARNING):
        index = opened(db, Kind.SENTENCE, folder)
    assert "1 sentence embeddings cannot be searched" in caplog.text
    assert index.search(rows[0], 9).photo_ids.tolist() == ids[:2]
    index.refresh(db)
    assert len(index) == 2


def test_growing_stops_when_asked_and_goes_on_later(db: Database, folder: Path, vectors: Vectors) -> None:
    vectors.embed(vectors.photos(2500), Kind.PHOTO)
    index = opened(db, Kind.PHOTO, folder, grow_at=1)
    asked = iter([False, True])
    index.grow(db, lambda: next(asked))
    assert (index.in_graph, len(index)) == (1000, 2500)
    index.grow(db)
    assert index.in_graph == 2500


def test_searches_are_right_while_another_thread_adds_grows_and_saves(
    db: Database, tmp_path: Path, folder: Path, vectors: Vectors
) -> None:
    ids = vectors.photos(1500)
    rows = [vectors.embed(ids[:500], Kind.PHOTO)]
    index = opened(db, Kind.PHOTO, folder, grow_at=100)
    problems: list[BaseException] = []
    written = threading.Event()

    def keep_index() -> None:
        reader = open_reader(tmp_path / "catalog.db")
        try:
            while not written.is_set():
                index.refresh(reader)
                index.grow(reader)
                index.save()
        except BaseException as error:
            problems.append(error)
        finally:
            reader.close()

    keeper = threading.Thread(target=keep_index)
    keeper.start()
    for start in range(500, 1500, 50):
        rows.append(vectors.embed(ids[start : start + 50], Kind.PHOTO))
        for place in range(0, 500, 25):
            assert best(index, rows[0][place]) == ids[place]
    written.set()
    keeper.join(30)
    assert problems == []
    index.grow(db)
    index.save()
    everything = np.concatenate(rows)
    for searched in (index, opened(db, Kind.PHOTO, folder)):
        assert len(searched) == 1500
        assert [best(searched, everything[place]) for place in range(0, 1500, 100)] == ids[::100]

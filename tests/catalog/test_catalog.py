"""The catalog keeps what it is given, whatever happens around it."""

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from engine.catalog import captions, embeddings, files, folders, fulltext, photos, work
from engine.catalog.backup import back_up_daily
from engine.catalog.captions import CaptionCount, Standing
from engine.catalog.connection import open_reader, open_writer, transaction
from engine.catalog.embeddings import Kind
from engine.catalog.failures import list_failures
from engine.catalog.files import FileSeen
from engine.catalog.migrations import migrations
from engine.catalog.work import Stage
from engine.errors import CatalogDamaged, CatalogTooNew
from engine.search.explain import find_words
from engine.search.stemmer import Stemmer

FACTS = {"format": "jpeg", "width_px": 640, "height_px": 480, "city": "Zürich", "country": "Switzerland"}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    catalog = open_writer(tmp_path / "catalog.db")
    yield catalog
    catalog.close()


@pytest.fixture
def photo_id(db: Database) -> int:
    folder = folders.add_folder(db, Path("/photos"))
    files.record_files(db, folder.folder_id, [FileSeen(Path("/photos/2019 Sweden/IMG_0042.jpg"), 10, 20)])
    (file,) = claimed(db)
    photo = photos.add_photo(db, "f" * 32, FACTS)
    files.link_file(db, file.file_id, photo, 10, 20)
    db.conn.commit()
    return photo


def claimed(db: Database) -> list[files.PendingFile]:
    db.conn.commit()
    return files.claim_files(db, 10)


def hold(db: Database, photo_id: int) -> None:
    """Let one more file hold a photo."""
    path = Path(f"/photos/{photo_id}.jpg")
    files.record_files(db, folders.list_folders(db)[0].folder_id, [FileSeen(path, 1, 1)])
    file = next(file for file in claimed(db) if file.path == path)
    files.link_file(db, file.file_id, photo_id, 1, 1)


def found(db: Database, words: str) -> list[int]:
    rows = db.execute("SELECT rowid FROM words_fts WHERE words_fts MATCH ?", [db.quote_fts(words)])
    return [row[0] for row in rows]


def test_a_commit_that_fails_leaves_no_transaction_open(db: Database) -> None:
    def write() -> None:
        with transaction(db):
            db.execute("PRAGMA defer_foreign_keys = 1")
            db.execute("INSERT INTO work (photo_id, stage) VALUES (99, 'visual')")

    with pytest.raises(sqlite3.IntegrityError):
        write()
    assert not db.conn.in_transaction


def test_a_new_catalog_uses_wal_foreign_keys_and_every_migration(db: Database) -> None:
    assert db.journal_mode == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO work (photo_id, stage) VALUES (99, 'visual')")


def test_a_catalog_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    db = open_writer(path)
    db.table("_sqlite_migrations").insert({"migration_set": "reverie", "name": "m999_later", "applied_at": "2099"})
    db.close()
    for opened in (open_writer, open_reader):
        with pytest.raises(CatalogTooNew, match="newer Reverie"):
            opened(path)


def old_catalog(path: Path) -> Database:
    """Make a catalog as it was before captions were judged: two photos, one captioned by a model, one by the user."""
    db = Database(sqlite3.connect(path))
    migrations.apply(db, stop_before="m004_judge_captions")
    for photo_id, caption, locked in ((1, "Two dogs run.", 0), (2, "Our lake.", 1)):
        db.execute(
            """INSERT INTO photos (photo_id, fingerprint, format, width_px, height_px, added_at)
            VALUES (?1, ?1, 'JPEG', 1, 1, 'then')""",
            [photo_id],
        )
        db.execute("INSERT INTO words (photo_id, caption, places) VALUES (?, ?, 'Bern')", [photo_id, caption])
        db.execute(
            "INSERT INTO captions (photo_id, text, locked, created_at) VALUES (?, ?, ?, 'then')",
            [photo_id, caption, locked],
        )
    db.conn.commit()
    return db


def test_an_old_catalog_keeps_its_captions_and_finds_them_by_word(tmp_path: Path) -> None:
    old_catalog(tmp_path / "catalog.db").close()
    db = open_writer(tmp_path / "catalog.db")
    standings = db.execute("SELECT text, standing, grounding FROM captions ORDER BY photo_id").fetchall()
    assert standings == [("Two dogs run.", "uncertain", None), ("Our lake.", "yours", None)]
    assert (found(db, "dog"), found(db, "lakes"), found(db, "bern")) == ([1], [2], [1, 2])
    assert fulltext.document_frequencies(db, ["dog", "bern", "cat"]) == {"dog": 1, "bern": 2}
    db.execute("UPDATE words SET caption = '', uncertain_caption = 'Cats.', tags = 'snow' WHERE photo_id = 1")
    assert (found(db, "dog"), found(db, "cat"), found(db, "snow")) == ([], [1], [1])
    db.close()


def test_an_old_catalog_is_upgraded_before_it_is_read(tmp_path: Path) -> None:
    old_catalog(tmp_path / "catalog.db").close()
    db = open_reader(tmp_path / "catalog.db")
    assert photos.describe_photos(db, [1])[1].caption == "Two dogs run."
    assert migrations.pending(db) == []
    db.close()


def test_a_file_that_is_no_catalog_is_named_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    path.write_bytes(b"this is not SQLite" * 100)
    with pytest.raises(CatalogDamaged, match="damaged"):
        open_writer(path)


def test_a_reader_cannot_write(tmp_path: Path, db: Database) -> None:
    reader = open_reader(tmp_path / "catalog.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM photos")
    reader.close()


def test_a_failed_transaction_changes_nothing(db: Database) -> None:
    def add_twice() -> None:
        with transaction(db):
            for _ in range(2):
                photos.add_photo(db, "a" * 32, FACTS)

    with pytest.raises(sqlite3.IntegrityError):
        add_twice()
    assert photos.find_photo(db, "a" * 32) is None


def test_file_names_that_are_not_valid_text_are_kept(db: Database) -> None:
    folder = folders.add_folder(db, Path("/photos"))
    odd = Path("/photos/caf\udce9.jpg")
    files.record_files(db, folder.folder_id, [FileSeen(odd, 1, 1)])
    (file,) = claimed(db)
    photo = photos.add_photo(db, "b" * 32, FACTS)
    files.link_file(db, file.file_id, photo, 10, 20)
    assert file.path == odd
    assert found(db, "caf") == [photo] or found(db, "caf?") == [photo]


def test_names_and_places_are_searchable_without_accents_and_in_any_form(db: Database, photo_id: int) -> None:
    assert found(db, "zurich") == found(db, "sweden") == found(db, "0042") == [photo_id]
    captions.save_generated(db, photo_id, "Two dogs run.", "tiny", "p1", "r1")
    assert found(db, "dog running") == [photo_id]
    assert fulltext.document_frequencies(db, ["dog", "cat"]) == {"dog": 1}


def test_a_changed_file_is_pending_again_and_keeps_its_photo_meanwhile(db: Database, photo_id: int) -> None:
    folder = folders.list_folders(db)[0]
    path = Path(os.fsdecode(next(iter(files.known_stamps(db, folder.folder_id, folder.path)))))
    files.record_files(db, folder.folder_id, [FileSeen(path, 10, 20)])
    assert claimed(db) == []
    files.record_files(db, folder.folder_id, [FileSeen(path, 11, 21)])
    assert [file.path for file in claimed(db)] == [path]
    assert photos.describe_photos(db, [photo_id])[photo_id].paths == (path,)


def test_a_file_that_changed_while_it_was_read_is_read_again(db: Database, photo_id: int) -> None:
    folder = folders.list_folders(db)[0]
    path = Path(os.fsdecode(next(iter(files.known_stamps(db, folder.folder_id, folder.path)))))
    files.record_files(db, folder.folder_id, [FileSeen(path, 11, 21)])
    (file,) = claimed(db)
    files.record_files(db, folder.folder_id, [FileSeen(path, 12, 22)])
    files.link_file(db, file.file_id, photo_id, 11, 21)
    assert [again.path for again in claimed(db)] == [path]
    files.link_file(db, file.file_id, photo_id, 12, 22)
    assert claimed(db) == []


def test_a_photo_without_files_is_hidden_but_keeps_its_caption(db: Database, photo_id: int) -> None:
    captions.edit_caption(db, photo_id, "Grandma's house")
    files.forget_files(db, [Path("/photos/2019 Sweden/IMG_0042.jpg")])
    assert db.execute("SELECT count(*) FROM visible_photos").fetchone()[0] == 0
    assert photos.find_photo(db, "f" * 32) == photo_id
    assert captions.read_caption(db, photo_id).text == "Grandma's house"
    assert found(db, "sweden") == []


def test_the_users_words_are_never_overwritten(db: Database, photo_id: int) -> None:
    assert captions.save_generated(db, photo_id, "A lake.", "tiny", "p1", "r1")
    captions.edit_caption(db, photo_id, "Our lake")
    assert not captions.save_generated(db, photo_id, "Some water.", "big", "p2", "r2")
    assert captions.read_caption(db, photo_id).text == "Our lake"
    assert found(db, "water") == []
    captions.unlock_caption(db, photo_id)
    assert captions.read_caption(db, photo_id).text == "A lake."


def test_withheld_captions_are_not_passed_on(db: Database, photo_id: int) -> None:
    captions.save_generated(db, photo_id, "Two dogs play.", "starter", "p1", "r1")
    assert list(captions.captions_by_fingerprint(db).values()) == ["Two dogs play."]
    captions.judge_caption(db, photo_id, Standing.WITHHELD, 0.1)
    assert captions.captions_by_fingerprint(db) == {}


def test_captions_are_counted_by_who_wrote_them_for_photos_that_a_file_holds(db: Database, photo_id: int) -> None:
    assert captions.count_captions(db) == []
    others = [photos.add_photo(db, letter * 32, FACTS) for letter in "bcde"]
    for other in others[:3]:
        hold(db, other)
    for other, model in zip(others, ("small", "small", "large", "small"), strict=True):
        captions.save_generated(db, other, "A lake.", model, "p1", "r1")
    captions.save_generated(db, photo_id, "A lake.", "small", "p1", "r1")
    captions.edit_caption(db, photo_id, "Our lake")
    assert captions.count_captions(db) == [CaptionCount("small", 2), CaptionCount(None, 1), CaptionCount("large", 1)]


def test_work_is_claimed_once_by_priority_and_survives_a_crash(db: Database, photo_id: int) -> None:
    other = photos.add_photo(db, "c" * 32, FACTS)
    hold(db, other)
    for photo in (photo_id, other):
        work.enqueue(db, photo, Stage.CAPTION)
    work.lift(db, other, Stage.CAPTION)
    db.conn.commit()
    assert work.claim_next(db, Stage.CAPTION, 1) == [other]
    assert work.claim_next(db, Stage.CAPTION, 5) == [photo_id]
    assert work.claim_next(db, Stage.CAPTION, 5) == []
    work.reset_unfinished(db)
    db.conn.commit()
    assert work.claim_next(db, Stage.CAPTION, 5) == [other, photo_id]


def test_a_file_that_has_gone_waits_for_a_scan_and_keeps_its_photo(db: Database, photo_id: int) -> None:
    folder_id = folders.list_folders(db)[0].folder_id
    changed = FileSeen(Path("/photos/2019 Sweden/IMG_0042.jpg"), 11, 21)
    files.record_files(db, folder_id, [changed, FileSeen(Path("/photos/new.jpg"), 1, 1)])
    for file in claimed(db):
        files.leave_to_scan(db, file.file_id)
    assert claimed(db) == []
    assert files.known_stamps(db, folder_id, Path("/photos")) == {os.fsencode(changed.path): (-1, 21)}
    assert photos.reachable_path(db, photo_id) == changed.path
    files.record_files(db, folder_id, [changed])
    assert [file.path for file in claimed(db)] == [changed.path]


def test_any_number_of_photos_can_be_described_at_once(db: Database, photo_id: int) -> None:
    db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 5)
    described = photos.describe_photos(db, [photo_id, *range(1_000, 50_000)])
    assert described[photo_id].paths == (Path("/photos/2019 Sweden/IMG_0042.jpg"),)
    assert find_words(db, Stemmer(), [photo_id, *range(1_000, 50_000)], ["sweden"])[photo_id]


def test_photos_without_a_file_are_no_work_until_one_comes_back(db: Database, photo_id: int) -> None:
    other = photos.add_photo(db, "c" * 32, FACTS)
    work.enqueue(db, other, Stage.CAPTION)
    db.conn.commit()
    assert work.claim_next(db, Stage.CAPTION, 5) == []
    hold(db, other)
    db.conn.commit()
    assert work.claim_next(db, Stage.CAPTION, 5) == [other]


def test_what_became_pending_again_while_it_was_done_stays_pending(db: Database, photo_id: int) -> None:
    work.enqueue(db, photo_id, Stage.SENTENCES)
    db.conn.commit()
    assert work.claim_next(db, Stage.SENTENCES, 1) == [photo_id]
    work.enqueue(db, photo_id, Stage.SENTENCES)
    work.complete(db, photo_id, Stage.SENTENCES, "of the caption before")
    assert work.count_stages(db)[Stage.SENTENCES] == work.StageCount(pending=1, done=0, failed=0)


def test_a_model_may_replace_only_its_own_captions_and_try_what_others_failed(db: Database, photo_id: int) -> None:
    others = [photos.add_photo(db, letter * 32, FACTS) for letter in "bcd"]
    for other, model in zip(others, ("small", "large", None), strict=True):
        work.enqueue(db, other, Stage.CAPTION)
        if model:
            captions.save_generated(db, other, "A lake.", model, "p1", "r1")
            work.skip(db, other, Stage.CAPTION, "r1")
        else:
            work.fail(db, other, Stage.CAPTION, "r1", "It repeated itself.", "")
    assert work.enqueue_outdated(db, Stage.CAPTION, "r2", replaces_only="small") == 2
    assert work.enqueue_outdated(db, Stage.CAPTION, "r2") == 1


def test_another_recipe_makes_only_its_own_rows_pending(db: Database, photo_id: int) -> None:
    work.enqueue(db, photo_id, Stage.VISUAL)
    db.conn.commit()
    assert work.claim_next(db, Stage.VISUAL, 1) == [photo_id]
    work.complete(db, photo_id, Stage.VISUAL, "v1")
    assert work.enqueue_outdated(db, Stage.VISUAL, "v1") == 0
    assert work.enqueue_outdated(db, Stage.VISUAL, "v2") == 1
    assert work.count_stages(db)[Stage.VISUAL] == work.StageCount(pending=1, done=0, failed=0)


def test_failures_are_listed_with_their_reason_and_can_be_tried_again(db: Database, photo_id: int) -> None:
    folder = folders.list_folders(db)[0]
    files.record_files(db, folder.folder_id, [FileSeen(Path("/photos/bad.jpg"), 0, 1)])
    (file,) = claimed(db)
    files.fail_file(db, file.file_id, "Can't read this photo: the file is empty.", "Copy it again.")
    work.enqueue(db, photo_id, Stage.CAPTION)
    work.fail(db, photo_id, Stage.CAPTION, "r1", "The model wrote no sentence.", "")
    assert [(row.path.name, row.stage) for row in list_failures(db)] == [
        ("bad.jpg", "read"),
        ("IMG_0042.jpg", "caption"),
    ]
    assert work.retry_failed(db) == 2
    assert list_failures(db) == []


def test_embeddings_are_replaced_under_new_ids_and_come_back_as_they_were(db: Database, photo_id: int) -> None:
    rows = np.random.default_rng(0).standard_normal((2, 384)).astype(np.float32)
    first = embeddings.replace_embeddings(db, photo_id, Kind.SENTENCE, "r1", rows)
    second = embeddings.replace_embeddings(db, photo_id, Kind.SENTENCE, "r2", rows[:1], [0.25])
    table = embeddings.read_embeddings(db, Kind.SENTENCE)
    assert set(first).isdisjoint(second)
    assert table.ids.tolist() == second == embeddings.embedding_keys(db, Kind.SENTENCE)[:, 0].tolist()
    np.testing.assert_array_equal(table.vectors, rows[:1].astype(np.float16))
    assert table.hubness.tolist() == [0.25]
    with pytest.raises(ValueError, match="not finite"):
        embeddings.replace_embeddings(db, photo_id, Kind.SENTENCE, "r3", rows * np.nan)


def test_two_backups_are_kept_and_one_is_made_a_day(tmp_path: Path, db: Database, photo_id: int) -> None:
    for day in ("2020-01-01", "2020-01-02"):
        (tmp_path / f"catalog-{day}.db").write_bytes(b"old")
    made = back_up_daily(tmp_path / "catalog.db", tmp_path)
    assert back_up_daily(tmp_path / "catalog.db", tmp_path) is None
    assert [path.name for path in sorted(tmp_path.glob("catalog-*.db"))] == ["catalog-2020-01-02.db", made.name]
    copy = open_reader(made)
    assert photos.find_photo(copy, "f" * 32) == photo_id
    copy.close()

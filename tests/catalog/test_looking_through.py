"""Lists, counts and details of the photos in a catalog."""

from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from engine.catalog import captions, excluded, files, folders, fulltext, photos, work
from engine.catalog.captions import Standing
from engine.catalog.connection import now, open_writer
from engine.catalog.details import PhotoFile, read_details
from engine.catalog.facets import Country, Facet, list_duplicates, list_recent, read_facets
from engine.catalog.failures import list_failures
from engine.catalog.files import FileSeen
from engine.catalog.folders import FolderState, set_folder_state
from engine.catalog.work import Stage
from engine.imaging.kind import PhotoKind
from engine.search.listing import list_photos
from engine.search.query import Filters, Sort

SWEDEN = {"city": "Gothenburg", "country": "Sweden"}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    catalog = open_writer(tmp_path / "catalog.db")
    folders.add_folder(catalog, Path("/photos"))
    yield catalog
    catalog.close()


def add(db: Database, name: str, *more_names: str, **facts: object) -> int:
    """Add a photo that files of these names hold."""
    photo_id = photos.add_photo(db, name, {"format": "JPEG", "width_px": 640, "height_px": 480, **facts})
    for file_name in (name, *more_names):
        path = Path("/photos") / file_name
        files.record_files(db, 1, [FileSeen(path, 10, 20)])
        db.conn.commit()
        (file,) = files.claim_files(db, 1)
        files.link_file(db, file.file_id, photo_id, 10, 20)
    db.conn.commit()
    return photo_id


def test_photos_are_listed_by_date_and_those_without_one_come_last(db: Database) -> None:
    old = add(db, "a.jpg", taken_at="2001-05-01T10:00:00")
    undated = add(db, "b.jpg")
    new = add(db, "c.jpg", taken_at="2020-05-01T10:00:00")
    assert list_photos(db, Filters(), Sort.NEWEST).tolist() == [new, old, undated]
    assert list_photos(db, Filters(), Sort.OLDEST).tolist() == [old, new, undated]
    assert list_photos(db, Filters(folder=Path("/elsewhere")), Sort.NEWEST).tolist() == []


def test_an_empty_library_has_an_empty_list(db: Database) -> None:
    assert list_photos(db, Filters(), Sort.NEWEST).tolist() == []
    assert read_facets(db).total == 0


def test_excluded_photos_are_out_of_every_list_until_they_are_taken_back(db: Database) -> None:
    shown = add(db, "a.jpg", "copy of a.jpg", **SWEDEN)
    hidden = add(db, "b.jpg", "copy of b.jpg", **SWEDEN)
    work.enqueue(db, hidden, Stage.CAPTION)
    work.enqueue(db, hidden, Stage.TEXT)
    work.fail(db, hidden, Stage.TEXT, "recipe", "Can't read this.", "")
    excluded.exclude_photos(db, [hidden, hidden, 999])
    db.conn.commit()
    assert list_photos(db, Filters(), Sort.NEWEST).tolist() == [shown]
    assert list_photos(db, Filters(formats=frozenset({"jpeg"})), Sort.NEWEST).tolist() == [shown]
    assert list_duplicates(db) == list_recent(db) == [shown]
    assert (read_facets(db).total, read_facets(db).excluded) == (1, 1)
    assert excluded.list_excluded(db) == [hidden]
    assert list_failures(db) == []
    assert work.claim_next(db, Stage.CAPTION, 10) == []
    assert work.count_stages(db)[Stage.CAPTION].pending == 0
    excluded.include_photos(db, [hidden])
    db.conn.commit()
    assert set(list_photos(db, Filters(), Sort.NEWEST)) == {shown, hidden}
    assert work.claim_next(db, Stage.CAPTION, 10) == [hidden]


def test_an_exclusion_outlives_the_files_of_a_photo(db: Database) -> None:
    """Whoever hides a photo and moves it does not want to hide it again."""
    hidden = add(db, "a.jpg")
    excluded.exclude_photos(db, [hidden])
    files.forget_files(db, [Path("/photos/a.jpg")])
    assert excluded.list_excluded(db) == []
    assert photos.find_photo(db, "a.jpg") == hidden
    files.record_files(db, 1, [FileSeen(Path("/photos/moved.jpg"), 10, 20)])
    db.conn.commit()
    (file,) = files.claim_files(db, 1)
    files.link_file(db, file.file_id, hidden, 10, 20)
    assert excluded.list_excluded(db) == [hidden]
    assert list_photos(db, Filters(), Sort.NEWEST).tolist() == []


def test_photos_are_counted_by_what_a_library_is_looked_through_by(db: Database) -> None:
    add(db, "a.jpg", taken_at="2019-01-01T00:00:00", camera="NIKON D750", **SWEDEN)
    add(db, "b.jpg", taken_at="2020-01-01T00:00:00", camera="NIKON D750", **SWEDEN)
    add(db, "c.jpg", "d.jpg", taken_at="2020-06-01T00:00:00", camera="Pixel 8", country="Sweden", kind="screenshot")
    add(db, "e.jpg", country="Norway", city="Oslo")
    files.forget_files(db, [Path("/photos/e.jpg")])
    facets = read_facets(db)
    assert (facets.total, facets.recent, facets.duplicates, facets.excluded) == (3, 3, 1, 0)
    assert facets.years == (Facet("2020", 2), Facet("2019", 1))
    assert facets.countries == (Country("Sweden", 3, (Facet("Gothenburg", 2),)),)
    assert facets.cameras == (Facet("NIKON D750", 2), Facet("Pixel 8", 1))
    assert facets.kinds == (Facet("screenshot", 1),)


def test_recent_photos_are_those_of_the_last_thirty_days(db: Database) -> None:
    old, new = add(db, "a.jpg"), add(db, "b.jpg")
    db.execute("UPDATE photos SET added_at = '2020-01-01T00:00:00+00:00' WHERE photo_id = ?", [old])
    assert list_recent(db) == [new]


def test_details_tell_everything_that_is_known_of_a_photo(db: Database) -> None:
    photo_id = add(db, "a.jpg", "b.jpg", taken_at="2019-01-01T00:00:00", kind="selfie", iso=200, f_number=2.8, **SWEDEN)
    captions.save_generated(db, photo_id, "A dog.", "Model", "1", "recipe")
    captions.judge_caption(db, photo_id, Standing.CONFIDENT, 0.9)
    fulltext.write_text_in_photo(db, photo_id, "Stop")
    details = read_details(db, photo_id)
    assert details
    assert (details.caption.text, details.caption.model, details.caption.standing) == ("A dog.", "Model", "confident")
    assert (details.kind, details.iso, details.f_number) == (PhotoKind.SELFIE, 200, 2.8)
    assert (details.text_in_photo, details.place) == ("Stop", "Gothenburg, Sweden")
    assert (details.width_px, details.height_px, details.format) == (640, 480, "JPEG")
    assert details.files == tuple(
        PhotoFile(Path("/photos") / name, 10, "known", is_online=True) for name in ("a.jpg", "b.jpg")
    )
    set_folder_state(db, 1, FolderState.OFFLINE)
    assert not read_details(db, photo_id).files[0].is_online


def test_details_of_a_photo_of_which_nothing_is_known_are_empty(db: Database) -> None:
    details = read_details(db, add(db, "a.jpg"))
    assert (details.caption, details.tags, details.text_in_photo, details.place) == (None, (), "", "")
    assert read_details(db, 999) is None


def test_a_list_of_a_hundred_thousand_photos_is_whole_and_in_order(db: Database) -> None:
    rng = np.random.default_rng(1)
    days = rng.integers(0, 9000, 100_000)
    stamps = np.datetime_as_string(np.datetime64("2000-01-01T12:00:00") + days * np.timedelta64(86400, "s"))
    db.conn.executemany(
        "INSERT INTO photos (fingerprint, format, width_px, height_px, taken_at, added_at) VALUES (?,'JPEG',1,1,?,?)",
        [(str(number), str(stamp), now()) for number, stamp in enumerate(stamps)],
    )
    db.execute(
        """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, state, photo_id, found_at)
        SELECT 1, CAST('/photos/' || photo_id AS BLOB), 1, 1, 'known', photo_id, '' FROM photos"""
    )
    listed = list_photos(db, Filters(), Sort.NEWEST)
    assert len(listed) == 100_000
    assert (np.diff(days[listed - 1]) <= 0).all()

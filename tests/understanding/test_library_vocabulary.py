"""What a library can be asked for is read from its catalog, and read again where that changes."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from engine.catalog import captions, folders, photos
from engine.catalog.connection import open_writer, transaction
from engine.settings import Settings, write_settings
from engine.understanding import service
from engine.understanding.english import english_words
from engine.understanding.library import read_vocabulary
from engine.understanding.service import UnderstandingService

TODAY = date(2026, 11, 24)


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def db(catalog: Path) -> Iterator[Database]:
    db = open_writer(catalog)
    folders.add_folder(db, Path("/photos"))
    db.conn.commit()
    yield db
    db.close()


@pytest.fixture
def understanding(db: Database, catalog: Path) -> Iterator[UnderstandingService]:
    understanding = UnderstandingService(catalog)
    yield understanding
    understanding.close()


def add(db: Database, path: str, caption: str = "", **facts: str) -> None:
    """Add a photo in a file."""
    with transaction(db):
        known = {"format": "JPEG", "width_px": 1, "height_px": 1, **facts}
        photo_id = photos.add_photo(db, path, known)
        db.execute(
            """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, found_at, photo_id)
            VALUES (1, ?, 1, 1, 'now', ?)""",
            [os.fsencode(path), photo_id],
        )
        if caption:
            captions.edit_caption(db, photo_id, caption)


def test_names_come_from_photos_that_are_there(db: Database) -> None:
    add(
        db, "/photos/2019/Rome trip/a.jpg", "A dog, a Dog", city="Rome", country="Italy", taken_at="2019-07-01T10:00:00"
    )
    add(db, "/photos/b.jpg", "The café", camera="NIKON D750", taken_at="1994-07-01T10:00:00")
    db.execute("DELETE FROM files WHERE path = ?", [b"/photos/b.jpg"])
    add(db, "/photos/c.jpg", "Dogs and a café", camera="Apple iPhone 12", city="München", country="Germany")
    vocabulary = read_vocabulary(db, english_words())
    assert vocabulary.places["rome"] == {"Rome"}
    assert vocabulary.places["munich"] == vocabulary.places["munchen"] == {"München"}
    assert vocabulary.around["Rome"] == {("Italy",)}
    assert {"georgia", "usa"} <= vocabulary.elsewhere["rome"]
    assert "italy" not in vocabulary.elsewhere["rome"]
    assert vocabulary.cameras["iphone 12"] == vocabulary.cameras["phone"] == {"Apple iPhone 12"}
    assert "nikon" not in vocabulary.cameras
    assert vocabulary.folders["rome trip"] == Path("/photos/2019/Rome trip")
    assert vocabulary.folders["2019"] == Path("/photos/2019")
    assert vocabulary.years == (2019, 2019)
    assert "cafe" in vocabulary.lexicon.known
    assert "cafe" in vocabulary.lexicon.meant


def test_an_empty_library_understands_what_needs_no_names(understanding: UnderstandingService) -> None:
    plan = understanding.understand("photos of a dog in Rome from 2019", TODAY)
    assert plan.description == "a dog in Rome"
    assert (plan.filters.date_from, plan.filters.date_to) == (date(2019, 1, 1), date(2019, 12, 31))


def test_a_place_is_known_once_photos_have_it(
    db: Database, understanding: UnderstandingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_MOST_READING", float("inf"))
    monkeypatch.setattr(service, "LOOK_EVERY_S", 0)
    assert understanding.understand("in Rome", TODAY).description == "in Rome"
    add(db, "/photos/a.jpg", city="Rome", country="Italy")
    plans = iter(lambda: understanding.understand("in Rome", TODAY), None)
    known = next(plan for plan in plans if not plan.description)
    assert known.filters.places == {"Rome"}


def test_settings_turn_the_seasons(db: Database, understanding: UnderstandingService) -> None:
    write_settings(db, Settings(southern=True))
    db.conn.commit()
    filters = understanding.understand("summer 2018", TODAY).filters
    assert (filters.date_from, filters.date_to) == (date(2018, 12, 1), date(2019, 2, 28))


@pytest.mark.timeout(30)
def test_what_is_set_counts_soon_however_long_reading_the_library_rests(
    db: Database, understanding: UnderstandingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a library of 100,000 photos the seasons turned after a minute or two."""
    monkeypatch.setattr(service, "_MOST_READING", 1e-9)
    monkeypatch.setattr(service, "LOOK_EVERY_S", 0)
    assert understanding.understand("summer 2018", TODAY).filters.date_from == date(2018, 6, 1)
    write_settings(db, Settings(southern=True))
    db.conn.commit()
    plans = iter(lambda: understanding.understand("summer 2018", TODAY), None)
    assert next(plan for plan in plans if plan.filters.date_from == date(2018, 12, 1))


def test_a_service_that_was_never_asked_can_be_closed(catalog: Path) -> None:
    UnderstandingService(catalog).close()
    assert not catalog.exists()

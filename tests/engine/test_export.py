"""Captions go where the user wants them, in formats that others read, never among photos; and all can be deleted."""

import csv
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from library_of_photos import copy_photos

from engine.api import Engine, ExportFormat, Home, Query, Stage
from engine.errors import Cancelled, CannotWrite, CatalogInUse, CatalogMissing

WAIT_S = 120.0
WORDS = "=Minka & “Pelle” <3, \x07at home"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos, one of them in a folder of its own."""
    copy_photos(tmp_path / "photos" / "2019", ("chelsea.png",))
    return copy_photos(tmp_path / "photos", ("coffee.png",))


@pytest.fixture
def engine(photos: Path, tmp_path: Path) -> Iterator[Engine]:
    """A library in which only the cat has a caption, the user's."""
    with Engine.open(Home(tmp_path / "home"), leave_out={Stage.CAPTION, Stage.TEXT}) as engine:
        engine.add_folder(photos)
        assert engine.wait_until_idle(WAIT_S)
        engine.edit_caption(engine.search(Query("a cat")).hits[0].photo_id, WORDS)
        yield engine


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    return folder


def test_sidecars_lie_as_the_photos_do_and_hold_the_caption(engine: Engine, target: Path) -> None:
    assert engine.export_captions(target, ExportFormat.XMP) == 1
    (sidecar,) = target.rglob("*.xmp")
    assert sidecar == target / "Reverie captions" / "photos" / "2019" / "chelsea.png.xmp"
    (item,) = ET.parse(sidecar).iterfind(".//{http://purl.org/dc/elements/1.1/}description/*/*")
    assert item.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"}
    assert item.text == WORDS.replace("\x07", " ")


def test_a_table_and_json_hold_the_words_as_they_are(engine: Engine, target: Path, photos: Path) -> None:
    assert engine.export_captions(target, ExportFormat.CSV) == 1
    assert engine.export_captions(target, ExportFormat.JSON) == 1
    with (target / "Reverie captions.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    (entry,) = json.loads((target / "Reverie captions.json").read_text(encoding="utf-8"))
    for found in (row, entry):
        assert (found["caption"], found["written_by"], found["reliability"]) == (WORDS, "you", "yours")
        assert found["path"] == str(photos / "2019" / "chelsea.png")
    assert entry["taken_at"] is None


def test_an_export_never_writes_over_another(engine: Engine, target: Path) -> None:
    for chosen in (ExportFormat.XMP, ExportFormat.CSV):
        for _ in range(2):
            assert engine.export_captions(target, chosen) == 1
    names = {path.name for path in target.iterdir()}
    assert names == {"Reverie captions", "Reverie captions 2", "Reverie captions.csv", "Reverie captions 2.csv"}


@pytest.mark.parametrize("chosen", list(ExportFormat))
def test_nothing_is_exported_among_photos(engine: Engine, photos: Path, tmp_path: Path, chosen: ExportFormat) -> None:
    before = sorted(photos.rglob("*"))
    (tmp_path / "link").symlink_to(photos / "2019")
    for folder in (photos, photos / "2019", tmp_path / "link"):
        with pytest.raises(CannotWrite, match="nothing into the folders of your photos"):
            engine.export_captions(folder, chosen)
    assert sorted(photos.rglob("*")) == before


def test_an_export_beside_the_photos_goes_into_a_folder_of_its_own(
    engine: Engine, photos: Path, tmp_path: Path
) -> None:
    """Sidecars lie in folders as those of the photos are: in the folder around these they would lie among them."""
    before = sorted(photos.rglob("*"))
    assert engine.export_captions(tmp_path, ExportFormat.XMP) == 1
    assert sorted(photos.rglob("*")) == before


def test_a_folder_that_is_not_there_is_named(engine: Engine, target: Path) -> None:
    with pytest.raises(CannotWrite, match="can't be exported there"):
        engine.export_captions(target / "nowhere", ExportFormat.CSV)


def test_everything_can_be_deleted_and_photos_stay(engine: Engine, photos: Path) -> None:
    before = {path: path.read_bytes() for path in photos.rglob("*.png")}
    engine.erase()
    assert not engine.home.root.exists()
    assert {path: path.read_bytes() for path in photos.rglob("*.png")} == before
    with pytest.raises(CatalogMissing):
        Engine.open_to_search(engine.home)


def test_nothing_is_logged_into_a_library_that_was_deleted(engine: Engine) -> None:
    handler = logging.FileHandler(engine.home.logs / "window.log")
    logging.getLogger().addHandler(handler)
    engine.erase()
    logging.getLogger().error("afterwards")
    assert handler not in logging.getLogger().handlers
    assert not engine.home.logs.exists()


def test_reading_on_makes_no_library_where_everything_was_deleted(engine: Engine) -> None:
    def read_on() -> None:
        while True:
            engine.settings()

    with ThreadPoolExecutor(4) as threads:
        reading = [threads.submit(read_on) for _ in range(4)]
        engine.erase()
        for each in reading:
            assert isinstance(each.exception(), Cancelled)
    assert not engine.home.root.exists()


def test_what_others_keep_in_the_home_stays(engine: Engine) -> None:
    diary = engine.home.root / "diary.txt"
    diary.write_text("Dear diary")
    engine.erase()
    assert list(engine.home.root.iterdir()) == [diary]


def test_only_the_process_that_indexes_deletes(engine: Engine) -> None:
    with Engine.open_to_search(engine.home) as other, pytest.raises(CatalogInUse):
        other.erase()
    assert engine.list_photos().size == 2

"""A model that crashes is tried without the GPU, and then left alone; the photos wait."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalog import photos, work
from engine.catalog.connection import open_reader, open_writer, transaction
from engine.catalog.files import FileSeen, claim_files, link_file, record_files
from engine.catalog.folders import add_folder
from engine.catalog.work import Stage, StageCount
from engine.indexing import captions
from engine.indexing.captions import Captioner, CaptionStage
from engine.indexing.indexer import Indexer
from engine.paths import Home
from engine.workers.supervisor import Worker

STUB = Path(__file__).with_name("stub_captioner.py")
FACTS = {"format": "jpeg", "width_px": 640, "height_px": 480}
PHOTOS = 5
WAIT_S = 60.0


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home whose catalog has photos to caption."""
    home = Home(tmp_path)
    home.create()
    db = open_writer(home.catalog)
    folder = add_folder(db, Path("/photos"))
    with transaction(db):
        record_files(db, folder.folder_id, [FileSeen(Path(f"/photos/{n}.jpg"), 1, 1) for n in range(PHOTOS)])
    for file in claim_files(db, PHOTOS):
        photo_id = photos.add_photo(db, f"{file.file_id:032}", FACTS)
        link_file(db, file.file_id, photo_id, 1, 1)
        work.enqueue(db, photo_id, Stage.CAPTION)
    db.close()
    return home


@pytest.fixture
def crashing(request: pytest.FixtureRequest, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Indexer]:
    """Return an indexer whose captioner crashes as the parameter says."""
    command = [sys.executable, str(STUB), request.param]
    monkeypatch.setattr(
        captions,
        "open_caption_worker",
        lambda home, model, mmproj, threads: Worker(command, opening=("load", {}), log=home.logs / "x"),
    )
    stage = CaptionStage(
        home, Captioner("crasher", "r1", Path("model"), Path("mmproj"), 224), lambda _, drafts: drafts[0]
    )
    indexer = Indexer(
        home.catalog, [stage.lane()], scanning=lambda: False, after_commit=lambda db: None, on_progress=lambda p: None
    )
    indexer.start()
    yield indexer
    indexer.close()


def captioned(home: Home) -> StageCount:
    db = open_reader(home.catalog)
    counts = work.count_stages(db)[Stage.CAPTION]
    db.close()
    return counts


@pytest.mark.parametrize("crashing", ["always"], indirect=True)
def test_a_model_that_always_crashes_stops_with_a_sentence_and_most_photos_wait(crashing: Indexer, home: Home) -> None:
    assert crashing.wait_until_idle(WAIT_S)
    assert crashing.progress.notices[0].startswith("The captioning model keeps crashing, so captions have stopped.")
    counts = captioned(home)
    assert counts.done == 0
    assert counts.failed <= 3
    assert counts.pending >= PHOTOS - 3


@pytest.mark.parametrize("crashing", ["at loading"], indirect=True)
def test_a_model_that_crashes_while_it_loads_is_no_fault_of_a_photo(crashing: Indexer, home: Home) -> None:
    assert crashing.wait_until_idle(WAIT_S)
    assert crashing.progress.notices[0].startswith("The captioning model keeps crashing, so captions have stopped.")
    assert captioned(home) == StageCount(pending=PHOTOS, done=0, failed=0)


@pytest.mark.parametrize("crashing", ["on the GPU"], indirect=True)
def test_a_model_that_crashes_on_the_gpu_goes_on_without_it(crashing: Indexer, home: Home) -> None:
    assert crashing.wait_until_idle(WAIT_S)
    assert crashing.progress.notices == ()
    counts = captioned(home)
    assert (counts.pending, counts.failed) == (0, 1)
    assert counts.done == PHOTOS - 1
    pace = crashing.progress.paces[Stage.CAPTION]
    assert pace.photos == PHOTOS - 1
    assert 0 < pace.seconds < WAIT_S

"""What a photo shows is embedded, placed and tagged at once; only what another model changes is done again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image
from sqlite_utils import Database

from engine.catalog import captions, embeddings, photos, work
from engine.catalog.connection import open_writer, transaction
from engine.catalog.embeddings import Kind
from engine.catalog.files import FileSeen, claim_files, link_file, record_files
from engine.catalog.folders import add_folder
from engine.catalog.tags import read_tags
from engine.catalog.work import Stage
from engine.embedding.image_encoder import ImageEncoder
from engine.indexing.indexer import Indexer
from engine.indexing.visual import VisualStage
from engine.learning.tagger import Tagger
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead
from engine.paths import Home

CAT = Path(skimage.__file__).parent / "data" / "chelsea.png"
FACTS = {"format": "png", "width_px": 640, "height_px": 480}
FINGERPRINT = "f" * 32
WAIT_S = 60.0


@pytest.fixture(scope="module")
def encoder() -> ImageEncoder:
    return ImageEncoder.open()


@pytest.fixture(scope="module")
def head() -> VisualHead:
    return VisualHead.open()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    """A catalog of one photo that has a thumbnail and waits to be looked at."""
    home.create()
    db = open_writer(home.catalog)
    folder = add_folder(db, Path("/photos"))
    with transaction(db):
        record_files(db, folder.folder_id, [FileSeen(Path("/photos/1.jpg"), 1, 1)])
    (file,) = claim_files(db, 1)
    with transaction(db):
        link_file(db, file.file_id, photos.add_photo(db, FINGERPRINT, FACTS), 1, 1)
        for stage in (Stage.VISUAL, Stage.VIEWS):
            work.enqueue(db, 1, stage)
    thumbnail = home.thumbnail(FINGERPRINT)
    thumbnail.parent.mkdir(parents=True)
    with Image.open(CAT) as image:
        image.convert("RGB").save(thumbnail)
    yield db
    db.close()


def tagger(recipe: str, *certain: str) -> Tagger:
    words = ("cat", "dog", "grass")
    return Tagger(
        words=words,
        weight=np.zeros((1536, 3), np.float32),
        bias=np.array([3.0 - place if word in certain else -9.0 for place, word in enumerate(words)], np.float32),
        threshold=np.full(3, 0.5, np.float32),
        mean=np.zeros(1536, np.float32),
        deviation=np.ones(1536, np.float32),
        recipe=recipe,
    )


def look(home: Home, db: Database, encoder: ImageEncoder, head: VisualHead, tagger: Tagger) -> None:
    """Run both lanes until all is done."""
    stage = VisualStage(home, encoder, head, tagger)
    indexer = Indexer(
        home.catalog,
        [stage.first_view(), stage.all_views()],
        scanning=lambda: False,
        after_commit=lambda db: None,
        on_progress=lambda progress: None,
    )
    indexer.start()
    assert indexer.wait_until_idle(WAIT_S)
    indexer.close()
    for stage_done in (Stage.VISUAL, Stage.VIEWS):
        assert work.count_stages(db)[stage_done] == work.StageCount(pending=0, done=1, failed=0)


def tags(db: Database) -> list[str]:
    return [tag.word for tag in read_tags(db, [1]).get(1, ())]


def found(db: Database, word: str) -> bool:
    return bool(db.execute("SELECT 1 FROM words_fts WHERE words_fts MATCH ?", [f"tags : {word}"]).fetchone())


def place_of(db: Database) -> int:
    return embeddings.newest_embedding_id(db, Kind.PHOTO)


def test_a_photo_is_tagged_and_found_by_its_tags(
    home: Home, db: Database, encoder: ImageEncoder, head: VisualHead
) -> None:
    look(home, db, encoder, head, tagger("t1", "cat", "grass"))
    assert tags(db) == ["cat", "grass"]
    assert read_tags(db, [1])[1][0].probability == pytest.approx(1 / (1 + np.exp(-3)))
    assert found(db, "cats")
    assert not found(db, "dog")


def test_another_tagger_tags_again_without_another_look(
    home: Home, db: Database, encoder: ImageEncoder, head: VisualHead
) -> None:
    look(home, db, encoder, head, tagger("t1", "cat"))
    before = place_of(db)
    shutil.rmtree(home.thumbnails)
    look(home, db, encoder, head, tagger("t2", "dog"))
    assert (tags(db), found(db, "dog"), found(db, "cat")) == (["dog"], True, False)
    assert place_of(db) == before


def test_a_photo_whose_views_are_known_is_placed_anew_once_and_not_for_each_lane(
    home: Home, db: Database, encoder: ImageEncoder, head: VisualHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(home, db, encoder, head, tagger("t1"))
    placed: list[int] = []
    project = VisualHead.project
    monkeypatch.setattr(VisualHead, "project", lambda *given: [project(*given), placed.append(1)][0])
    look(home, db, encoder, head, tagger("t2", "cat"))
    assert (len(placed), tags(db)) == (1, ["cat"])


@pytest.mark.parametrize(("by_model", "pending"), [(True, 1), (False, 0)])
def test_only_another_head_has_what_models_wrote_judged_again(
    home: Home, db: Database, encoder: ImageEncoder, head: VisualHead, by_model: bool, pending: int
) -> None:
    look(home, db, encoder, head, tagger("t1"))
    with transaction(db):
        if by_model:
            captions.save_generated(db, 1, "A cat.", "some model", "p1", "r1")
        else:
            captions.edit_caption(db, 1, "A cat.")
    before = place_of(db)
    look(home, db, encoder, head, tagger("t2"))
    assert (place_of(db), work.count_stages(db)[Stage.SENTENCES].pending) == (before, 0)
    look(home, db, encoder, VisualHead.open(name=HELDOUT_HEAD), tagger("t2"))
    assert place_of(db) > before
    assert work.count_stages(db)[Stage.SENTENCES].pending == pending


def test_no_tags_leave_nothing_behind(home: Home, db: Database, encoder: ImageEncoder, head: VisualHead) -> None:
    look(home, db, encoder, head, tagger("t1", "cat"))
    look(home, db, encoder, replace(head, recipe="other"), tagger("t2"))
    assert (tags(db), found(db, "cat")) == ([], False)

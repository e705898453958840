"""Captions are embedded and judged together; what does not fit its photo is not searched as if it did."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from engine.catalog import captions, embeddings, photos, work
from engine.catalog.captions import Caption, Standing
from engine.catalog.connection import open_writer, transaction
from engine.catalog.embeddings import Kind
from engine.catalog.files import FileSeen, claim_files, link_file, record_files
from engine.catalog.folders import add_folder
from engine.catalog.work import Stage
from engine.embedding.text_encoder import TextEncoder
from engine.indexing.indexer import Indexer
from engine.indexing.lane import Lane, PhotoJob
from engine.indexing.sentences import sentence_lane
from engine.learning.grounding import Grounding

FACTS = {"format": "jpeg", "width_px": 640, "height_px": 480}
FITS, MISSES = "A dog runs on a beach. The sea is calm.", "A plate of pasta. Two forks."
WAIT_S = 30.0
# A cosine of .4 is even.
GROUNDING = Grounding(cosine=20, hubness=0, bias=-8, threshold=0.5, recipe="g1")


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder.open()


@pytest.fixture
def db(tmp_path: Path, encoder: TextEncoder) -> Iterator[Database]:
    """A catalog with one photo, of a dog on a beach."""
    db = open_writer(tmp_path / "catalog.db")
    folder = add_folder(db, Path("/photos"))
    with transaction(db):
        record_files(db, folder.folder_id, [FileSeen(Path("/photos/1.jpg"), 1, 1)])
    (file,) = claim_files(db, 1)
    with transaction(db):
        photo_id = photos.add_photo(db, "f" * 32, FACTS)
        link_file(db, file.file_id, photo_id, 1, 1)
        place(db, encoder, "a dog on a beach by the sea")
    yield db
    db.close()


def place(db: Database, encoder: TextEncoder, what: str) -> None:
    embeddings.replace_embeddings(db, 1, Kind.PHOTO, "r", encoder.encode([what]), [0.3])


def write(db: Database, text: str, model: str = "some model") -> None:
    """Caption the photo as the caption stage does."""
    with transaction(db):
        captions.save_generated(db, 1, text, model, "p1", "r1")
        work.enqueue(db, 1, Stage.SENTENCES)


def embed(db: Database, tmp_path: Path, encoder: TextEncoder, grounding: Grounding = GROUNDING) -> Caption:
    """Run the lane until all is done and return the photo's caption."""
    indexer = Indexer(
        tmp_path / "catalog.db",
        [sentence_lane(encoder, grounding)],
        scanning=lambda: False,
        after_commit=lambda db: None,
        on_progress=lambda progress: None,
    )
    indexer.start()
    assert indexer.wait_until_idle(WAIT_S)
    indexer.close()
    assert work.count_stages(db)[Stage.SENTENCES] == work.StageCount(pending=0, done=1, failed=0)
    caption = captions.read_caption(db, 1)
    assert caption
    return caption


def columns_with(db: Database, word: str) -> list[str]:
    row = next(db.query("SELECT caption, uncertain_caption FROM words WHERE photo_id = 1"))
    return [column for column, text in row.items() if word in text]


def sentences(db: Database) -> int:
    return len(embeddings.read_embeddings(db, Kind.SENTENCE).ids)


def test_a_caption_that_fits_its_photo_is_confident(db: Database, tmp_path: Path, encoder: TextEncoder) -> None:
    write(db, FITS)
    caption = embed(db, tmp_path, encoder)
    assert (caption.standing, sentences(db), columns_with(db, "dog")) == (Standing.CONFIDENT, 2, ["caption"])
    vectors = encoder.encode(["A dog runs on a beach.", "The sea is calm."])
    photo = encoder.encode(["a dog on a beach by the sea"])[0]
    assert caption.grounding == pytest.approx(GROUNDING.judge(vectors, photo, 0.3), abs=1e-2)


def test_a_caption_that_does_not_fit_is_uncertain(db: Database, tmp_path: Path, encoder: TextEncoder) -> None:
    write(db, MISSES)
    caption = embed(db, tmp_path, encoder)
    assert (caption.standing, sentences(db), columns_with(db, "pasta")) == (
        Standing.UNCERTAIN, 2, ["uncertain_caption"],
    )  # fmt: skip
    assert caption.grounding is not None
    assert caption.grounding < 0.5


def test_one_of_the_starters_that_does_not_fit_is_kept_but_withheld(
    db: Database, tmp_path: Path, encoder: TextEncoder
) -> None:
    write(db, FITS, "reverie-starter")
    assert embed(db, tmp_path, encoder).standing is Standing.CONFIDENT
    write(db, MISSES, "reverie-starter")
    caption = embed(db, tmp_path, encoder)
    assert (caption.standing, caption.text, caption.model) == (Standing.WITHHELD, MISSES, "reverie-starter")
    assert (sentences(db), columns_with(db, "pasta")) == (0, [])


def test_the_users_words_are_theirs_whatever_the_photo_shows(
    db: Database, tmp_path: Path, encoder: TextEncoder
) -> None:
    write(db, MISSES, "reverie-starter")
    embed(db, tmp_path, encoder)
    with transaction(db):
        captions.edit_caption(db, 1, "Pasta at last.")
        work.enqueue(db, 1, Stage.SENTENCES)
    caption = embed(db, tmp_path, encoder)
    assert (caption.standing, caption.grounding, sentences(db)) == (Standing.YOURS, None, 1)
    assert columns_with(db, "Pasta") == ["caption"]
    with transaction(db):
        captions.unlock_caption(db, 1)
        work.enqueue(db, 1, Stage.SENTENCES)
    assert embed(db, tmp_path, encoder).standing is Standing.WITHHELD


def test_without_a_place_of_the_photo_a_caption_is_not_judged(
    db: Database, tmp_path: Path, encoder: TextEncoder
) -> None:
    with transaction(db):
        db.execute("DELETE FROM embeddings")
    write(db, FITS, "reverie-starter")
    caption = embed(db, tmp_path, encoder)
    assert (caption.standing, caption.grounding, sentences(db)) == (Standing.UNCERTAIN, None, 2)


def test_another_calibration_judges_again(db: Database, tmp_path: Path, encoder: TextEncoder) -> None:
    write(db, FITS)
    assert embed(db, tmp_path, encoder).standing is Standing.CONFIDENT
    strict = Grounding(cosine=20, hubness=0, bias=-30, threshold=0.5, recipe="g2")
    assert embed(db, tmp_path, encoder, strict).standing is Standing.UNCERTAIN


def test_a_caption_edited_while_it_was_embedded_is_not_judged_in_the_users_place(
    db: Database, encoder: TextEncoder
) -> None:
    write(db, MISSES)
    lane: Lane[PhotoJob] = sentence_lane(encoder, GROUNDING)
    (job,) = lane.queue.claim(db, 1)
    save = lane.run(job)
    with transaction(db):
        captions.edit_caption(db, 1, "Pasta at last.")
        work.enqueue(db, 1, Stage.SENTENCES)
    with transaction(db):
        save(db)
    caption = captions.read_caption(db, 1)
    assert (caption.standing, caption.grounding, sentences(db)) == (Standing.YOURS, None, 0)
    assert work.count_stages(db)[Stage.SENTENCES].pending == 1


def test_the_place_of_a_photo_is_read_as_it_was_written(db: Database) -> None:
    photo = embeddings.read_photo_vector(db, 1)
    assert photo.hubness == pytest.approx(0.3)
    assert np.linalg.norm(photo.vector) == pytest.approx(1, abs=2e-3)
    assert embeddings.read_photo_vector(db, 2) is None

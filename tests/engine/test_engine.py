"""From a folder of photos to ranked answers, with the real encoders and worker processes."""

import contextlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from library_of_photos import NAMES, copy_photos, sample_photo

from engine.api import Activity, Engine, Filters, Home, Query, Settings, Stage, Tag
from engine.catalog import captions, work
from engine.catalog.connection import open_reader, open_writer, transaction
from engine.catalog.embeddings import Kind, read_embeddings
from engine.catalog.tags import replace_tags
from engine.errors import CatalogInUse, CatalogMissing, FolderUnavailable
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead

WAIT_S = 120.0


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return copy_photos(tmp_path / "photos")


def open_engine(home: Home, *folders: Path, text_in_photos: bool = False) -> Engine:
    """Index without captions, which depend on a model, and without reading text, which takes a second a photo."""
    engine = Engine.open(home, leave_out={Stage.CAPTION} if text_in_photos else {Stage.CAPTION, Stage.TEXT})
    for folder in folders:
        engine.add_folder(folder)
    assert engine.wait_until_idle(WAIT_S)
    return engine


def first(engine: Engine, text: str) -> str:
    return engine.search(Query(text)).hits[0].paths[0].name


def test_photos_are_found_by_what_they_show(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        assert engine.failures() == []
        assert first(engine, "a cat") == "chelsea.png"
        assert first(engine, "a cup of coffee") == "coffee.png"
        assert first(engine, "a motorbike") == "motorcycle_left.png"
        progress = engine.progress()
        assert (progress.photos, progress.activity) == (len(NAMES), Activity.IDLE)
        assert {progress.stages[stage].done for stage in (Stage.VISUAL, Stage.VIEWS)} == {len(NAMES)}


def test_a_photo_finds_itself_and_its_like(home: Home, photos: Path, tmp_path: Path) -> None:
    with open_engine(home, photos) as engine:
        visual = engine.embed_photo(sample_photo("motorcycle_right.png"))
        assert visual.shape == (1536,)
        hits = engine.search(Query(visual=visual)).hits
        assert hits[0].paths[0].name == "motorcycle_left.png"
        assert "looks like" in hits[0].why.summary


def test_a_new_photo_is_found_while_the_library_is_open(home: Home, photos: Path) -> None:
    (photos / "chelsea.png").unlink()
    with open_engine(home, photos) as engine:
        seen: list[int] = []
        engine.on_change(lambda progress: seen.append(progress.photos))
        shutil.copy(sample_photo("chelsea.png"), photos / "our cat.png")
        engine.rescan()
        assert engine.wait_until_idle(WAIT_S)
        assert first(engine, "a cat") == "our cat.png"
        assert seen[-1] == len(NAMES)


def test_the_users_words_are_found_at_once_and_stay_with_a_photo_that_moves(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        cat = engine.search(Query("a cat")).hits[0]
        engine.edit_caption(cat.photo_id, "Minka on the sofa in Gothenburg.")
        assert engine.wait_until_idle(WAIT_S)
        hit = engine.search(Query("Gothenburg")).hits[0]
        assert (hit.photo_id, hit.why.sentence) == (cat.photo_id, "Minka on the sofa in Gothenburg.")
    moved = photos / "2019 Sweden"
    moved.mkdir()
    (photos / "chelsea.png").rename(moved / "IMG_1.png")
    with open_engine(home) as engine:
        hit = engine.search(Query("Gothenburg")).hits[0]
        assert (hit.photo_id, hit.paths) == (cat.photo_id, (moved / "IMG_1.png",))
        assert engine.caption(cat.photo_id).locked
        assert first(engine, "sweden") == "IMG_1.png"


def test_duplicates_are_one_photo_with_two_files(home: Home, photos: Path) -> None:
    shutil.copy(photos / "coffee.png", photos / "coffee again.png")
    with open_engine(home, photos) as engine:
        assert engine.progress().photos == len(NAMES)
        hit = engine.search(Query("a cup of coffee")).hits[0]
        assert {path.name for path in hit.paths} == {"coffee.png", "coffee again.png"}


def test_a_missing_drive_is_offline_and_its_photos_are_still_found(home: Home, photos: Path, tmp_path: Path) -> None:
    with open_engine(home, photos) as engine:
        assert first(engine, "a cat") == "chelsea.png"
    photos.rename(tmp_path / "unplugged")
    with open_engine(home) as engine:
        assert [folder.state for folder in engine.folders()] == ["offline"]
        assert first(engine, "a cat") == "chelsea.png"
        (tmp_path / "unplugged").rename(photos)
        engine.rescan()
        assert engine.wait_until_idle(WAIT_S)
        assert [folder.state for folder in engine.folders()] == ["online"]
        assert engine.progress().photos == len(NAMES)


def test_deleted_photos_are_no_longer_found(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        (photos / "chelsea.png").unlink()
        engine.rescan()
        assert engine.wait_until_idle(WAIT_S)
        assert "chelsea.png" not in {hit.paths[0].name for hit in engine.search(Query("a cat")).hits}


def test_files_that_are_no_photos_are_named_and_all_others_indexed(home: Home, photos: Path) -> None:
    (photos / "empty.jpg").touch()
    (photos / "words.jpg").write_text("this is not a photo")
    (photos / "cut.jpg").write_bytes(sample_photo("rocket.jpg").read_bytes()[:300])
    (photos / "end_missing.jpg").write_bytes(sample_photo("rocket.jpg").read_bytes()[:-9000])
    (photos / "renamed.jpg").write_bytes(sample_photo("camera.png").read_bytes())
    with open_engine(home, photos) as engine:
        failures = {failure.path.name: failure.problem for failure in engine.failures()}
        assert set(failures) == {"empty.jpg", "words.jpg", "cut.jpg", "end_missing.jpg"}
        assert failures["end_missing.jpg"] == "The end of this file is missing. What is left is shown."
        assert all(problem.endswith(".") and len(problem) < 100 for problem in failures.values())
        assert engine.progress().photos == len(NAMES) + 2
        (photos / "empty.jpg").write_bytes(sample_photo("moon.png").read_bytes())
        assert engine.retry_failed() == 3
        engine.rescan()
        assert engine.wait_until_idle(WAIT_S)
        assert engine.progress().photos == len(NAMES) + 3


def test_the_photos_themselves_are_left_as_they_were(home: Home, photos: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.iterdir()}
    with open_engine(home, photos) as engine:
        assert engine.progress().photos == len(NAMES)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.iterdir()} == before


def test_nothing_is_done_twice(home: Home, photos: Path) -> None:
    with open_engine(home, photos):
        before = sorted(path.stat().st_mtime_ns for path in home.thumbnails.rglob("*.jpg"))
    with open_engine(home) as engine:
        assert engine.progress().rates == {}
    assert sorted(path.stat().st_mtime_ns for path in home.thumbnails.rglob("*.jpg")) == before


def test_lost_and_empty_thumbnails_are_made_again_when_they_are_needed(home: Home, photos: Path) -> None:
    with open_engine(home, photos):
        pass
    emptied, *lost = home.thumbnails.rglob("*.jpg")
    emptied.write_bytes(b"")
    for thumbnail in lost:
        thumbnail.unlink()
    with contextlib.closing(open_writer(home.catalog)) as db, transaction(db):
        db.execute("DELETE FROM embeddings")
        db.execute("UPDATE work SET state = 'pending' WHERE stage IN ('visual', 'views')")
    with open_engine(home) as engine:
        assert engine.failures() == []
        assert len(list(home.thumbnails.rglob("*.jpg"))) == len(NAMES)
        assert emptied.stat().st_size
        assert first(engine, "a cat") == "chelsea.png"


def test_one_process_writes_and_others_search(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        with pytest.raises(CatalogInUse, match="Another Reverie"):
            Engine.open(home)
        with Engine.open_to_search(home) as other:
            assert first(other, "a cat") == first(engine, "a cat")
            assert other.is_indexed_elsewhere()
            with pytest.raises(CatalogInUse):
                other.add_folder(photos)
            (photos / "moon.png").write_bytes(sample_photo("moon.png").read_bytes())
            engine.rescan()
            assert engine.wait_until_idle(WAIT_S)
            assert first(other, "the surface of the moon") == "moon.png"


def test_a_library_that_was_never_made_cannot_be_searched(home: Home) -> None:
    with pytest.raises(CatalogMissing, match="no library"):
        Engine.open_to_search(home)


def test_a_folder_that_cannot_be_added_says_why(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        with pytest.raises(FolderUnavailable, match="already"):
            engine.add_folder(photos)
        with pytest.raises(FolderUnavailable, match="not there"):
            engine.add_folder(photos / "nowhere")


def test_a_removed_folder_leaves_the_results_and_comes_back_without_work(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        cat = engine.search(Query("a cat")).hits[0].photo_id
        engine.remove_folder(engine.folders()[0].folder_id)
        assert engine.search(Query("a cat")).hits == ()
        assert engine.wait_until_idle(WAIT_S)
        assert engine.progress().stages[Stage.VISUAL].done == engine.progress().photos == 0
        engine.add_folder(photos)
        assert engine.wait_until_idle(WAIT_S)
        assert engine.search(Query("a cat")).hits[0].photo_id == cat


def test_filters_narrow_the_results(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        jpegs = engine.search(Query("a cat", filters=Filters(formats=frozenset({"jpeg"})))).hits
        assert [hit.paths[0].name for hit in jpegs] == ["rocket.jpg"]


def test_text_in_a_photo_is_read_and_found(home: Home, tmp_path: Path) -> None:
    folder = copy_photos(tmp_path / "photos", ("page.png", "coffee.png"))
    with open_engine(home, folder, text_in_photos=True) as engine:
        assert engine.progress().stages[Stage.TEXT].done == 2
        hit = engine.search(Query("region-based segmentation")).hits[0]
        assert hit.paths[0].name == "page.png"
        assert "text in the photo" in hit.why.summary


def test_text_in_photos_can_be_switched_off_for_good(home: Home, photos: Path) -> None:
    with open_engine(home, text_in_photos=True) as engine:
        engine.change_settings(Settings(text_in_photos=False))
    with open_engine(home, photos, text_in_photos=True) as engine:
        assert engine.settings() == Settings(captions=True, text_in_photos=False)
        assert engine.progress().stages[Stage.TEXT].pending == len(NAMES)


def test_a_query_has_the_same_answer_whichever_process_asks(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        scores = [hit.score for hit in engine.search(Query("an astronaut")).hits]
    with Engine.open_to_search(home) as other:
        np.testing.assert_allclose([hit.score for hit in other.search(Query("an astronaut")).hits], scores, atol=1e-4)


def test_another_visual_head_costs_no_encoding(home: Home, photos: Path) -> None:
    with open_engine(home, photos):
        pass
    before = features_of(home)
    shutil.rmtree(home.thumbnails)
    with Engine.open(home, leave_out={Stage.CAPTION, Stage.TEXT}, head=VisualHead.open(name=HELDOUT_HEAD)) as engine:
        assert engine.wait_until_idle(WAIT_S)
        assert engine.failures() == []
        assert engine.progress().stages[Stage.VIEWS].done == len(NAMES)
        assert first(engine, "a cat") == "chelsea.png"
    after = features_of(home)
    assert after[Kind.VISUAL] == before[Kind.VISUAL]
    assert after[Kind.PHOTO] != before[Kind.PHOTO]


def test_the_tags_of_a_photo_are_told(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        cat = engine.search(Query("a cat")).hits[0].photo_id
    with contextlib.closing(open_writer(home.catalog)) as db, transaction(db):
        replace_tags(db, cat, (Tag("cat", 0.9),))
    with Engine.open_to_search(home) as engine:
        assert engine.tags(cat) == engine.search(Query("cats")).hits[0].tags == (Tag("cat", 0.9),)
        assert engine.tags(cat + 1_000) == ()


def caption_by_model(home: Home, photo_id: int, text: str, model: str) -> None:
    """Write a caption as the caption stage does."""
    with contextlib.closing(open_writer(home.catalog)) as db, transaction(db):
        captions.save_generated(db, photo_id, text, model, "p1", "r1")
        work.enqueue(db, photo_id, Stage.SENTENCES)


def test_requests_are_understood_by_what_the_library_has(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        plan = engine.understand(f"photos of a cat in the folder {photos.name} without people")
        assert (plan.description, plan.must_not, plan.filters.folder) == ("a cat", ("people",), photos)
        assert [hit.paths[0].name for hit in engine.search(plan.to_query(limit=1)).hits] == ["chelsea.png"]
    with Engine.open_to_search(home) as engine:
        assert engine.understand(plan.to_text()) == plan


def test_captions_are_judged_again_where_a_photo_is_placed_anew(home: Home, photos: Path) -> None:
    with open_engine(home, photos) as engine:
        cat = engine.search(Query("a cat")).hits[0].photo_id
    caption_by_model(home, cat, "A ginger cat looks at us.", "some model")
    with open_engine(home) as engine:
        before = engine.caption(cat)
    with Engine.open(home, leave_out={Stage.TEXT, Stage.CAPTION}, head=VisualHead.open(name=HELDOUT_HEAD)) as engine:
        assert engine.wait_until_idle(WAIT_S)
        after = engine.caption(cat)
    assert before.text == after.text
    assert 0 < before.grounding < 1
    assert 0 < abs(before.grounding - after.grounding) < 0.5


def features_of(home: Home) -> dict[Kind, bytes]:
    with contextlib.closing(open_reader(home.catalog)) as db:
        return {kind: read_embeddings(db, kind).vectors.tobytes() for kind in (Kind.VISUAL, Kind.PHOTO)}

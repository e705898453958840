"""The indexer hands out jobs, stores outcomes and decides what an error means."""

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from engine.catalog import photos, work
from engine.catalog.connection import open_reader, open_writer, transaction
from engine.catalog.failures import list_failures
from engine.catalog.files import FileSeen, claim_files, link_file, record_files
from engine.catalog.folders import add_folder
from engine.catalog.work import Stage
from engine.errors import Cancelled, CannotWrite, ModelUnavailable, UnreadablePhoto, WorkerCrashed
from engine.indexing import indexer as indexer_module
from engine.indexing.indexer import Indexer
from engine.indexing.lane import Lane, Outcome, PhotoJob, StageQueue
from engine.indexing.progress import Activity

FACTS = {"format": "jpeg", "width_px": 640, "height_px": 480}
WAIT_S = 20.0


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a catalog of three photos for which VISUAL and CAPTION are pending."""
    path = tmp_path / "catalog.db"
    db = open_writer(path)
    folder = add_folder(db, Path("/photos"))
    with transaction(db):
        record_files(db, folder.folder_id, [FileSeen(Path(f"/photos/{n}.jpg"), n, n) for n in range(3)])
    for file in claim_files(db, 3):
        photo_id = photos.add_photo(db, file.path.name, FACTS)
        link_file(db, file.file_id, photo_id, 1, 1)
        for stage in (Stage.VISUAL, Stage.CAPTION):
            work.enqueue(db, photo_id, stage)
    db.close()
    return path


@pytest.fixture
def index(catalog: Path) -> Iterator[Callable[..., Indexer]]:
    started: list[Indexer] = []

    def start(*lanes: Lane[PhotoJob]) -> Indexer:
        indexer = Indexer(
            catalog, lanes, scanning=lambda: False, after_commit=lambda db: None, on_progress=lambda progress: None
        )
        started.append(indexer)
        indexer.start()
        return indexer

    yield start
    for indexer in started:
        indexer.close()


def lane(run: Callable[[PhotoJob], None], stage: Stage = Stage.VISUAL, recipe: str = "r1", **options: Any) -> Any:
    queue = StageQueue(stage, recipe)

    def run_and_complete(job: PhotoJob) -> Outcome:
        run(job)
        return lambda db: queue.complete(db, job)

    return Lane(stage, queue, run_and_complete, **options)


def counts(catalog: Path, stage: Stage = Stage.VISUAL) -> work.StageCount:
    db = open_reader(catalog)
    try:
        return work.count_stages(db)[stage]
    finally:
        db.close()


def failing(error: Exception) -> Callable[[PhotoJob], None]:
    def run(_job: PhotoJob) -> None:
        raise error

    return run


def test_every_pending_photo_is_done_once(catalog: Path, index: Callable[..., Indexer]) -> None:
    seen: list[int] = []
    indexer = index(lane(lambda job: seen.append(job.photo_id)))
    assert indexer.wait_until_idle(WAIT_S)
    assert sorted(seen) == [1, 2, 3]
    assert counts(catalog) == work.StageCount(pending=0, done=3, failed=0)
    assert indexer.progress.activity is Activity.IDLE


def test_a_lane_rests_while_a_more_important_one_has_work(index: Callable[..., Indexer]) -> None:
    order: list[Stage] = []
    visual = lane(lambda job: order.append(Stage.VISUAL))
    caption = lane(lambda job: order.append(Stage.CAPTION), Stage.CAPTION, waits_for=(Stage.VISUAL,))
    assert index(visual, caption).wait_until_idle(WAIT_S)
    assert order == [Stage.VISUAL] * 3 + [Stage.CAPTION] * 3


def test_a_photo_that_crashes_its_worker_twice_is_set_aside(catalog: Path, index: Callable[..., Indexer]) -> None:
    tries: list[int] = []

    def run(job: PhotoJob) -> None:
        tries.append(job.photo_id)
        if job.photo_id == 2:
            raise WorkerCrashed("This photo made the reader crash.", "SIGSEGV")

    assert index(lane(run)).wait_until_idle(WAIT_S)
    assert sorted(tries) == [1, 2, 2, 3]
    assert counts(catalog) == work.StageCount(pending=0, done=2, failed=1)


def test_a_known_error_is_recorded_with_its_sentence_at_once(catalog: Path, index: Callable[..., Indexer]) -> None:
    assert index(lane(failing(UnreadablePhoto("Can't read this photo.", "Copy it again.")))).wait_until_idle(WAIT_S)
    db = open_reader(catalog)
    assert {(row.problem, row.advice) for row in list_failures(db)} == {("Can't read this photo.", "Copy it again.")}
    db.close()


def test_a_bug_is_recorded_and_the_rest_goes_on(
    catalog: Path, index: Callable[..., Indexer], caplog: pytest.LogCaptureFixture
) -> None:
    def run(job: PhotoJob) -> None:
        if job.photo_id == 1:
            raise ZeroDivisionError

    assert index(lane(run)).wait_until_idle(WAIT_S)
    assert counts(catalog) == work.StageCount(pending=0, done=2, failed=1)
    assert "bug in lane visual" in caplog.text


def test_an_outcome_that_cannot_be_stored_is_blamed_on_its_photo_alone(
    catalog: Path, index: Callable[..., Indexer], caplog: pytest.LogCaptureFixture
) -> None:
    queue = StageQueue(Stage.VISUAL, "r1")

    def run(job: PhotoJob) -> Outcome:
        def save(db: Database) -> None:
            queue.complete(db, job)
            if job.photo_id == 1:
                raise ValueError("not finite")

        return save

    assert index(Lane(Stage.VISUAL, queue, run)).wait_until_idle(WAIT_S)
    assert counts(catalog) == work.StageCount(pending=0, done=2, failed=1)
    assert "could not be stored" in caplog.text


def test_a_missing_model_stops_its_lane_with_a_sentence_and_resume_starts_it(
    catalog: Path, index: Callable[..., Indexer]
) -> None:
    available = threading.Event()

    def run(_job: PhotoJob) -> None:
        if not available.is_set():
            raise ModelUnavailable("The model is gone.", "Import it again.")

    indexer = index(lane(run, Stage.CAPTION))
    assert indexer.wait_until_idle(WAIT_S)
    assert indexer.progress.notices == ("The model is gone. Import it again.",)
    assert counts(catalog, Stage.CAPTION).pending == 3
    available.set()
    indexer.resume()
    assert indexer.wait_until_idle(WAIT_S)
    assert counts(catalog, Stage.CAPTION).done == 3
    assert indexer.progress.notices == ()


def test_a_full_disk_pauses_everything_and_nothing_is_lost(catalog: Path, index: Callable[..., Indexer]) -> None:
    full = threading.Event()
    full.set()
    asked = threading.Event()
    queue = StageQueue(Stage.VISUAL, "r1")

    def run(job: PhotoJob) -> Outcome:
        if job.photo_id == 1 and full.is_set():
            raise CannotWrite("The disk is full.")

        def save(db: Database) -> None:
            if full.is_set():
                asked.set()
                raise sqlite3.OperationalError("database or disk is full")
            queue.complete(db, job)

        return save

    indexer = index(Lane(Stage.VISUAL, queue, run))
    assert asked.wait(WAIT_S)
    assert not indexer.wait_until_idle(0.1)
    full.clear()
    indexer.resume()
    assert indexer.wait_until_idle(WAIT_S)
    assert counts(catalog) == work.StageCount(pending=0, done=3, failed=0)


def test_pause_gives_up_what_is_in_hand_and_resume_does_it_again(catalog: Path, index: Callable[..., Indexer]) -> None:
    cancelled, entered, resumed = threading.Event(), threading.Event(), threading.Event()

    def run(_job: PhotoJob) -> None:
        entered.set()
        if not resumed.is_set():
            assert cancelled.wait(WAIT_S)
            raise Cancelled("Stopped.")

    indexer = index(lane(run, cancel=cancelled.set))
    assert entered.wait(WAIT_S)
    indexer.pause()
    assert not indexer.wait_until_idle(0.1)
    assert counts(catalog).pending == 3
    resumed.set()
    indexer.resume()
    assert indexer.wait_until_idle(WAIT_S)
    assert counts(catalog).done == 3


def test_a_listener_that_fails_does_not_end_the_indexer(catalog: Path, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[int] = []

    def listen(progress: Any) -> None:
        seen.append(progress.photos)
        if len(seen) == 1:
            raise RuntimeError("a bug in a window")

    run = lane(lambda job: None)
    indexer = Indexer(catalog, [run], scanning=lambda: False, after_commit=lambda db: None, on_progress=listen)
    indexer.start()
    assert indexer.wait_until_idle(WAIT_S)
    indexer.close()
    assert counts(catalog).done == 3
    assert "bug in the indexer" in caplog.text


def test_commands_run_on_the_writer_thread_and_report_their_errors(index: Callable[..., Indexer]) -> None:
    indexer = index()
    assert indexer.submit(lambda db: threading.current_thread().name).result(WAIT_S) == "indexer"
    failed = indexer.submit(lambda db: work.fail(db, 99, Stage.VISUAL, "r", None, ""))
    assert failed.exception(WAIT_S) is None
    broken = indexer.submit(lambda db: work.enqueue(db, 99, Stage.VISUAL))
    assert isinstance(broken.exception(WAIT_S), sqlite3.IntegrityError)


def test_what_was_done_under_another_recipe_is_done_again(catalog: Path, index: Callable[..., Indexer]) -> None:
    for recipe in ("r1", "r2"):
        seen: list[int] = []
        indexer = index(lane(lambda job, seen=seen: seen.append(job.photo_id), recipe=recipe))
        assert indexer.wait_until_idle(WAIT_S)
        indexer.close()
        assert sorted(seen) == [1, 2, 3]


def test_waiting_ends_where_indexing_has_paused(index: Callable[..., Indexer]) -> None:
    indexer = index(lane(failing(CannotWrite("The disk is full."))))
    assert not indexer.wait_until_idle()
    assert indexer.progress.activity is Activity.PAUSED
    assert indexer.progress.notices == ("The disk is full.",)


def test_what_comes_in_just_when_everything_is_done_is_waited_for(index: Callable[..., Indexer]) -> None:
    """Between the two, who waits must not be told that work is left."""
    indexer, enough = index(), threading.Event()

    def wake_again_and_again() -> None:
        while not enough.wait(0.0005):
            indexer.wake()

    thread = threading.Thread(target=wake_again_and_again)
    thread.start()
    try:
        for _ in range(1000):
            indexer.wake()
            assert indexer.wait_until_idle(WAIT_S)
    finally:
        enough.set()
        thread.join()


def test_a_disk_that_is_full_at_the_start_pauses_and_resume_goes_on(
    catalog: Path, index: Callable[..., Indexer], monkeypatch: pytest.MonkeyPatch
) -> None:
    reset, tries = work.reset_unfinished, [sqlite3.OperationalError("database or disk is full")]

    def reset_later(db: Database) -> None:
        if tries:
            raise tries.pop()
        reset(db)

    monkeypatch.setattr(work, "reset_unfinished", reset_later)
    indexer = index(lane(lambda job: None))
    assert not indexer.wait_until_idle()
    indexer.resume()
    assert indexer.wait_until_idle(WAIT_S)
    assert counts(catalog).done == 3


def test_a_command_that_cannot_be_stored_pauses_indexing(index: Callable[..., Indexer]) -> None:
    def full(_db: Database) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    indexer = index()
    assert indexer.submit(full).exception(WAIT_S)
    assert not indexer.wait_until_idle()
    assert indexer.progress.notices[0].startswith("The library can't be saved")


def test_a_scan_that_ends_without_news_is_told(catalog: Path) -> None:
    seen: list[Activity] = []
    is_scanning, told = threading.Event(), threading.Event()
    is_scanning.set()

    def listen(progress: Any) -> None:
        seen.append(progress.activity)
        told.set()

    indexer = Indexer(catalog, [], scanning=is_scanning.is_set, after_commit=lambda db: None, on_progress=listen)
    indexer.start()
    assert told.wait(WAIT_S)
    is_scanning.clear()
    assert indexer.wait_until_idle(WAIT_S)
    indexer.close()
    assert seen == [Activity.SCANNING, Activity.IDLE]


def test_a_queue_without_work_is_left_alone_until_something_happens(
    catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "_TICK_S", 0.01)
    claims, ticks, ticked = [], itertools.count(), threading.Event()
    queue = StageQueue(Stage.TEXT, "r1")
    claim = queue.claim
    monkeypatch.setattr(queue, "claim", lambda db, limit: [claims.append(limit), *claim(db, limit)][1:])

    def scanning() -> bool:
        if next(ticks) > 20:
            ticked.set()
        return False

    text = Lane(Stage.TEXT, queue, lambda job: lambda db: queue.complete(db, job))
    indexer = Indexer(catalog, [text], scanning=scanning, after_commit=lambda db: None, on_progress=lambda p: None)
    indexer.start()
    assert ticked.wait(WAIT_S)
    assert len(claims) == 1
    indexer.submit(lambda db: work.enqueue(db, 1, Stage.TEXT)).result(WAIT_S)
    assert indexer.wait_until_idle(WAIT_S)
    indexer.close()
    assert counts(catalog, Stage.TEXT).done == 1


def test_a_job_that_waits_when_indexing_is_paused_is_not_begun(
    catalog: Path, index: Callable[..., Indexer], monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go_on, released = threading.Event(), threading.Event(), threading.Event()
    begun: list[int] = []

    def run(job: PhotoJob) -> None:
        begun.append(job.photo_id)
        entered.set()
        assert go_on.wait(WAIT_S)

    one_by_one = lane(run)
    monkeypatch.setattr(one_by_one.queue, "release", lambda db, job: released.set())
    indexer = index(one_by_one)
    assert entered.wait(WAIT_S)
    indexer.pause()
    go_on.set()
    assert released.wait(WAIT_S)
    assert len(begun) == 1
    assert counts(catalog) == work.StageCount(pending=2, done=1, failed=0)

"""Evaluation goes the way of every photo and every search, and leaves nothing behind."""

import os
import tempfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from engine.api import Engine, Home, Query, Stage
from engine.errors import FolderUnavailable
from engine.evaluation.captioned_folder import Part, read_captioned_folder
from engine.evaluation.evaluate import evaluate
from engine.evaluation.plan import make_plan

COLOURS = ("red", "green", "blue", "yellow", "black", "white")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def coloured(tmp_path: Path) -> Path:
    """Six plain pictures that two people agree on."""
    folder = tmp_path / "coloured"
    (folder / "photos").mkdir(parents=True)
    lines = ["photo,caption"]
    for place, colour in enumerate(COLOURS):
        picture = Image.new("RGB", (96, 64), "grey")
        ImageDraw.Draw(picture).ellipse((20, 10, 60, 50), fill=colour)
        picture.save(folder / "photos" / f"{place}.png")
        lines += [f"{place}.png,A {colour} ball.", f"{place}.png,Somebody's {colour} ball"]
        os.utime(folder / "photos" / f"{place}.png", (1_500_000_000, 1_500_000_000))
    (folder / "captions.csv").write_text("\n".join(lines))
    return folder


def test_every_caption_is_asked_with_and_without_the_others(coloured: Path, temporary: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in coloured.rglob("*"))
    told: list[str] = []
    table = evaluate(coloured, tell=told.append)
    rows = {(row.captions, row.sources): row for row in table.rows}
    assert list(rows) == [
        ("–", "chance"),
        *[("none, one view", way) for way in ("visual head", "names", "everything")],
        *[("none, all views", way) for way in ("visual head", "names", "everything")],
        *[("human", way) for way in ("sentences", "words", "everything")],
        *[("human", f"all but {way}") for way in ("sentences", "words", "visual head")],
    ]
    assert {row.queries for row in table.rows} == {12}
    assert rows["human", "words"].recall_at_1 == rows["human", "everything"].recall_at_1 == 1
    assert rows["none, one view", "names"].recall_at_1 == 0
    assert all(row.recall_at_10 == 1 for row in table.rows if row.captions != "–" and row.sources == "everything")
    assert table.notes == ()
    assert len(told) == 3
    assert sorted((path, path.stat().st_mtime_ns) for path in coloured.rglob("*")) == before
    assert list(temporary.iterdir()) == []


def test_the_captions_of_a_library_are_measured_too(coloured: Path, tmp_path: Path, temporary: Path) -> None:
    """Here they are wrong for all but one photo, so asking for the photos by them finds only that one."""
    home = Home(tmp_path / "home")
    with Engine.open(home, leave_out=frozenset({Stage.CAPTION, Stage.TEXT, Stage.VIEWS})) as engine:
        engine.add_folder(coloured)
        engine.wait_until_idle()
        red = next(hit for hit in engine.search(Query()).hits if hit.paths[0].name == "0.png")
        engine.edit_caption(red.photo_id, "A red ball.")
    table = evaluate(coloured, own=home)
    row = next(row for row in table.rows if row.captions == "your library's, of 1" and row.sources == "words")
    assert row.recall_at_1 == pytest.approx(2 / 12)


def test_photos_that_the_shipped_head_has_seen_are_measured_with_its_twin_and_it_says_so(
    shared_data: Path, temporary: Path
) -> None:
    """Nothing is lost by searching everything: with captions or without, never below the visual head alone."""
    table = evaluate(shared_data / "coco")
    assert table.title.startswith("coco: 16 photos")
    assert len(table.notes) == 1
    assert "held-out twin" in table.notes[0]
    rows = {(row.captions, row.sources): row for row in table.rows}
    for captions in ("none, one view", "none, all views"):
        alone, everything = rows[captions, "visual head"], rows[captions, "everything"]
        assert everything.recall_at_1 >= alone.recall_at_1
        assert everything.recall_at_5 >= alone.recall_at_5
        assert everything.recall_at_10 >= alone.recall_at_10
        assert alone.recall_at_5 > 0.8
    assert rows["human", "everything"].recall_at_1 >= 0.95


def test_a_part_that_a_head_has_learned_by_heart_is_marked(shared_data: Path) -> None:
    plan = make_plan(read_captioned_folder(shared_data / "coco"), Part.TRAIN)
    assert len(plan.photos) == 64
    assert "too good" in plan.notes[1]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderUnavailable):
        evaluate(tmp_path / "nowhere")


def test_a_folder_without_a_readable_photo_is_named(coloured: Path) -> None:
    for photo in (coloured / "photos").iterdir():
        photo.write_text("this is not a photo")
    with pytest.raises(FolderUnavailable, match="None of the photos"):
        evaluate(coloured)

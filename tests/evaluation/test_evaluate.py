"""Evaluation goes the way of every photo and every search, and leaves nothing behind."""

import tempfile
from pathlib import Path

import pytest
from coloured import RETRIEVERS, draw_coloured

from engine.api import Home
from engine.errors import FolderUnavailable, ModelUnavailable
from engine.evaluation.evaluate import evaluate
from engine.indexing import captions

MAIN = ("short", "trained")
BY_LOOKS = ("visual head", "names", "everything")
BY_CAPTIONS = ("sentences", "words", "everything", "all but sentences", "all but words", "all but visual head")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def coloured(tmp_path: Path) -> Path:
    return draw_coloured(tmp_path / "coloured")


@pytest.fixture(autouse=True)
def no_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Captions cost seconds, and `test_experiment` is about them."""

    def refuse(home: Home) -> None:
        raise ModelUnavailable("There is no model.", "Here, at least.")

    monkeypatch.setattr(captions, "model_in_use", refuse)


def test_every_caption_is_asked_with_and_without_the_others(coloured: Path, temporary: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in coloured.rglob("*"))
    told: list[str] = []
    table = evaluate(coloured, tell=told.append)
    rows = {(row.requests, row.understanding, row.captions, row.retriever, row.sources): row for row in table.rows}
    expected = [
        ("–", "–", "–", "chance", "–"),
        *[("short", "off", "none, one view", "trained", way) for way in BY_LOOKS],
    ]
    for kind in ("short", "verbose"):
        for captioned, ways in (("none", BY_LOOKS), ("human", BY_CAPTIONS)):
            for retriever in RETRIEVERS:
                expected += [(kind, "off", captioned, retriever, way) for way in ways]
                expected += [(kind, "on", captioned, retriever, "everything")] if kind == "verbose" else []
    for captioned, ways in (("none", ("photo only", "text only")), ("human", ("text only",))):
        for retriever in RETRIEVERS:
            expected += [("modification", "off", captioned, retriever, way) for way in (*ways, "everything")]
            expected += [("modification", "on", captioned, retriever, way) for way in ("photo only", "everything")]
    assert list(rows) == expected
    assert {row.queries for row in table.rows} == {30, 12, 6}
    for retriever in RETRIEVERS:
        for kind, understanding in (("short", "off"), ("verbose", "off"), ("verbose", "on"), ("modification", "on")):
            assert rows[kind, understanding, "human", retriever, "everything"].recall_at_1 == 1
        assert rows["short", "off", "none", retriever, "names"].recall_at_1 == 0
    assert all(row.recall_at_10 == 1 for row in table.rows if row.sources == "everything")
    assert all(row.intervals for row in table.rows if row.sources != "–")
    assert len(told) == 4
    assert "The starter model has described none of the photos" in table.notes[-1]
    assert sorted((path, path.stat().st_mtime_ns) for path in coloured.rglob("*")) == before
    assert list(temporary.iterdir()) == []


def test_photos_that_the_shipped_head_has_seen_are_measured_with_its_twin_and_it_says_so(
    shared_data: Path, temporary: Path
) -> None:
    table = evaluate(shared_data / "coco")
    assert table.title.startswith("coco: 16 photos")
    assert "held-out twin" in table.notes[0]
    assert not any("too good" in note for note in table.notes)
    rows = {(row.captions, row.sources): row for row in table.rows if (row.requests, row.retriever) == MAIN}
    for captioned in ("none, one view", "none"):
        alone, everything = rows[captioned, "visual head"], rows[captioned, "everything"]
        assert everything.recall_at_1 >= alone.recall_at_1
        assert everything.recall_at_5 >= alone.recall_at_5
        assert everything.recall_at_10 >= alone.recall_at_10
        assert alone.recall_at_5 > 0.8
    assert rows["human", "everything"].recall_at_1 >= 0.95


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderUnavailable):
        evaluate(tmp_path / "nowhere")


def test_a_folder_without_a_readable_photo_is_named(coloured: Path) -> None:
    for photo in (coloured / "photos").iterdir():
        photo.write_text("this is not a photo")
    with pytest.raises(FolderUnavailable, match="None of the photos"):
        evaluate(coloured)

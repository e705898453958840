"""Captions of a library, and of the model that a new library has, are measured as those of people are."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from coloured import RETRIEVERS, draw_coloured

from engine.api import Engine, Home, Query, Stage
from engine.evaluation.captioned_folder import Part, read_captioned_folder
from engine.evaluation.experiment import Experiment
from engine.evaluation.plan import make_plan
from engine.evaluation.table import Row
from engine.learning.grounding import Grounding


@pytest.fixture
def coloured(tmp_path: Path) -> Path:
    return draw_coloured(tmp_path / "coloured")


@pytest.fixture
def started(coloured: Path, tmp_path: Path) -> Experiment:
    """An experiment whose photos are indexed."""
    plan = make_plan(read_captioned_folder(coloured), Part.AUTO)
    started = Experiment(plan, coloured / "photos", tmp_path / "libraries", lambda line: None)
    assert {row.requests for row in started.one_view()} == {"short"}
    return started


def main_rows(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    return [(row.requests, row.captions, row.retriever) for row in rows if not row.is_detail]


def test_the_captions_of_a_library_are_measured(started: Experiment, coloured: Path, tmp_path: Path) -> None:
    """Here they are wrong for all but one photo, so asking for the photos by them finds only that one."""
    own = Home(tmp_path / "own home")
    with Engine.open(own, leave_out=frozenset({Stage.CAPTION, Stage.TEXT, Stage.VIEWS})) as engine:
        engine.add_folder(coloured)
        engine.wait_until_idle()
        assert list(started.own_captions(own)) == []
        red = next(hit for hit in engine.search(Query()).hits if hit.paths[0].name == "0.png")
        engine.edit_caption(red.photo_id, "A red ball.")
    rows = list(started.own_captions(own))
    by_words = [row for row in rows if row.sources == "words" and row.requests == "short"]
    assert {row.captions for row in rows} == {"your library's, of 1"}
    assert [row.recall_at_1 for row in by_words] == [pytest.approx(2 / 12)] * len(RETRIEVERS)


def test_the_photos_are_captioned_by_the_model_of_a_new_library(
    started: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a model writes of drawn pictures fits badly, so here nothing is withheld."""
    lenient = replace(Grounding.open(), threshold=0.0)
    monkeypatch.setattr(Grounding, "open", lambda: lenient)
    rows = list(started.starter_captions())
    assert started.notes == []
    assert main_rows(rows) == [
        (requests, "starter", retriever)
        for retriever in RETRIEVERS
        for requests in ("short", "verbose", "verbose", "modification", "modification")
    ]


def test_a_model_that_describes_nothing_is_noted(started: Experiment, damaged_starter: Path) -> None:
    assert list(started.starter_captions()) == []
    assert started.notes == [
        "The starter model has described none of the photos, so there are no figures with its captions."
    ]

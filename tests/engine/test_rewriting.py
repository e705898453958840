"""The model that captions also answers questions about requests, in time or not at all."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_gguf import build_pair

from engine.api import Engine, Home, QueryPlan
from engine.indexing.captions import CaptionStage, captioner_in_use
from engine.models.store import import_pair, use_model
from engine.understanding.rewrite import GRAMMAR

WAIT_S = 60.0
LONG = QueryPlan(" ".join(["an old wooden boat that lies upside down"] * 3))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[CaptionStage]:
    home = Home(tmp_path / "home")
    home.create()
    pair = build_pair(tmp_path / "files")
    import_pair(home, pair.model, pair.mmproj, lambda model, mmproj: None)
    use_model(home, "tiny")
    stage = CaptionStage(home, captioner_in_use(home), lambda _, drafts: drafts[0])
    yield stage
    stage.lane().close()


def loaded(stage: CaptionStage) -> None:
    """Ask until the model is there: the first question has it loaded for the next."""
    answered = threading.Event()
    while stage.ask("Ready?", 'root ::= "yes"', WAIT_S) is None:
        answered.wait(0.05)


def test_the_first_question_loads_the_model_for_the_next(stage: CaptionStage) -> None:
    assert stage.ask("Ready?", GRAMMAR, WAIT_S) is None
    loaded(stage)
    answer = json.loads(stage.ask("A boat.", GRAMMAR, WAIT_S) or "")
    assert answer.keys() == {"description", "without"}


def test_an_answer_that_takes_too_long_is_given_up(stage: CaptionStage) -> None:
    loaded(stage)
    assert stage.ask("A boat.", GRAMMAR, 0.0) is None
    assert stage.ask("Ready?", 'root ::= "yes"', WAIT_S) == "yes"


def test_the_starter_is_never_asked(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path)) as engine:
        assert engine.rewrite(LONG) is None
        assert engine._captioning is not None
        assert not engine._captioning._worker.is_running

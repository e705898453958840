"""Photos are measured by retrievers that have not learned them by heart, or it is said."""

from pathlib import Path

import pytest
from coloured import draw_coloured

from engine.embedding.shipped_models import verify_models
from engine.errors import ModelUnavailable
from engine.evaluation import retriever
from engine.evaluation.captioned_folder import Part, read_captioned_folder
from engine.evaluation.plan import make_plan
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead
from engine.paths import SHIPPED_MODELS


def test_the_plain_retriever_is_as_its_manifest_says() -> None:
    assert {file.path.name for file in verify_models(SHIPPED_MODELS / "plain")} == {
        "text_encoder.onnx", "text_tokenizer.json", "caption_bank.npy", HELDOUT_HEAD,
    }  # fmt: skip


def test_photos_that_no_head_has_seen_are_all_measured_with_the_shipped_one(tmp_path: Path) -> None:
    plan = make_plan(read_captioned_folder(draw_coloured(tmp_path / "coloured")), Part.AUTO)
    assert len(plan.photos) == 6
    assert plan.trained.head.recipe == VisualHead.open().recipe
    assert [each.name for each in plan.retrievers] == ["plain", "trained"]
    assert "has learned from" in plan.notes[0]


def test_the_test_part_of_photos_that_the_shipped_head_has_seen_is_measured_with_its_twin(shared_data: Path) -> None:
    plan = make_plan(read_captioned_folder(shared_data / "coco"), Part.AUTO)
    assert len(plan.photos) == 16
    assert plan.trained.head.recipe == VisualHead.open(name=HELDOUT_HEAD).recipe


def test_a_part_that_a_head_has_learned_by_heart_is_marked(shared_data: Path) -> None:
    plan = make_plan(read_captioned_folder(shared_data / "coco"), Part.TRAIN)
    assert len(plan.photos) == 64
    assert "The twin has seen 64 of them too" in plan.notes[1]
    assert "The plain retriever's visual head was trained on 64 of these photos" in plan.notes[2]


def test_an_installation_without_the_plain_retriever_measures_the_trained_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retriever, "_PLAIN_MODELS", tmp_path / "nowhere")
    plan = make_plan(read_captioned_folder(draw_coloured(tmp_path / "coloured")), Part.AUTO)
    assert [each.name for each in plan.retrievers] == ["trained"]
    assert plan.notes == (
        "The plain retriever is not part of this installation, so the trained one is measured alone.",
    )


def test_a_damaged_plain_retriever_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retriever, "_PLAIN_MODELS", tmp_path)
    with pytest.raises(ModelUnavailable):
        make_plan(read_captioned_folder(draw_coloured(tmp_path / "coloured")), Part.AUTO)

"""Model files are what the manifest promises, or a sentence says what is wrong with them."""

import json
import shutil
from pathlib import Path

import pytest

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.onnx_session import OnnxSession, session_options
from engine.embedding.shipped_models import shipped_model, shipped_models, verify_models
from engine.embedding.text_encoder import TextEncoder
from engine.errors import ModelUnavailable
from engine.paths import SHIPPED_MODELS

LARGEST_MB = 40


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the shipped models that a test may damage."""
    return Path(shutil.copytree(SHIPPED_MODELS, tmp_path / "models"))


def test_every_shipped_file_is_as_the_manifest_says() -> None:
    files = verify_models()
    assert {"text_encoder.onnx", "text_tokenizer.json", "image_encoder.onnx"} <= {file.path.name for file in files}
    assert all(file.size_bytes < LARGEST_MB * 1_000_000 for file in files)


def test_every_shipped_file_names_its_source_and_licence() -> None:
    for file in json.loads((SHIPPED_MODELS / "manifest.json").read_text("utf-8"))["files"]:
        assert all(file[fact] for fact in ("source", "upstream", "licence", "made"))


def test_nothing_is_shipped_that_no_manifest_names() -> None:
    manifests = set(SHIPPED_MODELS.rglob("manifest.json"))
    named = {file.path for manifest in manifests for file in shipped_models(manifest.parent)}
    named |= manifests | {SHIPPED_MODELS / "README.md"}
    assert {path for path in SHIPPED_MODELS.rglob("*") if path.is_file()} <= named


def test_a_missing_model_is_said_to_be_missing(models: Path) -> None:
    (models / "text_encoder.onnx").unlink()
    with pytest.raises(ModelUnavailable, match=r"text_encoder\.onnx is missing"):
        TextEncoder.open(models)


def test_a_cut_off_model_is_said_to_be_incomplete(models: Path) -> None:
    model = models / "image_encoder.onnx"
    model.write_bytes(model.read_bytes()[:100_000])
    with pytest.raises(ModelUnavailable, match=r"image_encoder\.onnx is incomplete"):
        ImageEncoder.open(models)


def test_a_flipped_byte_is_found_when_models_are_verified(models: Path) -> None:
    model = models / "text_encoder.onnx"
    content = bytearray(model.read_bytes())
    content[1_000_000] ^= 1
    model.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"text_encoder\.onnx is damaged"):
        verify_models(models)


def test_a_vocabulary_that_is_none_is_refused(models: Path) -> None:
    vocabulary = models / "text_tokenizer.json"
    vocabulary.write_bytes(b"x" * vocabulary.stat().st_size)
    with pytest.raises(ModelUnavailable, match="vocabulary"):
        TextEncoder.open(models)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "not_a_model.onnx").write_bytes(b"certainly not a model" * 100)
    with pytest.raises(ModelUnavailable, match=r"not_a_model\.onnx can't be loaded"):
        OnnxSession.open(tmp_path / "not_a_model.onnx")


@pytest.mark.parametrize("content", ["", "[]", '{"files": [{"file": "a"}]}'])
def test_a_broken_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelUnavailable, match="list of Reverie's models"):
        shipped_models(tmp_path)


def test_a_file_that_the_manifest_does_not_name_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="does not name"):
        shipped_model("unknown.onnx")


def test_a_file_in_a_folder_is_known_by_its_whole_name(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "model.gguf").write_bytes(b"model")
    entry = {"file": "small/model.gguf", "bytes": 5, "sha256": "0"}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [entry]}))
    assert shipped_model("small/model.gguf", tmp_path).path.read_bytes() == b"model"
    with pytest.raises(ModelUnavailable, match="does not name"):
        shipped_model("model.gguf", tmp_path)


def test_idle_threads_sleep_and_stay_few() -> None:
    options = session_options()
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"
    assert 1 <= options.intra_op_num_threads <= 4
    assert options.inter_op_num_threads == 1
    assert not options.enable_cpu_mem_arena

"""Importing, choosing, checking and removing models."""

import errno
import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_gguf import Pair, build_pair

from engine.captioning.profile import STARTER_NAME
from engine.errors import CannotWrite, ModelUnavailable
from engine.models import store
from engine.models.installed import InstalledModel
from engine.models.starter import read_starter
from engine.models.store import (
    chosen_model,
    find_model,
    import_pair,
    list_models,
    model_in_use,
    remove_model,
    use_model,
    verify_model,
)
from engine.models.validation import draw_picture, validate_pair
from engine.paths import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def accept(model: Path, mmproj: Path) -> None:
    """Find everything fine."""
    assert model.exists()
    assert mmproj.exists()


def refuse(model: Path, _: Path) -> None:
    """Find nothing fine."""
    raise ModelUnavailable("This model crashes or hangs here.", path=model)


def imported_models(home: Home) -> list[InstalledModel]:
    """Return all models but the starter, which comes first."""
    starter, *imported = list_models(home)
    assert starter == read_starter()
    return imported


def leftovers(home: Home) -> list[str]:
    return sorted(path.name for path in home.models.iterdir())


def test_an_imported_pair_is_recorded_and_survives_the_loss_of_its_source(home: Home, tmp_path: Path) -> None:
    source = build_pair(tmp_path / "usb", name="Tiny Model 1.5")
    imported = import_pair(home, source.model, source.mmproj, accept)
    size_bytes = source.model.stat().st_size + source.mmproj.stat().st_size
    shutil.rmtree(tmp_path / "usb")
    assert imported_models(home) == [imported]
    assert imported == InstalledModel.read(home.models / "tiny-model-1.5")
    assert (imported.name, imported.family, imported.architecture) == ("Tiny Model 1.5", "internvl", "llama")
    assert (imported.size_bytes, imported.context_tokens, imported.licence) == (size_bytes, 4096, "Apache-2.0")
    assert (imported.model_source, imported.mmproj_source) == ("model.gguf", "mmproj.gguf")
    assert imported.parameters > 50_000
    assert imported.imported_at.endswith("+00:00")
    verify_model(imported)


def test_a_pair_that_really_runs_is_accepted_and_its_source_left_alone(home: Home, tiny_pair: Pair) -> None:
    before = (tiny_pair.model.read_bytes(), tiny_pair.mmproj.read_bytes())
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, validate_pair, name="Mine")
    assert (tiny_pair.model.read_bytes(), tiny_pair.mmproj.read_bytes()) == before
    assert imported.model.stat().st_ino != tiny_pair.model.stat().st_ino
    assert imported.name == "Mine"
    assert draw_picture().size == (512, 384)


def test_a_pair_that_does_not_belong_together_leaves_nothing_behind(
    home: Home, tiny_pair: Pair, tmp_path: Path
) -> None:
    wider = build_pair(tmp_path / "wider", width=128)
    with pytest.raises(ModelUnavailable, match="don't belong together"):
        import_pair(home, tiny_pair.model, wider.mmproj, validate_pair)
    assert leftovers(home) == []


def test_a_pair_that_crashes_is_refused_and_leaves_nothing_behind(home: Home, tiny_pair: Pair) -> None:
    with pytest.raises(ModelUnavailable, match="crashes"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, refuse)
    assert leftovers(home) == []


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("mmproj", "model", "swapped"),
        ("mmproj", "mmproj", "Both files are mmproj"),
        ("model", "model", "not an mmproj file"),
        ("missing", "mmproj", "doesn't exist"),
        ("model", "text", "not a GGUF model"),
        ("cut", "mmproj", "damaged or cut off"),
    ],
)
def test_wrong_files_are_named_before_anything_is_copied(
    first: str, second: str, message: str, home: Home, tiny_pair: Pair, tmp_path: Path
) -> None:
    files = {"model": tiny_pair.model, "mmproj": tiny_pair.mmproj, "missing": tmp_path / "none.gguf"}
    files |= {"text": tmp_path / "text.gguf", "cut": tmp_path / "cut.gguf"}
    files["text"].write_text("not a model")
    files["cut"].write_bytes(tiny_pair.model.read_bytes()[:2000])
    with pytest.raises(ModelUnavailable, match=message):
        import_pair(home, files[first], files[second], accept)
    assert not home.models.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_instead_of_waited_for(home: Home, tiny_pair: Pair, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    with pytest.raises(ModelUnavailable, match="not a GGUF model"):
        import_pair(home, tmp_path / "pipe.gguf", tiny_pair.mmproj, accept)


def test_a_name_is_given_once(home: Home, tiny_pair: Pair) -> None:
    import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name="My Model")
    with pytest.raises(ModelUnavailable, match="already there"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name="my  model")
    import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name="Another")
    assert [model.name for model in imported_models(home)] == ["Another", "My Model"]


@pytest.mark.parametrize("name", ["...", "///", " - "])
def test_a_name_without_letters_or_digits_is_refused(name: str, home: Home, tiny_pair: Pair) -> None:
    with pytest.raises(ModelUnavailable, match="needs a name"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name=name)


def test_a_name_cannot_lead_out_of_the_models_folder(home: Home, tiny_pair: Pair) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name="../../etc/passwd")
    assert imported.folder == home.models / "etc-passwd"


def test_too_little_room_is_noticed_before_copying(
    home: Home, tiny_pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(home.root.parent)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelUnavailable, match=r"not enough room .* 0\.0 GB are free"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert leftovers(home) == []


def test_a_home_that_cannot_be_made_is_named(home: Home, tiny_pair: Pair) -> None:
    home.root.touch()
    with pytest.raises(CannotWrite, match="can't write to its own folder"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)


def test_a_disk_that_fills_up_while_copying_leaves_nothing_behind(
    home: Home, tiny_pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ModelUnavailable, match="disk is full"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert leftovers(home) == []


def test_what_a_killed_import_left_is_removed_by_the_next(home: Home, tiny_pair: Pair) -> None:
    (home.models / ".import-999999999-half").mkdir(parents=True)
    mine = home.models / f".import-{os.getpid()}-other"
    mine.mkdir()
    import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert leftovers(home) == [mine.name, "tiny"]
    assert [model.name for model in imported_models(home)] == ["tiny"]


def test_the_starter_is_in_use_until_another_model_is_chosen_and_again_when_that_is_removed(
    home: Home, tiny_pair: Pair
) -> None:
    assert model_in_use(home) == read_starter()
    assert list_models(home) == [read_starter()]
    for name in ("First", "Second"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name=name)
    assert model_in_use(home) == read_starter()
    assert chosen_model(home) is None
    assert use_model(home, "first") == model_in_use(home) == find_model(home, "First")
    use_model(home, "Second")
    remove_model(home, "First")
    assert [model.name for model in imported_models(home)] == ["Second"]
    assert model_in_use(home).name == "Second"
    remove_model(home, "Second")
    assert model_in_use(home) == read_starter()
    assert leftovers(home) == []


def test_the_starter_is_described_by_its_own_files_and_the_manifest() -> None:
    starter = read_starter()
    assert (starter.name, starter.family, starter.architecture) == (STARTER_NAME, "reverie-starter", "llama")
    assert starter.is_starter
    assert starter.imported_at == ""
    assert starter.size_bytes == starter.model.stat().st_size + starter.mmproj.stat().st_size
    assert starter.parameters > 1_000_000
    assert starter.context_tokens >= 256
    verify_model(starter)


@pytest.mark.parametrize("name", ["reverie-starter", "Reverie starter"])
def test_the_starter_can_be_gone_back_to_but_neither_removed_nor_replaced(
    name: str, home: Home, tiny_pair: Pair
) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert not imported.is_starter
    use_model(home, "tiny")
    assert use_model(home, name) == model_in_use(home) == find_model(home, name) == read_starter()
    with pytest.raises(ModelUnavailable, match="comes with Reverie, so it stays"):
        remove_model(home, name)
    with pytest.raises(ModelUnavailable, match="already there"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept, name=name)
    assert model_in_use(home).model.is_file()
    assert imported_models(home) == [imported]


def test_a_damaged_starter_is_named_where_it_is_needed_and_no_hindrance_where_it_is_not(
    damaged_starter: Path, home: Home, tiny_pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ModelUnavailable, match="incomplete or changed") as caught:
        model_in_use(home)
    assert caught.value.path == damaged_starter
    with pytest.raises(ModelUnavailable, match="have changed") as caught:
        verify_model(replace(read_starter(), folder=damaged_starter.parent))
    assert caught.value.detail.startswith("Reinstall Reverie")
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert use_model(home, "tiny") == model_in_use(home) == imported
    assert list_models(home) == [imported]
    assert "incomplete or changed" in caplog.text
    remove_model(home, "tiny")
    assert list_models(home) == []


def test_a_chosen_model_whose_folder_is_gone_leaves_the_starter_in_use(home: Home, tiny_pair: Pair) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    use_model(home, "tiny")
    shutil.rmtree(imported.folder)
    assert model_in_use(home) == read_starter()


@pytest.mark.parametrize("act", [use_model, remove_model, find_model])
def test_an_unknown_name_is_answered_with_the_known_ones(act: object, home: Home, tiny_pair: Pair) -> None:
    import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    with pytest.raises(ModelUnavailable, match=r"no model called “other”. Installed: reverie-starter, tiny\."):
        act(home, "other")  # type: ignore[operator]


@pytest.mark.parametrize("damage", ["model.gguf", "mmproj.gguf"])
def test_a_changed_or_missing_file_fails_verification(damage: str, home: Home, tiny_pair: Pair) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    path = imported.folder / damage
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match="missing or have changed") as caught:
        verify_model(imported)
    assert caught.value.path == path
    path.unlink()
    with pytest.raises(ModelUnavailable, match="missing or have changed"):
        verify_model(imported)


@pytest.mark.parametrize("record", ["", "{", "[]", '{"name": "half"}'])
def test_a_damaged_record_is_left_out_and_can_be_removed(
    record: str, home: Home, tiny_pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    use_model(home, "tiny")
    (imported.folder / "model.json").write_text(record)
    assert imported_models(home) == []
    assert "damaged" in caplog.text
    assert model_in_use(home) == read_starter()
    with pytest.raises(ModelUnavailable, match="damaged"):
        use_model(home, "tiny")
    remove_model(home, "tiny")
    assert not imported.folder.exists()


def test_the_record_says_nothing_of_where_it_lies(home: Home, tiny_pair: Pair) -> None:
    imported = import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    record = json.loads((imported.folder / "model.json").read_text())
    assert str(home.root) not in json.dumps(record)
    assert record["model_sha256"] == imported.model_sha256
    moved = home.root.rename(home.root.with_name("moved"))
    assert imported_models(Home(moved))[0].model.is_file()


def test_a_file_that_cannot_be_read_is_named(home: Home, tiny_pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_source: Path, _target: Path) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(store, "_copy", fail)
    with pytest.raises(ModelUnavailable, match=r"can't be copied\. Permission denied"):
        import_pair(home, tiny_pair.model, tiny_pair.mmproj, accept)
    assert leftovers(home) == []

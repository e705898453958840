"""What tests of several packages share. Being here, it also lets them say `from tiny_gguf import build_pair`."""

import faulthandler
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_gguf import Pair, build_pair

from engine.models import store
from engine.models.starter import read_starter
from engine.paths import SHIPPED_MODELS

_SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session", autouse=True)
def no_library_is_left_open() -> Iterator[None]:
    """Whoever forgets to close a library would keep the process from ending."""
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name in ("indexer", "upkeep")]
    assert not left, f"still running: {left}"


def pytest_unconfigure() -> None:
    """Say what keeps the process from ending, and end it: a test run that hangs tells nobody anything."""
    faulthandler.dump_traceback_later(60, exit=True, file=sys.__stderr__)


@pytest.fixture(scope="session")
def tiny_pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A pair that llama.cpp really runs, in milliseconds, and that writes random words."""
    return build_pair(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def starter_pair() -> Pair:
    """The pair that ships with Reverie: small, but it really describes photos."""
    starter = read_starter()
    return Pair(starter.model, starter.mmproj)


@pytest.fixture
def damaged_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped models, used in their place, whose starter is cut off; return the cut file."""
    models = Path(shutil.copytree(SHIPPED_MODELS, tmp_path / "models"))
    cut = models / "starter" / "model.gguf"
    cut.write_bytes(cut.read_bytes()[:1000])
    monkeypatch.setattr(store, "read_starter", lambda: read_starter(models))
    return cut


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos with human captions."""
    if not _SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here")
    return _SHARED_DATA

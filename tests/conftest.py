"""What tests of several packages share. Being here, it also lets them say `from tiny_gguf import build_pair`."""

from pathlib import Path

import pytest
from tiny_gguf import Pair, build_pair

_SHARED_MODELS = Path(__file__).resolve().parents[2] / "shared" / "models"
_SHARED_DATA = _SHARED_MODELS.parent / "data"


@pytest.fixture(scope="session")
def tiny_pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A pair that llama.cpp really runs, in milliseconds, and that writes random words."""
    return build_pair(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def reference_pair() -> Pair:
    """A small pair that really describes photos."""
    if not _SHARED_MODELS.is_dir():
        pytest.skip("../shared/models is not here")
    return Pair(_SHARED_MODELS / "starter-lm.gguf", _SHARED_MODELS / "starter-mmproj.gguf")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos with human captions."""
    if not _SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here")
    return _SHARED_DATA

"""Libraries to search."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_library import Library

from engine.embedding.text_encoder import TextEncoder
from engine.paths import Home


@pytest.fixture(scope="session")
def encoder() -> TextEncoder:
    return TextEncoder.open()


@pytest.fixture
def library(tmp_path: Path, encoder: TextEncoder) -> Iterator[Library]:
    library = Library(Home(tmp_path), encoder)
    yield library
    library.close()

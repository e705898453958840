"""A real catalog with made-up vectors."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_up_vectors import Vectors
from sqlite_utils import Database

from engine.catalog.connection import open_writer


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    catalog = open_writer(tmp_path / "catalog.db")
    yield catalog
    catalog.close()


@pytest.fixture
def vectors(db: Database) -> Vectors:
    return Vectors(db, np.random.default_rng(0))

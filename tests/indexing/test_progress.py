"""Progress in numbers that a person can be told."""

import pytest

from engine.indexing.progress import Pace


def test_a_pace_counts_photos_and_the_seconds_they_took() -> None:
    pace = Pace()
    assert pace.photos_a_second == 0
    for seconds in (0.1, 0.3):
        pace = pace.after(seconds)
    assert pace.photos == 2
    assert pace.photos_a_second == pytest.approx(5)

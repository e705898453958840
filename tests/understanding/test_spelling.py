"""Slips are forgiven where one word was clearly meant, and only there."""

import pytest

from engine.understanding.spelling import Lexicon, edit_distance

LEXICON = Lexicon.build(
    {"beach": 40, "mountain": 9, "grandmother": 5, "water": 30, "later": 30, "snow": 9, "once": 1, "bicycle": 4},
    names=frozenset({"paris", "barcelona"}),
    english=frozenset({"beech", "xenon"}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("beahc", "beach"),
        ("Beahc", "beach"),
        ("moutain", "mountain"),
        ("mountainn", "mountain"),
        ("grandmthor", "grandmother"),
        ("snwo", "snow"),
        ("barcelna", "barcelona"),
        ("pariss", "paris"),
        ("tommorow", None),
        ("beech", None),
        ("beaches", None),
        ("snowy", None),
        ("cater", None),
        ("slow", None),
        ("xyz", None),
        ("bea2ch", None),
        ("oncee", None),
    ],
)
def test_a_slip_is_taken_for_the_one_word_that_is_near(typed: str, meant: str | None) -> None:
    assert LEXICON.correct(typed) == meant


def test_a_word_that_is_not_finished_is_left_alone() -> None:
    assert LEXICON.correct("mount", is_last=True) is None
    assert LEXICON.correct("bicyc", is_last=True) is None
    assert LEXICON.correct("bicycel", is_last=True) == "bicycle"


def test_names_are_only_taken_for_names() -> None:
    assert LEXICON.correct("Beahc", is_name=True) is None
    assert LEXICON.correct("Barcelna", is_name=True) == "barcelona"


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [("dog", "dog", 0), ("dgo", "dog", 1), ("dig", "dog", 1), ("do", "dog", 1), ("dogs", "dog", 1), ("cat", "dog", 3)],
)
def test_letters_are_counted_that_differ(word: str, other: str, distance: int) -> None:
    assert edit_distance(word, other, 5) == distance
    assert edit_distance(word, other, 1) == min(distance, 2)

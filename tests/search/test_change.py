"""What a change contradicts goes from a caption; what it leaves alone stays."""

import pytest

from engine.search.change import change_caption


@pytest.mark.parametrize(
    ("caption", "change", "changed"),
    [
        ("A dog runs on the grass.", "snow", "A dog runs on the snow."),
        (
            "Two dogs sleep. A red ball lies by day.",
            "at night, three dogs",
            "three dogs sleep. A red ball lies by night.",
        ),
        ("A man in a red hat.", "a blue coat", "A man in a red hat."),
        ("A man in a red hat and a white coat.", "a blue coat", "A man in a red hat and a blue coat."),
        ("A man and a woman.", "with a child", "A man and a woman."),
        ("A brown horse.", "black", "A black horse."),
        ("", "a horse", ""),
    ],
)
def test_a_word_takes_the_place_of_the_one_that_excludes_it(caption: str, change: str, changed: str) -> None:
    assert change_caption(caption, change) == changed


def test_what_must_not_be_there_goes() -> None:
    assert change_caption("Two dogs and a man.", "", ["dog"]) == "Two and a man."
    assert change_caption("A car on a street.", "", ["cars"]) == "A on a street."

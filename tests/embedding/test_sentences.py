"""Captions fall into sentences the way a reader would cut them."""

import numpy as np
import pytest

from engine.embedding.sentences import encode_caption, split_sentences
from engine.embedding.text_encoder import TextEncoder


@pytest.mark.parametrize(
    ("caption", "sentences"),
    [
        ("", []),
        (" ... \n ", []),
        ("A dog", ["A dog"]),
        ("A girl going into a wooden building .", ["A girl going into a wooden building ."]),
        ("A dog runs. It is brown!  What a day?", ["A dog runs.", "It is brown!", "What a day?"]),
        ("a dog sleeps. the cat does not.", ["a dog sleeps.", "the cat does not."]),
        ("A bridge… Behind it, a church.", ["A bridge…", "Behind it, a church."]),
        ('The sign says "Stop." A car waits.', ['The sign says "Stop."', "A car waits."]),
        ("Two boats (one is red.) They are moored.", ["Two boats (one is red.)", "They are moored."]),
        ("One\nTwo\n\nThree", ["One", "Two", "Three"]),
    ],
)
def test_sentences_end_at_full_stops_and_line_breaks(caption: str, sentences: list[str]) -> None:
    assert split_sentences(caption) == sentences


@pytest.mark.parametrize(
    "caption",
    [
        "Mr. Brown and Dr. Green stand in front of St. Mark's.",
        "A painting by J. M. W. Turner hangs on the wall.",
        "The bottle holds 3.5 l and costs 12.99 today.",
        "Bus No. 42 passes a flag of the U.S. Navy.",
        "Fruit, e.g. apples, at 6 a.m. in the market.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(caption: str) -> None:
    assert split_sentences(caption) == [caption]


def test_a_time_of_day_can_end_a_sentence() -> None:
    assert split_sentences("The clock shows 5 p.m. The sun sets.") == ["The clock shows 5 p.m.", "The sun sets."]


def test_no_can_be_an_answer_or_a_number() -> None:
    assert split_sentences("He says no. She leaves. Room No. 7") == ["He says no.", "She leaves.", "Room No. 7"]


def test_a_long_sentence_full_of_commas_stays_whole() -> None:
    caption = "A table with " + ", ".join(["a cup", "a plate", "a lamp", "an apple"] * 6) + "; behind it a window."
    assert split_sentences(caption) == [caption]


def test_a_sentence_is_turned_towards_its_caption() -> None:
    encoder = TextEncoder.open()
    first, second = "A brown dog runs along the beach.", "It has a red ball in its mouth."
    vectors = encode_caption(encoder, f"{first} {second}")
    alone = encoder.encode([first, second])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    query = encoder.encode(["a dog that carries a ball at the sea"])[0]
    assert (vectors @ query).max() > (alone @ query).max()


def test_a_caption_of_one_sentence_is_that_sentence() -> None:
    encoder, caption = TextEncoder.open(), "A brown dog runs along the beach."
    assert np.array_equal(encode_caption(encoder, caption), encoder.encode([caption]))
    assert encode_caption(encoder, "…").shape == (0, encoder.dimensions)

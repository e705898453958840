"""What becomes of the things that vision models write."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.captioning.caption import WORD_BUDGET, Caption, clean_caption, describe_with_retry
from engine.captioning.chat import Reply
from engine.captioning.profile import ModelProfile, Sampling
from engine.captioning.prompt import CAPTION_PROMPT
from engine.errors import CaptionRejected


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a man in a red shirt is climbing a wall.", "A man in a red shirt is climbing a wall."),
        (" A dog runs.<|im_end|>\n", "A dog runs."),
        ("A dog runs.</s>", "A dog runs."),
        ("A dog runs.<end_of_utterance>", "A dog runs."),
        ("<think>It is a dog, I think.</think>\n\nA brown dog runs.", "A brown dog runs."),
        ("**A cat** sits on a `sofa`.", "A cat sits on a sofa."),
        ("# Caption\n", None),
        ("- A red car.\n- A blue house.", "A red car. A blue house."),
        ("1. A red car is parked.\n2. A man waits.", "A red car is parked. A man waits."),
        ("Caption: A red car is parked.", "A red car is parked."),
        ("Assistant: A red car is parked.", "A red car is parked."),
        ("Sure, here is a caption: A red car is parked.", "A red car is parked."),
        ("Sure! Here's a description of the photo:\n\nA red car is parked.", "A red car is parked."),
        ("Certainly. A red car is parked.", "A red car is parked."),
        ("Here are the details: two dogs play.", "Two dogs play."),
        ("The image shows a red bus on a wet street.", "A red bus on a wet street."),
        ("The photo depicts two dogs. The image also shows a lake.", "Two dogs. A lake."),
        ("In this image, we can see two dogs playing.", "Two dogs playing."),
        ("In the picture there is a castle.", "A castle."),
        ("This is a close-up photo of a bee on a flower.", "A bee on a flower."),
        ("A photo of a cat under a table.", "A cat under a table."),
        ("The image shows that it rained.", "The image shows that it rained."),
        ("The picture shows how bread is made.", "The picture shows how bread is made."),
        ("Two boats on a lake. There is no visible text.", "Two boats on a lake."),
        ("Two boats on a lake. No people are visible. The sky is grey.", "Two boats on a lake. The sky is grey."),
        ("Two boats on a lake. The image does not contain any text.", "Two boats on a lake."),
        ("A man with no shoes stands on grass.", "A man with no shoes stands on grass."),
        ('A sign reads "OPEN". Two men wait.', 'A sign reads "OPEN". Two men wait.'),
        ('A shop sign reads "I\'m sorry, we are closed".', 'A shop sign reads "I\'m sorry, we are closed".'),
        ('"A dog runs on a beach."', "A dog runs on a beach."),
        ("A bus numbered 3.14 leaves.", "A bus numbered 3.14 leaves."),
        ("Two men wait. A third one is", "Two men wait."),
        ("A man with a hat and", "A man with a hat."),
        ("A man in a suit and a hat is wearing a hat", "A man in a suit and a hat is wearing a hat."),
        ("A dog. A cat. A dog. A bird.", "A dog. A cat. A bird."),
        ("A   café\nin  Zürich.", "A café in Zürich."),
        ("A dog runs on the b\ufffd", "A dog runs on the b."),
    ],
)
def test_a_caption_becomes_plain_sentences(raw: str, clean: str | None) -> None:
    if clean is None:
        with pytest.raises(CaptionRejected):
            clean_caption(raw)
    else:
        assert clean_caption(raw) == clean


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "wrote nothing"),
        ("  \n<|im_end|>", "wrote nothing"),
        ("...", "wrote nothing"),
        ("<think>What could this be", "wrote nothing"),
        ("dog", "no sentence"),
        ("12 3456 78 90", "no sentence"),
        ("A d\ufffdg r\ufffdns on grass.", "no sentence"),
        ("I'm sorry, I can't help with that.", "would not describe"),
        ("I’m sorry, but I can’t describe people.", "would not describe"),
        ("I am unable to view images.", "would not describe"),
        ("I cannot see the image.", "would not describe"),
        ("As an AI, I do not have eyes.", "would not describe"),
        ("Unfortunately, I don't see a photo.", "would not describe"),
        ("No image was provided.", "would not describe"),
        ("a dog a dog a dog a dog", "repeated itself"),
        ("red red red red red", "repeated itself"),
        ("A man stands. " * 6, "repeated itself"),
        ("A red car, a blue car and a green car, " * 4, "repeated itself"),
        ("the cat sat here and " + "on the mat by the door it saw a bird fly past now " * 2 * 2, "repeated itself"),
        ("Describe what is shown.", "repeated its instructions"),
        ("Begin with the main subject and what it is doing.", "repeated its instructions"),
        (CAPTION_PROMPT.instruction, "repeated its instructions"),
        ("There is no visible text.", "no sentence"),
    ],
)
def test_what_is_no_caption_is_refused_with_its_reason(raw: str, reason: str) -> None:
    with pytest.raises(CaptionRejected, match=reason):
        clean_caption(raw)


def test_whole_sentences_are_kept_within_the_budget() -> None:
    sentences = [f"Person number {n} wears a coat of colour {n} and carries bag {n}." for n in range(12)]
    clean = clean_caption(" ".join(sentences))
    assert clean == " ".join(sentences[:7])
    assert len(clean.split()) <= WORD_BUDGET


def test_one_endless_sentence_is_cut_at_the_budget() -> None:
    clean = clean_caption("A table with " + ", ".join(f"object{n} of size{n}" for n in range(60)))
    assert len(clean.split()) == WORD_BUDGET
    assert clean.endswith(".")
    assert not clean.endswith("of.")


def test_cleaning_a_clean_caption_changes_nothing() -> None:
    once = clean_caption("Sure! The image shows a red bus. There is no text. A man waits with a")
    assert clean_caption(once) == once


class Scripted:
    """Answer with prepared words and remember how it was asked."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)
        self.samplings: list[Sampling] = []

    def describe(self, picture: NDArray[np.uint8], sampling: Sampling) -> Reply:
        assert picture is PICTURE
        self.samplings.append(sampling)
        return Reply(self._texts.pop(0), 10)


PROFILE = ModelProfile("any")
PICTURE = np.zeros((8, 8, 3), np.uint8)


def test_a_good_first_answer_is_not_asked_twice() -> None:
    model = Scripted("A dog runs.")
    assert describe_with_retry(model.describe, PICTURE, PROFILE) == Caption("A dog runs.", 10, retried=False)
    assert model.samplings == [PROFILE.sampling]


def test_a_bad_answer_is_asked_for_once_more_with_a_little_chance() -> None:
    model = Scripted("a dog a dog a dog a dog", "A dog runs.")
    assert describe_with_retry(model.describe, PICTURE, PROFILE) == Caption("A dog runs.", 20, retried=True)
    assert model.samplings == [PROFILE.sampling, PROFILE.retry]
    assert PROFILE.retry.temperature > 0
    assert PROFILE.retry.repeat_penalty > PROFILE.sampling.repeat_penalty


def test_two_bad_answers_are_a_failure() -> None:
    with pytest.raises(CaptionRejected, match="would not describe"):
        describe_with_retry(Scripted("", "I'm sorry, no.").describe, PICTURE, PROFILE)

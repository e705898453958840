"""Evidence adds up, and adding a source never makes the results worse than the visual head alone."""

import itertools

import numpy as np
import pytest
from made_up_library import Library
from numpy.typing import NDArray

from engine.catalog.captions import Standing
from engine.catalog.connection import transaction
from engine.catalog.embeddings import Kind, replace_embeddings
from engine.search.candidates import Evidence
from engine.search.fusion import fuse, is_match, weigh
from engine.search.query import Source
from engine.search.trust import MOST_TRUST, read_trust


def evidence(trust: float = MOST_TRUST, **scores: list[float]) -> Evidence:
    arrays = {Source(source): np.array(own, dtype=np.float32) for source, own in scores.items()}
    count = len(next(iter(arrays.values())))
    return Evidence(np.arange(count), arrays, np.full(count, -1), np.full(count, trust, np.float32), ())


def test_a_source_that_knows_nothing_says_nothing() -> None:
    said = weigh(evidence(sentence=[np.nan, 0.9], photo=[0.5, np.nan]))
    assert said[Source.SENTENCE][0] == said[Source.PHOTO][1] == 0
    assert said[Source.SENTENCE][1] == pytest.approx(6.4, abs=0.01)
    assert said[Source.PHOTO][0] == pytest.approx(1.8)


def test_a_caption_that_does_not_match_takes_away_two_nats_at_most() -> None:
    said = weigh(evidence(sentence=[-1.0, 0.0, 0.2, 0.35, 0.5, 0.7]))[Source.SENTENCE]
    assert (np.diff(said) >= 0).all()
    assert said[0] == pytest.approx(-2, abs=0.01)
    assert said[4] > 0


def test_a_caption_says_less_the_less_it_is_to_be_trusted() -> None:
    cosines = [0.0, 0.3, 0.8]
    said = {trust: weigh(evidence(trust, sentence=cosines))[Source.SENTENCE] for trust in (0, 0.2, 0.5, MOST_TRUST)}
    assert said[0].tolist() == [0, 0, 0]
    for less, more in itertools.pairwise(said.values()):
        assert (np.abs(less) < np.abs(more)).all()
    assert said[0.5][0] == pytest.approx(np.log(0.5), abs=1e-2)
    assert said[0.5][2] == pytest.approx(np.log(0.5 + 0.5 * np.exp(16 * (0.8 - 0.491))), abs=1e-4)


def test_a_sentence_matches_from_a_cosine_that_is_higher_the_less_the_caption_is_to_be_trusted() -> None:
    edges = [(MOST_TRUST, 0.375), (0.5, 0.491), (0.2, 0.578)]
    for trust, edge in edges:
        assert not is_match(edge - 0.005, trust)
        assert is_match(edge + 0.005, trust)
    assert not is_match(1.0, 0.0)


def test_what_the_sources_say_adds_up() -> None:
    both = evidence(photo=[0.4, 0.1], words=[0.5, 1.0])
    np.testing.assert_allclose(fuse(both), [4 * 0.35 + 2, 4 * 0.05 + 4], rtol=1e-5)


def test_without_any_source_nothing_is_said() -> None:
    assert fuse(Evidence.listing(np.array([5, 3]))).tolist() == [0, 0]


def test_captions_are_trusted_as_far_as_they_fit_their_photos(library: Library) -> None:
    none, yours, *judged = (library.add(f"{place}.jpg") for place in range(6))
    library.caption(yours, "A dog.")
    for photo_id, grounding in zip(judged, (0.99, 0.3, None, 0.1), strict=True):
        standing = Standing.WITHHELD if grounding == 0.1 else Standing.CONFIDENT
        library.write(photo_id, "A cat.", standing, grounding)
    trust = read_trust(library.db, np.array([none, yours, *judged]))
    np.testing.assert_allclose(trust, [0, MOST_TRUST, MOST_TRUST, 0.3, 0.5, 0.1], rtol=1e-6)
    assert read_trust(library.db, np.array([none])).tolist() == [0]


SCENES = [
    f"{who} {doing} {where}"
    for who in ("a dog", "two children", "an old man", "a woman in red", "a black cat")
    for doing in ("sleeping", "running", "eating", "waiting")
    for where in ("on a beach", "in the snow", "in a kitchen", "at a station")
]
SYNONYMS = {
    "a dog": "puppy", "two children": "kids", "an old man": "grandfather", "a woman in red": "lady with a red dress",
    "a black cat": "dark kitten", "sleeping": "taking a nap", "running": "racing", "eating": "having a meal",
    "waiting": "standing around", "on a beach": "by the sea", "in the snow": "in winter", "in a kitchen": "by a stove",
    "at a station": "next to a train",
}  # fmt: skip


def queries() -> list[str]:
    texts = []
    for scene in SCENES:
        text = scene
        for word, synonym in SYNONYMS.items():
            text = text.replace(word, synonym)
        texts.append(text)
    return texts


def blurred(rows: NDArray[np.float32], noise: float, seed: int) -> NDArray[np.float32]:
    noisy = rows + noise * np.random.default_rng(seed).standard_normal(rows.shape) / np.sqrt(rows.shape[1])
    return (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)


def recall(library: Library, ids: list[int], k: int, sources: frozenset[Source]) -> float:
    found = [library.find(text, limit=k, sources=sources) for text in queries()]
    return float(np.mean([photo_id in near for photo_id, near in zip(ids, found, strict=True)]))


@pytest.mark.parametrize("captioned", ["none", "half", "all"])
def test_all_sources_together_find_at_least_what_the_visual_head_finds(library: Library, captioned: str) -> None:
    """Names are noise here, as they are on a camera's card."""
    ids = [library.add(f"Racing by the sea/IMG_{place:04}.jpg") for place in range(len(SCENES))]
    shown = blurred(library.encoder.encode(SCENES), 4.0, 0)
    with transaction(library.db):
        for photo_id, vector in zip(ids, shown, strict=True):
            replace_embeddings(library.db, photo_id, Kind.PHOTO, "r", vector[None], [0.3])
    for place, photo_id in enumerate(ids):
        if captioned == "all" or (captioned == "half" and place % 2):
            library.caption(photo_id, f"{SCENES[place].capitalize()}. It is a bright day.")
    for k in (1, 5, 10):
        fused = recall(library, ids, k, frozenset(Source))
        alone = recall(library, ids, k, frozenset({Source.PHOTO}))
        assert fused >= alone, (k, fused, alone)
        assert 0.95 > alone > 2 * k / len(ids)

"""Build `tags.npz`: for each of some hundred words, when the image encoder's output is sure of it. Takes a minute.

A word is true of a photo if one of its captions holds it, by stem. One ridge regression in closed form maps features
to all words at once; what it says of photos it was not fitted on is turned into probabilities (Platt 1999), and a word
becomes a tag from the probability on from which, over all words, five in six tags are true. Captioned photos show
hardly an animal but dogs, so what has four legs would be one, and hardly a photo without people, so what is near would
be one too: for a few words the photos of ImageNet, of which it is known whether they are true, are learned from too.
`imagenet_people.txt` was written by looking at each of these photos.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from build_visual_head import TRAINING_DATA
from manifest import Entry, record
from numpy.typing import NDArray
from photo_sets import PhotoSet, read_photo_sets
from sources import SHIPPED
from view_features import view_features

from engine.embedding.image_encoder import ImageEncoder
from engine.learning.ridge import AffineMap, fit_ridge
from engine.learning.tagger import TAGS, Tagger
from engine.search.stemmer import Stemmer

SEED, FOLDS, PENALTY = 5, 6, 1500
HELD = 0.5  # how strongly a word is held near all others when it is calibrated
LEAST_PHOTOS = 8
PRECISION = 0.83  # wanted on photos that were left out; .8 is promised
# Ranges of WordNet ids that hold all classes of a word and no others.
CLASSES = {
    "dog": ((2085620, 2113978),),
}
SOMEBODY = ("people", "person")  # are true of photos that show people; what else these may be called is not known
ANYBODY = (*SOMEBODY, "man", "woman", "boy", "girl", "child", "baby", "crowd")
PEOPLE_IN_PHOTOS = Path(__file__).with_name("imagenet_people.txt")
WORDS = Path(__file__).with_name("tag_words.txt").read_text("utf-8").split()

Marks = NDArray[np.bool_]


def marks_of(photo_set: PhotoSet, words: Sequence[str], stemmer: Stemmer) -> Marks:
    """Return which word is in the captions of which photo, (photos, words)."""
    stems = [stemmer.split(word)[0][1] for word in words]
    spoken = [{stem for _, stem in stemmer.split(" ".join(captions))} for captions in photo_set.texts]
    return np.array([[stem in own for stem in stems] for own in spoken])


def marks_by_class(synsets: Sequence[int], word: str) -> Marks:
    """Return of which photos of ImageNet a word is true by their class, (photos, 1)."""
    return np.array([[any(first <= synset <= last for first, last in CLASSES[word])] for synset in synsets])


def people_by_class() -> tuple[frozenset[int], frozenset[int]]:
    """Return the classes of the photos of ImageNet that show people, and of those that may."""
    _, *parts = PEOPLE_IN_PHOTOS.read_text("utf-8").split("# ")
    shown, unsure = (re.findall(r"\bn(\d{8})\b", part) for part in parts)
    return frozenset(map(int, shown)), frozenset(map(int, unsure))


def known_by_class(synsets: NDArray[np.int64], word: str) -> tuple[Marks, Marks]:
    """Return of which photos of ImageNet, (photos,), it is known whether a word is true, and of which of these it is,
    (known, 1)."""
    if word in CLASSES:
        return np.ones(len(synsets), bool), marks_by_class(synsets.tolist(), word)
    shown, unsure = (np.isin(synsets, list(classes)) for classes in people_by_class())
    known = ~unsure if word in SOMEBODY else ~unsure & ~shown
    return known, shown[known, None]


def fit(features: NDArray[np.float32], marks: Marks) -> AffineMap:
    """Fit all words at once on the six views of each photo."""
    photos, views, _ = features.shape
    importance = np.full(photos * views, 1 / views)
    return fit_ridge(features.reshape(photos * views, -1), np.repeat(marks, views, axis=0), importance, PENALTY)


def left_out_scores(features: NDArray[np.float32], marks: Marks) -> NDArray[np.float32]:
    """Return what maps that have not seen a photo say of it, (photos, words)."""
    fold = np.random.default_rng(SEED).permutation(len(features)) % FOLDS
    scores = np.empty(marks.shape, np.float32)
    for held in range(FOLDS):
        scores[fold == held] = fit(features[fold != held], marks[fold != held]).apply(
            features[fold == held].mean(axis=1)
        )
    return scores


def logistic(
    inputs: NDArray[np.floating], truth: Marks, prior: NDArray[np.floating], strength: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return the weights (k,) of a logistic regression on inputs (n, k), held near a prior, by Newton's method."""
    weights = prior.astype(np.float64)
    for _ in range(30):
        probability = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs.T * (probability * (1 - probability))) @ inputs + np.diag(strength)
        weights = weights + np.linalg.solve(curvature, inputs.T @ (truth - probability) - strength * (weights - prior))
    return weights


def calibrate(scores: NDArray[np.float32], truth: Marks) -> NDArray[np.float64]:
    """Return for each word the slope and shift (words, 2) that turn its scores into log odds.

    All words together give a slope, and a shift that follows how frequent a word is; each word moves away from them as
    far as its own photos warrant.
    """
    base = np.log(truth.mean(axis=0) / (1 - truth.mean(axis=0)))
    everything = np.column_stack([scores.ravel(), np.tile(base, len(scores)), np.ones(scores.size)])
    slope, by_base, constant = logistic(everything, truth.ravel(), np.zeros(3), np.full(3, 1e-6))
    strength = HELD * np.array([4 / slope**2, 1])
    return np.array(
        [
            logistic(
                np.column_stack([own, np.ones(len(own))]), true, np.array([slope, by_base * odds + constant]), strength
            )
            for own, true, odds in zip(scores.T, truth.T, base, strict=True)
        ]
    )


def sure_from(probability: NDArray[np.floating], marks: Marks) -> float:
    """Return the probability from which tags are true as often as wanted."""
    order = np.argsort(-probability, axis=None)
    true = np.cumsum(marks.ravel()[order]) / np.arange(1, marks.size + 1)
    return float(probability.ravel()[order][np.flatnonzero(true >= PRECISION)[-1]])


def judge(tagger: Tagger, features: NDArray[np.float32], marks: Marks) -> dict[str, float]:
    """Return precision by word match and how many tags a photo gets."""
    places = {word: place for place, word in enumerate(tagger.words)}
    tags = [[places[tag.word] for tag in tagger.tag(views.mean(axis=0))] for views in features]
    true = [marks[photo, place] for photo, own in enumerate(tags) for place in own]
    return {"precision": round(float(np.mean(true)), 3), "tags a photo": round(len(true) / len(features), 2)}


def judge_by_class(
    tagger: Tagger, word: str, features: NDArray[np.float32], synsets: Sequence[int]
) -> dict[str, float]:
    """Return precision and recall of a word by the classes of photos."""
    tagged = np.array([word in {tag.word for tag in tagger.tag(views.mean(axis=0))} for views in features])
    true = marks_by_class(synsets, word)[:, 0]
    return {"precision": round(float(true[tagged].mean()), 3), "recall": round(float(tagged[true].mean()), 3)}


def with_classes(
    words: Sequence[str],
    seen: NDArray[np.float32],
    truth: Marks,
    named: NDArray[np.float32],
    synsets: NDArray[np.int64],
) -> tuple[AffineMap, NDArray[np.float64], NDArray[np.float64]]:
    """Return the map to all words, the slope and shift (words, 2) that turn its scores into log odds, and the log odds
    by maps that have not seen a captioned photo.

    Words of which something is known by class learn from the named photos, and those for people are calibrated on them.
    """
    to_words, scores = fit(seen, truth), left_out_scores(seen, truth)
    own_scores: dict[str, tuple[NDArray[np.float32], Marks]] = {}
    for word in (*CLASSES, *(word for word in ANYBODY if word in words)):
        column = [words.index(word)]
        known, own = known_by_class(synsets, word)
        everything, marks = np.concatenate([seen, named[known]]), np.concatenate([truth[:, column], own])
        fitted = fit(everything, marks)
        to_words.weight[:, column], to_words.bias[column] = fitted.weight, fitted.bias
        own_scores[word] = left_out_scores(everything, marks), marks
        scores[:, column] = own_scores[word][0][: len(seen)]
    odds = calibrate(scores, truth)
    for word in ANYBODY:
        if word in own_scores:
            odds[words.index(word)] = calibrate(*own_scores[word])[0]
    return to_words, odds, odds[:, 0] * scores + odds[:, 1]


def main() -> None:
    encoder, stemmer = ImageEncoder.open(), Stemmer()
    *sets, names = read_photo_sets()
    features = [view_features(photo_set, encoder) for photo_set in sets]
    named = view_features(names, encoder)
    marks = [marks_of(photo_set, WORDS, stemmer) for photo_set in sets]
    known = [~photo_set.test_part() for photo_set in sets]
    seen = np.concatenate([own[keep] for own, keep in zip(features, known, strict=True)])
    truth = np.concatenate([own[keep] for own, keep in zip(marks, known, strict=True)])
    often = truth.sum(axis=0) >= LEAST_PHOTOS
    words, truth = np.array(WORDS)[often], truth[:, often]

    learned, synsets = ~names.test_part(), np.array([int(photo.name[1:9]) for photo in names.photos])
    to_words, odds, left_out = with_classes(words.tolist(), seen, truth, named[learned], synsets[learned])
    slope, shift = odds.T
    threshold = sure_from(1 / (1 + np.exp(-left_out)), truth)

    rows = seen.reshape(-1, seen.shape[-1])
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    weight = slope * to_words.weight * deviation[:, None]
    bias = slope * (to_words.bias + mean @ to_words.weight) + shift
    np.savez_compressed(
        SHIPPED / TAGS,
        words=words,
        weight=weight.astype(np.float16),
        bias=bias.astype(np.float32),
        threshold=np.full(len(words), threshold, np.float32),
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
    )
    made = "ridge regression of words in captions on image features, calibrated on photos left out"
    source = f"fitted by packaging/models/build_tags.py on {TRAINING_DATA}"
    record(Entry(TAGS, source=source, upstream="-", licence="Apache-2.0", made=made))
    tagger = Tagger.open()
    figures = {
        f"{photo_set.name} test part": judge(tagger, own[~keep], mark[~keep][:, often])
        for photo_set, own, mark, keep in zip(sets, features, marks, known, strict=True)
    }
    for word in CLASSES:
        figures[f"“{word}” on the {names.name} test part"] = judge_by_class(
            tagger, word, named[~learned], synsets[~learned].tolist()
        )
    record(Entry(TAGS, source=source, upstream="-", licence="Apache-2.0", made=made, measured=figures))
    print(len(words), "words, threshold", round(threshold, 3), figures)


if __name__ == "__main__":
    main()

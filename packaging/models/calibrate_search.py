"""Fit the constants of `sight.py` and `ranking.py` in `engine/search`, and judge those of `denial.py`. 7 minutes.

A captioned photo shows a thing if one of its captions names it; of the photos of ImageNet it is known which show people
and which show dogs. Everything is judged by heads and tags that have not seen the photo. Nothing is written: the
constants are small, and are copied by hand where they are better.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from build_tags import CLASSES, logistic, marks_by_class, people_by_class
from left_out import FOLDS, LeftOut, look_at_left_out
from numpy.typing import NDArray
from strong_matches import report_strong_matches

from engine.embedding.text_encoder import TextEncoder
from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.negations import make_negations
from engine.search.negated import Thing
from engine.search.stemmer import Stemmer

THINGS = (
    "people", "child", "man", "woman", "animal", "dog", "cat", "vehicle", "car", "bike", "boat", "water", "sea",
    "beach", "tree", "mountain", "grass", "snow", "rock", "ball", "flower", "street", "building", "indoors",
    "outdoors", "hat", "glasses", "food", "field", "sky", "horse", "bird", "shirt", "table", "chair", "fence", "path",
    "pool", "umbrella", "skateboard",
)  # fmt: skip
OF_PEOPLE = ("people", "child", "man", "woman")
SUREST = 0.9997
PHOTO_WEIGHT, PHOTO_EVEN = 4.0, 0.05  # of fusion.py
FIRST = 10
LIMITS, WEIGHTS = (0.5, 0.8, 1.0), (0, 2, 4, 5, 6, 8)

Rows = NDArray[np.float64]


class Seen:
    """What is seen of things in photos that were left out, and what is true."""

    def __init__(self, left_out: LeftOut, encoder: TextEncoder) -> None:
        self.left_out = left_out
        self._encoder = encoder
        self._stemmer = Stemmer()
        self._stems = [self._stemmer.split(word)[0][1] for word in left_out.words]
        self._spoken = [{stem for _, stem in self._stemmer.split(" ".join(own))} for own in left_out.captions]

    def inputs(self, name: str) -> tuple[Rows, bool]:
        """Return (n, 3) log odds of tags, cosine, 1, and whether there are tags for it."""
        thing = Thing.of(name)
        cosine = (self.left_out.vectors @ self._encoder.encode(list(thing.prompts)).T).max(axis=1)
        stems = self._stems_of(thing)
        tags = [place for place, stem in enumerate(self._stems) if stem in stems]
        none = np.prod(1 / (1 + np.exp(self.left_out.odds[:, tags])), axis=1).clip(1 - SUREST, SUREST)
        return np.column_stack([np.log((1 - none) / none), cosine, np.ones(len(cosine))]), bool(tags)

    def truth(self, name: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return of which photos it is known whether they show a thing, (n,), and which do, (n,)."""
        stems = self._stems_of(Thing.of(name))
        captioned = np.array([not stems.isdisjoint(own) for own in self._spoken])
        synsets = self.left_out.synsets
        shown, unsure = (np.isin(synsets, list(classes)) for classes in people_by_class())
        by_class = marks_by_class(synsets.tolist(), name)[:, 0] if name in CLASSES else shown
        known = np.zeros(len(synsets), bool)
        if name in OF_PEOPLE:
            known = ~unsure & (~shown | (name == "people"))
        elif name in CLASSES:
            known = np.ones(len(synsets), bool)
        return np.append(np.ones(len(captioned), bool), known), np.append(captioned, by_class)

    def _stems_of(self, thing: Thing) -> set[str]:
        return {stem for word in thing.words for _, stem in self._stemmer.split(word)}


def collect(seen: Seen, with_tags: bool, names: Sequence[str]) -> tuple[Rows, NDArray[np.bool_]]:
    inputs, truth = [], []
    for name in names:
        own, has_tags = seen.inputs(name)
        known, shown = seen.truth(name)
        if has_tags or not with_tags:
            inputs.append(own[known][:, 0 if with_tags else 1 :])
            truth.append(shown[known])
    return np.concatenate(inputs), np.concatenate(truth)


def fit_sight(seen: Seen, with_tags: bool, names: Sequence[str] = THINGS) -> Rows:
    inputs, truth = collect(seen, with_tags, names)
    return logistic(inputs, truth, np.zeros(inputs.shape[1]), np.full(inputs.shape[1], 1e-3))


def report_left_out_things(seen: Seen, with_tags: bool) -> None:
    """Print how well the constants that some things give serve the others."""
    said, true = [], []
    for part in range(FOLDS):
        weights = fit_sight(seen, with_tags, [name for place, name in enumerate(THINGS) if place % FOLDS != part])
        inputs, truth = collect(seen, with_tags, THINGS[part::FOLDS])
        said.append(inputs @ weights >= 0)
        true.append(truth)
    shown, truth = np.concatenate(said), np.concatenate(true)
    print(f"  things left out: {truth[shown].mean():.2f} of those seen are there, {shown[truth].mean():.2f} of those")
    print(f"  there are seen, {(~shown[~truth]).mean():.3f} of those not there are not seen")


@dataclass(frozen=True, slots=True)
class Case:
    """A request in a gallery of n photos: which one answers it, and (n,) evidence for the caption, log odds that a
    photo shows what must not be there, and whether it does."""

    photo: int
    evidence: Rows
    odds: Rows
    unwanted: NDArray[np.bool_]

    def judge(self, limit: float, weight: float) -> tuple[float, bool]:
        """Return how many of the first ten are free of the thing, and whether the right photo is there."""
        likelihood = 1 / (1 + np.exp(-self.odds))
        order = np.argsort(-(self.evidence - weight * np.logaddexp(0, self.odds)))
        first = order[likelihood[order] < limit][:FIRST]
        return float((~self.unwanted[first]).mean()) if len(first) else 1.0, self.photo in first


def cases(seen: Seen, encoder: TextEncoder, weights: Rows, alone: Rows) -> Iterator[Case]:
    """Yield the requests that `reverie evaluate` makes, in galleries of the photos of a fold, without captions."""
    left_out = seen.left_out
    for part in range(FOLDS):
        places = np.flatnonzero(left_out.fold[: len(left_out.captions)] == part)
        photos = [CaptionedPhoto(Path(str(place)), left_out.captions[place]) for place in places]
        for request in make_negations(photos):
            caption, name = photos[request.photo].captions[request.caption], request.text.split()[-1]
            inputs, has_tags = seen.inputs(name)
            odds = inputs[places] @ weights if has_tags else inputs[places][:, 1:] @ alone
            score = 2 * left_out.vectors[places] @ encoder.encode([caption])[0] - left_out.hubness[places]
            unwanted = np.isin(np.arange(len(places)), list(request.without))
            yield Case(request.photo, PHOTO_WEIGHT * (score - PHOTO_EVEN), odds, unwanted)


def report_denial(made: Sequence[Case]) -> None:
    print(f"denial: {len(made)} requests in galleries of 176")
    for limit, weight in itertools.product(LIMITS, WEIGHTS):
        precision, recall = np.mean([case.judge(limit, weight) for case in made], axis=0)
        print(f"  refused from {limit}, weight {weight}: precision@10 {precision:.3f}, R@10 {recall:.3f}")


def main() -> None:
    encoder = TextEncoder.open()
    seen = Seen(look_at_left_out(encoder), encoder)
    weights, alone = fit_sight(seen, with_tags=True), fit_sight(seen, with_tags=False)
    print("sight: log odds of tags, cosine, bias", weights.round(3))
    report_left_out_things(seen, with_tags=True)
    print("sight: cosine alone, bias", alone.round(3))
    report_left_out_things(seen, with_tags=False)
    report_denial(list(cases(seen, encoder, weights, alone)))
    report_strong_matches(seen.left_out, encoder)


if __name__ == "__main__":
    main()

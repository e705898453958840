"""Calibrate `grounding.json`: how likely a caption is right, from how well it fits the visual embedding. 3 minutes.

The starter captions the test photos, which neither it nor the held-out visual head has seen. A caption counts as right
if, to an encoder that had no part in any of this (the plain one), what people say of the photo is nearer to it than
nine tenths of what they say of the others of its set; for ImageNet, people say the name of the class.
"""

import json
from dataclasses import dataclass

import numpy as np
from build_tags import logistic
from manifest import Entry, record
from numpy.typing import NDArray
from photo_sets import PhotoSet, read_photo_sets
from sources import PLAIN, SHIPPED
from starter_captions import starter_captions
from view_features import view_features

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.sentences import encode_caption
from engine.embedding.text_encoder import TextEncoder
from engine.learning.grounding import GROUNDING
from engine.learning.recall import ranks_of
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead

NEAREST = 0.1  # of the photos of a set: a caption among the nearest is right
KEPT = 0.85  # of the right captions of Flickr8k, at the threshold
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Captions of one set: cosine to the photo and the photo's hubness (n, 2), and whether each is right (n,)."""

    name: str
    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]


def judge(photo_set: PhotoSet, encoder: TextEncoder, plain: TextEncoder, head: VisualHead) -> Judged:
    held = np.flatnonzero(photo_set.test_part())
    features = view_features(photo_set, ImageEncoder.open())[held].mean(axis=1)
    captions = starter_captions(photo_set, features, head, encoder)
    written = np.array([place for place, caption in enumerate(captions) if caption])
    places, hubness = head.project(features)
    directions = np.stack([encode_caption(encoder, captions[place]).mean(axis=0) for place in written])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    cosine = (directions * places[written]).sum(axis=1)
    said = np.stack([plain.encode(photo_set.texts[photo]).mean(axis=0) for photo in held])
    said /= np.linalg.norm(said, axis=1, keepdims=True)
    ranks = ranks_of(plain.encode([captions[place] for place in written]) @ said.T, written)
    return Judged(photo_set.name, np.column_stack([cosine, hubness[written]]), ranks <= NEAREST * len(held))


def fit(evidence: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of cosine and hubness, and a constant."""
    return logistic(_with_one(evidence), right, np.zeros(3), np.full(3, 1e-3))


def probability(weights: NDArray[np.float64], evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-_with_one(evidence) @ weights))


def _with_one(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([evidence, np.ones(len(evidence))])


def figures_of(chances: NDArray[np.float64], right: NDArray[np.bool_], threshold: float) -> dict[str, float]:
    kept = chances >= threshold
    return {
        "captions": len(right),
        "right": round(float(right.mean()), 3),
        "right captions kept": round(float(kept[right].mean()), 3),
        "wrong captions withheld": round(float((~kept)[~right].mean()), 3),
        "right among those kept": round(float(right[kept].mean()), 3),
    }


def main() -> None:
    encoder, plain, head = TextEncoder.open(), TextEncoder.open(PLAIN), VisualHead.open(name=HELDOUT_HEAD)
    sets = [judge(photo_set, encoder, plain, head) for photo_set in read_photo_sets()]
    evidence, right = (np.concatenate([getattr(each, part) for each in sets]) for part in ("evidence", "right"))
    weights = fit(evidence, right)
    flickr = sets[0]
    threshold = float(np.quantile(probability(weights, flickr.evidence[flickr.right]), 1 - KEPT))
    content = dict(
        zip(("cosine", "hubness", "bias", "threshold"), (*weights.round(4), round(threshold, 4)), strict=True)
    )
    (SHIPPED / GROUNDING).write_text(json.dumps(content, indent=2) + "\n", "utf-8")

    fold = np.random.default_rng(7).permutation(len(right)) % FOLDS
    crossed = np.empty(len(right))
    for part in range(FOLDS):
        crossed[fold == part] = probability(fit(evidence[fold != part], right[fold != part]), evidence[fold == part])
    ends = np.cumsum([len(each.right) for each in sets])
    figures: dict[str, object] = {
        f"{each.name} test part": figures_of(crossed[end - len(each.right) : end], each.right, threshold)
        for each, end in zip(sets, ends, strict=True)
    }
    source = "calibrated by packaging/models/calibrate_grounding.py on the test parts of Flickr8k, MS COCO and ImageNet"
    made = "logistic regression of right captions on cosine and hubness; figures by five-fold cross-validation"
    record(Entry(GROUNDING, source=source, upstream="-", licence="Apache-2.0", made=made, measured=figures))
    print(content)
    for name, table in figures.items():
        print(name, table)


if __name__ == "__main__":
    main()

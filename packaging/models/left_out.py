"""Look at the photos that are learned from with heads and tags that have not seen them. 4 minutes, once."""

from dataclasses import dataclass

import numpy as np
from build_tags import LEAST_PHOTOS, WORDS, Marks, marks_of, with_classes
from build_visual_head import Encoded, encode, fit
from numpy.typing import NDArray
from photo_sets import read_photo_sets
from sources import SHIPPED

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.learning.visual_head import BANK, VisualHead
from engine.search.stemmer import Stemmer

SEED, FOLDS = 11, 4


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is seen in the captioned photos, Flickr8k's before COCO's, then in those of ImageNet, none of them of a test
    part: where the head places them (n, 384), their hubness (n,), the log odds of tags (n, words), and their fold."""

    captions: tuple[tuple[str, ...], ...]
    synsets: NDArray[np.int64]
    vectors: NDArray[np.float32]
    hubness: NDArray[np.float32]
    odds: NDArray[np.float32]
    words: tuple[str, ...]
    fold: NDArray[np.int64]


def look_at_left_out(text_encoder: TextEncoder) -> LeftOut:
    sets = [encode(photo_set, ImageEncoder.open(), text_encoder) for photo_set in read_photo_sets()]
    known = [~each.photos.test_part() for each in sets]
    fold = [np.random.default_rng(SEED).permutation(int(keep.sum())) % FOLDS for keep in known]
    captions = tuple(
        texts
        for each, keep in zip(sets[:2], known[:2], strict=True)
        for texts, learned in zip(each.photos.texts, keep, strict=True)
        if learned
    )
    truth, words = _truth(sets, known)
    synsets = np.array([int(photo.name[1:9]) for photo in sets[2].photos.photos])[known[2]]
    features = [each.features[keep] for each, keep in zip(sets, known, strict=True)]
    bank = np.load(SHIPPED / BANK).astype(np.float32)
    everything, folds = np.concatenate(features), np.concatenate(fold)
    vectors, hubness = np.empty((len(folds), 384), np.float32), np.empty(len(folds), np.float32)
    odds = np.empty((len(folds), len(words)), np.float32)
    for held in range(FOLDS):
        out, looks = folds == held, everything[folds == held].mean(axis=1)
        kept = [keep.copy() for keep in known]
        for keep, own in zip(kept, fold, strict=True):
            keep[keep] = own != held
        vectors[out], hubness[out] = VisualHead(fit(sets, kept, bank), bank, recipe="").project(looks)
        seen, others = np.concatenate(fold[:2]) != held, fold[2] != held
        captioned = np.concatenate(features[:2])[seen]
        to_words, scale, _ = with_classes(words, captioned, truth[seen], features[2][others], synsets[others])
        odds[out] = scale[:, 0] * to_words.apply(looks) + scale[:, 1]
    return LeftOut(captions, synsets, vectors, hubness, odds, words, folds)


def _truth(sets: list[Encoded], known: list[NDArray[np.bool_]]) -> tuple[Marks, tuple[str, ...]]:
    stemmer = Stemmer()
    marks = [marks_of(each.photos, WORDS, stemmer)[keep] for each, keep in zip(sets[:2], known[:2], strict=True)]
    truth = np.concatenate(marks)
    often = truth.sum(axis=0) >= LEAST_PHOTOS
    return truth[:, often], tuple(np.array(WORDS)[often].tolist())

"""Look at the photos that are learned from with heads and tags that have not seen them. Takes 5 minutes."""

from dataclasses import dataclass

import numpy as np
from build_tags import LEAST_PHOTOS, WORDS, Marks, marks_of, with_classes
from build_visual_head import Encoded, encode, fit_and_overlook
from numpy.typing import NDArray
from overlook import Spoken
from photo_sets import read_photo_sets
from sources import SHIPPED

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.learning.visual_head import BANK, VisualHead
from engine.search.stemmer import Stemmer

SEED, FOLDS = 11, 4

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is seen in the captioned photos, Flickr8k's before COCO's, then in those of ImageNet, none of them of a test
    part: where the head places them (n, 384), their hubness (n,), the log odds of tags (n, words), and their fold."""

    captions: tuple[tuple[str, ...], ...]
    synsets: NDArray[np.int64]
    vectors: Rows
    hubness: Rows
    odds: Rows
    words: tuple[str, ...]
    fold: NDArray[np.int64]


class Learners:
    """Fit heads and tags on some of the photos that are learned from: those of three sets, `fold` (n,) of each."""

    def __init__(self, sets: list[Encoded], text_encoder: TextEncoder) -> None:
        self._sets = sets
        self._known = [~each.photos.test_part() for each in sets]
        self._features = [each.features[keep] for each, keep in zip(sets, self._known, strict=True)]
        self._bank = np.load(SHIPPED / BANK).astype(np.float32)
        self._spoken = Spoken.read(text_encoder, self._bank)
        self._truth, self.words = self._marks()
        self.fold = [np.random.default_rng(SEED).permutation(len(own)) % FOLDS for own in self._features]
        names = sets[2].photos.photos
        self.synsets = np.array([int(photo.name[1:9]) for photo in names])[self._known[2]]

    @property
    def captions(self) -> tuple[tuple[str, ...], ...]:
        pairs = zip(self._sets[:2], self._known, strict=False)
        return tuple(each.photos.texts[place] for each, keep in pairs for place in np.flatnonzero(keep))

    def looks(self) -> Rows:
        """Return the mean over the views of each photo, (n, 1536)."""
        return np.concatenate([own.mean(axis=1) for own in self._features])

    def head_without(self, part: int) -> VisualHead:
        kept = [keep.copy() for keep in self._known]
        for keep, own in zip(kept, self.fold, strict=True):
            keep[keep] = own != part
        return VisualHead(fit_and_overlook(self._sets, kept, self._bank, self._spoken), self._bank, recipe="")

    def odds_without(self, part: int, looks: Rows) -> Rows:
        """Return the log odds of tags, (n, words), by classifiers that have not seen one part."""
        seen, others = np.concatenate(self.fold[:2]) != part, self.fold[2] != part
        captioned = np.concatenate(self._features[:2])[seen]
        named, synsets = self._features[2][others], self.synsets[others]
        to_words, scale, _ = with_classes(self.words, captioned, self._truth[seen], named, synsets)
        odds: Rows = (scale[:, 0] * to_words.apply(looks) + scale[:, 1]).astype(np.float32)
        return odds

    def _marks(self) -> tuple[Marks, tuple[str, ...]]:
        stemmer = Stemmer()
        pairs = zip(self._sets[:2], self._known, strict=False)
        truth = np.concatenate([marks_of(each.photos, WORDS, stemmer)[keep] for each, keep in pairs])
        often = truth.sum(axis=0) >= LEAST_PHOTOS
        return truth[:, often], tuple(np.array(WORDS)[often].tolist())


def look_at_left_out(text_encoder: TextEncoder) -> LeftOut:
    """Return what is seen in each photo by a head and tags that were fitted on the other folds."""
    image_encoder = ImageEncoder.open()
    learners = Learners(
        [encode(photo_set, image_encoder, text_encoder) for photo_set in read_photo_sets()], text_encoder
    )
    looks, fold = learners.looks(), np.concatenate(learners.fold)
    vectors, hubness = np.empty((len(fold), 384), np.float32), np.empty(len(fold), np.float32)
    odds = np.empty((len(fold), len(learners.words)), np.float32)
    for part in range(FOLDS):
        out = fold == part
        vectors[out], hubness[out] = learners.head_without(part).project(looks[out])
        odds[out] = learners.odds_without(part, looks[out])
    return LeftOut(learners.captions, learners.synsets, vectors, hubness, odds, learners.words, fold)

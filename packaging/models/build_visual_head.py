"""Build the visual head: fit it without the test photos, measure it on them, then fit it on everything. 5 minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from manifest import Entry, record
from numpy.typing import NDArray
from overlook import Spoken, Texts, unit
from photo_sets import PhotoSet, read_bank_captions, read_photo_sets
from sources import PLAIN, SHIPPED
from view_features import view_features

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.text_encoder import TextEncoder
from engine.imaging.fingerprint import fingerprint_file
from engine.learning.recall import ranks_of, recall_at
from engine.learning.ridge import AffineMap, fit_ridge
from engine.learning.spread import spread_of
from engine.learning.visual_head import BANK, HELDOUT_HEAD, SHIPPED_HEAD, VisualHead

BANK_SIZE = 4096
SEED, FOLDS = 3, 4
PENALTY = 400  # cross-validated on the training parts; 250 to 600 do as well
MADE = (
    "ridge regression in closed form from each of six views' features to the photo's mean caption vector, after the "
    "text space is evened out by the caption bank; ImageNet pairs count .25 and are centred like captions; then a "
    "bilinear map in closed form that overlooks the errors of heads on photos that they have not seen"
)
TRAINING_DATA = "Flickr8k (research use), MS COCO (captions CC BY 4.0), one-per-class ImageNet sample (research use)"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A photo set with its view features (n, 6, 1536), all its text vectors and which photo each text belongs to."""

    photos: PhotoSet
    features: NDArray[np.float32]
    texts: NDArray[np.float32]
    owner: NDArray[np.intp]

    def targets(self) -> NDArray[np.float64]:
        """Return the mean text vector of each photo, (n, 384)."""
        totals = np.zeros((len(self.features), self.texts.shape[1]))
        np.add.at(totals, self.owner, self.texts)
        return totals / np.bincount(self.owner)[:, None]


def encode(photo_set: PhotoSet, image_encoder: ImageEncoder, text_encoder: Texts) -> Encoded:
    owner = np.repeat(np.arange(len(photo_set.texts)), [len(texts) for texts in photo_set.texts])
    texts = text_encoder.encode([text for texts in photo_set.texts for text in texts])
    return Encoded(photo_set, view_features(photo_set, image_encoder), texts, owner)


def fit(sets: Sequence[Encoded], kept: Sequence[NDArray[np.bool_]], bank: NDArray[np.float32]) -> AffineMap:
    """Fit the map on the kept photos of each set; the six views of a photo share its importance."""
    spread = spread_of(bank)
    targets = [spread.apply(each.targets()[keep]) for each, keep in zip(sets, kept, strict=True)]
    centre = np.concatenate([rows for each, rows in zip(sets, targets, strict=True) if each.photos.has_captions]).mean(
        0
    )
    inputs, wanted, importance = [], [], []
    for each, keep, rows in zip(sets, kept, targets, strict=True):
        chosen = each.features[keep]
        photos, views, _ = chosen.shape
        inputs.append(chosen.reshape(photos * views, -1))
        wanted.append(np.repeat(rows if each.photos.has_captions else rows - rows.mean(0) + centre, views, axis=0))
        importance.append(np.full(photos * views, each.photos.importance / views))
    return fit_ridge(np.concatenate(inputs), np.concatenate(wanted), np.concatenate(importance), PENALTY)


def fit_and_overlook(
    sets: Sequence[Encoded], kept: Sequence[NDArray[np.bool_]], bank: NDArray[np.float32], spoken: Spoken
) -> AffineMap:
    """Fit the map on the kept photos, and teach it to overlook what heads without a part of them get wrong there."""
    folds = [np.random.default_rng(SEED).permutation(len(keep)) % FOLDS for keep in kept]
    errors = [_errors(sets, kept, [fold == part for fold in folds], bank) for part in range(FOLDS)]
    return spoken.overlook(fit(sets, kept, bank), np.concatenate(errors))


def _errors(
    sets: Sequence[Encoded],
    kept: Sequence[NDArray[np.bool_]],
    out: Sequence[NDArray[np.bool_]],
    bank: NDArray[np.float32],
) -> NDArray[np.floating]:
    """Return by how far a head misses the captioned photos that are kept and left out of it, (photos, 384)."""
    head = VisualHead(fit(sets, [keep & ~own for keep, own in zip(kept, out, strict=True)], bank), bank, recipe="")
    spread, missed = spread_of(bank), []
    for each, keep, own in zip(sets, kept, out, strict=True):
        if each.photos.has_captions:
            placed, _ = head.project(each.features[keep & own].mean(axis=1))
            missed.append(placed - unit(spread.apply(each.targets()[keep & own])))
    return np.concatenate(missed)


def measure(head: VisualHead, each: Encoded) -> dict[str, list[float]]:
    """Return recall at 1, 5 and 10 among the test photos of one set, every text of them a query."""
    chosen = np.flatnonzero(each.photos.test_part())
    asked = np.isin(each.owner, chosen)
    truth = np.searchsorted(chosen, each.owner[asked])
    table = {}
    for views, corrected in product((1, each.features.shape[1]), (False, True)):
        vectors, hubness = head.project(each.features[chosen, :views].mean(axis=1))
        ranks = ranks_of(2 * each.texts[asked] @ vectors.T - corrected * hubness, truth)
        name = f"{views} view{'s' * (views > 1)}{', hubness corrected' * corrected}"
        table[name] = [round(recall_at(ranks, k), 3) for k in (1, 5, 10)]
    return table | {"photos": len(chosen), "queries": len(truth)}


def write(folder: Path, name: str, to_text: AffineMap, seen: Sequence[str], figures: dict[str, object]) -> None:
    np.savez_compressed(
        folder / name,
        weight=to_text.weight.astype(np.float16),
        bias=to_text.bias,
        trained_on=np.array(sorted(seen), "S16"),
    )
    source = f"fitted by packaging/models/build_visual_head.py on {TRAINING_DATA}"
    record(Entry(name, source=source, upstream="-", licence="Apache-2.0", made=MADE, measured=figures), folder)


def write_bank(folder: Path, text_encoder: TextEncoder) -> NDArray[np.float32]:
    """Store the bank in half precision and return it as it will be read."""
    bank = text_encoder.encode(read_bank_captions(BANK_SIZE)).astype(np.float16)
    np.save(folder / BANK, bank)
    made = f"vectors of {BANK_SIZE} captions of as many photos, computed with text_encoder.onnx"
    upstream = "https://cocodataset.org (captions of train2017)"
    record(Entry(BANK, source="MS COCO captions", upstream=upstream, licence="CC BY 4.0", made=made), folder)
    return bank.astype(np.float32)


def write_heads(folder: Path, names: Sequence[str]) -> None:
    """Fit the heads of these names for the text encoder in the folder, and print what the held-out one finds."""
    image_encoder, text_encoder = ImageEncoder.open(), TextEncoder.open(folder)
    bank = write_bank(folder, text_encoder)
    sets = [encode(photo_set, image_encoder, text_encoder) for photo_set in read_photo_sets()]
    spoken = Spoken.read(text_encoder, bank)
    seen = [[fingerprint_file(photo).hex[:16] for photo in each.photos.photos] for each in sets]
    for name in names:
        kept = [
            ~each.photos.test_part() if name == HELDOUT_HEAD else np.ones(len(each.features), bool) for each in sets
        ]
        to_text = fit_and_overlook(sets, kept, bank, spoken)
        trained_on = [mark for marks, keep in zip(seen, kept, strict=True) for mark in np.array(marks)[keep]]
        head = VisualHead(to_text, bank, recipe="")
        figures = {f"{each.photos.name} test part": measure(head, each) for each in sets if name == HELDOUT_HEAD}
        write(folder, name, to_text, trained_on, figures)
        for each, table in figures.items():
            print(each, table)


def main() -> None:
    write_heads(SHIPPED, (HELDOUT_HEAD, SHIPPED_HEAD))
    write_heads(PLAIN, (HELDOUT_HEAD,))


if __name__ == "__main__":
    main()

"""Measure what the shipped encoders lose and gain against float32, and write it into the manifest."""

import os
import platform
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import onnx
from build_image_encoder import build as build_image_encoder
from build_image_encoder import read_weights
from build_text_encoder import build as build_text_encoder
from build_visual_head import Encoded, encode, fit
from manifest import record_measured
from numpy.typing import NDArray
from photo_sets import read_photo_sets
from safetensors.numpy import load_file
from sources import CACHE, SHIPPED, TRAINED_TEXT_ENCODER, dinov2_graph
from tqdm import tqdm
from transformer import Precision
from view_features import thumbnail

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.onnx_session import OnnxSession
from engine.embedding.text_encoder import TextEncoder, open_tokenizer
from engine.embedding.views import whole_view
from engine.learning.recall import ranks_of, recall_at
from engine.learning.visual_head import BANK, VisualHead

Rows = NDArray[np.float32]
FOLDS, ROUNDS = 5, 60


def float_encoders() -> tuple[TextEncoder, ImageEncoder]:
    """Return the encoders as they are before quantisation, in the same wrappers."""
    onnx.save(build_text_encoder(load_file(TRAINED_TEXT_ENCODER), Precision.FLOAT), CACHE / "text_float.onnx")
    weights = read_weights(onnx.load_from_string(dinov2_graph()))
    onnx.save(build_image_encoder(weights, Precision.FLOAT), CACHE / "image_float.onnx")
    text = TextEncoder(OnnxSession.open(CACHE / "text_float.onnx"), open_tokenizer(SHIPPED / "text_tokenizer.json"), "")
    return text, ImageEncoder(OnnxSession.open(CACHE / "image_float.onnx"), "")


def cosines(a: Rows, b: Rows) -> dict[str, float]:
    cosine = (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    return {"mean": round(float(cosine.mean()), 5), "min": round(float(cosine.min()), 5)}


def recalls(ranks: NDArray[np.int64]) -> list[float]:
    return [round(recall_at(ranks, k), 4) for k in (1, 5, 10)]


def caption_recall(each: Encoded) -> list[float]:
    """Return recall where the first caption of a photo asks and the mean of its others answers."""
    first = np.unique(each.owner, return_index=True)[1]
    others = each.targets() - each.texts[first] / np.bincount(each.owner)[:, None]
    answers = others / np.linalg.norm(others, axis=1, keepdims=True)
    return recalls(ranks_of(each.texts[first] @ answers.T, np.arange(len(first))))


def photo_recall(each: Encoded, bank: Rows) -> list[float]:
    """Return recall of captions over photos, one view each, in five parts by a head fitted on the other parts."""
    part = np.random.default_rng(7).permutation(len(each.features)) % FOLDS
    ranks = []
    for held in range(FOLDS):
        head = VisualHead(fit([each], [part != held], bank), bank, recipe="")
        chosen = np.flatnonzero(part == held)
        asked = np.isin(each.owner, chosen)
        vectors, hubness = head.project(each.features[chosen, 0])
        scores = 2 * each.texts[asked] @ vectors.T - hubness
        ranks.append(ranks_of(scores, np.searchsorted(chosen, each.owner[asked])))
    return recalls(np.concatenate(ranks))


def times_ms(*jobs: Callable[[], object]) -> list[float]:
    """Return the least processor time that each job took in several rounds: what else runs hardly matters."""
    best = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for number, job in enumerate(jobs):
            start = time.process_time()
            job()
            best[number] = min(best[number], (time.process_time() - start) * 1000)
    return best


def speeds(job: Callable[[object], object], shipped: object, plain: object, items: int = 1) -> dict[str, float]:
    ours, before = times_ms(lambda: job(shipped), lambda: job(plain))
    return {"int8": round(ours / items, 2), "float32": round(before / items, 2), "ratio": round(before / ours, 2)}


def measure_text(each: Encoded, shipped: TextEncoder, plain: TextEncoder) -> None:
    captions = [caption for captions in each.photos.texts for caption in captions]
    before = replace(each, texts=plain.encode(captions))
    sample = captions[:64]
    figures = {
        "cosine to float32": cosines(each.texts, before.texts),
        "recall at 1, 5, 10 among 800 photos by their other four captions": {
            "int8": caption_recall(each),
            "float32": caption_recall(before),
        },
        "CPU ms per query": speeds(lambda encoder: encoder.encode(sample[:1]), shipped, plain),
        "CPU ms per caption, 64 at once": speeds(lambda encoder: encoder.encode(sample), shipped, plain, len(sample)),
        "measured on": machine(),
    }
    report("text_encoder.onnx", figures)


def measure_image(each: Encoded, shipped: ImageEncoder, plain: ImageEncoder, bank: Rows) -> None:
    pixels = np.stack([whole_view(thumbnail(photo)) for photo in each.photos.photos])
    one_view = replace(each, features=each.features[:, :1])
    before = replace(each, features=encode_slowly(pixels, plain)[:, None])
    halves = [slice(0, 384), slice(384, 768)]  # of the last layer; the one before is alike
    cosine = [cosines(one_view.features[:, 0, half], before.features[:, 0, half]) for half in halves]
    figures = {
        "cosine to float32": {"CLS": cosine[0], "mean of patches": cosine[1]},
        "recall at 1, 5, 10 among 160 photos by one view": {
            "int8": photo_recall(one_view, bank),
            "float32": photo_recall(before, bank),
        },
        "CPU ms per view": speeds(lambda encoder: encoder.encode(pixels[:1]), shipped, plain),
        "measured on": machine(),
    }
    report("image_encoder.onnx", figures)


def encode_slowly(pixels: NDArray[np.uint8], encoder: ImageEncoder) -> Rows:
    return np.concatenate([encoder.encode(view[None]) for view in tqdm(pixels, "float32")])


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, on 800 Flickr8k photos"


def report(file: str, figures: dict[str, object]) -> None:
    record_measured(file, figures)
    for name, figure in figures.items():
        print(f"{file}: {name}: {figure}")


def main() -> None:
    text, image = TextEncoder.open(), ImageEncoder.open()
    float_text, float_image = float_encoders()
    photo_set = read_photo_sets()[0]
    each = encode(photo_set, image, text)
    measure_text(each, text, float_text)
    measure_image(each, image, float_image, np.load(SHIPPED / BANK).astype(np.float32))


if __name__ == "__main__":
    main()

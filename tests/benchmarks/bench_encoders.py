"""Compare our encoders with bare ONNX Runtime: `python tests/benchmarks/bench_encoders.py [ROUNDS]`.

Bare means: the model file, the same options, inputs that lie ready in memory. Ours means the whole way: from a 512 px
thumbnail on disk to the photo's place in the text space, and from words to vectors. The two take turns, photo by
photo, so that a busy machine is busy for both; medians are compared.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import skimage
from PIL import Image

from engine.embedding.image_encoder import ImageEncoder
from engine.embedding.onnx_session import session_options
from engine.embedding.text_encoder import TextEncoder, open_tokenizer
from engine.embedding.views import whole_view
from engine.imaging.thumbnails import THUMBNAIL_PX, shrunk, write_jpeg
from engine.learning.visual_head import VisualHead
from engine.paths import SHIPPED_MODELS

SAMPLES = Path(skimage.__file__).parent / "data"
PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "retina.jpg", "hubble_deep_field.jpg")
CAPTIONS = tuple(f"{count} dogs run across a green field, and a man in a red coat follows." for count in range(32))
Jobs = Sequence[Callable[[], object]]


def bare_session(name: str) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        str(SHIPPED_MODELS / name), session_options(), providers=["CPUExecutionProvider"]
    )


def thumbnails(folder: Path) -> list[Path]:
    paths = [folder / f"{name}.jpg" for name in PHOTOS]
    for name, path in zip(PHOTOS, paths, strict=True):
        write_jpeg(shrunk(Image.open(SAMPLES / name).convert("RGB"), THUMBNAIL_PX), path)
    return paths


def photo_jobs(folder: Path) -> tuple[Jobs, Jobs]:
    paths, session, encoder, head = thumbnails(folder), bare_session("image_encoder.onnx"), *shipped_for_photos()
    pixels = [whole_view(Image.open(path).convert("RGB"))[None] for path in paths]

    def ours(path: Path) -> object:
        return head.project(encoder.encode(whole_view(Image.open(path).convert("RGB"))[None]))

    return (
        [lambda view=view: session.run(None, {"pixels": view}) for view in pixels],
        [lambda path=path: ours(path) for path in paths],
    )


def shipped_for_photos() -> tuple[ImageEncoder, VisualHead]:
    return ImageEncoder.open(), VisualHead.open()


def text_jobs(texts: Sequence[str]) -> tuple[Jobs, Jobs]:
    session, encoder = bare_session("text_encoder.onnx"), TextEncoder.open()
    tokenizer = open_tokenizer(SHIPPED_MODELS / "text_tokenizer.json")
    ids = np.array([encoding.ids for encoding in tokenizer.encode_batch(list(texts))])
    inputs = {"ids": ids, "attention_mask": np.ones_like(ids)}
    return [lambda: session.run(None, inputs)], [lambda: encoder.encode(texts)]


def compare(what: str, jobs: tuple[Jobs, Jobs], rounds: int, items: int = 1) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for pair in zip(*jobs, strict=True):
            for job, taken in zip(pair, times, strict=True):
                start = time.perf_counter()
                job()
                taken.append((time.perf_counter() - start) * 1000 / items)
    bare, ours = (statistics.median(taken) for taken in times)
    print(f"{what:28} bare {bare:7.2f} ms   ours {ours:7.2f} ms   {bare / ours:5.0%} of the bare rate")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        compare("photo, thumbnail to place", photo_jobs(Path(folder)), rounds)
    compare("one query", text_jobs(CAPTIONS[:1]), rounds * 5)
    compare("caption, 32 at once", text_jobs(CAPTIONS), rounds, len(CAPTIONS))


if __name__ == "__main__":
    main()

"""How fast photos become searchable, beside the image encoder alone: `python tests/benchmarks/bench_indexing.py`.

Indexes the photos of ../shared/data (or of a folder that is given) into a new library and prints how long each stage
took a photo. The limit is a bare loop over the same ONNX file on pixels that lie ready, timed before and after.
"""

import argparse
import statistics
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import onnxruntime

from engine.api import Engine, Home, Progress, Stage
from engine.paths import SHIPPED_MODELS

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
BARE_RUNS = 60


def bare_photo_s() -> float:
    """Return the seconds that a photo takes in a bare loop with ONNX Runtime's own options, as a median."""
    session = onnxruntime.InferenceSession(SHIPPED_MODELS / "image_encoder.onnx", providers=["CPUExecutionProvider"])
    pixels = np.random.default_rng(0).integers(0, 256, (1, 224, 224, 3), dtype=np.uint8)
    name = session.get_inputs()[0].name
    times = []
    for _ in range(BARE_RUNS):
        started = time.perf_counter()
        session.run(None, {name: pixels})
        times.append(time.perf_counter() - started)
    return statistics.median(times)


class Watch:
    """Note when each stage was done for all photos."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.done_s: dict[Stage, float] = {}
        self.lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        now = time.perf_counter() - self.started
        with self.lock:
            for stage, counts in progress.stages.items():
                complete = counts.done and not counts.pending and not progress.files_pending
                if complete:
                    self.done_s.setdefault(stage, now)
                else:
                    self.done_s.pop(stage, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=sorted(DATA.glob("*/photos")))
    parser.add_argument("--views", action="store_true", help="also wait for the other views")
    options = parser.parse_args()
    leave_out = {Stage.CAPTION, Stage.TEXT, *([] if options.views else [Stage.VIEWS])}
    before_s = bare_photo_s()
    with (
        tempfile.TemporaryDirectory() as home,
        Engine.open(Home(Path(home)), leave_out=leave_out) as engine,
    ):
        watch = Watch()
        engine.on_change(watch)
        for folder in options.folders:
            engine.add_folder(folder)
        engine.wait_until_idle()
        photos, failures = engine.progress().photos, len(engine.failures())
    limit_s = statistics.median([before_s, bare_photo_s()])
    print(f"{photos} photos, {failures} failures; the encoder alone: {limit_s * 1000:.1f} ms a photo")
    print(f"{'stage':10} {'seconds':>8} {'ms a photo':>11} {'of the limit':>13}")
    for stage, seconds in watch.done_s.items():
        views = 6 if stage is Stage.VIEWS else 1
        share = views * limit_s * photos / seconds
        print(f"{stage:10} {seconds:8.1f} {seconds / photos * 1000:11.1f} {share:13.0%}")


if __name__ == "__main__":
    main()

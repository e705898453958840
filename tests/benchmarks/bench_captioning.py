"""Compare our captioning path with bare llama.cpp: `bench_captioning.py [PHOTOS] [ROUNDS] [THREADS]`.

Both get the same resized pixels of real photos, the shipped starter, threads and batch, and must write the same words.
The bare loop is the least that llama.cpp needs: no chat template, no callbacks, no kept state. The stock handler of
llama-cpp-python is shown beside it. The three take turns photo by photo, so that a busy machine is busy for all; CPU
time is given as well.
"""

import base64
import ctypes
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import llama_cpp
import numpy as np
import psutil
from llama_cpp import Llama
from llama_cpp import mtmd_cpp as mtmd
from llama_cpp.llama_chat_format import MTMDChatHandler
from numpy.typing import NDArray
from PIL import Image

from engine.captioning.caption import clean_caption
from engine.captioning.picture import read_picture
from engine.captioning.vision_model import VisionModel
from engine.models.starter import read_starter

PHOTOS = Path(__file__).resolve().parents[3] / "shared" / "data" / "flickr8k" / "photos"
STARTER = read_starter()
MODEL, MMPROJ = STARTER.model, STARTER.mmproj
MAX_TOKENS = 64
Pixels = NDArray[np.uint8]


class Bare:
    """The least that llama.cpp needs to describe a picture greedily."""

    def __init__(self, threads: int) -> None:
        self.model = llama_cpp.llama_model_load_from_file(str(MODEL).encode(), llama_cpp.llama_model_default_params())
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = 256
        params.n_threads = params.n_threads_batch = threads
        params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED
        params.no_perf = True
        self.context = llama_cpp.llama_init_from_model(self.model, params)
        vision = mtmd.mtmd_context_params_default()
        vision.use_gpu = vision.print_timings = vision.warmup = False
        vision.n_threads = threads
        vision.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED
        self.vision = mtmd.mtmd_init_from_file(str(MMPROJ).encode(), self.model, vision)
        self.vocab = llama_cpp.llama_model_get_vocab(self.model)
        self.sampler = llama_cpp.llama_sampler_init_greedy()

    def describe(self, rgb: Pixels) -> str:
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), False)
        text = mtmd.mtmd_default_marker() + b"<s>"
        request = mtmd.mtmd_input_text(text=text, text_len=len(text), add_special=True, parse_special=True)
        bitmap = mtmd.mtmd_bitmap_init(rgb.shape[1], rgb.shape[0], rgb.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8)))
        chunks = mtmd.mtmd_input_chunks_init()
        bitmaps = (mtmd.mtmd_bitmap_p_ctypes * 1)(bitmap)
        assert mtmd.mtmd_tokenize(self.vision, chunks, ctypes.byref(request), bitmaps, 1) == 0
        end = llama_cpp.llama_pos(0)
        assert mtmd.mtmd_helper_eval_chunks(self.vision, self.context, chunks, 0, 0, 256, True, ctypes.byref(end)) == 0
        mtmd.mtmd_input_chunks_free(chunks)
        mtmd.mtmd_bitmap_free(bitmap)
        return self._write()

    def _write(self) -> str:
        written, piece = b"", ctypes.create_string_buffer(64)
        for _ in range(MAX_TOKENS):
            token = llama_cpp.llama_sampler_sample(self.sampler, self.context, -1)
            if llama_cpp.llama_vocab_is_eog(self.vocab, token):
                break
            length = llama_cpp.llama_token_to_piece(self.vocab, token, piece, 64, 0, False)
            written += piece.raw[:length]
            batch = llama_cpp.llama_batch_get_one((llama_cpp.llama_token * 1)(token), 1)
            assert llama_cpp.llama_decode(self.context, batch) == 0
        return written.decode()


def stock(threads: int) -> Callable[[Pixels], str]:
    """Return llama-cpp-python's own handler; it gets a PNG, as it must decode what it is given."""
    handler = MTMDChatHandler(str(MMPROJ), verbose=False, use_gpu=False)
    llama = Llama(
        str(MODEL), chat_handler=handler, n_ctx=256, n_batch=256, n_threads=threads, n_threads_batch=threads,
        flash_attn=True, verbose=False,
    )  # fmt: skip

    def describe(rgb: Pixels) -> str:
        buffer = io.BytesIO()
        Image.fromarray(rgb).save(buffer, "PNG", compress_level=0)
        url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
        messages = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]
        answer = handler(llama=llama, messages=messages, max_tokens=MAX_TOKENS, temperature=0.0, repeat_penalty=1.0)
        return str(answer["choices"][0]["message"]["content"])

    return describe


def main(photos: int = 40, rounds: int = 2, threads: int = psutil.cpu_count(logical=False) or 1) -> None:
    """Print captions, medians and ratios."""
    model = VisionModel.open(MODEL, MMPROJ, gpu=False, threads=threads)
    files = sorted(PHOTOS.glob("*.jpg"))[:photos]
    pictures = [read_picture(file, model.profile) for file in files]
    paths: dict[str, Callable[[Pixels], str]] = {
        "ours": lambda rgb: model.describe(rgb).text,
        "bare llama.cpp": Bare(threads).describe,
        "stock handler": stock(threads),
    }
    wall_s: dict[str, list[float]] = {name: [] for name in paths}
    cpu_s: dict[str, list[float]] = {name: [] for name in paths}
    names = list(paths)
    for turn in range(rounds):
        for number, rgb in enumerate(pictures):
            words = set()
            names.append(names.pop(0))
            for name in names:
                started, busy = time.perf_counter(), time.process_time()
                words.add(paths[name](rgb).strip())
                wall_s[name].append(time.perf_counter() - started)
                cpu_s[name].append(time.process_time() - busy)
            assert len(words) == 1, words
            if turn == 0 and number < 8:
                print(f"{files[number].name:32} {clean_caption(words.pop())}")
    print(f"\n{len(files)} photos x {rounds} rounds, {threads} threads; every path wrote the same words")
    print(f"{'path':16}{'median s':>10}{'photos/s':>10}{'of bare':>10}{'CPU s':>10}{'of bare':>10}")
    for name in paths:
        wall, cpu = statistics.median(wall_s[name]), statistics.median(cpu_s[name])
        ratios = (_paired_ratio(times[name], times["bare llama.cpp"]) for times in (wall_s, cpu_s))
        print(f"{name:16}{wall:10.4f}{1 / wall:10.2f}{next(ratios):10.3f}{cpu:10.4f}{next(ratios):10.3f}")


def _paired_ratio(ours: list[float], bare: list[float]) -> float:
    """Return the median over photos of how much longer one path took than the other for the same photo."""
    return statistics.median(mine / other for mine, other in zip(ours, bare, strict=True))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Run a GGUF vision model: the only module that imports llama_cpp, loaded only in the caption worker.

It drives llama.cpp's C interface itself rather than `llama_cpp.Llama`: the high-level class silences output by swapping
the process's file descriptors, evaluates the whole prompt again for every photo, and remembers stale token ids at image
positions, which a later prompt can match. Here nothing is remembered but the state after the instruction.
"""

import ctypes
import os
import sys
import threading
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import jinja2
import llama_cpp
import numpy as np
import psutil
from llama_cpp import mtmd_cpp as mtmd
from llama_cpp.llama_chat_format import Jinja2ChatFormatter
from numpy.typing import NDArray

from engine.captioning.chat import VICUNA_TEMPLATE, Message, Reply, write_request
from engine.captioning.gguf_header import read_pair
from engine.captioning.load_failure import explain_load_failure
from engine.captioning.profile import ModelProfile, Sampling, choose_profile
from engine.captioning.prompt import CAPTION_PROMPT, Prompt
from engine.errors import Cancelled, CaptionRejected, ModelUnavailable

_ERROR = 4
_ALL_LAYERS = 0x7FFFFFFF
_PIECE_BYTES = 256
# The image encoder can only be left between groups of graph nodes; a ViT layer is about 25 nodes.
_NODES_BETWEEN_CHECKS = 32

_native_errors: deque[str] = deque(maxlen=40)


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _keep_native_error(level: int, text: bytes, _: object) -> None:
    """Print nothing; keep what llama.cpp says of an error, for its return codes say little."""
    if level == _ERROR and text.strip():
        _native_errors.append(text.decode(errors="replace").strip())


llama_cpp.llama_log_set(_keep_native_error, None)
mtmd.mtmd_helper_log_set(_keep_native_error, None)


class VisionModel:
    """Own one loaded model pair. Not thread-safe, except `cancel`."""

    def __init__(self, model: Path, mmproj: Path, profile: ModelProfile, gpu: bool, threads: int) -> None:
        self.profile = profile
        self._cancelled = threading.Event()
        self._prefix: list[int] = []
        self._last_read = (0, 0)
        self._prefix_state: ctypes.Array[ctypes.c_uint8] | None = None
        self._native = ExitStack()
        _native_errors.clear()
        self._callbacks = (self._abort_callback(), self._encoder_callback())
        try:
            self._load_language_model(model, gpu, threads)
            self._load_encoder(mmproj, gpu, threads)
            self._format = self._formatter(model)
        except BaseException:
            self._native.close()
            raise

    @classmethod
    def open(cls, model: Path, mmproj: Path, gpu: bool = sys.platform == "darwin", threads: int | None = None) -> Self:
        """Load a pair; with `gpu` every layer goes to Metal (or whatever this llama.cpp was built for).

        Raises:
            ModelUnavailable: a file is missing, damaged or of the wrong kind, or the two don't belong together.

        """
        headers = read_pair(model, mmproj)
        llama_cpp.llama_backend_init()
        return cls(model, mmproj, choose_profile(*headers), gpu, threads or psutil.cpu_count(logical=False) or 1)

    def describe(
        self, rgb: NDArray[np.uint8], sampling: Sampling | None = None, prompt: Prompt = CAPTION_PROMPT
    ) -> Reply:
        """Write what is in a picture, an array of (height, width, 3) uint8, repeatably.

        Raises:
            Cancelled: `cancel` was called meanwhile; the next call starts afresh.
            CaptionRejected: llama.cpp could not work on this picture.

        """
        text = write_request(self._render, self.profile.instruction, prompt, _marker())
        return self._run(text, rgb, sampling or self.profile.sampling)

    def describe_again(self, sampling: Sampling) -> Reply:
        """Write once more about the picture of the last `describe`, without looking at it again.

        Raises:
            Cancelled: as `describe`.
            CaptionRejected: this kind of model cannot go back, or there was no picture.

        """
        token, position = self._last_read
        if position == 0 or not llama_cpp.llama_memory_seq_rm(self._memory, 0, position - 1, -1):
            raise CaptionRejected("This model can't write about the same picture again.")
        self._decode([token], position - 1)
        return self._write(position, sampling)

    def answer(self, question: str, sampling: Sampling | None = None) -> Reply:
        """Reply to a text without a picture."""
        text = self._render([{"role": "user", "content": question.replace(_marker(), " ")}])
        return self._run(text, None, sampling or self.profile.sampling)

    def cancel(self) -> None:
        """Make the call that is running, or else the next one, raise `Cancelled`; callable from any thread."""
        self._cancelled.set()

    def rearm(self) -> None:
        """Forget a cancellation that came when nothing was running."""
        self._cancelled.clear()

    def close(self) -> None:
        """Free the model; nothing may be called afterwards."""
        self._native.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _load_language_model(self, path: Path, gpu: bool, threads: int) -> None:
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = _ALL_LAYERS if gpu else 0
        # On CPUs with AMX, llama.cpp repacks 8-bit weights for it and dies of SIGSEGV in the first product: seen with
        # llama-cpp-python 0.3.36 and the starter, and reported as ggml-org/llama.cpp#20824.
        params.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
        self._no_devices = (ctypes.c_void_p * 1)(None)
        if not gpu:
            params.devices = ctypes.cast(self._no_devices, ctypes.c_void_p)
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), params)
        if not self._model:
            raise explain_load_failure(list(_native_errors), path)
        self._native.callback(llama_cpp.llama_model_free, self._model)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._context = llama_cpp.llama_init_from_model(self._model, self._context_params(gpu, threads))
        if not self._context:
            raise explain_load_failure(list(_native_errors), path)
        self._native.callback(llama_cpp.llama_free, self._context)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(self.profile.batch_tokens, 0, 1)
        self._native.callback(llama_cpp.llama_batch_free, self._batch)

    def _context_params(self, gpu: bool, threads: int) -> Any:
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = self.profile.context_tokens
        params.n_batch = params.n_ubatch = self.profile.batch_tokens
        params.n_threads = min(threads, self.profile.writing_threads)
        params.n_threads_batch = threads
        params.flash_attn_type = _flash_attention(gpu)
        params.offload_kqv = params.op_offload = gpu
        params.no_perf = True
        params.abort_callback = self._callbacks[0]
        return params

    def _load_encoder(self, path: Path, gpu: bool, threads: int) -> None:
        params = mtmd.mtmd_context_params_default()
        params.use_gpu = gpu
        params.print_timings = False
        params.n_threads = threads
        params.flash_attn_type = _flash_attention(gpu)
        # The warm-up encodes a picture for nothing, except to settle flash attention where that is left open.
        params.warmup = gpu
        params.image_max_tokens = self.profile.image_max_tokens
        params.cb_eval = self._callbacks[1]
        self._encoder = mtmd.mtmd_init_from_file(os.fsencode(path), self._model, params)
        if not self._encoder:
            raise explain_load_failure(list(_native_errors), path)
        self._native.callback(mtmd.mtmd_free, self._encoder)
        if not mtmd.mtmd_support_vision(self._encoder):
            raise ModelUnavailable("This model can't see.", "Its mmproj file is not made for pictures.", path)

    def _abort_callback(self) -> Any:
        return llama_cpp.ggml_abort_callback(lambda _: self._cancelled.is_set())

    def _encoder_callback(self) -> Any:
        """Leave the image encoder early: llama.cpp asks before each node, and can be stopped after a group of them."""
        nodes = 0

        def check(_tensor: int, asking: bool, _data: int) -> bool:
            nonlocal nodes
            if not asking:
                return not self._cancelled.is_set()
            nodes += 1
            return nodes % _NODES_BETWEEN_CHECKS == 0 or self._cancelled.is_set()

        return llama_cpp.ggml_backend_sched_eval_callback(check)

    def _formatter(self, path: Path) -> Jinja2ChatFormatter:
        template = llama_cpp.llama_model_chat_template(self._model, None)
        first, last = llama_cpp.llama_vocab_bos(self._vocab), llama_cpp.llama_vocab_eos(self._vocab)
        try:
            return Jinja2ChatFormatter(
                template=template.decode() if template else VICUNA_TEMPLATE,
                bos_token=self._piece(first, special=True).decode(errors="replace"),
                eos_token=self._piece(last, special=True).decode(errors="replace"),
            )
        except jinja2.TemplateError as error:
            raise ModelUnavailable("This model's chat template is damaged.", f"{error}.", path) from error

    def _render(self, messages: list[Message]) -> str:
        typed: Any = messages
        return self._format(messages=typed, enable_thinking=False).prompt

    def _run(self, text: str, rgb: NDArray[np.uint8] | None, sampling: Sampling) -> Reply:
        _native_errors.clear()
        self._check(0)
        return self._write(self._read_request(text, rgb), sampling)

    def _read_request(self, text: str, rgb: NDArray[np.uint8] | None) -> int:
        """Evaluate the request and return the position of the first token to write."""
        self._last_read = (0, 0)
        with ExitStack() as owned:
            chunks = self._split(text, rgb, owned)
            count = mtmd.mtmd_input_chunks_size(chunks)
            self._check_length(chunks)
            position = self._start(_tokens(mtmd.mtmd_input_chunks_get(chunks, 0)), keep=count > 1)
            for index in range(1, count):
                chunk = mtmd.mtmd_input_chunks_get(chunks, index)
                if mtmd.mtmd_input_chunk_get_type(chunk) == mtmd.MTMD_INPUT_CHUNK_TYPE_TEXT:
                    position = self._evaluate(_tokens(chunk), position)
                    self._last_read = _tokens(chunk)[-1], position
                else:
                    position = self._look(chunk, position)
            return position

    def _split(self, text: str, rgb: NDArray[np.uint8] | None, owned: ExitStack) -> Any:
        """Tokenise text and picture into chunks; the picture is preprocessed here."""
        raw = text.encode()
        request = mtmd.mtmd_input_text()
        request.text, request.text_len = raw, len(raw)
        # A template that prints the first token itself must not get a second one.
        request.add_special = not text.startswith(self._format.bos_token or "\0")
        request.parse_special = True
        bitmaps = [] if rgb is None else [_bitmap(rgb, owned)]
        chunks = mtmd.mtmd_input_chunks_init()
        owned.callback(mtmd.mtmd_input_chunks_free, chunks)
        pointers = (mtmd.mtmd_bitmap_p_ctypes * len(bitmaps))(*bitmaps)
        if mtmd.mtmd_tokenize(self._encoder, chunks, ctypes.byref(request), pointers, len(bitmaps)):
            raise CaptionRejected("The captioner can't work on this picture.", _last_native_error())
        return chunks

    def _check_length(self, chunks: Any) -> None:
        tokens = mtmd.mtmd_helper_get_n_tokens(chunks)
        if tokens + self.profile.max_tokens > llama_cpp.llama_n_ctx(self._context):
            raise CaptionRejected(
                "This picture is too large for the captioner.",
                f"It takes {tokens} tokens of {llama_cpp.llama_n_ctx(self._context)}.",
            )

    def _start(self, tokens: list[int], keep: bool) -> int:
        """Bring the memory to the state after `tokens`, from what was kept of the last request where they are equal.

        A copy of the state works for every kind of model; cutting the memory back does not where it is recurrent
        (LFM2, Qwen3.5) or a sliding window (Gemma).
        """
        llama_cpp.llama_memory_clear(self._memory, False)
        if keep and self._prefix_state is not None and tokens == self._prefix and self._restore():
            return len(tokens)
        position = self._evaluate(tokens, 0)
        if keep:
            self._prefix, self._prefix_state = tokens, self._copy_state()
        return position

    def _copy_state(self) -> ctypes.Array[ctypes.c_uint8]:
        size = llama_cpp.llama_state_seq_get_size(self._context, 0)
        state: ctypes.Array[ctypes.c_uint8] = (ctypes.c_uint8 * size)()
        llama_cpp.llama_state_seq_get_data(self._context, state, size, 0)
        return state

    def _restore(self) -> bool:
        state = self._prefix_state
        assert state is not None
        return bool(llama_cpp.llama_state_seq_set_data(self._context, state, len(state), 0))

    def _evaluate(self, tokens: list[int], position: int) -> int:
        size = self.profile.batch_tokens
        for start in range(0, len(tokens), size):
            self._decode(tokens[start : start + size], position + start)
        return position + len(tokens)

    def _decode(self, tokens: list[int], position: int) -> None:
        """Evaluate at most a batch of tokens; the logits of the last one are kept."""
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = position + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = 0
            batch.logits[index] = index == len(tokens) - 1
        self._check(llama_cpp.llama_decode(self._context, batch))

    def _look(self, chunk: Any, position: int) -> int:
        """Encode the picture and evaluate what the encoder made of it."""
        tokens = mtmd.mtmd_input_chunk_get_n_tokens(chunk)
        if tokens > self.profile.batch_tokens and mtmd.mtmd_decode_use_non_causal(self._encoder, chunk):
            raise CaptionRejected("This picture is too large for the captioner.", f"It takes {tokens} tokens at once.")
        self._check(mtmd.mtmd_encode_chunk(self._encoder, chunk))
        embedding = mtmd.mtmd_get_output_embd(self._encoder)
        end = llama_cpp.llama_pos(0)
        self._check(
            mtmd.mtmd_helper_decode_image_chunk(
                self._encoder, self._context, chunk, embedding, position, 0, self.profile.batch_tokens,
                ctypes.byref(end), mtmd.mtmd_helper_post_decode_callback(0), None,
            )
        )  # fmt: skip
        return end.value

    def _check(self, code: int) -> None:
        if self._cancelled.is_set():
            self._cancelled.clear()
            raise Cancelled("Captioning was stopped.")
        if code:
            raise CaptionRejected("The captioner failed on this picture.", _last_native_error())

    def _write(self, position: int, sampling: Sampling) -> Reply:
        written: list[bytes] = []
        with ExitStack() as owned:
            sampler = _sampler(sampling, llama_cpp.llama_vocab_n_tokens(self._vocab), owned)
            while len(written) < self.profile.max_tokens:
                token = llama_cpp.llama_sampler_sample(sampler, self._context, -1)
                if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                    break
                written.append(self._piece(token))
                if self.profile.stop and _stops(written, self.profile.stop):
                    break
                self._decode([token], position)
                position += 1
        return Reply(b"".join(written).decode(errors="replace"), len(written))

    def _piece(self, token: int, special: bool = False) -> bytes:
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, _PIECE_BYTES, 0, special)
        return buffer.raw[: max(length, 0)]


def _marker() -> str:
    return str(mtmd.mtmd_default_marker().decode())


def _flash_attention(gpu: bool) -> int:
    """Use flash attention: without it a ViT of 4096 patches takes 1.07 GB for the scores of one layer."""
    chosen = llama_cpp.LLAMA_FLASH_ATTN_TYPE_AUTO if gpu else llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED
    return int(chosen)


def _tokens(chunk: Any) -> list[int]:
    count = ctypes.c_size_t()
    pointer = mtmd.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
    return list(pointer[: count.value]) if pointer else []


def _bitmap(rgb: NDArray[np.uint8], owned: ExitStack) -> Any:
    pixels = np.ascontiguousarray(rgb)
    height, width, _ = pixels.shape
    bitmap = mtmd.mtmd_bitmap_init(width, height, pixels.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8)))
    owned.callback(mtmd.mtmd_bitmap_free, bitmap)
    return bitmap


def _sampler(sampling: Sampling, vocabulary: int, owned: ExitStack) -> Any:
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    owned.callback(llama_cpp.llama_sampler_free, chain)
    steps = []
    if sampling.repeat_penalty != 1.0:
        steps.append(llama_cpp.llama_sampler_init_penalties(vocabulary, 64, sampling.repeat_penalty, 0.0, 0.0))
    if sampling.temperature == 0.0:
        steps.append(llama_cpp.llama_sampler_init_greedy())
    else:
        steps.append(llama_cpp.llama_sampler_init_min_p(sampling.min_p, 1))
        steps.append(llama_cpp.llama_sampler_init_temp(sampling.temperature))
        steps.append(llama_cpp.llama_sampler_init_dist(sampling.seed))
    for step in steps:
        llama_cpp.llama_sampler_chain_add(chain, step)
    return chain


def _stops(written: list[bytes], stop: tuple[str, ...]) -> bool:
    tail = b"".join(written[-16:]).decode(errors="replace")
    return any(word in tail for word in stop)


def _last_native_error() -> str:
    return _native_errors[-1] if _native_errors else ""

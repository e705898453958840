"""The captioner on real llama.cpp, with tiny random models of true architecture."""

import base64
import io
import os
import re
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import llama_cpp
import numpy as np
import psutil
import pytest
from llama_cpp import Llama
from llama_cpp import mtmd_cpp as mtmd
from llama_cpp.llama_chat_format import MTMDChatHandler
from numpy.typing import NDArray
from PIL import Image
from tiny_gguf import Pair, build_pair

from engine.captioning.gguf_header import read_pair
from engine.captioning.picture import fit_picture
from engine.captioning.profile import Sampling, choose_profile
from engine.captioning.prompt import CAPTION_PROMPT, Prompt
from engine.captioning.vision_model import VisionModel
from engine.errors import Cancelled, CaptionRejected, ModelUnavailable

GREEDY = Sampling()


def picture(seed: int, width: int = 64, height: int = 64) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)


@pytest.fixture
def model(tiny_pair: Pair) -> Iterator[VisionModel]:
    with VisionModel.open(tiny_pair.model, tiny_pair.mmproj, threads=1) as opened:
        yield opened


def stock_answer(pair: Pair, rgb: NDArray[np.uint8], tokens: int) -> str:
    """Return what llama-cpp-python's own handler makes of the same request."""
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "PNG")
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    handler = MTMDChatHandler(str(pair.mmproj), verbose=False)
    llama = Llama(str(pair.model), chat_handler=handler, n_ctx=2048, n_threads=1, flash_attn=True, verbose=False)
    user = [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": CAPTION_PROMPT.cue}]
    messages = [{"role": "system", "content": CAPTION_PROMPT.instruction}, {"role": "user", "content": user}]
    answer = handler(llama=llama, messages=messages, max_tokens=tokens, temperature=0.0, repeat_penalty=1.0)
    llama.close()
    return str(answer["choices"][0]["message"]["content"])


@pytest.mark.parametrize(
    ("projector", "architecture", "size_px"),
    [("internvl", "llama", 64), ("gemma3", "llama", 64), ("lfm2", "lfm2", 256), ("qwen2vl_merger", "qwen2vl", 96)],
)
def test_a_reply_is_what_the_stock_handler_writes(
    projector: str, architecture: str, size_px: int, tmp_path: Path
) -> None:
    pair = build_pair(tmp_path, projector, architecture, image_px=size_px)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
        rgb = picture(1, size_px, size_px)
        model.describe(picture(2, size_px, size_px), GREEDY)
        assert model.describe(rgb, GREEDY).text == stock_answer(pair, rgb, model.profile.max_tokens)


def test_a_picture_is_described_again_as_if_it_had_been_looked_at_again(model: VisionModel) -> None:
    chance = Sampling(temperature=1.0, seed=7)
    first, other = model.describe(picture(1), GREEDY), model.describe(picture(1), chance)
    model.describe(picture(1), GREEDY)
    assert model.describe_again(chance) == other != first
    assert model.describe_again(GREEDY) == first


def test_what_has_not_been_described_cannot_be_described_again(model: VisionModel) -> None:
    with pytest.raises(CaptionRejected):
        model.describe_again(GREEDY)
    model.describe(picture(1), GREEDY)
    model.answer("Hello?")
    with pytest.raises(CaptionRejected):
        model.describe_again(GREEDY)


@pytest.mark.parametrize(
    ("projector", "architecture"), [("internvl", "llama"), ("lfm2", "lfm2"), ("qwen2vl_merger", "qwen2vl")]
)
def test_keeping_the_instruction_changes_nothing_but_the_work(
    projector: str, architecture: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = build_pair(tmp_path, projector, architecture)
    evaluated: list[int] = []
    evaluate = VisionModel._evaluate

    def count(self: VisionModel, tokens: list[int], position: int) -> int:
        evaluated.append(len(tokens))
        return evaluate(self, tokens, position)

    monkeypatch.setattr(VisionModel, "_evaluate", count)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as reusing:
        kept = [reusing.describe(picture(seed)).text for seed in (1, 2, 3)]
    assert max(evaluated) > 500
    assert evaluated.count(max(evaluated)) == 1
    fresh = []
    for seed in (1, 2, 3):
        with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
            fresh.append(model.describe(picture(seed)).text)
    assert kept == fresh


def test_the_same_picture_gives_the_same_words_and_another_one_others(model: VisionModel) -> None:
    replies = [model.describe(picture(seed)) for seed in (1, 2, 1)]
    assert replies[0] == replies[2]
    assert replies[0].text != replies[1].text
    assert replies[0].tokens == model.profile.max_tokens


def test_one_and_two_threads_write_the_same(tiny_pair: Pair, model: VisionModel) -> None:
    with VisionModel.open(tiny_pair.model, tiny_pair.mmproj, threads=2) as other:
        assert other.describe(picture(1)) == model.describe(picture(1))


def test_chance_is_repeatable_by_its_seed(model: VisionModel) -> None:
    warm = Sampling(temperature=5.0, min_p=0.0, seed=7)
    first, again = model.describe(picture(1), warm), model.describe(picture(1), warm)
    other = model.describe(picture(1), replace(warm, seed=8))
    assert first == again
    assert first.text != other.text


def test_a_repeat_penalty_changes_what_is_written(model: VisionModel) -> None:
    assert model.describe(picture(1), Sampling(repeat_penalty=1.5)).text != model.describe(picture(1), GREEDY).text


@pytest.mark.parametrize(("projector", "architecture"), [("internvl", "llama"), ("lfm2", "lfm2")])
def test_a_text_after_a_picture_is_answered_as_if_no_picture_had_been(
    projector: str, architecture: str, tmp_path: Path
) -> None:
    pair = build_pair(tmp_path, projector, architecture)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
        before = model.describe(picture(1))
        after_picture = model.answer("red car <__media__> in the snow")
        assert model.describe(picture(1)) == before
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as fresh:
        assert fresh.answer("red car <__media__> in the snow") == after_picture


def test_the_first_token_is_not_given_twice(tmp_path: Path) -> None:
    pair = build_pair(tmp_path, prints_bos=True)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
        model.describe(picture(1))
        bos = llama_cpp.llama_vocab_bos(model._vocab)
        assert model._prefix[0] == bos
        assert model._prefix[1] != bos


def test_another_prompt_is_not_answered_from_the_kept_one(model: VisionModel) -> None:
    usual = model.describe(picture(1))
    other = model.describe(picture(1), prompt=Prompt("Name the colours only.", "Which?"))
    assert other.text != usual.text
    assert model.describe(picture(1)) == usual


def test_the_reply_ends_at_a_stop_word(tiny_pair: Pair) -> None:
    profile = replace(choose_profile(*read_pair(tiny_pair.model, tiny_pair.mmproj)), stop=("house",))
    with VisionModel(tiny_pair.model, tiny_pair.mmproj, profile, gpu=False, threads=1) as model:
        reply = model.describe(picture(1))
    assert reply.text.endswith("house")
    assert reply.tokens < profile.max_tokens


def test_cancelling_from_another_thread_stops_a_reply_and_leaves_no_trace(
    model: VisionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = model.describe(picture(1))
    writing, cancelled = threading.Event(), threading.Event()
    decode, written = VisionModel._decode, [0]

    def pause_at_the_fifth_token(self: VisionModel, tokens: list[int], position: int) -> None:
        written[0] += len(tokens) == 1
        if written[0] == 5:
            writing.set()
            assert cancelled.wait(30)
        decode(self, tokens, position)

    def cancel() -> None:
        assert writing.wait(30)
        model.cancel()
        cancelled.set()

    monkeypatch.setattr(VisionModel, "_decode", pause_at_the_fifth_token)
    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(Cancelled):
        model.describe(picture(1))
    thread.join()
    monkeypatch.undo()
    assert written[0] == 5
    assert model.describe(picture(1)) == undisturbed


class CancelAtPoll(threading.Event):
    """Be set from the n-th time that anybody asks: this puts a cancellation at an exact place in native code."""

    def __init__(self, polls: int) -> None:
        super().__init__()
        self.left = polls

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize(("projector", "architecture"), [("internvl", "llama"), ("lfm2", "lfm2")])
def test_cancelling_anywhere_raises_at_once_and_leaves_no_trace(
    projector: str, architecture: str, tmp_path: Path
) -> None:
    pair = build_pair(tmp_path, projector, architecture)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
        model._cancelled = counter = CancelAtPoll(1 << 40)
        undisturbed = model.describe(picture(1))
        polls = (1 << 40) - counter.left
        assert polls > 1000
        for share in (0.0, 0.1, 0.3, 0.6, 0.9, 0.99):
            model._prefix_state = None
            model._cancelled = counter = CancelAtPoll(int(share * polls))
            with pytest.raises(Cancelled):
                model.describe(picture(1))
            assert counter.left > -100
            model._cancelled = threading.Event()
            assert model.describe(picture(1)) == undisturbed


def test_the_image_encoder_is_left_before_its_last_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = build_pair(tmp_path, layers=8)
    with VisionModel.open(pair.model, pair.mmproj, threads=1) as model:
        encode, left = mtmd.mtmd_encode_chunk, []

        def cancel_inside(encoder: object, chunk: object) -> int:
            model._cancelled = counter = CancelAtPoll(40)
            code = int(encode(encoder, chunk))
            left.append(counter.left)
            return code

        monkeypatch.setattr(mtmd, "mtmd_encode_chunk", cancel_inside)
        with pytest.raises(Cancelled):
            model.describe(picture(1))
    assert -70 < left[0] < 0, "eight layers are 200 nodes, each asked about once"


def test_a_cancellation_that_came_too_late_is_forgotten(model: VisionModel) -> None:
    model.cancel()
    model.rearm()
    assert model.describe(picture(1)).tokens


@pytest.mark.parametrize(
    ("projector", "size_px", "encodings"),
    [("internvl", 64, 1), ("gemma3", 64, 1), ("lfm2", 256, 1), ("idefics3", 512, 2)],
)
def test_no_photo_is_cut_into_tiles(
    projector: str, size_px: int, encodings: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = build_pair(tmp_path, projector, image_px=size_px, merge=4 if projector == "idefics3" else 2)
    looks = []
    look = VisionModel._look
    monkeypatch.setattr(VisionModel, "_look", lambda self, chunk, at: looks.append(at) or look(self, chunk, at))
    with VisionModel.open(pair.model, pair.mmproj) as model:
        model.describe(fit_picture(Image.fromarray(picture(1, 512, 384)), model.profile))
    assert len(looks) == encodings


def test_a_request_that_does_not_fit_is_refused(model: VisionModel) -> None:
    with pytest.raises(CaptionRejected, match="too large"):
        model.describe(picture(1), prompt=Prompt("long " * 2000, "Describe."))
    assert model.describe(picture(1)).tokens


def test_a_picture_seen_in_both_directions_must_fit_into_one_batch(tmp_path: Path) -> None:
    pair = build_pair(tmp_path, "gemma3")
    profile = replace(choose_profile(*read_pair(pair.model, pair.mmproj)), batch_tokens=2)
    with (
        VisionModel(pair.model, pair.mmproj, profile, gpu=False, threads=1) as model,
        pytest.raises(CaptionRejected, match="too large"),
    ):
        model.describe(picture(1))


def test_a_pair_that_does_not_belong_together_is_refused(tiny_pair: Pair, tmp_path: Path) -> None:
    wider = build_pair(tmp_path, width=128)
    with pytest.raises(ModelUnavailable, match="don't belong together"):
        VisionModel.open(tiny_pair.model, wider.mmproj)


@pytest.mark.parametrize("part", ["model", "mmproj"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_refused(part: str, share: float, tiny_pair: Pair, tmp_path: Path) -> None:
    whole: bytes = getattr(tiny_pair, part).read_bytes()
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ModelUnavailable, match="damaged or cut off") as caught:
        VisionModel.open(**{"model": tiny_pair.model, "mmproj": tiny_pair.mmproj, part: cut})
    assert caught.value.path == cut


def test_an_unknown_architecture_is_refused(tiny_pair: Pair, tmp_path: Path) -> None:
    odd = tmp_path / "odd.gguf"
    odd.write_bytes(tiny_pair.model.read_bytes().replace(b"llama", b"lxxma"))
    with pytest.raises(ModelUnavailable, match="not known to this version"):
        VisionModel.open(odd, tiny_pair.mmproj)


def test_a_damaged_chat_template_is_refused(tiny_pair: Pair, tmp_path: Path) -> None:
    odd = tmp_path / "odd.gguf"
    whole = tiny_pair.model.read_bytes()
    odd.write_bytes(whole.replace(b"{% if add_generation_prompt %}", b"{% xx add_generation_prompt %}"))
    with pytest.raises(ModelUnavailable, match="chat template is damaged"):
        VisionModel.open(odd, tiny_pair.mmproj)


def test_nothing_is_printed(tiny_pair: Pair, capfd: pytest.CaptureFixture[str]) -> None:
    with VisionModel.open(tiny_pair.model, tiny_pair.mmproj, threads=1) as model:
        model.describe(picture(1))
    assert capfd.readouterr() == ("", "")


def test_no_socket_is_opened_and_no_video_tool_started(
    tiny_pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "started"
    for tool in ("ffprobe", "ffmpeg"):
        script = tmp_path / tool
        script.write_text(f"#!/bin/sh\necho {tool} >> {trace}\n")
        script.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    before = psutil.Process().net_connections()
    with VisionModel.open(tiny_pair.model, tiny_pair.mmproj, threads=1) as model:
        model.describe(picture(1))
        model.describe(picture(1, 3, 64))
        assert psutil.Process().net_connections() == before
    assert not trace.exists()


def test_closing_twice_is_harmless(tiny_pair: Pair) -> None:
    model = VisionModel.open(tiny_pair.model, tiny_pair.mmproj, threads=1)
    model.close()
    model.close()
    assert model.profile.family == "internvl"


def test_an_answer_keeps_to_its_grammar(model: VisionModel) -> None:
    grammar = 'root ::= "{" [a-z ]{3,9} "}"'
    reply = model.answer("What do you see?", grammar=grammar)
    assert re.fullmatch(r"\{[a-z ]{3,9}\}", reply.text)
    assert model.answer("What do you see?", grammar=grammar) == reply


def test_a_grammar_that_is_none_is_refused(model: VisionModel) -> None:
    with pytest.raises(CaptionRejected, match="grammar"):
        model.answer("What do you see?", grammar="root ::= nothing")
    assert model.answer("What do you see?").text

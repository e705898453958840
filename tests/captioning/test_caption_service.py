"""The caption worker, as a process of its own and in this one."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from library_of_photos import NAMES, sample_photo
from PIL import Image
from tiny_gguf import Pair

from engine.captioning.prompt import PROMPT_VERSION
from engine.captioning.service import CaptionService
from engine.captioning.vision_model import VisionModel
from engine.errors import Cancelled, CaptionRejected, ModelUnavailable, UnreadablePhoto
from engine.workers.supervisor import Worker, worker_command


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    pixels = np.random.default_rng(1).integers(0, 255, (96, 128, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def service() -> Iterator[CaptionService]:
    opened = CaptionService()
    yield opened
    opened.close()


def load(pair: Pair) -> dict[str, object]:
    return {"model": str(pair.model), "mmproj": str(pair.mmproj), "gpu": False, "threads": 1}


def test_loading_says_what_was_loaded(service: CaptionService, tiny_pair: Pair) -> None:
    info = service.handle("load", load(tiny_pair))
    assert re.fullmatch(r"[0-9a-f]{12}", str(info.pop("recipe")))
    assert info == {"name": "tiny", "profile": "internvl", "image_px": 64, "prompt_version": PROMPT_VERSION}
    assert service.handle("info", {}).items() >= info.items()


def test_a_raw_caption_shows_that_a_model_runs_and_a_caption_that_it_writes_sense(
    service: CaptionService, tiny_pair: Pair, photo: Path
) -> None:
    service.handle("load", load(tiny_pair))
    raw = service.handle("caption", {"image": str(photo), "raw": True})
    assert raw["tokens"] == 180
    assert raw["seconds"] > 0
    clean = service.handle("caption", {"image": str(photo)})
    assert len(clean["text"].split()) <= 100
    assert clean["text"].endswith(".")


def test_a_caption_is_asked_for_again_when_the_first_is_none(
    service: CaptionService, tiny_pair: Pair, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.handle("load", load(tiny_pair))
    write = VisionModel._write
    replies = []

    def loop_first(self: VisionModel, *request: object) -> object:
        reply = write(self, *request)  # type: ignore[arg-type]
        replies.append(reply)
        return type(reply)("dog " * 20 if len(replies) == 1 else "A dog runs.", reply.tokens)

    monkeypatch.setattr(VisionModel, "_write", loop_first)
    answer = service.handle("caption", {"image": str(photo)})
    assert (answer["text"], answer["retried"], answer["tokens"]) == ("A dog runs.", True, 360)
    assert replies[0].text != replies[1].text


def test_without_a_model_the_service_says_so(service: CaptionService, photo: Path) -> None:
    with pytest.raises(ModelUnavailable, match="No captioning model"):
        service.handle("caption", {"image": str(photo)})
    assert service.handle("info", {}) == {}


def test_an_unreadable_thumbnail_is_named(service: CaptionService, tiny_pair: Pair, tmp_path: Path) -> None:
    service.handle("load", load(tiny_pair))
    with pytest.raises(UnreadablePhoto):
        service.handle("caption", {"image": str(tmp_path / "none.jpg")})


def test_a_cancellation_between_requests_does_not_hit_the_next(
    service: CaptionService, tiny_pair: Pair, photo: Path
) -> None:
    service.cancel()
    service.handle("load", load(tiny_pair))
    service.cancel()
    assert service.handle("caption", {"image": str(photo), "raw": True})["tokens"]


def test_the_worker_process_captions_and_can_be_cancelled(tiny_pair: Pair, photo: Path, tmp_path: Path) -> None:
    worker = Worker(worker_command("caption"), opening=("load", load(tiny_pair)), log=tmp_path / "log")
    try:
        first = worker.request("caption", {"image": str(photo), "raw": True})
        assert worker.opening_result["name"] == "tiny"
        stopped = cancel_until_stopped(worker, photo)
        assert isinstance(stopped, Cancelled)
        again = worker.request("caption", {"image": str(photo), "raw": True})
        assert again["text"] == first["text"]
        assert worker.crashes_in_a_row == 0
    finally:
        worker.close()
    assert (tmp_path / "log").read_bytes() == b""


def cancel_until_stopped(worker: Worker, photo: Path) -> BaseException:
    """Cancel over and over while captioning: a request takes milliseconds here, so one call may come too late."""
    done = threading.Event()

    def keep_cancelling() -> None:
        while not done.wait(0.001):
            worker.cancel()

    thread = threading.Thread(target=keep_cancelling)
    thread.start()
    try:
        for _ in range(100):
            worker.request("caption", {"image": str(photo)})
    except Cancelled as error:
        return error
    finally:
        done.set()
        thread.join()
    raise AssertionError("a hundred captions were written, and none was cancelled")


def test_a_bad_pair_is_reported_across_the_process_border(tiny_pair: Pair, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny_pair.model.read_bytes()[:-100])
    worker = Worker(worker_command("caption"), opening=("load", load(Pair(cut, tiny_pair.mmproj))))
    try:
        with pytest.raises(ModelUnavailable, match="damaged or cut off"):
            worker.start()
    finally:
        worker.close()


def test_the_starter_describes_real_photos_in_sentences(service: CaptionService, starter_pair: Pair) -> None:
    service.handle("load", load(starter_pair) | {"threads": None})
    photos = [str(sample_photo(name)) for name in NAMES]
    captions = [service.handle("caption", {"image": photo})["text"] for photo in photos]
    assert len(set(captions)) >= 5
    for caption in captions:
        assert re.fullmatch(r"[A-Z][a-z]*(,? [a-z'-]+){3,}[.]", caption), caption
    again = service.handle("caption", {"image": photos[0]})
    assert (again["text"], again["retried"]) == (captions[0], False)


def test_the_starter_knows_a_dog_when_it_sees_one(
    service: CaptionService, starter_pair: Pair, shared_data: Path
) -> None:
    service.handle("load", load(starter_pair) | {"threads": None})
    photos = sorted((shared_data / "flickr8k" / "photos").glob("*.jpg"))[:6]
    assert any("dog" in service.handle("caption", {"image": str(photo)})["text"] for photo in photos)


def test_a_caption_that_fails_twice_is_rejected(
    service: CaptionService, tiny_pair: Pair, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.handle("load", load(tiny_pair))
    write = VisionModel._write

    def refuse(self: VisionModel, *request: object) -> object:
        reply = write(self, *request)  # type: ignore[arg-type]
        return type(reply)("I'm sorry, I can't.", reply.tokens)

    monkeypatch.setattr(VisionModel, "_write", refuse)
    with pytest.raises(CaptionRejected, match="would not describe"):
        service.handle("caption", {"image": str(photo)})

"""The worker's side: read requests, answer them one by one, die quietly when nobody listens any more."""

import contextlib
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from engine.errors import ReverieError, UnexpectedError
from engine.workers.protocol import Message, decode, encode, pack_error

_NICENESS = 10


class Service(Protocol):
    """What a worker does. `handle` runs on the main thread; `cancel` may come from another one at any time."""

    def handle(self, method: str, params: dict[str, Any]) -> dict[str, Any]: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


def _decode_service() -> Service:
    from engine.imaging.service import DecodeService

    return DecodeService()


def _caption_service() -> Service:
    from engine.captioning.service import CaptionService

    return CaptionService()


SERVICES: dict[str, Callable[[], Service]] = {"decode": _decode_service, "caption": _caption_service}


def run_worker(name: str) -> None:
    """Be the worker `name` until standard input ends."""
    answers = _claim_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    serve(SERVICES[name](), answers)


def serve(service: Service, answers: BinaryIO) -> None:
    """Answer requests from standard input on `answers`, in order."""
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(service, requests), daemon=True).start()
    while "end" not in (request := requests.get()):
        answers.write(encode({"id": request["id"], **_answer(service, request)}))
        answers.flush()
    service.close()


def _answer(service: Service, request: Message) -> Message:
    try:
        return {"result": service.handle(request["method"], request["params"])}
    except ReverieError as error:
        return {"error": pack_error(error)}
    except Exception as error:
        traceback.print_exc()
        title = "Something in Reverie went wrong with this photo."
        return {"error": pack_error(UnexpectedError(title, f"{type(error).__name__}: {error}"))}


def _listen(service: Service, requests: queue.SimpleQueue[Message]) -> None:
    """Pass requests on and cancel at once; once nobody is left to answer, leave without waiting for native code."""
    for line in sys.stdin.buffer:
        message = decode(line)
        if "cancel" in message:
            service.cancel()
        else:
            requests.put(message)
        if "end" in message:
            return
    os._exit(0)


def _claim_stdout() -> BinaryIO:
    """Keep standard output for answers and send everything that native code prints to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    return answers

"""Our side: start a worker when it is needed, give up on it when it hangs, start it again when it dies."""

import contextlib
import itertools
import logging
import queue
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from engine.errors import Cancelled, ReverieError, WorkerCrashed, WorkerTimeout
from engine.workers.protocol import Message, decode, encode, unpack_error

_log = logging.getLogger(__name__)

_TIMEOUT_MEDIANS = 20
_LONGEST_BACK_OFF_S = 60.0
_FAREWELL_S = 3.0
_LOG_LIMIT_BYTES = 1_000_000


def worker_command(name: str) -> list[str]:
    """Return the command that starts this program as a worker, from source and from a frozen app alike."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *([] if frozen else ["-m", "engine"]), "--worker", name]


class Worker:
    """One worker process at a time, started at the first request. Requests come one at a time.

    `opening` is a request sent after every start, such as loading a model. The process is replaced after
    `recycle_after` requests or once it holds `memory_limit_bytes`: native code leaks over thousands of photos.
    A request may take 20 times the median of those before it, and at least `timeout_floor_s`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        opening: tuple[str, dict[str, Any]] | None = None,
        timeout_floor_s: float = 60.0,
        recycle_after: int | None = None,
        memory_limit_bytes: int | None = None,
        log: Path | None = None,
    ) -> None:
        self.opening = opening
        self.opening_result: dict[str, Any] = {}
        self.crashes_in_a_row = 0
        self._command = list(command)
        self._timeout_floor_s = timeout_floor_s
        self._recycle_after = recycle_after
        self._memory_limit_bytes = memory_limit_bytes
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._ids = itertools.count()
        self._served = 0
        self._durations: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=50))
        self._closing = threading.Event()

    @property
    def is_running(self) -> bool:
        """Whether there is a process that can take a request at once."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and send the opening request, unless that is done already."""
        if self.is_running:
            return
        self._stop(patience_s=0)
        self._back_off()
        self._spawn()
        if self.opening:
            try:
                self.opening_result = self._exchange(*self.opening)
            except ReverieError:
                self._stop()
                raise

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Return the worker's result.

        Raises the error that the worker reports, `WorkerCrashed`, `WorkerTimeout`, or `Cancelled` after `close`.
        """
        self.start()
        result = self._exchange(method, params)
        self.crashes_in_a_row = 0
        self._recycle_if_due()
        return result

    def cancel(self) -> None:
        """Ask the worker to give up the request in hand. May be called from any thread."""
        process = self._process
        if process is not None:
            _send(process, {"cancel": True})

    def close(self) -> None:
        """Cancel what is in hand and end the process. May be called from any thread; the worker stays closed."""
        self._closing.set()
        self.cancel()
        self._stop()

    def _exchange(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        process, request_id, started = self._process, next(self._ids), time.monotonic()
        if process is None or not _send(process, {"id": request_id, "method": method, "params": params}):
            raise self._crashed()
        try:
            answer = self._answers.get(timeout=self._timeout_s(method))
        except queue.Empty:
            self.crashes_in_a_row += 1
            self._stop(patience_s=0)
            raise WorkerTimeout("Reading this photo took too long.", "It was stopped.") from None
        if answer is None:
            raise self._crashed()
        self._served += 1
        self._durations[method].append(time.monotonic() - started)
        if "error" in answer:
            raise unpack_error(answer["error"])
        result: dict[str, Any] = answer["result"]
        return result

    def _crashed(self) -> ReverieError:
        if self._closing.is_set():
            return Cancelled("Stopped.")
        self.crashes_in_a_row += 1
        code = self._stop()
        return WorkerCrashed("This photo made the reader crash.", f"The worker process ended with {_ending(code)}.")

    def _timeout_s(self, method: str) -> float:
        durations = self._durations[method]
        typical_s = statistics.median(durations) if durations else 0.0
        return max(self._timeout_floor_s, _TIMEOUT_MEDIANS * typical_s)

    def _back_off(self) -> None:
        """Wait 0, 1, 2, 4 … 60 s: the first crash may be the photo's fault, the third in a row hardly."""
        if self.crashes_in_a_row > 1:
            self._closing.wait(min(2.0 ** (self.crashes_in_a_row - 2), _LONGEST_BACK_OFF_S))
        if self._closing.is_set():
            raise Cancelled("Stopped.")

    def _spawn(self) -> None:
        with contextlib.ExitStack() as stack:
            log = stack.enter_context(self._log.open("ab")) if self._log and self._log.parent.is_dir() else None
            if log and log.tell() > _LOG_LIMIT_BYTES:
                log.truncate(0)
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        self._answers = queue.SimpleQueue()
        self._served = 0
        threading.Thread(target=_pump, args=(process, self._answers), daemon=True).start()
        self._process = process
        if self._closing.is_set():
            self._stop()
            raise Cancelled("Stopped.")

    def _stop(self, patience_s: float = _FAREWELL_S) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if patience_s and _send(process, {"end": True}):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience_s)
        process.kill()
        if process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.close()
        return process.wait()

    def _recycle_if_due(self) -> None:
        process = self._process
        if process is None:
            return
        old = self._recycle_after is not None and self._served >= self._recycle_after
        with contextlib.suppress(psutil.Error):
            limit = self._memory_limit_bytes
            if old or (limit is not None and psutil.Process(process.pid).memory_info().rss > limit):
                _log.info("replacing worker %s after %d requests", self._command[-1], self._served)
                self._stop()


def _pump(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Message | None]) -> None:
    """Move answers from the pipe to the queue; `None` says that the process is gone."""
    assert process.stdout is not None
    with process.stdout as pipe:
        for line in pipe:
            with contextlib.suppress(ValueError):
                answers.put(decode(line))
    answers.put(None)


def _send(process: subprocess.Popen[bytes], message: Message) -> bool:
    assert process.stdin is not None
    try:
        process.stdin.write(encode(message))
        process.stdin.flush()
    except (OSError, ValueError):
        return False
    return True


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"

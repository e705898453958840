"""A worker that crashes, hangs or leaks on command. Run by `test_supervisor.py`, in a process of its own."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

from engine.errors import UnreadablePhoto
from engine.workers.main import SERVICES, run_worker


class StubService:
    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.ballast = b""

    def handle(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        return getattr(self, method)(**params)

    def echo(self, **params: Any) -> dict[str, Any]:
        return {"pid": os.getpid(), **params}

    def crash(self) -> dict[str, Any]:
        os.abort()

    def hang(self) -> dict[str, Any]:
        threading.Event().wait()
        return {}

    def wait_for_cancel(self) -> dict[str, Any]:
        return {"cancelled": self.cancelled.wait(30)}

    def refuse(self, path: str) -> dict[str, Any]:
        raise UnreadablePhoto("Can't read this photo: the file is empty.", "Copy it again.", Path(path))

    def stumble(self) -> dict[str, Any]:
        raise ZeroDivisionError("a bug")

    def chatter(self) -> dict[str, Any]:
        print("a stray print", flush=True)
        os.write(1, b"native noise\n")
        return {"said": True}

    def grow(self, size_bytes: int) -> dict[str, Any]:
        self.ballast = os.urandom(size_bytes)
        return {"pid": os.getpid()}

    def cancel(self) -> None:
        self.cancelled.set()

    def close(self) -> None:
        pass


if __name__ == "__main__":
    SERVICES["stub"] = StubService
    run_worker(sys.argv[-1])

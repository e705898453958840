"""A caption worker whose native code crashes: always, at loading, or only while it uses the GPU."""

import os
import sys
from typing import Any

from engine.workers.main import SERVICES, run_worker


class StubCaptioner:
    def __init__(self) -> None:
        self.gpu = True

    def handle(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method == "load":
            if sys.argv[1] == "at loading":
                os.abort()
            self.gpu = params.get("gpu", True)
            return {"prompt_version": "p1"}
        if self.gpu or sys.argv[1] == "always":
            os.abort()
        return {"text": "A photo."}

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass


if __name__ == "__main__":
    SERVICES["stub"] = StubCaptioner
    run_worker("stub")

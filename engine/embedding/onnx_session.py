"""Open ONNX models: every option of ONNX Runtime that Reverie uses is decided here."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import psutil
from numpy.typing import NDArray

from engine.errors import ModelUnavailable

# Windows knows no variable for this; `engine` sets the one of the other systems.
onnxruntime.disable_telemetry_events()

_MOST_THREADS = 4
_LOG_ERRORS = 3


class OnnxSession:
    """Run one ONNX model on the CPU. Calls from several threads are safe."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    @classmethod
    def open(cls, model: Path, most_threads: int = _MOST_THREADS) -> "OnnxSession":
        """Load a model file; raise `ModelUnavailable` if ONNX Runtime cannot."""
        return cls(open_session(model, most_threads))

    def run(self, **inputs: NDArray[Any]) -> NDArray[np.float32]:
        """Return the model's first output for the named inputs."""
        result: NDArray[np.float32] = self._session.run(None, inputs)[0]
        return result


def usable_threads(most_threads: int = _MOST_THREADS) -> int:
    """Return how many threads may compute at a time: one a physical core, and few enough to leave a machine usable."""
    return min(most_threads, psutil.cpu_count(logical=False) or 1)


def open_session(model: Path, most_threads: int = _MOST_THREADS) -> onnxruntime.InferenceSession:
    """Load a model file for a library that runs sessions itself; raise `ModelUnavailable` if ONNX Runtime cannot."""
    try:
        options = session_options(most_threads)
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no base class of their own
        title = f"The model file {model.name} can't be loaded."
        raise ModelUnavailable(title, f"ONNX Runtime says: {error}", model) from error


def session_options(most_threads: int = _MOST_THREADS) -> onnxruntime.SessionOptions:
    """Return options for a program that shares the machine with its user.

    Idle threads sleep instead of spinning: 40 short runs in 3 s took .79 instead of 2.57 CPU seconds, and no longer.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = usable_threads(most_threads)
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_cpu_mem_arena = False
    options.log_severity_level = _LOG_ERRORS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options

"""Workers may crash and hang; whoever asked them gets an error and the next request is answered."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from engine.errors import Cancelled, UnexpectedError, UnreadablePhoto, WorkerCrashed, WorkerTimeout
from engine.workers.supervisor import Worker, worker_command

STUB = [sys.executable, str(Path(__file__).with_name("stub_worker.py")), "stub"]


@pytest.fixture
def start() -> Iterator[Callable[..., Worker]]:
    workers: list[Worker] = []

    def start_worker(**options: object) -> Worker:
        workers.append(Worker(STUB, **options))
        return workers[-1]

    yield start_worker
    for worker in workers:
        worker.close()


def pid_of(worker: Worker) -> int:
    return worker.request("echo", {})["pid"]


def test_requests_are_answered_in_one_process_of_its_own(start: Callable[..., Worker]) -> None:
    worker = start()
    odd_name = "caf\udce9.jpg"
    answer = worker.request("echo", {"name": odd_name})
    assert answer["name"] == odd_name
    assert answer["pid"] == pid_of(worker) != psutil.Process().pid


def test_a_known_error_arrives_as_it_was_raised(start: Callable[..., Worker]) -> None:
    with pytest.raises(UnreadablePhoto, match="the file is empty") as caught:
        start().request("refuse", {"path": "/photos/a.jpg"})
    assert (caught.value.detail, caught.value.path) == ("Copy it again.", Path("/photos/a.jpg"))


def test_a_bug_in_a_worker_is_reported_and_does_not_end_it(start: Callable[..., Worker], tmp_path: Path) -> None:
    worker = start(log=tmp_path / "worker.log")
    before = pid_of(worker)
    with pytest.raises(UnexpectedError, match="ZeroDivisionError"):
        worker.request("stumble", {})
    assert pid_of(worker) == before
    assert "Traceback" in (tmp_path / "worker.log").read_text()


def test_a_crash_is_named_and_the_next_request_gets_a_new_process(start: Callable[..., Worker], tmp_path: Path) -> None:
    worker = start(log=tmp_path / "worker.log")
    before = pid_of(worker)
    with pytest.raises(WorkerCrashed, match="SIGABRT"):
        worker.request("crash", {})
    assert worker.crashes_in_a_row == 1
    assert pid_of(worker) != before
    assert worker.crashes_in_a_row == 0


def test_a_hanging_worker_is_stopped_after_its_time(start: Callable[..., Worker]) -> None:
    worker = start(timeout_floor_s=5.0)
    process = psutil.Process(pid_of(worker))
    with pytest.raises(WorkerTimeout):
        worker.request("hang", {})
    assert not process.is_running()
    assert pid_of(worker) != process.pid


def test_a_worker_that_died_unasked_is_replaced_without_blame(start: Callable[..., Worker]) -> None:
    worker = start()
    process = psutil.Process(pid_of(worker))
    process.kill()
    process.wait(10)
    assert pid_of(worker) != process.pid
    assert worker.crashes_in_a_row == 0


def test_cancel_reaches_a_worker_that_is_busy(start: Callable[..., Worker]) -> None:
    worker = start()
    worker.start()
    threading.Timer(0.1, worker.cancel).start()
    assert worker.request("wait_for_cancel", {}) == {"cancelled": True}


def test_close_ends_a_request_in_hand_as_cancelled(start: Callable[..., Worker]) -> None:
    worker = start()
    worker.start()
    threading.Timer(0.1, worker.close).start()
    with pytest.raises(Cancelled):
        worker.request("hang", {})


def test_the_opening_request_is_sent_to_every_new_process(start: Callable[..., Worker]) -> None:
    worker = start(opening=("echo", {"model": "tiny"}), recycle_after=2)
    first = pid_of(worker)
    assert worker.opening_result == {"pid": first, "model": "tiny"}
    second = pid_of(worker)
    assert second != first
    assert worker.opening_result["pid"] == second


def test_a_worker_that_grew_too_large_is_replaced(start: Callable[..., Worker]) -> None:
    worker = start(memory_limit_bytes=150_000_000)
    grown = worker.request("grow", {"size_bytes": 200_000_000})["pid"]
    assert pid_of(worker) != grown


def test_prints_of_native_code_do_not_disturb_the_protocol(start: Callable[..., Worker], tmp_path: Path) -> None:
    worker = start(log=tmp_path / "worker.log")
    assert worker.request("chatter", {}) == {"said": True}
    assert "native noise" in (tmp_path / "worker.log").read_text()


def test_a_worker_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from engine.workers.supervisor import Worker\n"
            f"worker = Worker({STUB!r}); print(worker.request('echo', {{}})['pid'], flush=True)\n"
            "worker.request('hang', {})",
        ],
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    worker = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    psutil.wait_procs([worker], timeout=10)
    assert not worker.is_running()


def test_back_off_grows_only_from_the_second_crash_in_a_row(start: Callable[..., Worker], tmp_path: Path) -> None:
    worker = start(log=tmp_path / "worker.log")
    took_s = []
    for _ in range(3):
        began = time.monotonic()
        with pytest.raises(WorkerCrashed):
            worker.request("crash", {})
        took_s.append(time.monotonic() - began)
    assert worker.crashes_in_a_row == 3
    assert took_s[2] >= 1.0


def test_the_real_worker_command_starts_this_program_again() -> None:
    assert worker_command("decode") == [sys.executable, "-m", "engine", "--worker", "decode"]

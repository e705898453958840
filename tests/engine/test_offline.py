"""Nothing opens a network socket: not our code, not a worker, not a native library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from library_of_photos import copy_photos

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int socket(int domain, int type, int protocol) {
    if (domain == AF_INET || domain == AF_INET6) {
        FILE *log = fopen(getenv("SOCKET_LOG"), "a");
        fprintf(log, "socket of family %d\n", domain);
        fclose(log);
    }
    int (*real)(int, int, int) = dlsym(RTLD_NEXT, "socket");
    return real(domain, type, protocol);
}
"""

SAYS_TEST = {"CI", "GITHUB_ACTIONS", "TF_BUILD", "PYTEST_CURRENT_TEST", "XDG_CACHE_HOME", "ORT_DISABLE_TELEMETRY"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sockets are watched through LD_PRELOAD")


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which every process logs the network sockets that it opens, natively too.

    The user's folder is empty; nothing says that these are tests, for ONNX Runtime reports home only where it is used.
    """
    source = tmp_path / "shim.c"
    source.write_text(SHIM)
    library = tmp_path / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    log = tmp_path / "sockets"
    log.touch()
    (tmp_path / "user").mkdir()
    return {
        **{name: value for name, value in os.environ.items() if name not in SAYS_TEST},
        "HOME": str(tmp_path / "user"),
        "LD_PRELOAD": str(library),
        "SOCKET_LOG": str(log),
        "REVERIE_HOME": str(tmp_path / "home"),
    }


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sockets(environment: dict[str, str]) -> list[str]:
    return Path(environment["SOCKET_LOG"]).read_text().splitlines()


def test_the_watch_sees_a_socket_when_there_is_one(watched: dict[str, str]) -> None:
    run(watched, "-c", "import socket; socket.socket().close()")
    assert sockets(watched) == ["socket of family 2"]


def test_indexing_and_searching_open_no_network_socket(watched: dict[str, str], tmp_path: Path) -> None:
    photos = copy_photos(tmp_path / "photos", ("chelsea.png", "page.png"))
    run(watched, "-m", "engine", "index", str(photos))
    assert "chelsea.png" in run(watched, "-m", "engine", "search", "a cat")
    assert sockets(watched) == []
    assert list(Path(watched["HOME"]).rglob("*onnx*")) == []

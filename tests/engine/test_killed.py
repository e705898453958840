"""A power cut at any moment costs nothing but time."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from library_of_photos import NAMES, copy_photos

from engine.catalog.connection import open_reader
from engine.paths import Home

KILLS = 8


def start(home: Home, photos: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "engine", "index", "--home", str(home.root), str(photos)]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """Kill the program and its workers at once, as a power cut does."""
    workers: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
        workers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    psutil.wait_procs(workers, timeout=10)


def contents(home: Home) -> dict[str, Any]:
    """Return all that the catalog knows, with ids, which depend on the order of things, left out."""
    db = open_reader(home.catalog)
    facts = {
        "photos": db.execute(
            """SELECT fingerprint, format, width_px, height_px, text_in_photo, names FROM photos
            JOIN words USING (photo_id) ORDER BY fingerprint"""
        ).fetchall(),
        "files": db.execute(
            "SELECT path, files.state, fingerprint FROM files JOIN photos USING (photo_id) ORDER BY path"
        ).fetchall(),
        "work": db.execute(
            """SELECT fingerprint, stage, state, recipe, attempts FROM work JOIN photos USING (photo_id)
            ORDER BY fingerprint, stage"""
        ).fetchall(),
        "captions": db.execute(
            """SELECT fingerprint, text, model, recipe, locked FROM captions JOIN photos USING (photo_id)
            ORDER BY fingerprint"""
        ).fetchall(),
        "embeddings": db.execute(
            """SELECT fingerprint, embeddings.kind, part, recipe FROM embeddings JOIN photos USING (photo_id)
            ORDER BY fingerprint, embeddings.kind, part"""
        ).fetchall(),
    }
    db.close()
    return facts


def vectors(home: Home) -> np.ndarray:
    db = open_reader(home.catalog)
    rows = db.execute(
        """SELECT vector FROM embeddings JOIN photos USING (photo_id) ORDER BY fingerprint, embeddings.kind, part"""
    ).fetchall()
    db.close()
    return np.concatenate([np.frombuffer(row[0], "<f2") for row in rows])


def test_a_library_that_was_killed_again_and_again_is_like_one_that_was_not(tmp_path: Path) -> None:
    photos = copy_photos(tmp_path / "photos", (*NAMES, "page.png", "moon.png"))
    undisturbed, killed = Home(tmp_path / "undisturbed"), Home(tmp_path / "killed")
    began = time.monotonic()
    process = start(undisturbed, photos)
    assert process.communicate()[1].count(b"Traceback") == 0
    whole_s = time.monotonic() - began
    moments = random.Random(0)
    survived = 0
    for _ in range(KILLS):
        process = start(killed, photos)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.05, 0.35) * whole_s)
        survived += process.poll() is not None
        kill_all(process)
    assert survived < KILLS
    last = start(killed, photos)
    assert last.communicate()[1].count(b"Traceback") == 0
    assert last.returncode == 0
    assert contents(killed) == contents(undisturbed)
    assert contents(killed)["captions"]
    np.testing.assert_array_equal(vectors(killed), vectors(undisturbed))
    assert not list(killed.root.rglob("*.part"))

"""Time the window on a large library: `python tests/benchmarks/bench_window.py [PHOTOS]`.

The library is made up: 100,000 photos with captions, dates in 24 years and, shared among them, 50 real thumbnails; its
folder is not there, so that nothing is indexed meanwhile. The window opens in a process of its own, without a screen.
"Usable" is when the grid shows photos and takes keys, counted from the start of the process; a frame is a step of the
scroll bar until everything that it brought about is drawn, thumbnails that arrive included.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from bench_search import RANDOM, VOCABULARY, WORDS, fill_rows
from PIL import Image

from engine.catalog.connection import open_writer, transaction
from engine.paths import Home

AT_ONCE, THUMBNAILS, FRAMES = 5000, 50, 600
SIZE = (1280, 860)
SEARCHES = ("word12", "word12 dog", "dog", "a dog on the beach", "red car", "red car at night")


def main() -> None:
    """Make the library, open it in another process, or be that process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=int, nargs="?", default=100_000)
    parser.add_argument("--window", type=Path, help="open the window on this home, as the other process does")
    parser.add_argument("--begun", type=float, help="when that was started")
    options = parser.parse_args()
    if options.window:
        measure(Home(options.window), options.begun, options.photos)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        fill(home, options.photos)
        for _ in range(
            2
        ):  # the second start finds the files of Qt and of the models in memory, as a user's mostly does
            command = [sys.executable, __file__, str(options.photos), "--window", folder, "--begun", str(time.time())]
            subprocess.run(command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def fill(home: Home, photos: int) -> None:
    """Write the library."""
    home.create()
    db = open_writer(home.catalog)
    frequency = 1 / np.arange(1, len(VOCABULARY) + 1)
    with transaction(db):
        db.execute("INSERT INTO folders (path, added_at) VALUES (?, 'now')", [b"/photos"])
        for start in range(1, photos + 1, AT_ONCE):
            ids = range(start, min(start + AT_ONCE, photos + 1))
            words = RANDOM.choice(VOCABULARY, (len(ids), WORDS), p=frequency / frequency.sum())
            fill_rows(db, ids, [" ".join(row) for row in words])
    db.close()
    link_thumbnails(home, photos)


def link_thumbnails(home: Home, photos: int) -> None:
    """Give every photo one of a few thumbnails, as a link."""
    shared = []
    for number in range(THUMBNAILS):
        path = home.thumbnails / f"shared-{number}.jpg"
        noise = RANDOM.integers(0, 255, (32, 48, 3), dtype=np.uint8)
        Image.fromarray(noise).resize((512, 341)).save(path, quality=88)
        shared.append(path)
    for number in range(1, photos + 1):
        path = home.thumbnail(f"{number:032x}")
        path.parent.mkdir(exist_ok=True)
        os.link(shared[number % THUMBNAILS], path)


def measure(home: Home, begun: float, photos: int) -> None:
    """Open the window, scroll, search, and print a table."""
    from PySide6.QtCore import QCoreApplication

    from desktop.application import make_application, window_settings
    from desktop.background import Background
    from desktop.grid.painted import USUAL_SIZE
    from desktop.window import MainWindow
    from engine.api import Engine

    make_application()
    background = Background()
    window = MainWindow(background, window_settings(home))
    window.resize(*SIZE)
    window.show()
    QCoreApplication.processEvents()
    row("window shown", (time.time() - begun) * 1000, "ms")
    background.run(lambda: Engine.open(home), window.open_library)
    wait_for(lambda: window.view is not None and window.view.isVisible())
    view = window.view
    wait_for(lambda: len(view.search.answer.photo_ids) == photos)
    view.search.grid.viewport().repaint()
    row("usable", (time.time() - begun) * 1000, "ms (target 1500)")
    row("work of all threads", sum(psutil.Process().cpu_times()[:2]) * 1000, "ms")
    settle()
    row("memory after opening", psutil.Process().memory_info().rss / 1e6, "MB")
    grid = view.search.grid
    grid.set_size(USUAL_SIZE)
    settle()
    bar = grid.verticalScrollBar()
    for name, step in (
        ("scrolling slowly", 40),
        ("by pages", bar.pageStep()),
        ("across everything", bar.maximum() // FRAMES),
    ):
        print_frames(name, [frame(lambda at=at * step: bar.setValue(at % bar.maximum())) for at in range(FRAMES)])
    print_frames("larger and smaller", [frame(lambda at=at: grid.set_size(at % 5)) for at in range(50)])
    print_answers(view)
    row("memory at the end", psutil.Process().memory_info().rss / 1e6, "MB (target 500)")
    window.close()
    window.close_library()
    background.close()


def frame(act: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds until an action is drawn, and those that the main thread worked for it."""
    from PySide6.QtCore import QCoreApplication

    begun, worked = time.perf_counter(), time.thread_time()
    act()
    QCoreApplication.processEvents()
    took, worked = time.perf_counter() - begun, time.thread_time() - worked
    time.sleep(max(0.0, 0.016 - took))  # the threads that read thumbnails get what a screen would leave them
    return took * 1000, worked * 1000


def print_answers(view: object) -> None:
    """Say how long the page takes from the words to the drawn answer, and from the engine's answer to that."""
    answered: list[float] = []
    view.search.model.modelAboutToBeReset.connect(lambda: answered.append(time.perf_counter()))
    asked, drawn = [], []
    for text in SEARCHES:
        asked.append(time.perf_counter())
        view.search.field.set_text(text)
        wait_for(lambda text=text: view.search.answer.request.text == text)
        view.search.grid.viewport().repaint()
        drawn.append(time.perf_counter())
    print_times("words until drawn", asked, drawn)
    print_times("answer until drawn", answered, drawn)


def print_times(name: str, begun: list[float], ended: list[float]) -> None:
    """Print milliseconds in a line."""
    times = (f"{(end - begin) * 1000:7.1f}" for begin, end in zip(begun, ended, strict=True))
    print(f"{name:<28}" + "  ".join(times) + "  ms")


def print_frames(name: str, times: list[tuple[float, float]]) -> None:
    """Print percentiles of both times; on a busy machine only the second one says something of the window."""
    took, worked = (np.percentile(column, (50, 99)) for column in zip(*times, strict=True))
    print(
        f"{name:<28}p50 {took[0]:5.1f}  p99 {took[1]:5.1f} ms (target 16);"
        f"  main thread p50 {worked[0]:5.1f}  p99 {worked[1]:5.1f} ms"
    )


def row(name: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{name:<28}{value:8.0f} {unit}")


def settle() -> None:
    """Let everything that was begun end."""
    begun = time.monotonic()
    wait_for(lambda: time.monotonic() - begun > 2)


def wait_for(done: Callable[[], bool]) -> None:
    """Run the event loop until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer = QEventLoop(), QTimer(interval=1)
    timer.timeout.connect(lambda: done() and loop.quit())
    timer.start()
    loop.exec()
    timer.stop()


if __name__ == "__main__":
    main()

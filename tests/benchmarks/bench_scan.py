"""Time scans and their reconciling on made-up folders: `python tests/benchmarks/bench_scan.py [FILES] [ROUNDS]`.

The least that any scan needs, `os.scandir` and a `stat` of each file, is timed beside it in the same rounds.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from engine.catalog import folders
from engine.catalog.connection import open_writer, transaction
from engine.library.reconcile import reconcile
from engine.library.scan import Scan, scan_folder
from engine.library.scope import Scope

FILES_A_FOLDER = 200


class Stopwatch:
    """Gather seconds by name."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.times[name].append(time.perf_counter() - begun)

    def print_table(self) -> None:
        print(f"{'':34}{'median s':>10}{'best s':>10}")
        for name, seconds in self.times.items():
            print(f"{name:34}{statistics.median(seconds):10.3f}{min(seconds):10.3f}")


def make_files(root: Path, count: int) -> None:
    for number in range(count):
        folder = root / f"album {number // FILES_A_FOLDER // 20}" / f"day {number // FILES_A_FOLDER}"
        if number % FILES_A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"IMG_{number:06}.jpg").touch()


def look_bare(folder: str) -> int:
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += look_bare(entry.path)
            else:
                count += entry.stat(follow_symlinks=False).st_size >= 0
    return count


def follow(db: Database, folder_id: int, scan: Scan) -> int:
    with transaction(db):
        changes = reconcile(db, folder_id, scan)
    return changes.added + changes.changed + changes.gone


def run_round(root: Path, catalog: Path, watch: Stopwatch, count: int) -> None:
    db = open_writer(catalog)
    with transaction(db):
        folder_id = folders.add_folder(db, root).folder_id
    with watch.measure("os.scandir and stat"):
        assert look_bare(os.fspath(root)) == count
    with watch.measure("scan"):
        scan = scan_folder(root)
    with watch.measure("reconcile, all new"):
        assert follow(db, folder_id, scan) == count
    with watch.measure("reconcile, nothing changed"):
        assert follow(db, folder_id, scan) == 0
    one = Scope(shallow=frozenset({next(iter(scan.seen)).path.parent}))
    with watch.measure(f"scan, one folder of {FILES_A_FOLDER}"):
        part = scan_folder(root, one)
    with watch.measure("reconcile, that folder"):
        assert follow(db, folder_id, part) == 0
    db.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "photos"
        make_files(root, count)
        for number in range(rounds):
            run_round(root, Path(folder) / f"catalog {number}.db", watch, count)
    print(f"{count} files")
    watch.print_table()


if __name__ == "__main__":
    main()

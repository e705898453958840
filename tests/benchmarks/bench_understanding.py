"""Time the understanding of requests: `python tests/benchmarks/bench_understanding.py [PHOTOS]`.

The library is made up: 100,000 photos with captions of 30 words drawn by Zipf's law from 40,000, in 2,000 towns of the
shipped table, 30 cameras and 3,000 folders. What is timed is the whole way from the words typed to the plan, for the
written requests of `tests/queries`, for those with every word misspelled, and for each beginning of the longest one, as
while typing.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from engine.catalog.connection import open_writer, transaction
from engine.imaging import places
from engine.understanding.english import english_words
from engine.understanding.service import UnderstandingService

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "queries"))
from written import read_requests

WORDS, CAPTION, TOWNS, CAMERAS, FOLDERS, AT_ONCE, ROUNDS = 40_000, 30, 2_000, 30, 3_000, 5_000, 5
RANDOM = np.random.default_rng(0)
TODAY = date(2026, 11, 24)


def main() -> None:
    """Make the library, understand the requests, print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=int, nargs="?", default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalog = Path(folder) / "catalog.db"
        writer = open_writer(catalog)
        fill(writer, options.photos)
        service = UnderstandingService(catalog)
        started = time.perf_counter()
        service.understand("dog", TODAY)
        print(f"names and words read in {time.perf_counter() - started:.1f} s")
        typed = [request for _, request, _ in read_requests()]
        report("written requests", service, typed)
        report("misspelled", service, [" ".join(word[:2] + "x" + word[2:] for word in text.split()) for text in typed])
        longest = max(typed, key=len)
        report("while typing", service, [longest[:end] for end in range(1, len(longest) + 1)])
        service.close()
        writer.close()


def fill(db: Database, photos: int) -> None:
    """Write the library straight into the catalog."""
    english = np.array(sorted(english_words()))
    made_up = [f"{english[number % len(english)]}{english[number * 7 % len(english)]}" for number in range(WORDS)]
    words = np.array([*english, *made_up][:WORDS])
    frequency = 1 / np.arange(1, len(words) + 1)
    names = places._load().names[: TOWNS * 50 : 50]
    with transaction(db):
        db.execute("INSERT INTO folders (path, added_at) VALUES (?, 'now')", [b"/photos"])
        for start in range(1, photos + 1, AT_ONCE):
            ids = range(start, min(start + AT_ONCE, photos + 1))
            captions = RANDOM.choice(words, (len(ids), CAPTION), p=frequency / frequency.sum())
            fill_rows(db, ids, [" ".join(row) for row in captions], names)


def fill_rows(db: Database, ids: Iterable[int], captions: list[str], names: list[str]) -> None:
    """Write photos, files and words."""
    db.conn.executemany(
        """INSERT INTO photos (photo_id, fingerprint, format, width_px, height_px, taken_at, camera, city, country,
            added_at) VALUES (?1, ?1, 'JPEG', 1, 1, 2000 + ?1 % 26 || '-05-05', 'Make Model ' || ?2, ?3, 'Land', 'now')""",
        [(photo, photo % CAMERAS, names[photo % TOWNS]) for photo in ids],
    )
    db.conn.executemany(
        """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, found_at, photo_id)
        VALUES (1, ?, 1, 1, 'now', ?)""",
        [(os.fsencode(f"/photos/folder {photo % FOLDERS}/{photo}.jpg"), photo) for photo in ids],
    )
    db.conn.executemany("INSERT INTO words (photo_id, caption) VALUES (?, ?)", list(zip(ids, captions, strict=True)))


def report(name: str, service: UnderstandingService, typed: list[str]) -> None:
    """Print the median and the 95th percentile over all rounds."""
    times_ms = []
    for text in typed * ROUNDS:
        started = time.perf_counter()
        service.understand(text, TODAY)
        times_ms.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(times_ms, [50, 95])
    print(f"{name}: p50 {p50:.2f} ms, p95 {p95:.2f} ms, slowest {max(times_ms):.1f} ms ({len(times_ms)} times)")


if __name__ == "__main__":
    main()

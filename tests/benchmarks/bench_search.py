"""Time searches stage by stage: `python tests/benchmarks/bench_search.py [PHOTOS] [--graph]`.

The library is made up: 100,000 photos with three caption sentences each, vectors in 2,000 clusters, captions of 30
words drawn by Zipf's law, a quarter of them uncertain, one of 500 looks, 24 years, 47 towns, five cameras. The same
queries are asked as they are, with filters, with a thing that must not be there, and with a phrase. numpy's product
of the same vectors in float32, the least that a plain exact search needs, is timed last. `--graph` builds the indexes
first, which takes minutes.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from engine.catalog.connection import open_reader, open_writer, transaction
from engine.embedding.text_encoder import TextEncoder
from engine.paths import Home
from engine.search.query import Filters, Orientation, Query
from engine.search.service import SearchService

DIMENSIONS, CLUSTERS, SENTENCES, WORDS, AT_ONCE = 384, 2000, 3, 30, 5000
LOOKS, LOOK_DIMENSIONS = 500, 1536
ROUNDS = 48
THRESHOLD = 0.3
RANDOM = np.random.default_rng(0)
THINGS = (
    "dog beach snow man woman child red blue green boat car tree house street night mountain lake river ball bike "
    "horse bird grass table food cake fish sky road field water hat shirt jump run sit stand play"
)
VOCABULARY = np.array([*THINGS.split(), *(f"word{number}" for number in range(8000))])
QUERIES = (
    "a dog running on the beach",
    "red car at night in the snow",
    "children playing with a ball near a river while a woman in a blue shirt sits on the grass",
    "word77 word1200",
    "word5000",
    "lake",
    "two men on bikes",
    "birthday cake",
)
DEMANDS = {
    "dates": Query(
        filters=Filters(date_from=date(2010, 1, 1), months=frozenset({6, 7, 8}), weekdays=frozenset({5, 6}))
    ),
    "place and camera": Query(
        filters=Filters(places=frozenset({"town 7", "Town 11"}), cameras=frozenset({"Camera 3"}))
    ),
    "shape, captioned": Query(filters=Filters(orientation=Orientation.PORTRAIT, captioned=True)),
    "not people": Query(must_not=("people",)),
    "not a red car": Query(must_not=("red car",)),
    "a phrase": Query(phrases=("word100",)),
}


def main() -> None:
    """Make the library, search it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=int, nargs="?", default=100_000)
    parser.add_argument("--graph", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        writer = open_writer(home.catalog)
        fill(writer, options.photos)
        service = SearchService(home, TextEncoder.open())
        if options.graph:
            report("graphs built and saved", lambda: build(service, home))
        report("first search", lambda: service.search(Query("dog")))
        asked = {"words": Query(), **DEMANDS}
        tables = {name: measure(service, demand) for name, demand in asked.items()}
        print_table(tables | {"numpy": measure_numpy(options.photos)})
        service.close()
        writer.close()


def fill(db: Database, photos: int) -> None:
    """Write the library straight into the catalog."""
    centres = RANDOM.standard_normal((CLUSTERS, DIMENSIONS)).astype(np.float32)
    frequency = 1 / np.arange(1, len(VOCABULARY) + 1)
    with transaction(db):
        db.execute("INSERT INTO folders (path, added_at) VALUES (?, 'now')", [b"/photos"])
        for start in range(1, photos + 1, AT_ONCE):
            ids = range(start, min(start + AT_ONCE, photos + 1))
            words = RANDOM.choice(VOCABULARY, (len(ids), WORDS), p=frequency / frequency.sum())
            fill_rows(db, ids, [" ".join(row) for row in words])
            fill_vectors(db, ids, centres[RANDOM.integers(0, CLUSTERS, len(ids))])
            fill_looks(db, ids)


def fill_rows(db: Database, ids: Sequence[int], captions: Sequence[str]) -> None:
    """Write photos, files, captions and words."""
    sentences = [". ".join(" ".join(text.split()[part::SENTENCES]) for part in range(SENTENCES)) for text in captions]
    db.conn.executemany(
        """INSERT INTO photos
            (photo_id, fingerprint, format, width_px, height_px, taken_at, camera, city, country, added_at)
        VALUES (?, ?, 'JPEG', 3, ?, ?, ?, ?, 'Switzerland', 'now')""",
        [
            (number, f"{number:032x}", number % 5 + 1, taken_at(number), f"Camera {number % 5}", f"Town {number % 47}")
            for number in ids
        ],
    )
    db.conn.executemany(
        """INSERT INTO files (folder_id, path, size_bytes, mtime_ns, state, photo_id, found_at)
        VALUES (1, ?, 1, 1, 'known', ?, 'now')""",
        [(f"/photos/{number % 300}/IMG_{number}.jpg".encode(), number) for number in ids],
    )
    groundings = RANDOM.uniform(0.05, 1, len(ids))
    standings = ["uncertain" if grounding < THRESHOLD else "confident" for grounding in groundings]
    db.conn.executemany(
        "INSERT INTO captions (photo_id, text, grounding, standing, created_at) VALUES (?, ?, ?, ?, 'now')",
        list(zip(ids, sentences, groundings, standings, strict=True)),
    )
    for standing, column in (("confident", "caption"), ("uncertain", "uncertain_caption")):
        db.conn.executemany(
            f"INSERT INTO words (photo_id, {column}, names, places) VALUES (?, ?, ?, 'Bern Switzerland')",
            [
                (number, text, f"photos IMG {number}")
                for number, text, own in zip(ids, sentences, standings, strict=True)
                if own == standing
            ],
        )


def fill_vectors(db: Database, ids: Sequence[int], centres: NDArray[np.float32]) -> None:
    """Write a photo vector and the sentence vectors of each photo, all around its centre."""
    rows = []
    for part in range(1 + SENTENCES):
        vectors = centres + 0.7 * RANDOM.standard_normal(centres.shape).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        kind, hubness = ("photo", 0.5) if part == SENTENCES else ("sentence", None)
        place = 0 if part == SENTENCES else part
        stored = vectors.astype("<f2")
        rows += [(number, kind, place, row.tobytes(), hubness) for number, row in zip(ids, stored, strict=True)]
    db.conn.executemany(
        "INSERT INTO embeddings (photo_id, kind, part, recipe, vector, hubness) VALUES (?, ?, ?, 'r', ?, ?)", rows
    )


def taken_at(number: int) -> str:
    """Return the date of a photo."""
    return f"20{number % 24:02}-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:00:00"


def fill_looks(db: Database, ids: Sequence[int]) -> None:
    """Write what the image encoder says of each photo: one of a few hundred vectors, for making more takes minutes."""
    looks = [row.tobytes() for row in np.random.default_rng(1).standard_normal((LOOKS, LOOK_DIMENSIONS)).astype("<f2")]
    db.conn.executemany(
        "INSERT INTO embeddings (photo_id, kind, part, recipe, vector) VALUES (?, 'visual', 0, 'r', ?)",
        [(number, looks[number % LOOKS]) for number in ids],
    )


def build(service: SearchService, home: Home) -> None:
    """Build and save the graphs."""
    db = open_reader(home.catalog)
    service.keep_up(db, lambda: False)
    db.close()


def measure(service: SearchService, demand: Query) -> dict[str, list[float]]:
    """Return the milliseconds of each stage of each search with the same demands."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for number in range(ROUNDS + len(QUERIES)):
        begun = time.perf_counter()
        results = service.search(replace(demand, text=QUERIES[number % len(QUERIES)]))
        if number >= len(QUERIES):
            times["whole search"].append(1e3 * (time.perf_counter() - begun))
            for stage, seconds in results.elapsed_s.items():
                times[f"  {stage}"].append(1e3 * seconds)
    return times


def measure_numpy(photos: int) -> dict[str, list[float]]:
    """Return the milliseconds that numpy takes for as many float32 vectors."""
    vectors = RANDOM.standard_normal((photos * (1 + SENTENCES), DIMENSIONS), dtype=np.float32)
    times = []
    for _ in range(ROUNDS // 4):
        query = RANDOM.standard_normal(DIMENSIONS, dtype=np.float32)
        begun = time.perf_counter()
        vectors @ query
        times.append(1e3 * (time.perf_counter() - begun))
    return {"numpy float32 product, all cores": times}


def report(what: str, action: Callable[[], object]) -> None:
    """Time one thing that happens once."""
    begun = time.perf_counter()
    action()
    print(f"{what}: {time.perf_counter() - begun:.1f} s", flush=True)


def print_table(tables: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """Print median and 95th percentile."""
    print(f"{'ms':34}{'p50':>8}{'p95':>8}")
    for title, times in tables.items():
        print(title)
        for name, values in times.items():
            print(f"  {name:32}{np.percentile(values, 50):8.1f}{np.percentile(values, 95):8.1f}")


if __name__ == "__main__":
    main()
